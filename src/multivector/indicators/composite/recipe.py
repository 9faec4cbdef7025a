"""The recipe of an index: its stages in order, its weights, and what may vary. One declared thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from multivector.indicators.composite.cell import LARGEST
from multivector.indicators.composite.vary import Vary

Number = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(allow_inf_nan=False, ge=0, le=LARGEST)]
Positive = Annotated[float, Field(allow_inf_nan=False, gt=0, le=LARGEST)]
Code = Annotated[str, Field(min_length=1, max_length=200)]
Method = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Over = Annotated[
    Literal["all", "each_time"],
    Field(description="panel data: over all times together, or each time by itself"),
]
BY_NAME = "other options for single indicators"
Parameters = dict[str, float | int | bool | str | list[float]]


class _Strict(BaseModel):
    """No unknown keys, no text for a number, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Denominate(_Strict):
    """Divide indicators by columns of the data: `x / (denominator / per)`."""

    do: Literal["denominate"]
    by: dict[Code, str] = Field(
        default={}, description="denominator by indicator; overrides meta; '' is none"
    )
    per: dict[Code, Positive] = Field(
        default={}, description="unit of a denominator: per = 1000 is 'per 1,000'"
    )
    missing: Literal["refuse", "leave"] = Field(
        default="refuse", description="a denominator that is missing: an error, or the cell stays missing"
    )


class ImputeOption(_Strict):
    """How missing cells of an indicator are filled."""

    method: Literal[
        "none", "mean", "median", "group_mean", "group_median", "constant", "panel_linear", "panel_latest"
    ] = Field(default="none", description="what fills a missing cell")
    group: Code | None = Field(
        default=None, description="group_mean, group_median: a group column of the data"
    )
    value: Number | None = Field(default=None, description="constant: the value")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.method.startswith("group_") and self.group is None:
            raise ValueError(f"{self.method} needs `group`, a group column of the data")
        if self.method == "constant" and self.value is None:
            raise ValueError("constant needs `value`")
        return self


class Impute(ImputeOption):
    """Fill missing cells; `indicators` holds other options by name."""

    do: Literal["impute"]
    indicators: dict[Code, ImputeOption] = Field(default={}, description=BY_NAME)
    over: Over = "all"


class Screen(_Strict):
    """Drop units of which too little is known."""

    do: Literal["screen"]
    by: Literal["available", "nonzero", "both"] = Field(default="available", description="which share counts")
    least_available: Share = Field(default=2 / 3, description="least share of a unit's cells that are known")
    least_nonzero: Share = Field(default=0.05, description="least share of its known cells that are not 0")
    keep: list[Code] = Field(default=[], description="units that stay whatever they lack")
    drop: list[Code] = Field(default=[], description="units that go whatever they have")


class TreatOption(_Strict):
    """When an indicator has outliers, and what is done: winsorise, then transform where that is not enough."""

    rule: Literal["coinr", "jrc", "gii", "none"] = Field(
        default="coinr", description="coinr, jrc: |skew| >= 2; gii: |skew| >= 2.25; all with kurtosis >= 3.5"
    )
    skew: Positive | None = Field(default=None, description="instead of the rule's")
    kurtosis: Positive | None = Field(default=None, description="instead of the rule's")
    winmax: Annotated[int, Field(ge=0, le=10_000, description="most points winsorised")] = 5
    then: Literal["none", "log", "log_ct", "log_ct_plus", "log_gii", "box_cox"] = Field(
        default="log_ct", description="the transform where winsorising is not enough"
    )
    power: Number = Field(default=0.0, description="Box-Cox's lambda")
    combine: bool = Field(default=False, description="transform the winsorised values, not the original ones")


class Treat(TreatOption):
    """Treat outliers; `indicators` holds other options by name."""

    do: Literal["treat"]
    indicators: dict[Code, TreatOption] = Field(default={}, description=BY_NAME)
    leave: list[Code] = Field(default=[], description="indicators that stay as they are")
    over: Over = "all"


class NormaliseOption(_Strict):
    """How an indicator comes onto a common scale. Parameters that a method does not read are refused."""

    method: Literal[
        "minmax", "zscore", "scaled", "rank", "borda", "percentile_rank", "distance_to_maximum",
        "distance_to_reference", "distance_to_target", "fraction_of_maximum", "goalposts", "none",
    ] = Field(default="minmax", description="the scale")  # fmt: skip
    low: Number | None = Field(
        default=None, description="minmax: of the scale (0); scaled (0), goalposts: in the indicator's unit"
    )
    high: Number | None = Field(default=None, description="as `low`; minmax and scaled: 100")
    mean: Number | None = Field(default=None, description="zscore: of the scale (0)")
    sd: Positive | None = Field(default=None, description="zscore: of the scale (1)")
    unit: Code | None = Field(default=None, description="distance_to_reference: the unit that stands for 1")
    target: Number | None = Field(default=None, description="distance_to_target: instead of meta's Target")
    scale: Positive | None = Field(default=None, description="goalposts: the score at the upper post (100)")
    tie: Share | None = Field(
        default=None, description="ranks: share of the range within which values are equal"
    )
    cap: bool | None = Field(
        default=None,
        description="nothing above the reference or target (false), outside the goalposts (true)",
    )


class Normalise(NormaliseOption):
    """Bring indicators onto a common scale, directions turned; `indicators` holds other options by name."""

    do: Literal["normalise"]
    indicators: dict[Code, NormaliseOption] = Field(default={}, description=BY_NAME)
    over: Over = "all"


class AggregateOption(_Strict):
    """How a node's value follows from its children's."""

    method: Method = Field(default="arithmetic", description="how children become one number")
    parameters: Parameters = Field(default={}, description="what the method takes: see below")
    least_known: Share = Field(
        default=0.0, description="least share of the weight that must be known, or the node is not scored"
    )
    rescale: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="[low, high]: the node's least score becomes low, its greatest high"
    )

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.rescale and not self.rescale[0] < self.rescale[1]:
            raise ValueError("`rescale` is [low, high] with low below high")
        return self


class Aggregate(AggregateOption):
    """Aggregate bottom-up; a node's own option goes before its level's, that before the default."""

    do: Literal["aggregate"]
    over: Over = "all"
    levels: dict[Annotated[str, BeforeValidator(str)], AggregateOption] = Field(
        default={}, description="by level of the node: '2' is pillars"
    )
    nodes: dict[Code, AggregateOption] = Field(default={}, description="by node; goes before its level")

    def option(self, node: str, level: int) -> AggregateOption:
        """The option that holds at a node."""
        return self.nodes.get(node) or self.levels.get(str(level)) or self


Stage = Annotated[Denominate | Impute | Screen | Treat | Normalise | Aggregate, Field(discriminator="do")]


class WeightOption(_Strict):
    """Where the weights of a node's children come from: `given` is the meta table."""

    method: Method = Field(default="given", description="where weights come from; given is the meta table")
    parameters: Parameters = Field(default={}, description="what the method takes: see below")


class Weights(WeightOption):
    """Weights of all nodes; `nodes` holds other options, `values` single weights by element."""

    nodes: dict[Code, WeightOption] = Field(
        default={}, description="other options for single nodes' children"
    )
    values: dict[Code, Weight] = Field(default={}, description="single weights by element, zero or more")

    def option(self, node: str) -> WeightOption:
        """The option that holds at a node."""
        return self.nodes.get(node) or self


class Recipe(_Strict):
    """The whole build: read by `read_recipe`, written back by `Recipe.yaml` and `Recipe.toml`."""

    name: Annotated[str, Field(min_length=1, max_length=200, description="what the index is called")]
    about: Annotated[str, Field(max_length=4000, description="what it measures, and for whom")] = ""
    stage: list[Stage] = Field(min_length=1, description="the stages, in order; each once")
    weights: Weights = Field(default=Weights(), description="where the weights come from")
    vary: list[Vary] = Field(default=[], description="what could have been otherwise")

    @model_validator(mode="after")
    def _order(self) -> Self:
        done = [stage.do for stage in self.stage]
        if done.count("aggregate") != 1 or done[-1] != "aggregate":
            raise ValueError("`aggregate` stands once, as the last stage")
        if done[-2:-1] != ["normalise"]:
            raise ValueError(
                "`normalise` stands right before `aggregate` (method none only turns directions)"
            )
        for name in done:
            if done.count(name) > 1:
                raise ValueError(f"the stage {name!r} stands twice")
        varied = [factor.name for factor in self.vary]
        if len(set(varied)) < len(varied):
            raise ValueError("two [[vary]] tables have the same name")
        return self

    @property
    def aggregation(self) -> Aggregate:
        """The last stage."""
        return next(stage for stage in self.stage if isinstance(stage, Aggregate))

    def plain(self) -> Mapping[str, Any]:
        """The recipe as plain keys and values, what was left at its default left out."""
        content = self.model_dump(mode="json", exclude_unset=True)
        content["stage"] = [{"do": stage.pop("do"), **stage} for stage in content["stage"]]
        return content

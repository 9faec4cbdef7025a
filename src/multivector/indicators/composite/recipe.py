"""The recipe of an index: its stages in order, its weights, and what may vary. One declared thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from multivector.indicators.composite.vary import Vary

Number = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Code = Annotated[str, Field(min_length=1, max_length=200)]
Method = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Over = Annotated[
    Literal["all", "each_time"],
    Field(description="panel data: over all times together, or each time by itself"),
]
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
    ] = "none"
    group: Code | None = None
    value: Number | None = None

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
    indicators: dict[Code, ImputeOption] = {}
    over: Over = "all"


class Screen(_Strict):
    """Drop units of which too little is known."""

    do: Literal["screen"]
    by: Literal["available", "nonzero", "both"] = "available"
    least_available: Share = 2 / 3
    least_nonzero: Share = 0.05
    keep: list[Code] = Field(default=[], description="units that stay whatever they lack")
    drop: list[Code] = Field(default=[], description="units that go whatever they have")


class TreatOption(_Strict):
    """When an indicator has outliers, and what is done: winsorise, then transform where that is not enough."""

    rule: Literal["coinr", "jrc", "gii", "none"] = Field(
        default="coinr", description="coinr, jrc: |skew| >= 2; gii: |skew| >= 2.25; all with kurtosis >= 3.5"
    )
    skew: Positive | None = Field(default=None, description="instead of the rule's")
    kurtosis: Positive | None = Field(default=None, description="instead of the rule's")
    winmax: Annotated[int, Field(ge=0, le=10_000)] = 5
    then: Literal["none", "log", "log_ct", "log_ct_plus", "log_gii", "box_cox"] = "log_ct"
    power: Number = Field(default=0.0, description="Box-Cox's lambda")
    combine: bool = Field(default=False, description="transform the winsorised values, not the original ones")


class Treat(TreatOption):
    """Treat outliers; `indicators` holds other options by name."""

    do: Literal["treat"]
    indicators: dict[Code, TreatOption] = {}
    leave: list[Code] = Field(default=[], description="indicators that stay as they are")
    over: Over = "all"


class NormaliseOption(_Strict):
    """How an indicator comes onto a common scale. Parameters that a method does not read are refused."""

    method: Literal[
        "minmax", "zscore", "scaled", "rank", "borda", "percentile_rank", "distance_to_maximum",
        "distance_to_reference", "distance_to_target", "fraction_of_maximum", "goalposts", "none",
    ] = "minmax"  # fmt: skip
    low: Number | None = None
    high: Number | None = None
    mean: Number | None = None
    sd: Positive | None = None
    unit: Code | None = Field(default=None, description="distance_to_reference: the unit that stands for 1")
    target: Number | None = Field(default=None, description="distance_to_target: instead of meta's Target")
    scale: Positive | None = Field(default=None, description="goalposts: the value at the upper post")
    tie: Share | None = Field(
        default=None, description="ranks: share of the range within which values are equal"
    )
    cap: bool | None = Field(default=None, description="nothing above the reference, target or goalposts")


class Normalise(NormaliseOption):
    """Bring indicators onto a common scale, directions turned; `indicators` holds other options by name."""

    do: Literal["normalise"]
    indicators: dict[Code, NormaliseOption] = {}
    over: Over = "all"


class AggregateOption(_Strict):
    """How a node's value follows from its children's."""

    method: Method = "arithmetic"
    parameters: Parameters = {}
    least_known: Share = Field(
        default=0.0, description="least share of the weight that must be known, or the node is not scored"
    )


class Aggregate(AggregateOption):
    """Aggregate bottom-up; a node's own option goes before its level's, that before the default."""

    do: Literal["aggregate"]
    over: Over = "all"
    levels: dict[Annotated[str, BeforeValidator(str)], AggregateOption] = Field(
        default={}, description="by level of the node: '2' is pillars"
    )
    nodes: dict[Code, AggregateOption] = {}

    def option(self, node: str, level: int) -> AggregateOption:
        """The option that holds at a node."""
        return self.nodes.get(node) or self.levels.get(str(level)) or self


Stage = Annotated[Denominate | Impute | Screen | Treat | Normalise | Aggregate, Field(discriminator="do")]


class WeightOption(_Strict):
    """Where the weights of a node's children come from: `given` is the meta table."""

    method: Method = "given"
    parameters: Parameters = {}


class Weights(WeightOption):
    """Weights of all nodes; `nodes` holds other options, `values` single weights by element."""

    nodes: dict[Code, WeightOption] = {}
    values: dict[Code, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = {}

    def option(self, node: str) -> WeightOption:
        """The option that holds at a node."""
        return self.nodes.get(node) or self


class Recipe(_Strict):
    """The whole build: read by `read_recipe`, written back by `Recipe.yaml` and `Recipe.toml`."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    about: Annotated[str, Field(max_length=4000)] = ""
    stage: list[Stage] = Field(min_length=1)
    weights: Weights = Weights()
    vary: list[Vary] = []

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

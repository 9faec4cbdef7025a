"""What the uncertainty analysis may vary: the `[[vary]]` tables of a recipe, each a factor with a name.

A factor is one uniform number behind something that could have been otherwise. Options are equally likely;
the recipe as written is the nominal case.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from multivector.indicators.composite.cell import LARGEST

Name = Annotated[str, Field(min_length=1, max_length=200)]
Keys = dict[str, Any]
"""Keys of a stage or of `weights` with their values: they replace those of the recipe, the rest stays."""


class _Factor(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    name: Name = Field(description="what the factor is called in results")


class VaryStage(_Factor):
    """Options of a stage: `stage = "treat"`, `options = [{ winmax = 3 }, { winmax = 5 }]`."""

    what: Literal["stage"]
    stage: Literal["denominate", "impute", "screen", "treat", "normalise", "aggregate"] = Field(
        description="which stage of the recipe"
    )
    options: list[Keys] = Field(min_length=2, description="keys of the stage, instead of the recipe's")


class VaryWeights(_Factor):
    """Other ways to weigh: `options = [{ method = "equal" }, { method = "pca" }]`."""

    what: Literal["weights"]
    options: list[Keys] = Field(min_length=2, description="keys of [weights], instead of the recipe's")


class VaryWeightSets(_Factor):
    """Other sets of weights, by element; elements not named keep theirs."""

    what: Literal["weight_sets"]
    sets: list[dict[Name, Annotated[float, Field(allow_inf_nan=False, ge=0, le=LARGEST)]]] = Field(
        description="weights by element, a whole set at once", min_length=2
    )


class VaryNoise(_Factor):
    """Noise on weights: w (1 + share v), v uniform in (-1, 1) for each element, of some levels or of all."""

    what: Literal["noise"]
    share: Annotated[float, Field(gt=0, le=1)] = Field(
        description="a weight lies within 1 - share and 1 + share times itself"
    )
    levels: list[int] = Field(default=[], description="levels of the elements whose weights vary; [] is all")


class VaryIntervals(_Factor):
    """Values within their low and high, as the table of intervals gives them."""

    what: Literal["intervals"]
    shape: Literal["triangular", "uniform"] = Field(
        default="triangular", description="peaked at the value, or flat"
    )


class VaryMissing(_Factor):
    """Missing values drawn from the observed ones of the indicator, instead of what `impute` fills in."""

    what: Literal["missing"]
    group: Name | None = Field(default=None, description="a group column: draw from the unit's own group")
    over: Literal["all", "each_time"] = Field(
        default="all", description="panel data: draw from all times together, or from the unit's own"
    )


class VaryVintages(_Factor):
    """The data themselves, as published at other times: the nominal table, or one of the vintages given."""

    what: Literal["vintages"]


class VaryDrop(_Factor):
    """Nothing, or one of these elements, left out."""

    what: Literal["drop"]
    elements: list[Name] = Field(min_length=1, description="indicators or nodes, one at a time")

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len(set(self.elements)) < len(self.elements):
            raise ValueError("an element stands twice in `elements`")
        return self


Vary = Annotated[
    VaryStage
    | VaryWeights
    | VaryWeightSets
    | VaryNoise
    | VaryIntervals
    | VaryMissing
    | VaryVintages
    | VaryDrop,
    Field(discriminator="what"),
]
"""One `[[vary]]` table."""

"""What a ledger holds: forecasts and resolutions, as typed values."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from multivector.errors import LedgerError
from multivector.inference.ledger.rule import Rule

EntryId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,159}$")]
Line = Annotated[str, Field(min_length=1, max_length=2000)]
Chance = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]


BY_DATA = "data"  # who resolves when no person does


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Runs(_Strict):
    """Where a probability comes from runs: in `yes` of `n` members of an arm the judgement held.

    `condition` says what the arm supposes. Both arms' counts are kept as [yes, n].
    """

    arm: Literal["baseline", "scenario"]
    yes: int = Field(ge=0)
    n: int = Field(ge=1)
    baseline: tuple[int, int]
    scenario: tuple[int, int]
    condition: str = ""

    @property
    def probability(self) -> float:
        """(yes + 1) / (n + 2): never 0 or 1, as no finite number of runs excludes anything (Laplace 1774)."""
        return (self.yes + 1) / (self.n + 2)


class Forecast(_Strict):
    """A probability for a yes or no, given before the answer was known (or with `hindsight`, and said so).

    Attributes
    ----------
    probability, base_rate : in (0, 1); `base_rate_from` says how the base rate was found.
    rule : by which data answer. region : "id@version" of the data that it was checked against.
    made : the day of the forecast; due : the day from which an open entry is overdue.
    hindsight : the data held the answer, or the due day had passed, when the entry was stored.
    runs : the counts behind a probability from runs; None for one given by hand.
    manifest : what the probability depends on: hashes, seed, versions.
    """

    kind: Literal["forecast"] = "forecast"
    id: EntryId
    text: Line
    probability: Chance
    rule: Rule
    made: dt.date
    due: dt.date
    base_rate: Chance | None
    base_rate_from: str
    hindsight: bool
    region: str
    runs: Runs | None = None
    manifest: dict[str, Any]

    @model_validator(mode="after")
    def _dates(self) -> Self:
        if self.due < self.made:
            raise ValueError(f"due ({self.due}) is before made ({self.made})")
        if self.due < self.rule.day:
            raise ValueError(f"due ({self.due}) is before the rule can be answered ({self.rule.day})")
        return self


class Resolution(_Strict):
    """What became of a forecast. A later one with another outcome or value is a revision; none is edited.

    `by` is "data" or the person; `sources` are keys of the region's sources, or what the person names.
    """

    kind: Literal["resolution"] = "resolution"
    id: EntryId
    outcome: bool
    why: Line
    value: Finite | None = None
    low: Finite | None = None
    high: Finite | None = None
    status: str | None = None
    sources: tuple[str, ...]
    data_version: str
    resolved: dt.date
    by: Line


Entry = Annotated[Forecast | Resolution, Field(discriminator="kind")]


def made_of(model: type[Forecast] | type[Resolution], content: dict[str, Any]) -> Any:
    """A forecast or resolution from its parts.

    Raises
    ------
    LedgerError : every part that does not fit.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        where = str(content.get("id", "entry"))
        raise LedgerError(faults_of(error), where=where[:200], repair=_REPAIR) from error


_REPAIR = (
    "give a probability and a base rate between 0 and 1, both excluded; a text; a due day that is neither before "
    "the forecast was made nor before its rule can be answered; an id of letters, digits, '.', '_' and '-'"
)


def faults_of(error: ValidationError) -> str:
    """The faults of an entry in a line."""
    said = []
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        given = fault.get("input")
        shown = f", found {given!r}"[:200] if isinstance(given, str | int | float) else ""
        said.append(f"{place}: {message[:1].lower()}{message[1:]}{shown}" if place else message)
    return "; ".join(said)

"""A scenario: what is asked, what is changed, what is judged, and on what the answer rests.

The file is YAML; `Scenario.model_json_schema()` is published as `docs/scenario.schema.json`.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from multivector.errors import ScenarioError
from multivector.world.quarters import quarter_index


def _is_quarter(text: str) -> str:
    quarter_index(text)
    return text


Quarter = Annotated[str, AfterValidator(_is_quarter), Field(description="a quarter, written as 2021Q4")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Text = Annotated[str, Field(min_length=1, max_length=2000)]


class _Strict(BaseModel):
    """No unknown keys, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Finite = Annotated[float, Field(allow_inf_nan=False)]


class Spread(_Strict):
    """A triangular spread: an assumption is a range, never a point."""

    low: Finite
    mode: Finite
    high: Finite

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"low, mode, high must not fall: {self.low}, {self.mode}, {self.high}")
        return self


_FACTOR = {
    "capacity": (0, 1),
    "demand": (0, 10),
    "effort": (0, 10),
    "institution": (0, 3),
    "event": (-3, 3),
    "pact": (0, 1),
}


class Lever(_Strict):
    """One change against the baseline.

    `capacity`: from `first`, `actor` delivers at `factor` of its normal rate; after `last` the gap closes
    with a half-life of `recovery_years`. `demand`: `actor` orders `factor` times its normal volume.
    `effort`: the power `actor` puts `factor` times its usual effort into `targets` (all states if none).
    `institution`: the same for the number of standing institutions that carry its effort.
    `event`: in `first` an event of the kind `event` moves `actor` and each target by `factor` steps (-3 to 3).
    `pact`: from `first` to `last` `actor` and each target share a pact to the degree `factor` (0 to 1).
    """

    kind: Literal["capacity", "demand", "effort", "institution", "event", "pact"]
    actor: str
    targets: tuple[str, ...] = ()
    event: str | None = Field(default=None, description="kind of event, from the region's event_kinds.csv")
    first: Quarter
    last: Quarter
    factor: Spread = Field(description="multiple of normal; steps of an event; degree of a pact")
    recovery_years: Spread = Spread(low=0.5, mode=1.0, high=2.0)
    why: Text
    sources: tuple[str, ...] = Field(default=(), description="keys of the region's sources.csv")

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if quarter_index(self.first) > quarter_index(self.last):
            raise ValueError(f"first ({self.first}) is after last ({self.last})")
        least, most = _FACTOR[self.kind]
        if self.factor.low < least or self.factor.high > most:
            raise ValueError(f"factor of {self.kind} must lie between {least:g} and {most:g}")
        if (self.kind == "event") != (self.event is not None):
            raise ValueError("a lever of kind event, and no other, names the kind of event in `event`")
        if self.kind in {"event", "pact"} and not self.targets:
            raise ValueError(f"a lever of kind {self.kind} needs targets")
        if self.kind in {"capacity", "demand"} and self.targets:
            raise ValueError(f"a lever of kind {self.kind} has no targets")
        if self.recovery_years.low <= 0:
            raise ValueError("recovery_years must be above 0")
        return self


class Judgement(_Strict):
    """One thing to be judged: the chance that a quantity lies above or below a threshold in a year."""

    id: Slug
    text: Text = Field(description="what is judged, as a clause in the present tense")
    quantity: Literal["arms_share_5y", "alignment", "ties"] = Field(
        default="arms_share_5y",
        description="share of five years' arms; share of a state's alignment; signed tie to a power",
    )
    state: str
    partner: str = Field(description="the supplier, or for alignment and ties the power")
    year: int
    comparison: Literal["above", "below"]
    threshold: float = Field(ge=-1, le=1)


class Negation(_Strict):
    """How an assumption is negated for its rerun: a parameter fixed, or a lever changed."""

    parameter: str | None = None
    value: Finite | None = None
    lever: int | None = Field(default=None, ge=0, description="number of the lever, from 0")
    factor: Spread | None = None
    last: Quarter | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        by_parameter = self.parameter is not None and self.value is not None
        by_lever = self.lever is not None and (self.factor is not None or self.last is not None)
        if by_parameter == by_lever:
            raise ValueError("give either parameter and value, or lever and factor or last")
        return self


class Assumption(_Strict):
    """Something the answer rests on, and what it is replaced with to see whether the answer survives."""

    id: Slug
    text: Text
    negated: Text = Field(description="the negation in words")
    negate: Negation
    sources: tuple[str, ...] = ()


class Caveat(_Strict):
    """Something that the data cannot say, as the scenario's author puts it."""

    title: Text
    text: Text
    sources: tuple[str, ...] = ()


class Scenario(_Strict):
    """The whole file."""

    id: Slug
    title: Text
    question: Text
    region: Text = Field(description="id of the region that it is about")
    start: Quarter = Field(description="the last quarter whose data may be used")
    end: Quarter = Field(description="the last quarter that is simulated; the fourth of its year")
    change: Text = Field(default="the change", description="what the levers are called in a sentence")
    levers: tuple[Lever, ...] = ()
    focus: tuple[str, ...] = Field(default=(), description="states that the brief draws first")
    supplier: str | None = Field(default=None, description="the partner that the charts follow")
    judgements: tuple[Judgement, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    left_out: tuple[Text, ...] = Field(default=(), description="what the model leaves out and must say")
    caveats: tuple[Caveat, ...] = Field(default=(), description="what the data cannot say")

    @property
    def hash(self) -> str:
        """SHA-256 of the content, whatever its layout in the file."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def start_year(self) -> int:
        """The last year with data."""
        return quarter_index(self.start) // 4

    @property
    def end_year(self) -> int:
        """The last simulated year."""
        return quarter_index(self.end) // 4

    @model_validator(mode="after")
    def _dates(self) -> Self:
        start, end = quarter_index(self.start), quarter_index(self.end)
        if start % 4 != 3 or end % 4 != 3:
            raise ValueError("start and end must be fourth quarters: arms data come by year")
        if not start < end <= start + 80:
            raise ValueError(f"end ({self.end}) must lie within 20 years after start ({self.start})")
        for number, lever in enumerate(self.levers):
            first, last = quarter_index(lever.first), quarter_index(lever.last)
            if not (start < first and last <= end):
                raise ValueError(
                    f"lever {number}: {lever.first}..{lever.last} is out of range; "
                    f"it must lie after {self.start} and not after {self.end}"
                )
        for name, parts in (("judgement", self.judgements), ("assumption", self.assumptions)):
            ids = [part.id for part in parts]
            if len(set(ids)) < len(ids):
                raise ValueError(f"two {name}s have the same id: {max(ids, key=ids.count)}")
        for judgement in self.judgements:
            if not self.start_year < judgement.year <= self.end_year:
                raise ValueError(
                    f"judgement {judgement.id}: year {judgement.year} is out of range; "
                    f"it must lie in {self.start_year + 1}..{self.end_year}"
                )
        for assumption in self.assumptions:
            lever_number = assumption.negate.lever
            if lever_number is not None and lever_number >= len(self.levers):
                raise ValueError(f"assumption {assumption.id}: there is no lever {lever_number}")
        return self

    def negated(self, assumption: Assumption) -> Scenario:
        """This scenario with the lever that `assumption` rests on changed to its negation."""
        change = assumption.negate
        if change.lever is None:
            return self
        lever = self.levers[change.lever]
        update = {
            name: value
            for name, value in (("factor", change.factor), ("last", change.last))
            if value is not None
        }
        levers = list(self.levers)
        levers[change.lever] = lever.model_copy(update=update)  # validated as a whole below
        content = self.model_dump() | {"levers": [each.model_dump() for each in levers]}
        try:
            return Scenario.model_validate(content)
        except ValidationError as error:
            raise ScenarioError(
                f"the negation of assumption {assumption.id} does not hold: {explain(error)}",
                where=self.id,
                repair=REPAIR,
            ) from error


REPAIR = "compare with docs/scenario.schema.json"


def explain(error: ValidationError) -> str:
    lines = []
    for fault in error.errors():
        place = ".".join(str(part) for part in fault["loc"]) or "scenario"
        if fault["type"] == "extra_forbidden":
            lines.append(f"{place}: unknown key")
        else:
            message = fault["msg"].removeprefix("Value error, ")
            given = fault.get("input")
            shown = f" (found {given!r})" if isinstance(given, str | int | float) else ""
            lines.append(f"{place}: {message}{shown}")
    return f"{len(lines)} fault{'s' if len(lines) != 1 else ''}: " + "; ".join(lines)

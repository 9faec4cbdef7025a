"""A cell of a stakeholder table: low, mode and high, with the ground that they stand on."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

Evidence = Literal["stated", "inferred", "assumed"]
"""The text says so; it follows from what the text says; an analyst assumes it."""

FORMULA: Final = re.compile(r"^[=@]|^[+-][^\d\s.,]|[\x00-\x08\x0b-\x1f]")
"""What a spreadsheet would compute, and what no terminal should print."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def fault(what: str, repair: str, keys: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """A fault for pydantic to place: what was found, what repairs it, and at which keys further down."""
    return PydanticCustomError("issue", "{what}", {"what": what, "repair": repair, "keys": keys})


def _plain(text: str) -> str:
    if FORMULA.search(text):
        raise fault(
            f"{text[:60]!r} reads as a spreadsheet formula or holds control characters", "write plain words"
        )
    if text != text.strip() or not text:
        raise fault(f"{text[:60]!r} is empty or has spaces around it", "write the name alone")
    return text


def _printable(text: str) -> str:
    if _CONTROL.search(text):
        raise fault(f"{text[:60]!r} holds control characters", "write plain words")
    return text


Finite = Annotated[float, Field(allow_inf_nan=False)]
Name = Annotated[str, Field(max_length=120), AfterValidator(_plain)]
Text = Annotated[str, Field(max_length=2000), AfterValidator(_printable)]


class Strict(BaseModel):
    """No unknown keys, no types bent to fit, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Interval(Strict):
    """A triangular distribution: from `low` over `mode` to `high`."""

    low: Finite
    mode: Finite
    high: Finite

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise fault(
                f"low, mode, high are {self.low:g}, {self.mode:g}, {self.high:g}",
                "order them: low <= mode <= high",
            )
        return self

    @property
    def width(self) -> float:
        """High less low."""
        return self.high - self.low


class Cell(Interval):
    """One judgement on one stakeholder, and its ground.

    Parameters
    ----------
    low, mode, high : the judgement, as a triangular distribution.
    evidence : whether the source states it, it is inferred from the source, or it is assumed.
    source : key of a source of the issue or the region, or a row of a region's table, as `events:ID`.
    quote : the source's own words (or the row's title); what is stated has one.
    where : where in the source: a line, a page, code points.
    confidence : of the analyst that the cell holds, 0 to 1; what has a source has one.
    note : how the numbers follow from the words.
    """

    evidence: Evidence
    source: Annotated[str, Field(max_length=120)] = ""
    quote: Text = ""
    where: Annotated[str, Field(max_length=120)] = ""
    confidence: Annotated[Finite, Field(ge=0, le=1)] | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        if self.evidence == "assumed":
            return self
        if not self.source:
            raise fault(f"{self.evidence}, but no source", "name the source, or write `evidence: assumed`")
        if self.confidence is None:
            raise fault(
                f"{self.evidence}, but no confidence", "write how sure you are of the cell, from 0 to 1"
            )
        if self.evidence == "stated" and not self.quote:
            raise fault("stated, but no quote", "quote the words, or write `evidence: inferred`")
        return self

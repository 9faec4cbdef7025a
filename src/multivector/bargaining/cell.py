"""A cell of a stakeholder table: low, mode and high, with the ground that they stand on."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from multivector.bargaining.stakes import LARGEST

Evidence = Literal["stated", "inferred", "assumed"]
"""The text says so; it follows from what the text says; an analyst assumes it."""

MOST_NAME: Final = 120
MOST_TEXT: Final = 2000

_FORMULA: Final = re.compile(r"^[=@]|^[+-][^\d\s.,]")
"""What a spreadsheet would compute."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no terminal should print: commands to it, reversals of the direction of writing, halves of characters."""
_BREAK: Final = re.compile(r"[\t\n\x85\u2028\u2029]")
"""What ends a line or a cell of a table."""


def fault(what: str, repair: str, keys: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """A fault for pydantic to place: what was found, what repairs it, and at which keys further down."""
    return PydanticCustomError("issue", "{what}", {"what": what, "repair": repair, "keys": keys})


def trouble(text: str, most: int = MOST_TEXT, *, name: bool = False) -> tuple[str, str] | None:
    """What is wrong with a text and what repairs it; None where nothing is. A name is one line, and no formula."""
    shown = repr(text[:60])
    if len(text) > most:
        return f"{shown} has {len(text):,} characters, the limit is {most:,}", "shorten it"
    if _CONTROL.search(text):
        return f"{shown} holds control characters", "write plain words"
    if name and _FORMULA.search(text):
        return f"{shown} reads as a spreadsheet formula", "write plain words"
    if name and _BREAK.search(text):
        return f"{shown} runs over several lines or cells", "write it on one line, without tabs"
    return None


def _name(text: str) -> str:
    if found := trouble(text, MOST_NAME, name=True):
        raise fault(*found)
    if text != text.strip() or not text:
        raise fault(f"{text[:60]!r} is empty or has spaces around it", "write the name alone")
    return text


def _text(text: str) -> str:
    if found := trouble(text):
        raise fault(*found)
    return text


Finite = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST)]
Name = Annotated[str, AfterValidator(_name)]
Text = Annotated[str, AfterValidator(_text)]


class Strict(BaseModel):
    """No unknown keys, no types bent to fit, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Interval(Strict):
    """A triangular distribution.

    Parameters
    ----------
    low, mode, high : the least, the likeliest and the greatest value.
    """

    low: Finite
    mode: Finite
    high: Finite

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise fault(
                f"low, mode, high are {self.low:.12g}, {self.mode:.12g}, {self.high:.12g}",
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
    confidence : of the analyst that the cell holds, 0 to 1; what has a source has one. Nothing is computed from it.
    note : how the numbers follow from the words.
    """

    evidence: Evidence
    source: Annotated[Text, Field(max_length=120)] = ""
    quote: Text = ""
    where: Annotated[Text, Field(max_length=120)] = ""
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

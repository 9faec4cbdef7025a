"""The scale of one dimension of an issue: its ends, and what places on it mean."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Final, Self

import numpy as np
from numpy.typing import ArrayLike
from pydantic import Field, model_validator

from multivector.bargaining.cell import Finite, Interval, Name, Strict, Text, fault
from multivector.bargaining.stakes import LARGEST, TOP, Floats

_ROUNDING: Final = 1e-9
"""How far rounding may carry an end of the scale past 0 or 100."""


class Mark(Strict):
    """What a place on the scale means; on a scale of dates also when, and how likely never.

    Parameters
    ----------
    at : the place.
    means : what an actor there wants, in words.
    years : median waiting time from the issue's as-of date, in years, were it to go as an actor there wants.
    never : the share, 0 to 1, of cases in which it then never happens. 1 needs no years.
    """

    at: Finite
    means: Annotated[Text, Field(min_length=1)]
    years: Interval | None = None
    never: Interval | None = None

    @model_validator(mode="after")
    def _in_range(self) -> Self:
        if self.years is not None and self.years.low <= 0:
            raise fault(
                f"years from {self.years.low:.12g}", "give waiting times above 0; at once is a few weeks, 0.1"
            )
        if self.never is not None and not 0 <= self.never.low <= self.never.high <= 1:
            raise fault("never is a share", "give low, mode and high from 0 to 1")
        return self


class Dimension(Strict):
    """One dimension: a scale of positions.

    Parameters
    ----------
    name : of the dimension, short, for tables and the command line.
    title : what pages call it.
    unit : of positions.
    low : where the scale begins, in that unit.
    high : where it ends.
    marks : what places on the scale mean.
    reference_point : where the issue stands if nobody agrees (often the status quo), on the same scale.
    """

    name: Name
    title: Text = ""
    unit: Annotated[Text, Field(max_length=60)] = ""
    low: Finite = 0.0
    high: Finite = TOP
    marks: Annotated[tuple[Mark, ...], Field(strict=False, max_length=50)] = ()
    reference_point: Finite | None = None

    @model_validator(mode="after")
    def _holds(self) -> Self:
        if not self.high - self.low > 1 / LARGEST:
            raise fault(
                f"the scale runs from {self.low:.12g} to {self.high:.12g}",
                "give a low end below the high end",
            )
        for mark in self.marks:
            if not self.low <= mark.at <= self.high:
                raise fault(
                    f"the mark {mark.means!r} stands at {mark.at:.12g}, off the scale of {self.low:.12g} to {self.high:.12g}",
                    "move the mark, or widen the scale",
                )
        if self.reference_point is not None and not self.low <= self.reference_point <= self.high:
            raise fault(
                f"the reference point {self.reference_point:.12g} lies off the scale of {self.low:.12g} to {self.high:.12g}",
                "move it onto the scale, or widen the scale",
                ("reference_point",),
            )
        places = sorted(mark.at for mark in self.marks)
        if len(set(places)) < len(places):
            raise fault("two marks stand at the same place", "keep one meaning for each place")
        if self.is_when:
            self._check_when()
        return self

    @property
    def is_when(self) -> bool:
        """Whether places on the scale stand for dates."""
        return any(mark.years is not None or mark.never is not None for mark in self.marks)

    def from_top(self, position: ArrayLike) -> Floats:
        """Positions on 0 to 100 as positions on this scale."""
        moved: Floats = self.low + np.asarray(position, dtype=np.float64) * ((self.high - self.low) / TOP)
        return moved

    def to_top(self, position: ArrayLike) -> Floats:
        """Positions on this scale as positions on 0 to 100, those of `Stakes`."""
        moved: Floats = (np.asarray(position, dtype=np.float64) - self.low) * (TOP / (self.high - self.low))
        ends = np.abs(moved - np.clip(moved, 0.0, TOP)) < _ROUNDING
        return np.where(ends, np.clip(moved, 0.0, TOP), moved)

    def _check_when(self) -> None:
        """Each mark has a date or is never, the ends are marked, and dates go one way along the scale."""
        marks = sorted(self.marks, key=lambda mark: mark.at)
        for mark in marks:
            if mark.years is None and (mark.never is None or mark.never.low < 1):
                raise fault(
                    f"the mark {mark.means!r} has no date",
                    "give it years, or never: {low: 1, mode: 1, high: 1}",
                )
        if marks[0].at != self.low or marks[-1].at != self.high:
            raise fault("an end of the scale has no mark", "say at both ends when, or never")
        if sum(mark.years is not None for mark in marks) < 2:
            raise fault("fewer than two marks have years", "give at least two places a waiting time")
        for part in ("low", "mode", "high"):
            for name in ("years", "never"):
                run = [getattr(_part(mark, name), part) for mark in marks if _part(mark, name) is not None]
                steps = [b - a for a, b in pairwise(run)]
                if min(steps, default=0) < 0 < max(steps, default=0):
                    raise fault(
                        f"{name} ({part}) rises and falls along the scale: {', '.join(f'{x:.12g}' for x in run)}",
                        "order the marks so that places further along mean later all the way, or earlier all the way",
                    )


def _part(mark: Mark, name: str) -> Interval | None:
    """The mark's years, or its share of never, which is 0 where nothing is said."""
    if name == "years":
        return mark.years
    return mark.never or Interval(low=0.0, mode=0.0, high=0.0)

"""What an analysis of an issue is about: one number for each draw of its stakes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from multivector.bargaining.issue import Issue
from multivector.bargaining.models.model import Model
from multivector.bargaining.stakes import Floats, Stakes
from multivector.bargaining.time_to_event import READINGS, Reading, mean_chance
from multivector.bargaining.waiting import YEAR
from multivector.errors import IssueError

SCALE_POINTS: Final = 32
"""Points over which a chance is averaged where the marks and the shape of a scale of dates are not known; our choice."""

_PAIRS: Final = 2**22
"""Pairs of actors evaluated at a time, so that memory stays bounded."""


@dataclass(frozen=True)
class Quantity:
    """One number that the stakes decide.

    Parameters
    ----------
    name : of the model, or the chance in words.
    unit : of the dimension's scale, in its author's words; "share" for a chance.
    low, high : the ends of what it can be.
    of : the number `[...]` at stakes `[..., n, d]`. It depends on nothing else, so that two calls differ only
        by what differs in the stakes.
    wish : what it would be `[...]`, went it as the actor of that number wants.
    is_chance : whether it is a probability, 0 to 1. The unit does not tell: a scale may be in shares too.
    """

    name: str
    unit: str
    low: float
    high: float
    of: Callable[[Stakes], Floats]
    wish: Callable[[Stakes, int], Floats]
    is_chance: bool = False


def settlement(issue: Issue, model: Model, dimension: int = 0) -> Quantity:
    """Where a model settles one dimension, in the dimension's own units; an actor wishes its own position."""
    scale = issue.dimensions[_dimension(issue, dimension)]
    several = len(issue.dimensions) > 1
    return Quantity(
        name=f"{model.name} on {scale.name}" if several else model.name,
        unit=scale.unit,
        low=scale.low,
        high=scale.high,
        of=lambda stakes: scale.from_top(model.outcome(stakes)[..., dimension]),
        wish=lambda stakes, i: scale.from_top(stakes.position[..., i, dimension]),
    )


def chance_by(issue: Issue, day: dt.date, reading: Reading) -> Quantity:
    """The chance that a question of when is answered by a day, 0 to 1.

    An actor wishes the chance that there would be, stood everybody (for consent: everybody who must) where it
    stands. The chance is the mean over the scale's own uncertainty, its marks and its shape, at the same
    `SCALE_POINTS` points of a Sobol' net for all stakes.

    Raises
    ------
    IssueError : no question of when, no such reading, consent of nobody, a day before the issue's as-of date.
    """
    if not issue.is_when or issue.as_of is None:
        raise IssueError(
            "is no question of when", where=issue.id, repair="ask for a settlement, or give its marks years"
        )
    if reading not in READINGS:
        raise IssueError(f"there is no reading {reading!r}", repair=f"use one of: {', '.join(READINGS)}")
    if day < issue.as_of:
        raise IssueError(
            f"{day} is before {issue.as_of}, from which waiting counts", where=issue.id,
            repair="ask for a later day",
        )  # fmt: skip
    net = _net()
    years = (day - issue.as_of).days / YEAR

    def of(stakes: Stakes) -> Floats:
        return mean_chance(issue, stakes, years, reading=reading, scale_quantiles=net)

    def wish(stakes: Stakes, i: int) -> Floats:
        return of(stakes.moved(np.broadcast_to(stakes.position[..., i : i + 1, :], stakes.position.shape)))

    of(issue.stakes())  # what else does not hold is said here, not in the midst of a search
    return Quantity(f"chance by {day} ({reading})", "share", 0.0, 1.0, of, wish, is_chance=True)


def values(quantity: Quantity, stakes_of: Callable[[slice], Stakes], rows: int, actors: int) -> Floats:
    """The quantity `[rows]` over many rows of stakes, which are made a block at a time so that memory stays bounded.

    NaN where the model is not defined (all at one position; nobody who cares), or where no stakes come out at all.

    Parameters
    ----------
    quantity : what is evaluated.
    stakes_of : the stakes of a slice of the rows, with one leading axis.
    rows, actors : how many.
    """
    size = max(1, _PAIRS // actors**2)

    def part(first: int, last: int) -> Floats:
        """Where some are not defined, by halves, down to those that are not."""
        try:
            return quantity.of(stakes_of(slice(first, last)))
        except IssueError:
            if last - first == 1:
                return np.full(1, np.nan)
            middle = (first + last) // 2
            return np.concatenate((part(first, middle), part(middle, last)))

    blocks = [part(first, min(first + size, rows)) for first in range(0, rows, size)]
    return np.concatenate(blocks) if blocks else np.empty(0)


def _net() -> Floats:
    """Points in the unit cube `[points, 3]`, the middles of the cells of an unscrambled Sobol' net."""
    from scipy.stats import qmc

    points: Floats = qmc.Sobol(3, scramble=False).random(SCALE_POINTS) + 0.5 / SCALE_POINTS
    return points


def _dimension(issue: Issue, dimension: int) -> int:
    if not 0 <= dimension < len(issue.dimensions):
        raise IssueError(
            f"there is no dimension number {dimension}", where=issue.id,
            repair=f"count from 0: {', '.join(each.name for each in issue.dimensions)}",
        )  # fmt: skip
    return dimension

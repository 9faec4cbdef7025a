"""A stakeholder table as one vector: each cell's interval, the scale it lies on, and the quantity at any values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike

from multivector.bargaining.analysis.quantity import Quantity, values
from multivector.bargaining.issue import Issue, Placed
from multivector.bargaining.stakes import TOP, Floats

_LEAST_CAPABILITY: Final = 1e-3
"""Of the least in the issue: as good as nobody."""
_ROUNDING: Final = 1e-9
"""Of the quantity's range."""


@dataclass(frozen=True, eq=False)
class Table:
    """The cells of an issue in the order of `Issue.cells`, and a quantity of them.

    Parameters
    ----------
    issue, quantity : of what.
    placed : the cells.
    low, mode, high : `[cells]`, of each interval, in its own units.
    bottom, top : `[cells]`, ends of each cell's scale. A position goes over its dimension's scale; a salience from 0
        to what the actor's other saliences leave of 100 at their modes; a capability from nearly nothing to the
        highest that any actor of the issue may have.
    """

    issue: Issue
    quantity: Quantity
    placed: tuple[Placed, ...]
    low: Floats
    mode: Floats
    high: Floats
    bottom: Floats
    top: Floats

    @classmethod
    def of(cls, issue: Issue, quantity: Quantity) -> Self:
        """The table of an issue."""
        placed = tuple(issue.cells())
        low, mode, high = (
            np.array([getattr(each.cell, part) for each in placed]) for part in ("low", "mode", "high")
        )
        ends = np.array([_ends(issue, each) for each in placed])
        return cls(issue, quantity, placed, low, mode, high, ends[:, 0], ends[:, 1])

    @property
    def half_width(self) -> Floats:
        """Half of each interval, `[cells]`; 0 for a cell that is a point."""
        return (self.high - self.low) / 2

    @property
    def slack(self) -> float:
        """What rounding may lack of a target."""
        return _ROUNDING * (self.quantity.high - self.quantity.low)

    def at(self, cells: ArrayLike) -> Floats:
        """The quantity `[...]` at values of all cells `[..., cells]`; NaN where it is not defined."""
        x = np.asarray(cells, np.float64)
        flat = x.reshape(-1, x.shape[-1])
        n = len(self.issue.stakeholders)
        found = values(self.quantity, lambda rows: self.issue.stakes_of(flat[rows]), len(flat), n)
        return found.reshape(x.shape[:-1])


def _ends(issue: Issue, placed: Placed) -> tuple[float, float]:
    """Bottom and top of the scale of a cell."""
    if placed.attribute == "position":
        scale = next(each for each in issue.dimensions if each.name == placed.dimension)
        return scale.low, scale.high
    actor = next(each for each in issue.stakeholders if each.name == placed.stakeholder)
    if placed.attribute == "salience":
        others = sum(cell.mode for name, cell in actor.salience.items() if name != placed.dimension)
        return 0.0, max(actor.salience[placed.dimension].mode, TOP - others)
    every = [each.capability for each in issue.stakeholders]
    return _LEAST_CAPABILITY * min(cell.low for cell in every), max(cell.high for cell in every)

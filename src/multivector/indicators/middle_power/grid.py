"""An indicator of every state in every year: value, bounds, how old, whence, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Words = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Arrays on (state, year).

    Attributes
    ----------
    value : the number that a score is taken of; where only bounds are known, their middle.
    low, high : what it can be; equal to the value where the source gives no interval.
    of : the year of the newest number in it.
    source : keys in the region's `sources.csv`, joined by |.
    missing : why there is no number; empty where there is one.
    """

    value: Floats
    low: Floats
    high: Floats
    of: Floats
    source: Words
    missing: Words

    @classmethod
    def blank(cls, shape: tuple[int, int], why: str = "no data") -> Grid:
        """Nothing known, to be filled cell by cell."""
        value, low, high, of = (np.full(shape, np.nan) for _ in range(4))
        return cls(value, low, high, of, np.full(shape, "", dtype=object), np.full(shape, why, dtype=object))

    def put(self, cell: tuple[int, int], bounds: tuple[float, float, float], of: float, source: str) -> None:
        """Enter one cell: (value, low, high), a value that is not known being the middle of its bounds."""
        value, low, high = bounds
        if not (np.isfinite(low) and np.isfinite(high)):
            return
        value = value if np.isfinite(value) else (low + high) / 2
        # Bounds come by another way than the value and may pass it by the last bit.
        self.value[cell], self.low[cell], self.high[cell] = value, min(low, value), max(high, value)
        self.of[cell] = of
        self.source[cell], self.missing[cell] = source, ""

    def refuse(self, cell: tuple[int, int], why: str) -> None:
        """Say why a cell has no number."""
        self.missing[cell] = why

    def with_values(self, f: Any) -> Grid:
        """The same cells under an increasing or decreasing function of the number."""
        ends = np.stack([f(self.low), f(self.high), f(self.value)])
        # A cell without a number has NaN at both ends and keeps it.
        return Grid(f(self.value), ends.min(axis=0), ends.max(axis=0), self.of, self.source, self.missing)


def joined(*keys: str) -> str:
    """Source keys as one cell, each once."""
    return "|".join(sorted({key for cell in keys for key in cell.split("|") if key}))


def shares(grid: Grid) -> Grid:
    """Each state's part of the region's sum, x_i / (x_i + sum of the others); none in a year that lacks a state.

    The bounds are those of x_i with the others as they are, so that no share passes one.
    """
    others = grid.value.sum(axis=0) - grid.value
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = grid.with_values(lambda x: x / (x + others))
    for s, t in np.argwhere(np.isfinite(grid.value) & ~np.isfinite(others)):
        parts.refuse((int(s), int(t)), "another state's number is missing, so the region has no sum")
    return parts


def mean_of(*grids: Grid) -> Grid:
    """Mean of what is known of several grids; missing only where all are."""
    result = Grid.blank(grids[0].value.shape)
    for cell in np.ndindex(*result.value.shape):
        known = [grid for grid in grids if not grid.missing[cell]]
        if not known:
            result.refuse(cell, str(grids[0].missing[cell]))
            continue
        triple = tuple(
            float(np.mean([getattr(g, end)[cell] for g in known])) for end in ("value", "low", "high")
        )
        result.put(
            cell,
            (triple[0], triple[1], triple[2]),
            min(float(g.of[cell]) for g in known),
            joined(*(str(g.source[cell]) for g in known)),
        )
    return result

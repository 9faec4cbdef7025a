"""The value nearest to its mode at which one cell alone takes a quantity to a target.

A model may be stepped or turn back, so that no slope is trusted: each cell is tried over a grid of its whole scale, and
the crossing nearest to its mode is found by bisection. What lies between two neighbouring points of the grid that
both fall short is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from multivector.bargaining.analysis.table import Table
from multivector.bargaining.stakes import Floats

STEPS: Final = 41
"""Points over each cell's scale; its low, mode and high come to them. Our choice, as is the next."""
HALVINGS: Final = 20
"""Of the interval between two of them: to a millionth."""


@dataclass(frozen=True, eq=False)
class Thresholds:
    """Of each cell with the others at their modes.

    Parameters
    ----------
    value : `[cells]`, nearest to the mode that reaches the target; NaN where none does.
    farthest : `[cells]`, the value of the grid that takes the quantity farthest towards the target and beyond.
    nearest : the quantity farthest towards the target, of all that were tried.
    """

    value: Floats
    farthest: Floats
    nearest: float


def thresholds(table: Table, target: float, sign: float) -> Thresholds:
    """Where each cell alone reaches the target, which lies above (sign 1) or below (-1) the quantity at the modes."""
    cells = len(table.mode)
    even = np.linspace(table.bottom, table.top, STEPS, axis=-1)
    grid = np.sort(np.column_stack((even, table.low, table.mode, table.high)), axis=-1)
    rows = np.repeat(table.mode[None, None], cells, axis=0).repeat(grid.shape[1], axis=1)
    rows[np.arange(cells), :, np.arange(cells)] = grid
    pushed = sign * (table.at(rows) - target)
    pushed = np.where(np.isfinite(pushed), pushed, -np.inf)
    most = np.argmax(pushed, axis=-1)
    at_mode = np.argmax(grid == table.mode[:, None], axis=-1)
    better = pushed[np.arange(cells), most] > pushed[np.arange(cells), at_mode]
    farthest = np.where(better, grid[np.arange(cells), most], table.mode)

    short, over = _brackets(table, grid, pushed >= -table.slack)
    found = _bisected(table, target, sign, short, over)
    gap = np.abs(found - table.mode)
    side = np.argmin(np.where(np.isnan(gap), np.inf, gap), axis=0)
    return Thresholds(found[side, np.arange(cells)], farthest, float(target + sign * pushed.max()))


def _brackets(table: Table, grid: Floats, reached: np.ndarray) -> tuple[Floats, Floats]:
    """Below and above the mode `[2, cells]`: the last point that falls short and the first that reaches; NaN for none."""
    mode = table.mode[:, None]
    over = np.array(
        [
            np.where(reached & (grid < mode), grid, -np.inf).max(axis=-1),
            np.where(reached & (grid > mode), grid, np.inf).min(axis=-1),
        ]
    )
    short = np.array(
        [
            np.where(grid > over[0][:, None], grid, np.inf).min(axis=-1),
            np.where(grid < over[1][:, None], grid, -np.inf).max(axis=-1),
        ]
    )
    short, over = (np.where(np.isfinite(over), each, np.nan) for each in (short, over))
    return short, over


def _bisected(table: Table, target: float, sign: float, short: Floats, over: Floats) -> Floats:
    """The crossings between `short`, which falls short, and `over`, which reaches."""
    side, cell = np.nonzero(np.isfinite(over))
    low, high = short[side, cell], over[side, cell]
    rows = np.repeat(table.mode[None], len(cell), axis=0)
    for _ in range(HALVINGS if len(cell) else 0):
        middle = (low + high) / 2
        rows[np.arange(len(cell)), cell] = middle
        met = sign * (table.at(rows) - target) >= -table.slack
        low, high = np.where(met, low, middle), np.where(met, middle, high)
    found = np.full(over.shape, np.nan)
    found[side, cell] = high
    return found

"""The smallest change of all cells together that takes a quantity to a target.

In half-widths of the cells, z_c = (value_c - mode_c) / h_c with h_c = (high_c - low_c) / 2, it is the point nearest to
the modes at which the target is reached,

    min |z|  subject to  quantity(mode + h z) at the target or beyond it,  values on their scales,

the design point of reliability analysis. It is found by linearising: at a point on the border, the nearest point of the
border's tangent within the scales is z = clip(lambda a, bottom, top) with a the slope there. A step towards it is
taken where, drawn back along the ray from the modes to where the target is first met, it is nearer. Every point
that is kept does reach the target. It is the smallest found from several starts: no other nearby is smaller where
the model is smooth; where it is stepped, a smaller one may be missed.

Sources: Hasofer & Lind 1974, J. Eng. Mech. Div. 100, 111-121; Rackwitz & Fiessler 1978,
doi:10.1016/0045-7949(78)90046-9.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from multivector.bargaining.analysis.table import Table
from multivector.bargaining.stakes import Floats

STARTS: Final = 2
"""From which a search goes out. This and the numbers below are our choice."""
ROUNDS: Final = 30
_DRAWS: Final = 24
"""Draws that reach the target and lie nearest to the modes, from which a start may come."""
_PROBE: Final = 0.05
"""Half-widths to either side over which a slope is taken."""
_RAY: Final = np.arange(1, 16) / 10
"""Parts of the way at which a ray is looked at: beyond its point too, so that one just short of the target is carried to it."""
_HALVINGS: Final = 14
_PARTS: Final = (8.0, 4.0, 2.0, 1.0, 0.5, 0.25, 0.1)
"""Of the way to the tangent's nearest point: farther too, since on a flat saddle it goes there by small steps."""
_GAIN: Final = 2e-5
"""Of the distance: a round that brings less is the last."""
SMALL: Final = 1e-3
"""Half-widths: what moves less stays, in print, and a distance below it is none."""


@dataclass(frozen=True, eq=False)
class Change:
    """A change of all cells together.

    Parameters
    ----------
    value, z : `[cells]`, the values, and how far from the modes in half-widths.
    distance : root of the sum of squares of z.
    reaches : the quantity there.
    rows : a row for each cell that moves, most first.
    """

    value: Floats
    z: Floats
    distance: float
    reaches: float
    rows: list[dict[str, Any]]

    @property
    def on_edge(self) -> bool:
        """Whether next to nothing has to change: at the modes a model of choices stands at a tie."""
        return self.distance < SMALL

    @property
    def inside(self) -> bool:
        """Whether every cell stays inside its interval."""
        return all(row["inside"] for row in self.rows)


class _Border:
    """Points of the table in half-widths, and where rays from the modes first meet the target."""

    def __init__(self, table: Table, target: float, sign: float) -> None:
        self.table, self.target, self.sign = table, target, sign
        wide = table.half_width > 0
        self.h = np.where(wide, table.half_width, 1.0)
        self.bottom = np.where(wide, (table.bottom - table.mode) / self.h, 0.0)
        self.top = np.where(wide, (table.top - table.mode) / self.h, 0.0)

    def values(self, z: Floats) -> Floats:
        near = np.clip(z, self.bottom, self.top)
        values: Floats = np.clip(self.table.mode + near * self.h, self.table.bottom, self.table.top)
        return values

    def excess(self, z: Floats) -> Floats:
        """How far beyond the target, `[...]` of `[..., cells]`; negative short of it, and where nothing is defined."""
        found = self.sign * (self.table.at(self.values(z)) - self.target)
        return np.where(np.isfinite(found), found, -np.inf)

    def drawn_back(self, z: Floats) -> Floats:
        """Each `[r, cells]` to where its ray first meets the target, on the scales; NaN where it does not."""
        met = self.excess(_RAY[None, :, None] * z[:, None, :]) >= -self.table.slack
        high = np.where(met.any(axis=1), _RAY[np.argmax(met, axis=1)], np.nan)
        low = high - _RAY[0]
        some = np.flatnonzero(np.isfinite(high))
        for _ in range(_HALVINGS if len(some) else 0):
            middle = (low[some] + high[some]) / 2
            reached = self.excess(middle[:, None] * z[some]) >= -self.table.slack
            low[some], high[some] = (
                np.where(reached, low[some], middle),
                np.where(reached, middle, high[some]),
            )
        return np.clip(high[:, None] * z, self.bottom, self.top)

    def slope(self, z: Floats) -> Floats:
        """Of the excess at z, `[cells]`, by central differences within the scales; 0 for cells that cannot move."""
        cells = np.arange(len(z))
        both = np.repeat(z[None, None], 2, axis=0).repeat(len(z), axis=1)
        for side, step in enumerate((-_PROBE, _PROBE)):
            both[side, cells, cells] = np.clip(z + step, self.bottom, self.top)
        run = both[1, cells, cells] - both[0, cells, cells]
        excess = self.excess(both)
        with np.errstate(invalid="ignore"):
            rise = excess[1] - excess[0]
        return np.where((run > 0) & np.isfinite(rise), rise / np.where(run > 0, run, 1.0), 0.0)

    def tangent(self, z: Floats) -> Floats:
        """The point nearest to the modes, within the scales, at which the linearised excess is 0."""
        a = self.slope(z)
        if not a.any():
            return z
        needed = float(a @ z - self.excess(z))
        limit = np.where(a > 0, self.top, self.bottom)
        steps = np.divide(limit, a, out=np.zeros_like(a), where=a != 0)
        low, high = 0.0, float(steps.max())
        if not a @ np.clip(high * a, self.bottom, self.top) > needed:
            return np.clip(high * a, self.bottom, self.top)
        for _ in range(100):
            middle = (low + high) / 2
            enough = a @ np.clip(middle * a, self.bottom, self.top) >= needed
            low, high = (low, middle) if enough else (middle, high)
        return np.clip(high * a, self.bottom, self.top)


def smallest_change(
    table: Table, target: float, sign: float, met: Floats, farthest: Floats
) -> tuple[Change | None, float]:
    """The smallest change found, None where nothing reaches the target, and the quantity farthest towards it.

    Parameters
    ----------
    table, target : of what.
    sign : 1 where the target lies above the quantity at the modes, -1 below.
    met : `[draws, cells]`, values at which the target is reached.
    farthest : `[..., cells]`, further values to start from, such as each cell where it pushes most.
    """
    border = _Border(table, target, sign)
    drawn = (met - table.mode) / border.h
    drawn = drawn[np.argsort(np.linalg.norm(drawn, axis=1), kind="stable")[:_DRAWS]]
    z = np.concatenate(
        (border.tangent(np.zeros(len(table.mode)))[None], (farthest - table.mode) / border.h, drawn)
    )
    back = border.drawn_back(z)
    nearest = float(target + sign * border.excess(z).max())
    back = back[np.isfinite(back).all(axis=1)]
    if not len(back):
        return None, nearest
    starts = back[np.argsort(np.linalg.norm(back, axis=1), kind="stable")[:STARTS]]
    ends = [_descended(border, start) for start in starts]
    best = min(ends, key=lambda end: float(np.linalg.norm(end)))
    return _change(border, best), nearest


def _descended(border: _Border, z: Floats) -> Floats:
    """From a point on the border to one nearer to the modes, until a round brings little."""
    for _ in range(ROUNDS):
        if np.linalg.norm(z) < SMALL:
            break
        aim = border.tangent(z)
        tries = np.array([z + part * (aim - z) for part in _PARTS] + _sparser(z))
        back = border.drawn_back(tries)
        length = np.linalg.norm(back, axis=1)
        if not np.isfinite(length).any():
            break
        best = int(np.nanargmin(length))
        before = float(np.linalg.norm(z))
        if length[best] < before:
            z = back[best]
        if not length[best] < before * (1 - _GAIN):
            break
    return z


def _sparser(z: Floats) -> list[Floats]:
    """The point with its lesser changes undone: for models whose slopes say little."""
    order = np.argsort(-np.abs(z), kind="stable")
    kept = []
    for count in (1, 2, 4, 8, 16, 32):
        if count < np.count_nonzero(z):
            only = np.zeros_like(z)
            only[order[:count]] = z[order[:count]]
            kept.append(only)
    return kept


def _change(border: _Border, z: Floats) -> Change:
    table, value = border.table, border.values(z)
    rows: list[dict[str, Any]] = [
        {
            "stakeholder": each.stakeholder,
            "attribute": each.attribute,
            "dimension": each.dimension,
            "evidence": each.cell.evidence,
            "mode": each.cell.mode,
            "value": float(value[c]),
            "change": float(z[c]),
            "inside": bool(each.cell.low <= value[c] <= each.cell.high),
        }
        for c, each in enumerate(table.placed)
        if abs(z[c]) > SMALL
    ]
    rows.sort(key=lambda row: -abs(row["change"]))
    return Change(value, z, float(np.linalg.norm(z)), float(table.at(value)), rows)

"""What would have to be true for another outcome: cell by cell, in the draws, and with all cells together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.analysis.quantity import Quantity
from multivector.bargaining.analysis.smallest_change import Change, smallest_change
from multivector.bargaining.analysis.table import Table
from multivector.bargaining.analysis.thresholds import Thresholds, thresholds
from multivector.bargaining.draws import triangular, uniforms
from multivector.bargaining.issue import Issue, Placed
from multivector.bargaining.stakes import Floats
from multivector.errors import InputError

APART: Final = 0.05
"""The chance that some cell is told apart though none has a part in the outcome."""
_SAME: Final = 1e-9
"""Part of what a quantity can be within which a target is where it stands."""
LEAST_DRAWS: Final = 10
"""On either side, for cells to be told apart; our choice."""


@dataclass(frozen=True, eq=False)
class Reach:
    """What would have to be true for the quantity to reach the target.

    Parameters
    ----------
    quantity, unit : of what.
    target : where it would have to come.
    now : where it is with every cell at its mode.
    cells : a row a cell: the `value` nearest to its mode at which it alone reaches the target (None: nowhere), how
        far that is in half-widths (`change`), and `where`: inside its "interval", on its "scale" only, or
        "nowhere". Those inside come first.
    reached, draws : how many of how many draws reach it.
    apart : a row for each cell that is told apart from chance: how much higher in its distribution it is in draws
        that reach the target than in those that do not (difference of mean quantiles, -1 to 1, and its standard
        error), most first. A cell is told apart where its difference is one that chance gives to any of the cells
        with the probability `APART` at most (Bonferroni).
        Empty where fewer than `LEAST_DRAWS` draws reach the target, or fewer do not.
    together : the smallest change of all cells together that reaches it; None where none was found.
    nearest : the quantity nearest to the target that was met in the search: the target itself where it is reached.
    """

    quantity: str
    unit: str
    target: float
    now: float
    cells: list[dict[str, Any]]
    reached: int
    draws: int
    apart: list[dict[str, Any]]
    together: Change | None
    nearest: float

    @property
    def share(self) -> float:
        """Of the draws, that reach it."""
        return self.reached / self.draws

    def says(self) -> list[str]:
        """In words: whether the target can be reached, by which cells alone, in how many draws, by what change."""
        inside, beyond = (sum(row["where"] == where for row in self.cells) for where in ("interval", "scale"))
        if self.together is None and not self.reached and not inside + beyond:
            most = "at most" if self.target > self.now else "at least"
            return [
                f"nothing that was tried reaches {self.target:.4g}: with cells anywhere on their scales "
                f"{self.quantity} came to {self.nearest:.4g} {most} (now {self.now:.4g})"
            ]
        return [
            f"{self.reached} of {self.draws} draws reach {self.target:.4g} (modes: {self.now:.4g})",
            f"alone, {inside} of {len(self.cells)} cells reach it inside their interval, "
            f"{beyond} more somewhere on their scale",
            self._says_together(),
        ]

    def _says_together(self) -> str:
        if all(row["low"] == row["high"] for row in self.cells):
            return "every cell is a point: without intervals there is no measure of a change of all together"
        if self.together is None:
            return "no change of all cells together was found that reaches it"
        if self.together.on_edge:
            return (
                f"next to no change reaches it: with every cell at its mode {self.quantity} stands at a tie, and its "
                f"value there, {self.now:.4g}, says little"
            )
        far = max(abs(row["change"]) for row in self.together.rows)
        stays = "and every" if self.together.inside else "but not every"
        return f"together they reach it with no cell moved by more than {far:.2g} half-widths, {stays} cell in its interval"

    def report(self) -> dict[str, Any]:
        """Everything as plain numbers, words and None."""
        change = self.together
        return {
            "now": self.now,
            "reached": self.reached,
            "draws": self.draws,
            "share": self.share,
            "nearest": self.nearest,
            "cells": self.cells,
            "apart": self.apart,
            "together": None
            if change is None
            else {
                "distance": change.distance,
                "reaches": change.reaches,
                "inside": change.inside,
                "on_edge": change.on_edge,
                "cells": change.rows,
            },
            "says": self.says(),
        }


def reach(issue: Issue, quantity: Quantity, target: float, *, draws: int = 2000, seed: int = 0) -> Reach:
    """What would have to be true for the quantity to reach the target.

    Raises
    ------
    InputError : a target that the quantity cannot have, or already has at the modes.
    IssueError : the quantity is not defined at the modes.
    """
    table = Table.of(issue, quantity)
    if not quantity.low <= target <= quantity.high:
        raise InputError(
            f"the target {target:g} is off what {quantity.name} can be", where=issue.id,
            repair=f"give a target from {quantity.low:g} to {quantity.high:g}",
        )  # fmt: skip
    now = float(quantity.of(issue.stakes()))
    if abs(target - now) <= _SAME * (quantity.high - quantity.low):
        raise InputError(
            f"{quantity.name} is {now:g} with every cell at its mode", where=issue.id,
            repair="ask for a target on either side of it",
        )  # fmt: skip
    sign = 1.0 if target > now else -1.0
    alone = thresholds(table, target, sign)
    u = uniforms(issue, draws, seed)
    drawn = triangular([each.cell for each in table.placed], u)
    over = sign * (table.at(drawn) - target)
    met = over >= -table.slack
    together, nearest = smallest_change(table, target, sign, drawn[met], _starts(table, alone))
    tried = [sign * (alone.nearest - target), sign * (nearest - target), *over[np.isfinite(over)]]
    return Reach(
        quantity=quantity.name,
        unit=quantity.unit,
        target=float(target),
        now=now,
        cells=_cell_rows(table, alone.value),
        reached=int(met.sum()),
        draws=draws,
        apart=_apart(table, u, met),
        together=together,
        nearest=float(target + sign * min(max(tried), 0.0)),
    )


def _starts(table: Table, alone: Thresholds) -> Floats:
    """Values from which the smallest change is searched: every cell where it pushes most, and each at its threshold."""
    found = np.flatnonzero(np.isfinite(alone.value) & (table.half_width > 0))
    single = np.repeat(table.mode[None], len(found), axis=0)
    single[np.arange(len(found)), found] = alone.value[found]
    return np.concatenate((alone.farthest[None], single))


def _cell_rows(table: Table, value: Floats) -> list[dict[str, Any]]:
    """A row a cell; those that reach the target inside their interval first, the least change first."""
    rows = []
    for c, each in enumerate(table.placed):
        reaches, half = bool(np.isfinite(value[c])), float(table.half_width[c])
        inside = reaches and each.cell.low <= value[c] <= each.cell.high
        rows.append(
            _named(each)
            | {
                "low": each.cell.low,
                "mode": each.cell.mode,
                "high": each.cell.high,
                "value": float(value[c]) if reaches else None,
                "change": float((value[c] - each.cell.mode) / half) if reaches and half > 0 else None,
                "where": "interval" if inside else "scale" if reaches else "nowhere",
            }
        )
    ranks = ("interval", "scale", "nowhere")
    return sorted(
        rows,
        key=lambda row: (ranks.index(row["where"]), np.inf if row["change"] is None else abs(row["change"])),
    )


def _apart(table: Table, uniform: Floats, met: NDArray[np.bool_]) -> list[dict[str, Any]]:
    """How much higher a cell's quantile is where the target is reached than where not, for cells told apart.

    Of a cell without a part the quantiles are uniform on both sides, of variance 1 / 12: the difference of their
    means is as good as normal from a few draws on, while a variance taken from few draws would often be too small.
    """
    from scipy import stats

    sides = uniform[met], uniform[~met]
    wide = table.half_width > 0
    if min(len(side) for side in sides) < LEAST_DRAWS or not wide.any():
        return []
    difference = sides[0].mean(axis=0) - sides[1].mean(axis=0)
    squares = np.array([side.var(axis=0, ddof=1) / len(side) for side in sides])
    error = np.sqrt(squares.sum(axis=0))
    by_chance = np.sqrt(sum(1 / len(side) for side in sides) / 12)
    told = np.abs(difference) > by_chance * stats.norm.isf(APART / 2 / wide.sum())
    rows = [
        _named(each) | {"difference": float(difference[c]), "error": float(error[c])}
        for c, each in enumerate(table.placed)
        if wide[c] and told[c]
    ]
    return sorted(rows, key=lambda row: -abs(row["difference"]))


def _named(placed: Placed) -> dict[str, Any]:
    return {
        "stakeholder": placed.stakeholder,
        "attribute": placed.attribute,
        "dimension": placed.dimension,
        "evidence": placed.cell.evidence,
    }

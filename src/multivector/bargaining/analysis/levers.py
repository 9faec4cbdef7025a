"""Levers: where an actor would best be seen to stand, and how much it would best care, for an issue to go its way.

One actor's position and salience are moved over a grid and everything else stays as drawn, so that the same draws
stand on both sides of every difference. The gain of a move is how much nearer it brings the quantity to the actor's
wish, which stays that of its own drawn position:

    gain = |quantity now - wish| - |quantity after - wish|.

An actor that is to be counted among others does not always do best where it wishes the issue to end: under the
compromise mean M, with M_o the mean of the others, w and W_o its own weight and theirs, it brings M to its wish x by
standing at x + (x - M_o) W_o / w, or as near to that as the scale allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from multivector.bargaining.analysis.moves import Move, Search
from multivector.bargaining.analysis.quantity import Quantity
from multivector.bargaining.draws import draw_stakes
from multivector.bargaining.issue import Issue
from multivector.bargaining.stakes import Floats


@dataclass(frozen=True, eq=False)
class Levers:
    """What an actor's position and salience do to a quantity.

    Parameters
    ----------
    actor, quantity, unit, dimension : names.
    now : `[draws]`, the quantity as drawn.
    own_position, own_salience : `[draws]`, of the actor, as drawn, the position in the dimension's units.
    position, salience : `[p]`, `[s]`: the grids, positions in the dimension's units. Saliences end where the actor's
        others leave off.
    position_effect, position_gain : `[draws, p]`, in the unit of the quantity; NaN where the model is not defined.
    salience_effect, salience_gain : `[draws, s]`.
    best_position, best_salience, best_pair : the moves of most gain on average.
    """

    actor: str
    quantity: str
    unit: str
    dimension: str
    now: Floats
    own_position: Floats
    own_salience: Floats
    position: Floats
    salience: Floats
    position_effect: Floats
    position_gain: Floats
    salience_effect: Floats
    salience_gain: Floats
    best_position: Move
    best_salience: Move
    best_pair: Move | None

    @property
    def undefined(self) -> int:
        """Points of the two grids at which the model is not defined in some draw; they are not candidates."""
        gains = (self.position_gain, self.salience_gain)
        return sum(int(np.isnan(gain).any(axis=0).sum()) for gain in gains)

    def rows(self) -> list[dict[str, Any]]:
        """The best moves, one row each."""
        best: Mapping[str, Move | None] = {
            "position": self.best_position,
            "salience": self.best_salience,
            "both": self.best_pair,
        }
        return [self._row(lever, move) for lever, move in best.items() if move is not None]

    def _row(self, lever: str, move: Move) -> dict[str, Any]:
        low, high = np.quantile(move.gain, (0.05, 0.95))
        return {
            "actor": self.actor,
            "lever": lever,
            "dimension": self.dimension,
            "move": self._in_words(move),
            "position": move.position,
            "salience": move.salience,
            "position_now": float(self.own_position.mean()),
            "salience_now": float(self.own_salience.mean()),
            "now": float(self.now.mean()),
            "after": float((self.now + move.effect).mean()),
            "gain": float(move.gain.mean()),
            "low": float(low),
            "high": float(high),
            "helps": float((move.gain > 0).mean()),
        }

    def _in_words(self, move: Move) -> str:
        parts = [
            f"{what} {round(float(now.mean()), 1):g} → {round(value, 1):g}"
            for what, now, value in (
                ("position", self.own_position, move.position),
                ("salience", self.own_salience, move.salience),
            )
            if value is not None
        ]
        return ", ".join(parts) or "stay"


def levers(
    issue: Issue,
    quantity: Quantity,
    actor: str,
    *,
    draws: int = 64,
    seed: int = 0,
    dimension: int = 0,
    steps: int = 21,
) -> Levers:
    """What an actor's position and salience on one dimension do to a quantity, and its best moves.

    Parameters
    ----------
    issue, quantity, actor : the table, what is to be moved, by whom.
    draws, seed : of the table.
    dimension : number of the dimension on which it moves.
    steps : points of each grid.

    Notes
    -----
    The best is the best of the grid, on average over the draws, and no move is a candidate too. Pairs are searched
    on a coarse grid, and from its best by turns in position and salience until neither helps: the best pair found,
    never worse than the better single move.

    Raises
    ------
    InputError : no such actor, or fewer than two steps.
    IssueError : the quantity is not defined for the stakes as drawn.
    """
    stakes = draw_stakes(issue, draws, seed)
    return _found(Search(issue, quantity, actor, stakes, quantity.of(stakes), dimension, steps), pairs=True)


def all_levers(
    issue: Issue,
    quantity: Quantity,
    *,
    draws: int = 64,
    seed: int = 0,
    dimension: int = 0,
    steps: int = 21,
) -> list[dict[str, Any]]:
    """The best single move of every actor, one row each as of `Levers.rows`, by gain, most first."""
    stakes = draw_stakes(issue, draws, seed)
    now = quantity.of(stakes)
    rows = []
    for actor in issue.names:
        each = _found(Search(issue, quantity, actor, stakes, now, dimension, steps), pairs=False)
        rows.append(max(each.rows(), key=lambda row: row["gain"]))
    return sorted(rows, key=lambda row: -row["gain"])


def _found(search: Search, *, pairs: bool) -> Levers:
    """What comes of a search; pairs cost several times what single moves do."""
    x, s = search.effect(search.position, None), search.effect(None, search.salience)
    by_position, by_salience = (
        search.best(search.position, None, x),
        search.best(None, search.salience, s),
    )
    return Levers(
        actor=search.stakes.names[search.i],
        quantity=search.quantity.name,
        unit=search.quantity.unit,
        dimension=search.scale.name,
        now=search.now,
        own_position=search.scale.from_top(search.stakes.position[..., search.i, search.k]),
        own_salience=search.stakes.salience[..., search.i, search.k],
        position=search.scale.from_top(search.position),
        salience=search.salience,
        position_effect=x,
        position_gain=search.gain(x),
        salience_effect=s,
        salience_gain=search.gain(s),
        best_position=by_position,
        best_salience=by_salience,
        best_pair=search.pair([by_position, by_salience]) if pairs else None,
    )

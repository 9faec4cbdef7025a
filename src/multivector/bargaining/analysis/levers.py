"""Levers: where an actor would best be seen to stand, and how much it would best care, for an issue to go its way.

One actor's position and salience are moved over a grid and everything else stays as drawn, so that the same draws
stand on both sides of every difference. The gain of a move is how much nearer it brings the quantity to the actor's
wish, which stays that of its own drawn position:

    gain = |quantity now - wish| - |quantity after - wish|.

The best move is the one of most gain on average over some draws. What it gains in those flatters it, since it is
the best of many in the very draws that chose it; its gain is therefore told over as many further draws, where it
may be less, and may be below 0.

An actor that is to be counted among others does not always do best where it wishes the issue to end: under the
compromise mean M, with M_o the mean of the others, w and W_o its own weight and theirs, it brings M to its wish x by
standing at x + (x - M_o) W_o / w, or as near to that as the scale allows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    best_position, best_salience, best_pair : the moves of most gain on average, over these draws.
    scored : the same by lever, "position", "salience" and "both", over as many draws that had no say in the choice;
        without "both" where it is one of the others.
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
    scored: Mapping[str, Move]

    @property
    def single(self) -> str:
        """The lever whose move was chosen for more gain."""
        better = self.best_salience.gain.mean() > self.best_position.gain.mean()
        return "salience" if better else "position"

    @property
    def undefined(self) -> int:
        """Points of the two grids at which the model is not defined in some draw; they are not candidates."""
        gains = (self.position_gain, self.salience_gain)
        return sum(int(np.isnan(gain).any(axis=0).sum()) for gain in gains)

    def rows(self) -> list[dict[str, Any]]:
        """The best moves, one row each: `now`, `after`, `gain` with its 5 and 95 % and `helps` as `scored`.

        `draws` is how many of those draws count: in the others the model is not defined after the move.
        """
        return [self.row(lever) for lever in self.scored]

    def row(self, lever: str) -> dict[str, Any]:
        """The best move with one lever."""
        move = self.scored[lever]
        known = np.isfinite(move.gain)
        now, effect, gain = move.now[known], move.effect[known], move.gain[known]
        low, high = np.quantile(gain, (0.05, 0.95)) if gain.size else (np.nan, np.nan)
        return {
            "actor": self.actor,
            "lever": lever,
            "dimension": self.dimension,
            "move": self._in_words(move),
            "position": move.position,
            "salience": move.salience,
            "position_now": float(self.own_position.mean()),
            "salience_now": float(self.own_salience.mean()),
            "now": _mean(now),
            "after": _mean(now + effect),
            "gain": _mean(gain),
            "low": float(low),
            "high": float(high),
            "helps": _mean(gain > 0),
            "draws": int(known.sum()),
        }

    @property
    def _digits(self) -> int:
        """Of positions in words: a thousandth of the scale, so that a short one keeps places apart."""
        return max(0, math.ceil(math.log10(1000 / float(self.position[-1] - self.position[0]))))

    def _in_words(self, move: Move) -> str:
        parts = [
            f"{what} {round(float(now.mean()), digits):g} → {round(value, digits):g}"
            for what, now, value, digits in (
                ("position", self.own_position, move.position, self._digits),
                ("salience", self.own_salience, move.salience, 1),
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
    draws, seed : of the table; as many draws again, which follow those, score the moves.
    dimension : number of the dimension on which it moves.
    steps : points of each grid. Their number, like that of draws, is our choice.

    Notes
    -----
    The best is the best of the grid, on average over the draws, and no move is a candidate too. Pairs are searched
    on a coarse grid, and from its best by turns in position and salience until neither helps: the best pair found.
    On the draws on which they are chosen no move gains less than 0, and no pair less than the better single move;
    on those that score them either may be.

    Raises
    ------
    InputError : no such actor, or fewer than two steps.
    IssueError : the quantity is not defined for the stakes as drawn.
    """
    stakes = draw_stakes(issue, 2 * draws, seed)
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
    """The best single move of every actor, one row each as of `Levers.rows`, by gain, most first.

    Which of its levers is the better is chosen on the same draws as the moves, and not on those that score them.
    """
    stakes = draw_stakes(issue, 2 * draws, seed)
    now = quantity.of(stakes)
    rows = []
    for actor in issue.names:
        each = _found(Search(issue, quantity, actor, stakes, now, dimension, steps), pairs=False)
        rows.append(each.row(each.single))
    return sorted(rows, key=lambda row: -row["gain"])


def _found(search: Search, *, pairs: bool) -> Levers:
    """What comes of a search; pairs cost several times what single moves do."""
    x, s = search.effect(search.position, None), search.effect(None, search.salience)
    best = {
        "position": search.best(search.position, None, x),
        "salience": search.best(None, search.salience, s),
    }
    chosen, pair = dict(best), None
    if pairs:
        pair = search.pair(list(best.values()))
        if not any(pair is move for move in best.values()):
            chosen["both"] = pair
    drawn = search.stakes.at(search.choosing)
    return Levers(
        actor=search.stakes.names[search.i],
        quantity=search.quantity.name,
        unit=search.quantity.unit,
        dimension=search.scale.name,
        now=search.now[search.choosing],
        own_position=search.scale.from_top(drawn.position[..., search.i, search.k]),
        own_salience=drawn.salience[..., search.i, search.k],
        position=search.scale.from_top(search.position),
        salience=search.salience,
        position_effect=x,
        position_gain=search.gain(x),
        salience_effect=s,
        salience_gain=search.gain(s),
        best_position=best["position"],
        best_salience=best["salience"],
        best_pair=pair,
        scored={lever: search.scored(move) for lever, move in chosen.items()},
    )


def _mean(values: NDArray[Any]) -> float:
    return float(values.mean()) if values.size else float("nan")

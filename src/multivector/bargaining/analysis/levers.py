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

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from multivector.bargaining.analysis.quantity import Quantity, values
from multivector.bargaining.draws import draw_stakes
from multivector.bargaining.issue import Issue
from multivector.bargaining.scale import Dimension
from multivector.bargaining.stakes import TOP, Floats, Stakes
from multivector.errors import InputError

COARSE: Final = 6
"""Places on each side of the grid on which pairs are tried first."""
_LEAST_GAIN: Final = 1e-12
"""Of the quantity's range: less is rounding."""


@dataclass(frozen=True, eq=False)
class Move:
    """A move of one actor, and what it brings over the draws.

    Parameters
    ----------
    position, salience : what it is moved to, the position in the dimension's units; None leaves it as drawn.
    effect : `[draws]`, the quantity after the move less the quantity without it.
    gain : `[draws]`, how much nearer to the actor's wish.
    """

    position: float | None
    salience: float | None
    effect: Floats
    gain: Floats

    @property
    def moves(self) -> bool:
        """Whether there is a move at all: none is taken where every one would do harm on average."""
        return self.position is not None or self.salience is not None


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
    found = _Search(issue, quantity, actor, draw_stakes(issue, draws, seed), dimension, steps)
    return found.result(pairs=True)


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
        each = _Search(issue, quantity, actor, stakes, dimension, steps, now).result(pairs=False)
        rows.append(max(each.rows(), key=lambda row: row["gain"]))
    return sorted(rows, key=lambda row: -row["gain"])


class _Search:
    """The moves of one actor over the same draws."""

    def __init__(
        self,
        issue: Issue,
        quantity: Quantity,
        actor: str,
        stakes: Stakes,
        dimension: int,
        steps: int,
        now: Floats | None = None,
    ) -> None:
        if actor not in issue.names:
            raise InputError(
                f"no actor is called {actor!r}",
                where=issue.id,
                repair=f"take one of {', '.join(issue.names)}",
            )
        if steps < 2 or not 0 <= dimension < stakes.d:
            raise InputError(
                f"{steps} steps on dimension number {dimension}", where=issue.id,
                repair=f"take two steps or more, and count {stakes.d} dimension{'s' * (stakes.d > 1)} from 0",
            )  # fmt: skip
        self.scale: Dimension = issue.dimensions[dimension]
        self.quantity, self.stakes = quantity, stakes
        self.i, self.k = issue.names.index(actor), dimension
        self.now = quantity.of(stakes) if now is None else now
        self.away = np.abs(self.now - quantity.wish(stakes, self.i))
        self.position = np.linspace(0.0, TOP, steps)
        self.salience = np.linspace(0.0, self._room(), steps)

    def _room(self) -> float:
        """What the actor's saliences on other dimensions leave of 100 in every draw."""
        own = self.stakes.salience[..., self.i, :]
        return float(max(0.0, np.min(TOP - (own.sum(axis=-1) - own[..., self.k]))))

    def effect(self, position: Floats | None, salience: Floats | None) -> Floats:
        """Effect `[draws, g]` of g moves, positions and saliences `[g]` on 0 to 100."""
        draws = len(self.now)
        count = max(len(grid) for grid in (position, salience) if grid is not None)

        def stakes_of(rows: slice) -> Stakes:
            g, draw = np.divmod(np.arange(rows.start, rows.stop), draws)
            part = self.stakes.at(draw)
            x, s = np.array(part.position), np.array(part.salience)
            if position is not None:
                x[:, self.i, self.k] = position[g]
            if salience is not None:
                s[:, self.i, self.k] = salience[g]
            return replace(part, position=x, salience=s)

        after = values(self.quantity, stakes_of, count * draws, self.stakes.n).reshape(count, draws)
        effect: Floats = (after - self.now).T
        return effect

    def gain(self, effect: Floats) -> Floats:
        """How much nearer to the actor's wish, `[draws, g]`."""
        after = np.abs(self.now[:, None] + effect - self.quantity.wish(self.stakes, self.i)[:, None])
        return self.away[:, None] - after

    def best(self, position: Floats | None, salience: Floats | None, effect: Floats) -> Move:
        """The move of most gain on average; none where all would do harm."""
        gain = self.gain(effect)
        mean = np.where(np.isnan(gain).any(axis=0), -np.inf, gain.mean(axis=0))
        g = int(np.argmax(mean))
        if not mean[g] > _LEAST_GAIN * (self.quantity.high - self.quantity.low):
            still = np.zeros(len(self.now))
            return Move(None, None, still, still)
        return Move(
            None if position is None else float(self.scale.from_top(position[g])),
            None if salience is None else float(salience[g]),
            effect[:, g],
            gain[:, g],
        )

    def pair(self, single: list[Move]) -> Move:
        """The best move of both at once that is found."""
        some = np.unique(np.linspace(0, len(self.position) - 1, COARSE).round().astype(int))
        x, s = (each.ravel() for each in np.meshgrid(self.position[some], self.salience[some]))
        best = max((*single, self.best(x, s, self.effect(x, s))), key=lambda move: move.gain.mean())
        idle = 0  # lines in a row that brought nothing: at 2, each is best given the other
        for along in itertools.cycle(("salience", "position")):
            x, s = self._line(best, along)
            found = self.best(x, s, self.effect(x, s))
            better = found.gain.mean() > best.gain.mean()
            best, idle = (found, 1) if better else (best, idle + 1)
            if idle == 2:
                break
        return best

    def _line(self, move: Move, along: str) -> tuple[Floats | None, Floats | None]:
        """The grid along one, the other as in the move."""
        x = None if move.position is None else np.full(len(self.salience), self.scale.to_top(move.position))
        s = None if move.salience is None else np.full(len(self.position), move.salience)
        return (x, self.salience) if along == "salience" else (self.position, s)

    def result(self, *, pairs: bool) -> Levers:
        x, s = self.effect(self.position, None), self.effect(None, self.salience)
        by_position, by_salience = self.best(self.position, None, x), self.best(None, self.salience, s)
        return Levers(
            actor=self.stakes.names[self.i],
            quantity=self.quantity.name,
            unit=self.quantity.unit,
            dimension=self.scale.name,
            now=self.now,
            own_position=self.scale.from_top(self.stakes.position[..., self.i, self.k]),
            own_salience=self.stakes.salience[..., self.i, self.k],
            position=self.scale.from_top(self.position),
            salience=self.salience,
            position_effect=x,
            position_gain=self.gain(x),
            salience_effect=s,
            salience_gain=self.gain(s),
            best_position=by_position,
            best_salience=by_salience,
            best_pair=self.pair([by_position, by_salience]) if pairs else None,
        )

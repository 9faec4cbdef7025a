"""The moves of one actor over the same draws: their effect, their gain, and the best of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from multivector.bargaining.analysis.quantity import Quantity, values
from multivector.bargaining.issue import Issue
from multivector.bargaining.stakes import TOP, Floats, Stakes
from multivector.errors import InputError

COARSE: Final = 6
"""Places on each side of the grid on which pairs are tried first; our choice."""
_LEAST_GAIN: Final = 1e-12
"""Of the quantity's range: less is rounding."""


@dataclass(frozen=True, eq=False)
class Move:
    """A move of one actor, and what it brings over the draws.

    Parameters
    ----------
    position, salience : what it is moved to, the position in the dimension's units; None leaves it as drawn.
    now : `[draws]`, the quantity without the move.
    effect : `[draws]`, the quantity after the move less the quantity without it.
    gain : `[draws]`, how much nearer to the actor's wish.
    """

    position: float | None
    salience: float | None
    now: Floats
    effect: Floats
    gain: Floats

    @property
    def moves(self) -> bool:
        """Whether there is a move at all: none is taken where every one would do harm on average."""
        return self.position is not None or self.salience is not None


class Search:
    """The moves of one actor on one dimension, over the same draws.

    Moves are compared on the first half of the draws. The best of many has been lucky there too, so that it is
    scored on the other half, which had no say in the choice.

    Parameters
    ----------
    issue, quantity, actor : whose table, what is to be moved, by whom.
    stakes, now : `[2 draws]` of the table, and the quantity there.
    dimension, steps : number of the dimension, and points of the grids of position and salience.

    Raises
    ------
    InputError : no such actor, no such dimension, or fewer than two steps.
    """

    def __init__(
        self,
        issue: Issue,
        quantity: Quantity,
        actor: str,
        stakes: Stakes,
        now: Floats,
        dimension: int,
        steps: int,
    ) -> None:
        if actor not in issue.names:
            raise InputError(
                f"no actor is called {actor!r}",
                where=issue.id,
                repair=f"take one of {', '.join(issue.names)}",
            )
        if steps < 2 or not 0 <= dimension < stakes.d:
            raise InputError(
                f"{steps} steps on dimension number {dimension}",
                where=issue.id,
                repair=f"take two steps or more, and count {stakes.d} dimension{'s' * (stakes.d > 1)} from 0",
            )
        self.scale = issue.dimensions[dimension]
        self.quantity, self.i, self.k = quantity, issue.names.index(actor), dimension
        half = len(now) // 2
        self.choosing, self.scoring = slice(half), slice(half, None)
        self.stakes, self.now = stakes, now
        self.wish = quantity.wish(stakes, self.i)
        self.position = np.linspace(0.0, TOP, steps)
        self.salience = np.linspace(0.0, self._room(), steps)

    def _room(self) -> float:
        """What the actor's saliences on other dimensions leave of 100 in every draw."""
        own = self.stakes.salience[..., self.i, :]
        return float(max(0.0, np.min(TOP - (own.sum(axis=-1) - own[..., self.k]))))

    def effect(self, position: Floats | None, salience: Floats | None, among: slice | None = None) -> Floats:
        """Effect `[draws, g]` of g moves, positions and saliences `[g]` on 0 to 100, where moves are chosen."""
        among = among or self.choosing
        drawn, now = self.stakes.at(among), self.now[among]
        draws = len(now)
        count = max(len(grid) for grid in (position, salience) if grid is not None)

        def stakes_of(rows: slice) -> Stakes:
            g, draw = np.divmod(np.arange(rows.start, rows.stop), draws)
            part = drawn.at(draw)
            x, s = np.array(part.position), np.array(part.salience)
            if position is not None:
                x[:, self.i, self.k] = position[g]
            if salience is not None:
                s[:, self.i, self.k] = salience[g]
            return replace(part, position=x, salience=s)

        after = values(self.quantity, stakes_of, count * draws, self.stakes.n).reshape(count, draws)
        effect: Floats = (after - now).T
        return effect

    def gain(self, effect: Floats, among: slice | None = None) -> Floats:
        """How much nearer to the actor's wish, `[draws, g]`."""
        now, wish = (each[among or self.choosing][:, None] for each in (self.now, self.wish))
        gain: Floats = np.abs(now - wish) - np.abs(now + effect - wish)
        return gain

    def scored(self, move: Move) -> Move:
        """The move on the draws by which none was chosen; NaN where the model is not defined."""
        now = self.now[self.scoring]
        if not move.moves:
            return Move(None, None, now, np.zeros(len(now)), np.zeros(len(now)))
        x = None if move.position is None else np.array([self.scale.to_top(move.position)])
        s = None if move.salience is None else np.array([move.salience])
        effect = self.effect(x, s, self.scoring)
        return replace(move, now=now, effect=effect[:, 0], gain=self.gain(effect, self.scoring)[:, 0])

    def best(self, position: Floats | None, salience: Floats | None, effect: Floats) -> Move:
        """The move of most gain on average; none where all would do harm."""
        now = self.now[self.choosing]
        gain = self.gain(effect)
        mean = np.where(np.isnan(gain).any(axis=0), -np.inf, gain.mean(axis=0))
        g = int(np.argmax(mean))
        if not mean[g] > _LEAST_GAIN * (self.quantity.high - self.quantity.low):
            still = np.zeros(len(now))
            return Move(None, None, now, still, still)
        return Move(
            None if position is None else float(self.scale.from_top(position[g])),
            None if salience is None else float(salience[g]),
            now,
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

"""What a run of the Spatial Model of Politics gives: positions turn by turn, and the process behind them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.stakes import Stakes
from multivector.errors import InputError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Process:
    """Who challenged whom and what came of it. `t` counts turns from the first; `v` views a challenge (one or two).

    Parameters
    ----------
    risk : [..., t, n], the actors' risk attitudes: below 0 risk-seeking, above 0 risk-averse.
    target : [..., t, n], whom each actor challenges, -1 for nobody.
    probability, gain : [..., t, n], the challenger's own estimates of prevailing and of what it gains, in
        utility; NaN without a challenge.
    bargain : [..., t, n, v, 2, d], where the initiator and its target would stand.
    votes : [..., t, n, n], of each actor (last axis) in the initiator's contest, as the initiator sees them:
        above 0 for the initiator, below 0 for its target.
    taken : [..., t, n], the bargain that each actor takes, as initiator * v + view; -1 for the status quo.
    chance : [..., t, n], the probability with which that option is elected among those on the actor's table.
    """

    risk: Floats
    target: Integers
    probability: Floats
    gain: Floats
    bargain: Floats
    votes: Floats
    taken: Integers
    chance: Floats

    @property
    def views(self) -> int:
        """Bargains a challenge."""
        return int(self.bargain.shape[-3])

    @property
    def partner(self) -> Integers:
        """[..., t, n]: the other party of the bargain that each actor takes; -1 where it takes none."""
        actors = np.arange(self.target.shape[-1])
        initiator = np.maximum(self.taken, 0) // self.views
        other = np.where(initiator == actors, self.target, initiator)
        return np.where(self.taken < 0, -1, other)


@dataclass(frozen=True, eq=False)
class Turns:
    """Positions turn by turn, for any leading axes of draws.

    Parameters
    ----------
    stakes : where the run began.
    position : [..., t, n, d] on 0 to 100; turn 0 is the start. Draws that ended earlier stay where they ended.
        A run that kept the end only has two turns: the start and the end.
    turns : [...], how many turns each draw took.
    quiet : [...], whether it ended because movement had ceased, not because the turns ran out.
    settled : [...], whether all its elections settled; positions of a draw where one did not are NaN from turn 1.
    process : what happened in each turn, where that was kept.
    """

    stakes: Stakes
    position: Floats
    turns: Integers
    quiet: NDArray[np.bool_]
    settled: NDArray[np.bool_]
    process: Process | None = None

    @property
    def final(self) -> Floats:
        """[..., n, d]: where the actors end."""
        return self.position[..., -1, :, :]

    def together(self, within: float = 1.0) -> Floats:
        """[n, n]: share of settled draws in which two actors end within so many points of each other on every dimension."""
        final = self.final[self.settled]
        apart = np.abs(final[..., :, None, :] - final[..., None, :, :]).max(axis=-1)
        return np.asarray((apart <= within).reshape(-1, *apart.shape[-2:]).mean(axis=0), np.float64)

    def at(self, index: Any) -> Turns:
        """The run at `index` of the axes of draws: a mask, a slice or numbers."""
        process = self.process
        kept = None
        if process is not None:
            kept = Process(**{each.name: getattr(process, each.name)[index] for each in fields(process)})
        return Turns(
            self.stakes.at(index),
            self.position[index],
            self.turns[index],
            self.quiet[index],
            self.settled[index],
            kept,
        )

    def moves(self) -> Floats:
        """[i, k, d]: mean over settled draws of `each_move`, and so what the row moved the column by."""
        return np.asarray(self.each_move().mean(axis=0), np.float64)

    def each_move(self) -> Floats:
        """[draw, i, k, d]: points by which bargains with i moved k, summed over the turns of each settled draw.

        Two who pull a third to and fro turn by turn have each moved it by the sum of its ways: in a draw that does
        not come to rest that may be more than the scale. Needs the process.
        """
        n, d = self.final.shape[-2:]
        step = np.diff(self.position[self.settled], axis=-3)
        step = step.reshape(-1, *step.shape[-3:])
        partner = self._process().partner[self.settled].reshape(-1, step.shape[1], n)
        moves = np.zeros((len(step), n, n, d))
        draw, t, k = np.nonzero(partner >= 0)
        np.add.at(moves, (draw, partner[draw, t, k], k), step[draw, t, k])
        return moves

    def rows(self, scenario: str) -> list[Row]:
        """Positions of one run as the rows of a table: scenario, turn, actor, dimension and position."""
        position = self._one(self.position)
        return [
            {
                "scenario": scenario, "turn": t, "actor_index": i, "actor": self.stakes.names[i],
                "dimension_index": k, "position": float(position[t, i, k]),
            }
            for t in range(self._played() + 1)
            for i in range(position.shape[1])
            for k in range(position.shape[2])
        ]  # fmt: skip

    def challenges(self) -> list[Row]:
        """The process of one run: a row for each bargain on the table, with its coalition and who took it."""
        process, names = self._process(), self.stakes.names
        target, taken, votes = (self._one(each) for each in (process.target, process.taken, process.votes))
        return [
            {
                "turn": t + 1, "initiator": names[i], "target": names[j], "view": ("initiator", "target")[view],
                "probability": float(self._one(process.probability)[t, i]),
                "gain": float(self._one(process.gain)[t, i]),
                "initiator_to": [float(x) for x in self._one(process.bargain)[t, i, view, 0]],
                "target_to": [float(x) for x in self._one(process.bargain)[t, i, view, 1]],
                "initiator_took_it": bool(taken[t, i] == i * process.views + view),
                "target_took_it": bool(taken[t, j] == i * process.views + view),
                "for_initiator": [names[k] for k in np.flatnonzero(votes[t, i] > 0)],
                "for_target": [names[k] for k in np.flatnonzero(votes[t, i] < 0)],
                "strength_for": float(np.maximum(votes[t, i], 0).sum()),
                "strength_against": float(np.maximum(-votes[t, i], 0).sum()),
            }
            for t in range(self._played())
            for i in range(len(names))
            if (j := int(target[t, i])) >= 0
            for view in range(process.views)
        ]  # fmt: skip

    def _one(self, array: NDArray[Any]) -> NDArray[Any]:
        """The only draw of an array, or the first."""
        one: NDArray[Any] = array[(0,) * self.turns.ndim]
        return one

    def _played(self) -> int:
        """Turns of the first draw that are kept."""
        return int(min(self._one(self.turns), self.position.shape[-3] - 1))

    def _process(self) -> Process:
        if self.process is None:
            raise InputError("the process of this run was not kept", repair="run it with keep='process'")
        return self.process

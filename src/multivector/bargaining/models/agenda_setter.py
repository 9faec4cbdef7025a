"""The agenda setter: who proposes gets the best that those who must agree prefer to no decision."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from multivector.bargaining.models.model import Floats, require_reference
from multivector.bargaining.stakes import Stakes
from multivector.errors import IssueError

_SLACK = 1e-9
"""What adding shares of votes may lose to rounding."""


@dataclass(frozen=True)
class AgendaSetter:
    """The point of the win set nearest to the setter; the reference point where nothing else is in it.

    Parameters
    ----------
    setter : who proposes, to be taken or left.
    reference_point : r, where the issue stands without a decision, on 0 to 100: one number, or `[..., d]`.
    voters : who vote, each with its capability.
    threshold : the share of the voters' capability that must agree, of more than half in any case: 0.5 is a
        simple majority, 1 is unanimity.
    vetoes : who must agree besides, each of them.

    Notes
    -----
    Romer & Rosenthal 1978, Public Choice 33:27-43. An actor at `x_i` agrees to what is no farther from it than r,
    that is to all from r to `2 x_i - r`. Above r the win set ends at the least of the `2 x_v - r` of the vetoes and
    the largest z to which voters with the threshold agree; below r it mirrors that; the setter takes its own
    position or the end before it. With a council as voters and a parliament as veto it is the closed-rule form
    of the models of consultation and codecision (Steunenberg 1994, JITE 150:642-669; Crombez 1996, British
    Journal of Political Science 26:199-228; Tsebelis 2002, Veto Players): no amendments, full information.
    Each dimension is voted by itself, as if preferences over them were separable: a vote on a whole package is
    another model. Salience plays no part.
    """

    setter: str
    reference_point: ArrayLike
    voters: tuple[str, ...]
    threshold: float
    vetoes: tuple[str, ...] = ()
    name: str = "procedural"

    def __post_init__(self) -> None:
        require_reference(self.reference_point)
        if not 0.5 <= self.threshold <= 1:
            raise IssueError(
                f"a threshold of {self.threshold:g} is no majority",
                repair="give the share of capability that must agree, from 0.5 (simple majority) to 1 (unanimity)",
            )
        if not self.voters and not self.vetoes:
            raise IssueError("nobody votes", repair="name voters or vetoes")

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100.

        Raises
        ------
        IssueError : a named actor is not in the stakes.
        """
        setter, *vetoes = (self._row(stakes, name) for name in (self.setter, *self.vetoes))
        voters = [self._row(stakes, name) for name in self.voters]
        point = np.broadcast_to(np.asarray(self.reference_point, float), (*stakes.batch, stakes.d))
        share = stakes.capability[..., voters] / stakes.capability[..., voters].sum(axis=-1, keepdims=True)
        side = np.sign(stakes.position[..., setter, :] - point)
        # how far from r, to the setter's side, each actor agrees to go
        room = np.maximum(2.0 * side[..., None, :] * (stakes.position - point[..., None, :]), 0.0)
        far = np.minimum(room[..., setter, :] / 2.0, room[..., vetoes, :].min(axis=-2, initial=np.inf))
        if voters:
            far = np.minimum(far, _passes(room[..., voters, :], share[..., None], self.threshold))
        settled: Floats = point + side * far
        return settled

    def _row(self, stakes: Stakes, name: str) -> int:
        if name in stakes.names:
            return stakes.names.index(name)
        raise IssueError(
            f"{name} has a part in the vote and is no actor of the issue",
            repair=f"name one of {', '.join(stakes.names)}",
        )


def _passes(room: Floats, share: Floats, threshold: float) -> Floats:
    """The farthest move `[..., d]` to which `share` `[..., n, 1]` of the votes reach the threshold; 0 if none."""
    order = np.argsort(-room, axis=-2, kind="stable")
    agree = np.cumsum(np.take_along_axis(np.broadcast_to(share, room.shape), order, axis=-2), axis=-2)
    enough = (agree >= threshold - _SLACK) & (agree > 0.5 + _SLACK)
    last = np.argmax(enough, axis=-2)[..., None, :]
    found: Floats = np.take_along_axis(np.take_along_axis(room, order, axis=-2), last, axis=-2)[..., 0, :]
    return found

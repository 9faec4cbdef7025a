"""The exchange model: over several dimensions, actors trade what they care less about for what they care more about."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.models.model import Floats, shares
from multivector.bargaining.stakes import TOP, Stakes
from multivector.errors import IssueError

_TIE: Final = 1e-9
"""Gains that differ by so small a share are equal, and a gain that small (points times salience) is none."""

_SAME: Final = 1e-9
"""Points within which an actor stands where the outcome is, and so opposes nobody there."""

_CELLS: Final = 400_000
"""Draws times actors squared times dimensions that are held at once."""


class Deal(NamedTuple):
    """An exchange: `second` yields to `first` on dimension `on`, and `first` to `second` on `against`.

    `shift_on`, `shift_against` are what it moves the expected outcomes by, in points. `gain` is what each of the
    two gains, in points times salience as a share of 1.
    """

    first: str
    second: str
    on: str
    against: str
    shift_on: float
    shift_against: float
    gain: float


@dataclass(frozen=True)
class Exchange:
    """The compromise mean `O_p` of voting positions after all profitable exchanges between two actors.

    Notes
    -----
    Stokman & Van Oosten 1994, The exchange of voting positions, in Bueno de Mesquita & Stokman (eds.), European
    Community Decision Making, ch. 5. Actor i loses `sum_p s_ip |x_ip - O_p|`. Where i and j stand on opposite
    sides of the outcomes of p and of q, and `s_ip s_jq > s_jp s_iq`, j votes nearer to `x_ip` on p and i nearer to
    `x_jq` on q. A voter's share of the weight carries its move to the outcome: `a` points on p and `b` on q, with
    the same gain for both,

        s_ip a - s_iq b = s_jq b - s_jp a,    so that    a (s_ip + s_jp) = b (s_iq + s_jq).

    One of them moves as far as it may: to the other's position, or until the outcome is there. Choices that are
    ours, as accounts of the model leave them open: of all exchanges the one with the largest gain is made first
    (of equal ones the first in the order of dimensions, then of actors), the outcomes move, and gains are
    reckoned anew; an actor moves on a dimension once at most, so that it ends after n d / 2 exchanges at most.
    Gains compare saliences between actors. One factor on all saliences changes nothing; on one dimension nothing
    can be exchanged, and the outcome is the compromise mean. Third parties may lose.
    """

    name: str = "exchange"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        share = shares(stakes, stakes.weight)
        found: Floats = np.sum(share * stakes.position, axis=-2)
        if stakes.d == 1:
            return found
        n, d = stakes.n, stakes.d
        x, s, w = (each.reshape(-1, n, d) for each in (stakes.position, stakes.salience / TOP, share))
        held = found.reshape(-1, d)
        step = max(1, _CELLS // (n * n * d))
        for start in range(0, len(held), step):
            part = slice(start, start + step)
            table = _Table(x[part], s[part], w[part], held[part])
            while table.trade() is not None:
                pass
            held[part] = table.outcome
        return held.reshape(found.shape)

    def deals(self, stakes: Stakes) -> tuple[Deal, ...]:
        """Every exchange of one draw, in the order in which they are made.

        Raises
        ------
        IssueError : the stakes have leading axes of draws, or nobody cares about a dimension.
        """
        if stakes.batch:
            raise IssueError("exchanges are listed of one draw", repair="give one draw: stakes.at(k)")
        share = shares(stakes, stakes.weight)
        mean = np.sum(share * stakes.position, axis=-2)
        table = _Table(stakes.position[None], stakes.salience[None] / TOP, share[None], mean[None])
        made = []
        while (trade := table.trade()) is not None:
            i, j, p, q = (int(each[0]) for each in trade[:4])
            who, what = stakes.names, stakes.dimensions
            made.append(Deal(who[i], who[j], what[p], what[q], *(float(each[0]) for each in trade[4:])))
        return tuple(made)


class _Trade(NamedTuple):
    """One exchange in each draw that has one left, all `[k]`."""

    i: NDArray[np.intp]
    j: NDArray[np.intp]
    p: NDArray[np.intp]
    q: NDArray[np.intp]
    a: Floats
    b: Floats
    gain: Floats


class _Table:
    """Where exchange has come to in `k` draws: outcomes, and who may still move on which dimension.

    Over pairs `[k, d, i, j]`: `reach` is how far j moves the outcome by going all the way to i, `both` the sum of
    their saliences and `mine` the part of i in it. `reach * both` measures what is given in the unit in which
    both dimensions must be equal, and each gains that times `mine_p - mine_q`.
    """

    def __init__(self, position: Floats, salience: Floats, share: Floats, outcome: Floats) -> None:
        x, s, w = (np.moveaxis(each, -1, -2) for each in (position, salience, share))
        self.x, self.outcome = x, outcome.copy()
        self.reach = w[..., None, :] * np.abs(x[..., :, None] - x[..., None, :])
        self.both = s[..., :, None] + s[..., None, :]
        self.mine = s[..., :, None] / np.where(self.both > 0, self.both, 1.0)
        self.free = np.ones(x.shape, bool)

    def trade(self) -> _Trade | None:
        """Make the best exchange of every draw; None where none of them has one left."""
        k, d, n = self.x.shape
        off = self.x - self.outcome[..., None]
        side = np.where(np.abs(off) > _SAME, np.sign(off), 0.0)  # an exchange may stop at an actor's position
        facing = (side[..., :, None] * side[..., None, :] < 0) & self.free[..., None, :]
        given = np.minimum(self.reach, np.abs(off)[..., None]) * self.both * facing
        pairs = list(combinations(range(d), 2))
        gain = np.stack(
            [
                np.minimum(given[:, p], np.swapaxes(given[:, q], 1, 2)) * (self.mine[:, p] - self.mine[:, q])
                for p, q in pairs
            ],
            axis=1,
        ).reshape(k, -1)
        most = gain.max(axis=1)
        if not np.any(most > _TIE):
            return None
        best = np.argmax(gain >= (most * (1.0 - _TIE))[:, None], axis=1)
        pair, i, j = np.unravel_index(best, (len(pairs), n, n))
        p, q = np.array(pairs)[pair].T
        draw = np.flatnonzero(most > _TIE)
        i, j, p, q, most = (each[draw] for each in (i, j, p, q, most))
        size = most / (self.mine[draw, p, i, j] - self.mine[draw, q, i, j])
        a, b = (side[draw, m, to] * size / self.both[draw, m, i, j] for m, to in ((p, i), (q, j)))
        self.outcome[draw, p] += a
        self.outcome[draw, q] += b
        self.free[draw, p, j] = self.free[draw, q, i] = False
        return _Trade(i, j, p, q, a, b, most)

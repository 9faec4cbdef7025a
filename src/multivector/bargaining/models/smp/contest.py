"""What comes of one actor challenging another, in the eyes of some actor (NumPy)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.models.smp import formulas
from multivector.bargaining.models.smp.options import SMPOptions

Array = NDArray[np.float64]
Indices = NDArray[np.int64]


@dataclass(frozen=True)
class View:
    """What the actors are and how they see each other at one turn.

    Parameters
    ----------
    distance : [k, j] of j's position from k's ideal, in k's eyes.
    risk : [h, k]: the risk attitude with which h credits k.
    weight : [k], capability times salience summed over dimensions. care : [k], that sum.
    """

    distance: Array
    risk: Array
    weight: Array
    care: Array

    def utility(self, h: Indices, k: Indices | int, j: Indices | int) -> Array:
        """h's estimate of the utility to k of j's position."""
        found: Array = formulas.utility(self.distance[k, j], self.risk[h, k])
        return found


def contest(view: View, options: SMPOptions, i: Indices, j: Indices, h: Indices) -> tuple[Array, Array]:
    """h's estimates of the probability that i prevails over j, and of the gain of the challenge to i.

    Index arrays that broadcast against each other: [n, 1], [1, n] and [n, 1] give all pairs in the
    challenger's own eyes. Time O(n) a contest.
    """
    for_i, for_j = _alone(view, options, i, j, h)
    sides = for_i, for_j
    for k in range(len(view.weight)):
        votes = _third(view, options, (i, j, h, k), sides)
        for_i = for_i + np.maximum(votes, 0)
        for_j = for_j + np.maximum(-votes, 0)
    p = for_i / (for_i + for_j)
    found: Array = formulas.gain(view.utility(h, i, i), view.utility(h, i, j), view.care[j], p)
    return p, found


def supporters(view: View, options: SMPOptions, i: Indices, j: Indices) -> Array:
    """Votes [i, k] of every actor in the contests of `i` and `j` in the eyes of i: above 0 for i, below 0 for j."""
    sides = _alone(view, options, i, j, i)
    votes = np.stack([_third(view, options, (i, j, i, k), sides) for k in range(len(view.weight))], axis=-1)
    at = np.arange(len(i))
    for k in (i, j):
        gap = view.utility(i, k, i) - view.utility(i, k, j)
        votes[at, k] = formulas.vote(options.vote, view.weight[k], gap)
    return votes


def _alone(view: View, options: SMPOptions, i: Indices, j: Indices, h: Indices) -> tuple[Array, Array]:
    """Strengths of the two sides without third parties. An actor whose ideal is not where it stands may vote for the other."""
    by_i = formulas.vote(options.vote, view.weight[i], view.utility(h, i, i) - view.utility(h, i, j))
    by_j = formulas.vote(options.vote, view.weight[j], view.utility(h, j, i) - view.utility(h, j, j))
    least = formulas.LEAST_SIDE
    return (
        least + np.maximum(by_i, 0) + np.maximum(by_j, 0),
        least + np.maximum(-by_i, 0) + np.maximum(-by_j, 0),
    )


def _third(
    view: View, options: SMPOptions, who: tuple[Indices, Indices, Indices, int], sides: tuple[Array, Array]
) -> Array:
    """Vote of k in the contests; none where it is one of the two."""
    i, j, h, k = who
    own = view.utility(h, k, k)
    loss = own - view.utility(h, k, i), own - view.utility(h, k, j)
    weight = np.where((i == k) | (j == k), 0.0, view.weight[k])
    votes: Array = formulas.third_party(options.vote, options.commitment, weight, sides, loss)
    return votes

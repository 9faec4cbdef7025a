"""The frustration index (line index of balance) of a signed network, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from multivector.indicators.blocs.deadline import deadline_after
from multivector.indicators.blocs.exact import solve_block
from multivector.indicators.blocs.graph import blocks, orient
from multivector.indicators.blocs.network import Matrix, Sides, SignedNetwork, Tie

TIME_LIMIT = 60.0
"""Seconds after which the best partition is returned with an honest interval."""


@dataclass(frozen=True, eq=False)
class Frustration:
    """The least number of ties that keep a network from balance.

    Attributes
    ----------
    L, lower_bound : frustrated ties of the best partition found, and what is proved to be least.
    optimal : whether both are the same, so that L is the frustration index.
    partition : a partition that frustrates L ties: node -> 0 or 1; the first node of each connected
        component is on side 0. L is unique, the partition mostly not: see `optimal_partitions`.
    frustrated : the ties that it frustrates.
    sides : the partition as +1 and -1 [i].
    surplus, slack : what the bound leaves free on each tie [i, i], and what it lacks of L. A partition
        that frustrates the ties of a set S, all satisfied by `sides`, costs at least L - slack + surplus(S).
    """

    L: int
    lower_bound: int
    partition: Mapping[str, int]
    frustrated: tuple[Tie, ...]
    sides: Sides = field(repr=False)
    surplus: NDArray[np.float64] = field(repr=False)
    slack: float = field(repr=False)

    @property
    def optimal(self) -> bool:
        """Whether L is proved to be the least."""
        return self.lower_bound == self.L


def frustration(network: SignedNetwork, *, time_limit: float = TIME_LIMIT) -> Frustration:
    """The frustration index: the least number of ties that any partition in two camps frustrates.

        L = min_{x in {-1,+1}^n}  sum_{(i,j)}  (1 - s_ij x_i x_j) / 2

    A tie is frustrated where friends stand apart or rivals together. L is also the least number of ties
    whose removal, or reversal, leaves the network balanced. Each biconnected block is solved by itself:
    negative cycles are packed for a lower bound, the packing is rounded to a partition, and where both do
    not meet a mixed-integer programme (HiGHS) decides.

    Parameters
    ----------
    network : from `read_edges` or `network_of`.
    time_limit : seconds, about (no step is cut short); after them `lower_bound <= L(true) <= L` is known.

    Raises
    ------
    InputError : the time limit is not positive.

    Source: R. P. Abelson, M. J. Rosenberg, Behavioral Science 3 (1958) 1-13; F. Harary, ibid. 4 (1959)
    316-323; S. Aref, M. C. Wilson, J. Complex Networks 7 (2019) 163-189.
    """
    deadline = deadline_after(time_limit)
    sides, bound, surplus, slack = least_frustration(network.matrix, deadline)
    a, b = network.ends.T
    apart = sides[a] * sides[b] * network.signs < 0
    return Frustration(
        L=int(apart.sum()),
        lower_bound=bound,
        partition={node: int(side < 0) for node, side in zip(network.nodes, sides, strict=True)},
        frustrated=tuple(tie for tie, out in zip(network.ties, apart, strict=True) if out),
        sides=sides,
        surplus=surplus,
        slack=slack,
    )


class Least(NamedTuple):
    """The best sides [i] of a signed matrix, the weight proved least, and surplus and slack as in `Exact`."""

    sides: Sides
    bound: int
    surplus: NDArray[np.float64]
    slack: float


def least_frustration(matrix: Matrix, deadline: float) -> Least:
    """The best sides for signed weights [i, i]; the first node of each component is on +1.

    `deadline` is a `time.monotonic()`.
    """
    bound, slack, surplus, tree = 0, 0.0, np.zeros(matrix.shape), np.zeros_like(matrix)
    for nodes in blocks(matrix):
        within = np.ix_(nodes, nodes)
        found = solve_block(matrix[within], deadline)
        bound, slack = bound + found.bound, slack + found.slack
        surplus[within] += found.surplus  # blocks share no tie
        # Blocks meet in single nodes: a star in each, with the relations found, is a forest over all.
        tree[nodes[0], nodes[1:]] = tree[nodes[1:], nodes[0]] = found.sides[0] * found.sides[1:]
    return Least(orient(tree), bound, surplus, slack)

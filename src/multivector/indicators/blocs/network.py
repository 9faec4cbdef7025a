"""A signed network: who is tied to whom as friend (+1) or as rival (-1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError

Matrix = NDArray[np.int64]
"""A signed adjacency matrix [i, i]: symmetric, zero on the diagonal; the size of an entry is its weight."""
Sides = NDArray[np.int64]
"""Which of two sides each node stands on: +1 or -1, shape [i] or [p, i] for p partitions."""

FEWEST = 3
"""States below which there is no triad, so nothing to be in or out of balance."""


class Tie(NamedTuple):
    """One tie between two states, without direction.

    sign is +1 (friendly) or -1 (hostile); sources are keys that say where it comes from.
    """

    a: str
    b: str
    sign: int
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class SignedNetwork:
    """An undirected signed network of at least three states and one tie.

    Parameters
    ----------
    nodes : names, each once; a node may be without ties.
    ties : at most one for each pair.
    repeated : pairs that were given more than once with the same sign; they count as one tie each.

    Raises
    ------
    InputError : fewer than three nodes, no ties, a self-loop, a sign that is not +1 or -1, a node that is
        not listed, a name or pair that stands twice. The message names it.
    """

    nodes: tuple[str, ...]
    ties: tuple[Tie, ...]
    repeated: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        _check_nodes(self.nodes)
        known, seen = set(self.nodes), dict[frozenset[str], Tie]()
        for tie in self.ties:
            where = f"tie {tie.a}-{tie.b}"
            if tie.a == tie.b:
                raise InputError("a state tied to itself", where=where, repair="leave the tie out")
            if tie.sign not in (1, -1):
                raise InputError(f"the sign {tie.sign!r}", where=where, repair="write +1 or -1")
            if strange := {tie.a, tie.b} - known:
                raise InputError(
                    f"{min(strange)!r} is no node of the network",
                    where=where,
                    repair="list it among the nodes",
                )
            if other := seen.get(frozenset(tie[:2])):
                what = "both signs" if other.sign != tie.sign else "two ties"
                raise InputError(f"the pair has {what}", where=where, repair="keep one tie for each pair")
            seen[frozenset(tie[:2])] = tie
        if not self.ties:
            raise InputError("no ties", where="the network", repair="give at least one tie with its sign")

    @cached_property
    def index(self) -> dict[str, int]:
        """Where each node stands in `nodes`, and so on axis i."""
        return {node: i for i, node in enumerate(self.nodes)}

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """The two nodes of each tie, as positions [e, 2]."""
        return np.array([[self.index[tie.a], self.index[tie.b]] for tie in self.ties], dtype=np.int64)

    @cached_property
    def signs(self) -> NDArray[np.int64]:
        """The sign of each tie [e]."""
        return np.array([tie.sign for tie in self.ties], dtype=np.int64)

    @cached_property
    def matrix(self) -> Matrix:
        """The signed adjacency matrix [i, i]."""
        matrix = np.zeros((len(self.nodes), len(self.nodes)), dtype=np.int64)
        a, b = self.ends.T
        matrix[a, b] = matrix[b, a] = self.signs
        return matrix

    def place(self, node: str) -> int:
        """Where a node stands.

        Raises
        ------
        InputError : there is no such node.
        """
        if node not in self.index:
            some = ", ".join(self.nodes[:8]) + (", ..." if len(self.nodes) > 8 else "")
            raise InputError(f"no state {node!r}", where="the network", repair=f"ask for one of {some}")
        return self.index[node]

    def tie(self, a: str, b: str) -> Tie:
        """The tie between two states.

        Raises
        ------
        InputError : there is none, or no such state.
        """
        i, j = self.place(a), self.place(b)
        for tie, (p, q) in zip(self.ties, self.ends.tolist(), strict=True):
            if {p, q} == {i, j}:
                return tie
        raise InputError("no tie", where=f"{a}-{b}", repair="name two states that are tied in the network")

    def flipped(self, a: str, b: str) -> SignedNetwork:
        """The same network with the sign of one tie reversed.

        Raises
        ------
        InputError : there is no such tie.
        """
        was = self.tie(a, b)
        ties = tuple(tie._replace(sign=-tie.sign) if tie is was else tie for tie in self.ties)
        return SignedNetwork(self.nodes, ties, self.repeated)


def network_of(ties: Iterable[Tie], nodes: Iterable[str] = ()) -> SignedNetwork:
    """A network from ties; nodes in order of name, with those that have no tie given beside.

    A pair that stands twice with one sign is one tie with the sources of both, and is listed in
    `repeated`. A pair with both signs is refused: which holds is not ours to choose.

    Raises
    ------
    InputError : see `SignedNetwork`.
    """
    kept, repeated = dict[frozenset[str], Tie](), dict[frozenset[str], tuple[str, str]]()
    for number, tie in enumerate(ties):
        # A self-loop is kept apart so that the network itself refuses it.
        pair = frozenset(tie[:2]) if tie.a != tie.b else frozenset((tie.a, f"{number}"))
        first = kept.get(pair)
        if first is None:
            kept[pair] = tie
        elif first.sign != tie.sign:
            raise InputError(
                "the pair has both signs", where=f"tie {tie.a}-{tie.b}", repair="keep the sign that holds"
            )
        else:
            kept[pair] = first._replace(sources=tuple(dict.fromkeys((*first.sources, *tie.sources))))
            repeated[pair] = (first.a, first.b)
    names = sorted({*nodes, *chain.from_iterable(tie[:2] for tie in kept.values())})
    return SignedNetwork(tuple(names), tuple(kept.values()), tuple(repeated.values()))


def _check_nodes(nodes: tuple[str, ...]) -> None:
    where = "the network"
    if len(set(nodes)) < len(nodes):
        twice = next(node for node in nodes if nodes.count(node) > 1)
        raise InputError(f"{twice!r} stands twice among the nodes", where=where, repair="list it once")
    if len(nodes) < FEWEST:
        raise InputError(
            f"only {len(nodes)} states" if nodes else "no states",
            where=where,
            repair="give ties among at least three states: balance is about triads",
        )

"""The triads around a state: which of them strain it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from multivector.indicators.blocs.network import SignedNetwork

KINDS = ("+++", "+--", "++-", "---")
"""By the number of hostile ties: 0 and 2 are balanced, 1 and 3 are not."""


class Triad(NamedTuple):
    """A state with two others that are tied to it and to one another."""

    state: str
    a: str
    b: str
    kind: str
    own: tuple[int, int]
    outside: int

    @property
    def balanced(self) -> bool:
        """Whether the three signs multiply to +1."""
        return self.own[0] * self.own[1] * self.outside > 0


@dataclass(frozen=True)
class TriadsAround:
    """Every triad around a state.

    Attributes
    ----------
    state, triads : whose, and which.
    counts : how many there are of each kind of `KINDS`.
    unbalanced, unbalanced_share : how many are out of balance; the share is NaN where there is no triad.
    """

    state: str
    triads: tuple[Triad, ...]
    counts: Mapping[str, int]
    unbalanced: int
    unbalanced_share: float


def triads_around(network: SignedNetwork, state: str) -> TriadsAround:
    """The triads that a state is part of, by kind.

    A triad is balanced where its signs multiply to +1 (+++ and +--): the friend of a friend is a friend,
    and so is the rival of a rival.

    Raises
    ------
    InputError : no such state.

    Source: F. Heider, J. Psychology 21 (1946) 107-112; Cartwright and Harary (1956).
    """
    i, matrix = network.place(state), network.matrix
    near = np.flatnonzero(matrix[i])
    triads = tuple(
        Triad(
            state, network.nodes[a], network.nodes[b], _kind(matrix[i, a], matrix[i, b], matrix[a, b]),
            (int(matrix[i, a]), int(matrix[i, b])), int(matrix[a, b]),
        )
        for n, a in enumerate(near.tolist()) for b in near[n + 1 :].tolist() if matrix[a, b]
    )  # fmt: skip
    counted = Counter(triad.kind for triad in triads)
    unbalanced = sum(not triad.balanced for triad in triads)
    share = unbalanced / len(triads) if triads else float("nan")
    return TriadsAround(state, triads, {kind: counted[kind] for kind in KINDS}, unbalanced, share)


def _kind(*signs: int) -> str:
    hostile = sum(sign < 0 for sign in signs)
    return "+" * (3 - hostile) + "-" * hostile

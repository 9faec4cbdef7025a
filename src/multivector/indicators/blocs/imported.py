"""Imported rivalry: what changes for a state when two others fall out, or make up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from multivector.errors import ComputationError, InputError
from multivector.indicators.blocs.deadline import deadline_after, seconds_left
from multivector.indicators.blocs.exact import CLOSE
from multivector.indicators.blocs.firmness import firmness
from multivector.indicators.blocs.frustration import TIME_LIMIT, Frustration, frustration
from multivector.indicators.blocs.network import SignedNetwork, Tie
from multivector.indicators.blocs.optimal_partitions import OptimalPartitions, optimal_partitions
from multivector.indicators.blocs.standing import standing_towards
from multivector.indicators.blocs.triads import triads_around


@dataclass(frozen=True, eq=False)
class Before:
    """A network as it is, seen from a state: its frustration, and where the others stand towards the state."""

    network: SignedNetwork
    state: str
    found: Frustration
    unbalanced: int
    stands: Mapping[str, str]


@dataclass(frozen=True)
class Imported:
    """What a state takes over from an outside dyad whose sign flips.

    Attributes
    ----------
    tie : the dyad, with the sign that it has now.
    L, L_after : the frustration index of the network before and after.
    unbalanced, unbalanced_after : unbalanced triads around the state.
    stands : states whose standing towards it changes -> (before, after); see `standing_towards`.
    """

    tie: Tie
    L: int
    L_after: int
    unbalanced: int
    unbalanced_after: int
    stands: Mapping[str, tuple[str, str]]

    @property
    def effect(self) -> tuple[int, int, int]:
        """How much changes: unbalanced triads, standings, frustration; compared in this order."""
        triads, frustrated = self.unbalanced_after - self.unbalanced, self.L_after - self.L
        return abs(triads), len(self.stands), abs(frustrated)


def seen_from(
    network: SignedNetwork,
    state: str,
    found: Frustration | None = None,
    partitions: OptimalPartitions | None = None,
    *,
    time_limit: float = TIME_LIMIT,
) -> Before:
    """The network as it is, to set flips beside; `found` and `partitions` where they are known already.

    Raises
    ------
    InputError : no such state. ComputationError : not proved within the time limit.
    """
    unbalanced = triads_around(network, state).unbalanced
    deadline = deadline_after(time_limit)
    found = found or frustration(network, time_limit=time_limit)
    partitions = partitions or optimal_partitions(network, found, most=1, time_limit=seconds_left(deadline))
    if not partitions.proved:
        raise ComputationError(
            "which states differ between optimal partitions is not proved",
            where="frustration",
            repair="give it a longer time limit",
        )
    return Before(network, state, found, unbalanced, standing_towards(network, state, found, partitions))


def imported_rivalry(before: Before, a: str, b: str, *, time_limit: float = TIME_LIMIT) -> Imported:
    """What changes for a state when the sign of the tie a-b flips.

    Parameters
    ----------
    before : from `seen_from`.

    Raises
    ------
    InputError : no such tie; the state is one of the two (then nothing is imported).
    ComputationError : not proved within the time limit.
    """
    tie = before.network.tie(a, b)
    if before.state in (a, b):
        raise InputError(
            f"the dyad {a}-{b} holds {before.state} itself", where="flip", repair="name two other states"
        )
    after = seen_from(before.network.flipped(a, b), before.state, time_limit=time_limit)
    moved = {o: (was, after.stands[o]) for o, was in before.stands.items() if was != after.stands[o]}
    return Imported(tie, before.found.L, after.found.L, before.unbalanced, after.unbalanced, moved)


def rank_imported(
    before: Before, *, time_limit: float = TIME_LIMIT
) -> tuple[tuple[Imported, ...], tuple[Tie, ...]]:
    """All outside dyads by what their flip changes for a state, most first.

    A tie so firm that no flip of its sign can change who stands where costs no search: see `_firm`.

    Returns
    -------
    The dyads examined, ranked by `Imported.effect`, and those that the time limit left out; dyads that
    close a triad with the state are examined first.
    """
    deadline = deadline_after(time_limit)
    done, left_out = list[Imported](), list[Tie]()
    firm = firmness(before.network.matrix, before.found)
    for tie in _outside(before):
        if found := _firm(before, tie, firm[tuple(before.network.place(end) for end in tie[:2])]):
            done.append(found)
            continue
        if time.monotonic() > deadline:
            left_out.append(tie)
            continue
        try:
            done.append(imported_rivalry(before, tie.a, tie.b, time_limit=seconds_left(deadline)))
        except ComputationError:
            left_out.append(tie)
    done.sort(key=lambda found: tuple(-x for x in found.effect))
    return tuple(done), tuple(left_out)


def _firm(before: Before, tie: Tie, firmness: float) -> Imported | None:
    """The effect of a flip that leaves every optimal partition as it is.

    Let k be what it costs at least to reverse the relation of the two. A frustrated tie (L falls to L - 1)
    only makes the partitions better that frustrate it: those are all, where k > 0. A satisfied tie costs
    them one more, L + 1; reversing the relation then costs at least L + k - 1, so k > 2 leaves them best.
    """
    i, j = (before.network.place(end) for end in tie[:2])
    frustrated = int(before.found.sides[i] * before.found.sides[j]) != tie.sign
    if firmness <= (0 if frustrated else 2) + CLOSE:
        return None
    own = before.network.matrix[before.network.place(before.state)]
    product = int(own[i] * own[j]) * tie.sign  # 0 where the three are no triad
    after = before.found.L + (-1 if frustrated else 1)
    return Imported(tie, before.found.L, after, before.unbalanced, before.unbalanced + product, {})


def _outside(before: Before) -> list[Tie]:
    """The ties without the state, those that close a triad with it first."""
    network = before.network
    near = {network.nodes[i] for i in np.flatnonzero(network.matrix[network.place(before.state)])}
    outside = [tie for tie in network.ties if before.state not in tie[:2]]
    return sorted(outside, key=lambda tie: not near.issuperset(tie[:2]))

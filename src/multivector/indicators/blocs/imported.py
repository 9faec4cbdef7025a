"""Imported rivalry: what changes for a state when two others fall out, or make up."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from multivector.errors import InputError
from multivector.indicators.blocs.frustration import TIME_LIMIT, frustration
from multivector.indicators.blocs.network import SignedNetwork, Tie
from multivector.indicators.blocs.optimal_partitions import optimal_partitions
from multivector.indicators.blocs.standing import standing_towards
from multivector.indicators.blocs.triads import triads_around


@dataclass(frozen=True)
class Before:
    """A network as it is, seen from a state: L, its unbalanced triads and where the others stand."""

    network: SignedNetwork
    state: str
    L: int
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
        return (
            abs(self.unbalanced_after - self.unbalanced),
            len(self.stands),
            abs(self.L_after - self.L),
        )


def seen_from(network: SignedNetwork, state: str, *, time_limit: float = TIME_LIMIT) -> Before:
    """The network as it is, to set flips beside.

    Raises
    ------
    InputError : no such state; or the frustration index could not be proved within the time limit.
    """
    unbalanced = triads_around(network, state).unbalanced
    found = frustration(network, time_limit=time_limit)
    partitions = optimal_partitions(network, found, most=1, time_limit=time_limit)
    return Before(network, state, found.L, unbalanced, standing_towards(network, state, found, partitions))


def imported_rivalry(before: Before, a: str, b: str, *, time_limit: float = TIME_LIMIT) -> Imported:
    """What changes for a state when the sign of the tie a-b flips.

    Raises
    ------
    InputError : no such tie; the state is one of the two (then nothing is imported); as `seen_from`.
    """
    network, state = before.network, before.state
    tie = network.tie(a, b)
    if state in (a, b):
        raise InputError(
            f"the dyad {a}-{b} holds {state} itself", where="flip", repair="name two other states"
        )
    after = seen_from(network.flipped(a, b), state, time_limit=time_limit)
    moved = {o: (was, after.stands[o]) for o, was in before.stands.items() if was != after.stands[o]}
    return Imported(tie, before.L, after.L, before.unbalanced, after.unbalanced, moved)


def rank_imported(
    before: Before, *, time_limit: float = TIME_LIMIT
) -> tuple[tuple[Imported, ...], tuple[Tie, ...]]:
    """All outside dyads by what their flip changes for a state, most first.

    Dyads that close a triad with the state come first in time, then the rest in the order of the network.

    Returns
    -------
    The dyads examined, ranked by `Imported.effect`, and those that the time limit left out.

    Raises
    ------
    InputError : as `seen_from`.
    """
    deadline = time.monotonic() + time_limit
    waiting, done = list(_outside(before)), list[Imported]()
    while waiting and (left := deadline - time.monotonic()) > 0:
        tie = waiting.pop(0)
        done.append(imported_rivalry(before, tie.a, tie.b, time_limit=max(left, 1.0)))
    done.sort(key=lambda found: tuple(-x for x in found.effect))
    return tuple(done), tuple(waiting)


def _outside(before: Before) -> Iterator[Tie]:
    i, network = before.network.place(before.state), before.network
    outside = [tie for tie in network.ties if before.state not in tie[:2]]
    near = network.matrix[i] != 0
    yield from sorted(
        outside, key=lambda tie: not (near[network.place(tie.a)] and near[network.place(tie.b)])
    )

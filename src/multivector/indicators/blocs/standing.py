"""Where every state stands towards one of them, over all optimal partitions."""

from __future__ import annotations

from collections.abc import Mapping

from multivector.indicators.blocs.frustration import Frustration
from multivector.indicators.blocs.graph import components
from multivector.indicators.blocs.network import SignedNetwork
from multivector.indicators.blocs.optimal_partitions import OptimalPartitions

WITH, AGAINST, OPEN, APART = "with", "against", "open", "apart"


def standing_towards(
    network: SignedNetwork, state: str, found: Frustration, partitions: OptimalPartitions
) -> Mapping[str, str]:
    """The bloc of a state, as far as it is determined: every other state -> with, against, open or apart.

    with, against : on its side, or on the other, in every optimal partition.
    open : on its side in some and not in others. apart : no chain of ties leads there.

    Raises
    ------
    InputError : no such state.
    """
    i, parts = network.place(state), components(network.matrix)
    bound = next(set(members) for members in partitions.classes if state in members)
    stands = dict[str, str]()
    for j, other in enumerate(network.nodes):
        if other == state:
            continue
        if parts[j] != parts[i]:
            stands[other] = APART
        elif other not in bound:
            stands[other] = OPEN
        else:
            stands[other] = WITH if found.sides[i] == found.sides[j] else AGAINST
    return stands

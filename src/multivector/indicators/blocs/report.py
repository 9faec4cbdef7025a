"""Everything that a signed network shows, as rows for `--json`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from multivector.indicators.blocs.camps import Camps, camps
from multivector.indicators.blocs.communities import Communities, signed_communities
from multivector.indicators.blocs.deadline import deadline_after, seconds_left
from multivector.indicators.blocs.frustration import TIME_LIMIT, Frustration, frustration
from multivector.indicators.blocs.graph import named_components
from multivector.indicators.blocs.imported import Imported
from multivector.indicators.blocs.marvel import Factions, factions
from multivector.indicators.blocs.network import SignedNetwork, Tie
from multivector.indicators.blocs.optimal_partitions import FEW, OptimalPartitions, optimal_partitions
from multivector.indicators.blocs.triads import TriadsAround
from multivector.indicators.blocs.walks import (
    algebraic_conflict,
    count_triangles,
    frustration_norm,
    walk_balance,
)


@dataclass(frozen=True, eq=False)
class Blocs:
    """A signed network measured. Made by `measure_blocs`; `partitions` is None where L is not proved."""

    network: SignedNetwork
    frustration: Frustration
    partitions: OptimalPartitions | None
    communities: Communities
    camps: Camps
    factions: Factions

    def as_dict(self) -> dict[str, Any]:
        """All of it, for `--json`; null where a number does not exist."""
        network, found, every = self.network, self.frustration, self.partitions
        triangles = count_triangles(network.matrix)
        named = dict(zip(network.nodes, self.factions.side.tolist(), strict=True))
        return {
            "n": len(network.nodes),
            "m": len(network.ties),
            "m_neg": int((network.signs < 0).sum()),
            "dup_pairs": len(network.repeated),
            "conflict_pairs": 0,
            "repeated": [list(pair) for pair in network.repeated],
            "L": found.L,
            "lower_bound": found.lower_bound,
            "optimal": found.optimal,
            "frustration_norm": frustration_norm(found.L, len(network.ties)),
            **triangles._asdict(),
            "triangle_index": number(triangles.triangle_index),
            "walk_balance": walk_balance(network.matrix),
            "algebraic_conflict": algebraic_conflict(network.matrix),
            "components": [list(members) for members in named_components(network)],
            "partition": dict(found.partition),
            "frustrated_edges": [tie_row(tie) for tie in found.frustrated],
            "differ": None if every is None else list(every.differ),
            "differ_proved": every is not None and every.proved,
            "core": None if every is None else list(every.core),
            "partitions": None if every is None else [dict(one) for one in every.partitions],
            "partitions_complete": every is not None and every.complete,
            "partitions_count": None if every is None else every.count,
            "communities": dict(self.communities.community),
            "Q_signed": self.communities.Q_signed,
            "line_errors": self.communities.line_errors,
            "camps": dict(self.camps.camp),
            "camps_errors": self.camps.line_errors,
            "camps_lower_bound": self.camps.lower_bound,
            "camps_optimal": self.camps.optimal,
            "factions": {node: None if not side else int(side < 0) for node, side in named.items()},
            "factions_decided": self.factions.decided,
            "blow_up_time": number(self.factions.blow_up),
            "sign_flips": self.factions.flips,
        }


def measure_blocs(
    network: SignedNetwork, *, most: int = FEW, time_limit: float = TIME_LIMIT, seed: int = 0
) -> Blocs:
    """Measure a signed network: frustration, optimal partitions, communities, camps and factions.

    Parameters
    ----------
    most : optimal partitions to list. time_limit : seconds, about, for all searches together; the
        frustration index comes first, and camps get half of what is left, for what is asked beside.
    seed : of the search for communities and camps.

    Raises
    ------
    InputError : the time limit is not positive.
    """
    deadline = deadline_after(time_limit)
    found = frustration(network, time_limit=time_limit)
    every = None
    if found.optimal:
        every = optimal_partitions(network, found, most=most, time_limit=seconds_left(deadline))
    return Blocs(
        network=network,
        frustration=found,
        partitions=every,
        communities=signed_communities(network, seed=seed),
        camps=camps(network, time_limit=seconds_left(deadline) / 2, seed=seed),
        factions=factions(network.matrix),
    )


def tie_row(tie: Tie) -> dict[str, Any]:
    """A tie in the columns of the input."""
    return {"source": tie.a, "target": tie.b, "sign": tie.sign, "sources": list(tie.sources)}


def triads_row(found: TriadsAround) -> dict[str, Any]:
    """The triads around a state; those out of balance one by one."""
    return {
        "triads": len(found.triads),
        "counts": dict(found.counts),
        "unbalanced": found.unbalanced,
        "unbalanced_share": number(found.unbalanced_share),
        "unbalanced_triads": [
            {"a": t.a, "b": t.b, "kind": t.kind, "own": list(t.own), "outside": t.outside}
            for t in found.triads
            if not t.balanced
        ],
    }


def imported_row(found: Imported) -> dict[str, Any]:
    """What the flip of an outside dyad changes for a state."""
    return {
        **tie_row(found.tie),
        "L": found.L,
        "L_after": found.L_after,
        "unbalanced": found.unbalanced,
        "unbalanced_after": found.unbalanced_after,
        "standing": {other: list(change) for other, change in found.stands.items()},
    }


def number(value: float) -> float | None:
    """A number, or None where there is none."""
    return value if math.isfinite(value) else None

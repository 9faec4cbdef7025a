"""Signed networks and structural balance: who stands with whom, how firmly, and what rivalry is imported."""

from multivector.indicators.blocs.camps import Camps, camps
from multivector.indicators.blocs.communities import (
    Communities,
    line_errors,
    signed_communities,
    signed_modularity,
)
from multivector.indicators.blocs.edges import edges_of, read_edges
from multivector.indicators.blocs.frustration import Frustration, frustration
from multivector.indicators.blocs.imported import (
    Before,
    Imported,
    imported_rivalry,
    rank_imported,
    seen_from,
)
from multivector.indicators.blocs.marvel import (
    Factions,
    blow_up_time,
    factions,
    relations_at,
    share_of_harmony,
)
from multivector.indicators.blocs.network import SignedNetwork, Tie, network_of
from multivector.indicators.blocs.optimal_partitions import OptimalPartitions, optimal_partitions
from multivector.indicators.blocs.report import Blocs, measure_blocs
from multivector.indicators.blocs.standing import standing_towards
from multivector.indicators.blocs.triads import Triad, TriadsAround, triads_around
from multivector.indicators.blocs.walks import (
    Triangles,
    algebraic_conflict,
    count_triangles,
    frustration_norm,
    walk_balance,
)

__all__ = [
    "Before",
    "Blocs",
    "Camps",
    "Communities",
    "Factions",
    "Frustration",
    "Imported",
    "OptimalPartitions",
    "SignedNetwork",
    "Tie",
    "Triad",
    "TriadsAround",
    "Triangles",
    "algebraic_conflict",
    "blow_up_time",
    "camps",
    "count_triangles",
    "edges_of",
    "factions",
    "frustration",
    "frustration_norm",
    "imported_rivalry",
    "line_errors",
    "measure_blocs",
    "network_of",
    "optimal_partitions",
    "rank_imported",
    "read_edges",
    "relations_at",
    "seen_from",
    "share_of_harmony",
    "signed_communities",
    "signed_modularity",
    "standing_towards",
    "triads_around",
    "walk_balance",
]

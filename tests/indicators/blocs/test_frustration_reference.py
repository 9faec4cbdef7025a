"""The networks of the reference: Read's tribes and 51 of the Correlates of War, every one proved."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl
import pytest

from multivector.indicators.blocs import (
    Frustration,
    OptimalPartitions,
    SignedNetwork,
    algebraic_conflict,
    count_triangles,
    frustration,
    frustration_norm,
    optimal_partitions,
    walk_balance,
)

pytestmark = pytest.mark.reference
TOLERANCE = 1e-9


class Solved(NamedTuple):
    network: SignedNetwork
    found: Frustration
    every: OptimalPartitions
    row: dict[str, float]
    sides: dict[str, int]


@pytest.fixture(scope="module")
def solved(signed, reference_network) -> list[Solved]:
    """All 51 networks, solved once for every test here."""
    rows = pl.read_csv(signed / "cow_frustration_reference.csv").to_dicts()
    partitions = pl.read_csv(signed / "cow_frustration_partitions.csv").partition_by("period", as_dict=True)
    every = []
    for row in rows:
        network = reference_network(row["period"])
        found = frustration(network)
        sides = dict(partitions[row["period"],].select("node", "side").iter_rows())
        every.append(Solved(network, found, optimal_partitions(network, found, most=100), row, sides))
    return every


def test_all_are_proved_and_have_the_index_of_the_reference(solved):
    assert len(solved) == 51
    assert [(s.found.L, s.found.lower_bound) for s in solved] == [(s.row["L"], s.row["L"]) for s in solved]
    assert all(s.found.optimal for s in solved)


def test_what_the_networks_are(solved):
    for s in solved:
        size = len(s.network.nodes), len(s.network.ties), int((s.network.signs < 0).sum())
        assert size == (s.row["n"], s.row["m"], s.row["m_neg"])
        assert len(s.network.repeated) == s.row["dup_pairs"]


def test_the_partition_attains_the_index_tie_by_tie(solved):
    for s in solved:
        side = s.found.partition
        out = [t for t in s.network.ties if (side[t.a] == side[t.b]) != (t.sign > 0)]
        assert out == list(s.found.frustrated)
        assert len(out) == s.row["L"]


def test_every_listed_partition_attains_it_and_that_of_the_reference_is_among_them(solved):
    for s in solved:
        assert s.every.complete
        listed = np.array([list(one.values()) for one in s.every.partitions])
        assert len(np.unique(listed, axis=0)) == s.every.count == len(listed)
        a, b = s.network.ends.T
        assert set(((listed[:, a] == listed[:, b]) != (s.network.signs > 0)).sum(axis=1)) == {s.row["L"]}
        wanted = np.array([s.sides[node] for node in s.network.nodes])
        # Up to turning whole components over, which changes no tie.
        assert any(((one[a] == one[b]) == (wanted[a] == wanted[b])).all() for one in listed)


def test_states_that_differ_are_those_whose_side_is_a_choice(solved):
    for s in solved:
        assert s.every.proved
        assert (s.every.count == 1) == (not s.every.differ)
        assert len(s.every.core) + len(s.every.differ) == len(s.network.nodes)


def test_triangles_walks_and_spectra(solved):
    for s in solved:
        matrix, triangles = s.network.matrix, count_triangles(s.network.matrix)
        assert tuple(triangles) == (s.row["triangles"], s.row["balanced_triangles"])
        ours = {
            "triangle_index": triangles.triangle_index,
            "walk_balance": walk_balance(matrix),
            "algebraic_conflict": algebraic_conflict(matrix),
            "frustration_norm": frustration_norm(s.found.L, len(s.network.ties)),
        }
        assert ours == pytest.approx({key: s.row[key] for key in ours}, abs=TOLERANCE, rel=0)


def test_the_highland_tribes(reference_network):
    network = reference_network("read_highland_tribes")
    assert (len(network.nodes), len(network.ties), int((network.signs < 0).sum())) == (16, 58, 29)
    found = frustration(network)
    assert (found.L, found.lower_bound, found.optimal) == (7, 7, True)
    # 2^15 partitions can be tried: L is the least, and as many reach it as are listed.
    sides = 1 - 2 * ((np.arange(2**15)[:, None] >> np.arange(16)) & 1)
    a, b = network.ends.T
    errors = (sides[:, a] * sides[:, b] != network.signs).sum(axis=1)
    assert errors.min() == 7
    assert optimal_partitions(network, found).count == (errors == 7).sum()

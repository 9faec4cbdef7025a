"""Laws of signed networks, and small ones against the plainest count: try every partition."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.indicators.blocs import (
    SignedNetwork,
    Tie,
    algebraic_conflict,
    count_triangles,
    enumerate_block,
    exact,
    factions,
    frustration,
    imported_rivalry,
    line_errors,
    optimal_partitions,
    rank_imported,
    seen_from,
    signed_communities,
    signed_modularity,
    standing_towards,
    triads_around,
    walk_balance,
)
from multivector.indicators.blocs.frustration import least_frustration
from multivector.indicators.blocs.graph import blocks, components, cost


def from_matrix(matrix: np.ndarray) -> SignedNetwork:
    nodes = tuple(f"s{i:02}" for i in range(len(matrix)))
    ties = tuple(Tie(nodes[i], nodes[j], int(matrix[i, j])) for i, j in np.argwhere(np.triu(matrix, 1)))
    return SignedNetwork(nodes, ties)


@st.composite
def networks(draw: st.DrawFn, most: int = 8) -> SignedNetwork:
    n = draw(st.integers(3, most))
    pairs = n * (n - 1) // 2
    signs = draw(st.lists(st.sampled_from([-1, -1, 0, 1, 1]), min_size=pairs, max_size=pairs).filter(any))
    matrix = np.zeros((n, n), dtype=int)
    matrix[np.triu_indices(n, 1)] = signs
    return from_matrix(matrix)


def every_partition(network: SignedNetwork) -> np.ndarray:
    """All 2^n sides [p, i]."""
    n = len(network.nodes)
    return 1 - 2 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)


def frustrated(network: SignedNetwork, sides: np.ndarray) -> np.ndarray:
    """How many ties each partition frustrates [p], counted tie by tie."""
    a, b = network.ends.T
    return (sides[:, a] * sides[:, b] != network.signs).sum(axis=1)


def switched(network: SignedNetwork, moved: set[str]) -> SignedNetwork:
    """Every tie between the moved and the others turned to its opposite."""
    ties = tuple(
        tie._replace(sign=-tie.sign) if (tie.a in moved) != (tie.b in moved) else tie for tie in network.ties
    )
    return SignedNetwork(network.nodes, ties)


def best(network: SignedNetwork) -> np.ndarray:
    """All optimal partitions by trial, the first node of each component on +1, each once."""
    sides = every_partition(network)
    errors = frustrated(network, sides)
    _, first, of = np.unique(components(network.matrix), return_index=True, return_inverse=True)
    least = sides[errors == errors.min()]
    return np.unique(least * least[:, first][:, of], axis=0)


@given(networks(10))
def test_the_index_is_the_least_over_all_partitions(network):
    found = frustration(network)
    assert found.optimal
    assert found.L == found.lower_bound == frustrated(network, every_partition(network)).min()
    assert len(found.frustrated) == found.L
    assert found.surplus[network.matrix == 0].max() == 0


@given(networks(), st.data())
@settings(max_examples=20)
def test_switching_changes_nothing(network, data):
    moved = set(data.draw(st.lists(st.sampled_from(network.nodes))))
    other = switched(network, moved)
    assert frustration(other).L == frustration(network).L
    assert count_triangles(other.matrix) == count_triangles(network.matrix)
    assert walk_balance(other.matrix) == pytest.approx(walk_balance(network.matrix), abs=1e-12)
    assert algebraic_conflict(other.matrix) == pytest.approx(algebraic_conflict(network.matrix), abs=1e-9)


@given(networks(), st.data())
def test_no_frustration_is_balance_and_balance_no_frustration(network, data):
    camp = set(data.draw(st.lists(st.sampled_from(network.nodes))))
    friendly = SignedNetwork(network.nodes, tuple(tie._replace(sign=1) for tie in network.ties))
    balanced = switched(friendly, camp)
    assert frustration(balanced).L == 0
    assert walk_balance(balanced.matrix) == pytest.approx(1)
    triangles = count_triangles(balanced.matrix)
    assert triangles.balanced_triangles == triangles.triangles
    assert (frustration(network).L == 0) == (walk_balance(network.matrix) > 1 - 1e-12)


@given(networks(), st.data())
@settings(max_examples=20)
def test_flipping_a_frustrated_tie_saves_one_and_any_tie_changes_at_most_one(network, data):
    found = frustration(network)
    tie = data.draw(st.sampled_from(network.ties))
    after = frustration(network.flipped(tie.a, tie.b)).L
    assert abs(after - found.L) <= 1
    if tie in found.frustrated:
        assert after == found.L - 1


@given(networks())
def test_all_optimal_partitions_are_all(network):
    found = optimal_partitions(network, frustration(network), most=10_000)
    truth = best(network)
    listed = {tuple(1 - 2 * side for side in one.values()) for one in found.partitions}
    assert listed == {tuple(sides) for sides in truth.tolist()}
    assert found.complete
    assert found.count == len(found.partitions) == len(truth)


@pytest.mark.parametrize(("by_counting", "most"), [(18, 1024), (3, 1024), (3, 1)])
@given(network=networks())
@settings(max_examples=20)
def test_states_that_differ_are_told_exactly_by_counting_by_branching_and_by_test(network, by_counting, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(enumerate_block, "BY_COUNTING", by_counting)
        patch.setattr(enumerate_block, "MOST", most)
        found = optimal_partitions(network, frustration(network))
    truth, parts = best(network), components(network.matrix)
    assert found.proved
    label = {state: k for k, members in enumerate(found.classes) for state in members}
    for i, a in enumerate(network.nodes):
        for j, b in enumerate(network.nodes):
            if parts[i] == parts[j]:
                assert (label[a] == label[b]) == (len(set(truth[:, i] * truth[:, j])) == 1)
            else:
                assert label[a] != label[b]
    assert set(found.core) | set(found.differ) == set(network.nodes)
    assert not set(found.core) & set(found.differ)


@given(networks(6), st.data())
@settings(max_examples=12)
def test_the_ranking_of_dyads_is_what_each_flip_does(network, data):
    state = data.draw(st.sampled_from(network.nodes))
    before = seen_from(network, state)
    ranked, left_out = rank_imported(before)
    assert left_out == ()
    assert {one.tie for one in ranked} == {tie for tie in network.ties if state not in tie[:2]}
    assert [one.effect for one in ranked] == sorted((one.effect for one in ranked), reverse=True)
    for one in ranked:
        assert one == imported_rivalry(before, one.tie.a, one.tie.b)
        after = network.flipped(one.tie.a, one.tie.b)
        assert one.L_after == frustrated(after, every_partition(after)).min()
        assert one.unbalanced_after == triads_around(after, state).unbalanced


@given(networks(), st.data())
@settings(max_examples=20)
def test_where_the_others_stand(network, data):
    state = data.draw(st.sampled_from(network.nodes))
    found = frustration(network)
    stands = standing_towards(network, state, found, optimal_partitions(network, found))
    truth, parts, i = best(network), components(network.matrix), network.place(state)
    words = {(True,): "with", (False,): "against", (False, True): "open"}
    for other, word in stands.items():
        j = network.place(other)
        same = tuple(sorted({bool(s) for s in truth[:, i] == truth[:, j]}))
        assert word == (words[same] if parts[i] == parts[j] else "apart")


@given(networks(), st.integers(0, 3))
def test_communities_beat_one_camp_and_each_alone(network, seed):
    found = signed_communities(network, restarts=3, seed=seed)
    labels = np.array([found.community[node] for node in network.nodes])
    assert found.Q_signed == pytest.approx(signed_modularity(network.matrix, labels), abs=1e-12)
    for plain in (np.zeros(len(labels), dtype=int), np.arange(len(labels))):
        assert found.Q_signed >= signed_modularity(network.matrix, plain) - 1e-12
    assert found.line_errors == line_errors(network.matrix, labels)


@given(networks(), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_names_do_not_matter(network, random):
    names = list(network.nodes)
    random.shuffle(names)
    new = dict(zip(network.nodes, names, strict=True))
    ties = tuple(Tie(new[t.a], new[t.b], t.sign) for t in network.ties)
    renamed = SignedNetwork(tuple(names), ties)
    found, other = frustration(network), frustration(renamed)
    assert other.L == found.L
    differ = optimal_partitions(network, found)
    again = optimal_partitions(renamed, other)
    assert again.count == differ.count
    assert sorted(map(len, again.classes)) == sorted(map(len, differ.classes))


@given(networks())
def test_blocks_hold_every_tie_once(network):
    held = np.zeros(network.matrix.shape, dtype=int)
    for nodes in blocks(network.matrix):
        within = np.ix_(nodes, nodes)
        held[within] += network.matrix[within] != 0
    assert (held == (network.matrix != 0)).all()


@pytest.fixture
def programmes(monkeypatch):
    """How often the mixed-integer programme was asked."""
    asked, real = [], exact.side_programme

    def counted(*given):
        asked.append(1)
        return real(*given)

    monkeypatch.setattr(exact, "side_programme", counted)
    return asked


def test_weights_that_leave_a_gap_which_the_programme_closes(programmes):
    """Five rivals of all: cycles pack to 10/3 of a tie, but 4 are frustrated; with weight 3, 10 against 12."""
    found = least_frustration(-3 * (1 - np.eye(5, dtype=int)), time.monotonic() + 60)
    assert (found.bound, found.slack) == (12, pytest.approx(2))
    random, n = np.random.default_rng(8), 12
    for _ in range(12):
        matrix = np.triu(random.integers(-9, 3, size=(n, n)), 1)
        matrix = matrix + matrix.T
        found = least_frustration(matrix, time.monotonic() + 60)
        sides = 1 - 2 * ((np.arange(2 ** (n - 1))[:, None] >> np.arange(n)) & 1)
        most = ((sides @ matrix) * sides).sum(axis=1).max()
        assert found.bound == cost(matrix, found.sides) == (np.abs(matrix).sum() - most) // 4
    assert len(programmes) == 4  # once for the five, three times here


def test_an_interval_where_the_time_is_over():
    """Nine rivals of all: triangles pack to 36 / 3, and 6 + 10 ties within a four and a five are frustrated."""
    network = from_matrix(-np.triu(np.ones((9, 9), dtype=int), 1))
    found = frustration(network, time_limit=1e-9)
    assert (found.lower_bound, found.L, found.optimal) == (12, 16, False)
    assert found.slack == pytest.approx(4)
    found = frustration(network)
    assert (found.lower_bound, found.L, found.optimal) == (16, 16, True)


def test_complete_hostility_splits_in_halves():
    """All n(n-1)/2 ties hostile: the best split in halves leaves those within them."""
    for n in (3, 4, 7, 8):
        network = from_matrix(-np.triu(np.ones((n, n), dtype=int), 1))
        half = n // 2
        assert half * (half - 1) // 2 + (n - half) * (n - half - 1) // 2 == frustration(network).L
        found = optimal_partitions(network, frustration(network), most=10_000)
        assert found.count == math.comb(n, half) // (2 if n % 2 == 0 else 1)
        assert not factions(network.matrix).decided or n == 2

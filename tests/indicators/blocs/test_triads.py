"""Triads around a state and imported rivalry, on networks small enough to see through."""

from __future__ import annotations

import math

import pytest

from multivector.errors import ComputationError, InputError
from multivector.indicators.blocs import (
    Tie,
    frustration,
    imported_rivalry,
    network_of,
    optimal_partitions,
    rank_imported,
    seen_from,
    standing_towards,
    triads_around,
)
from multivector.indicators.blocs.deadline import LEAST, deadline_after, seconds_left

ALLIES = network_of(
    [Tie("a", "b", 1), Tie("a", "c", 1), Tie("b", "c", 1), Tie("a", "d", -1), Tie("b", "d", -1), Tie("c", "d", 1),
     Tie("d", "e", 1)]
)  # fmt: skip


def test_triads_by_kind():
    """a is in abc (+++), abd (+--) and acd, where its friend c is a friend of its rival d (++-)."""
    found = triads_around(ALLIES, "a")
    assert found.counts == {"+++": 1, "+--": 1, "++-": 1, "---": 0}
    assert (found.unbalanced, found.unbalanced_share) == (1, pytest.approx(1 / 3))
    (strained,) = (triad for triad in found.triads if not triad.balanced)
    assert (strained.a, strained.b, strained.kind, strained.own, strained.outside) == (
        "c",
        "d",
        "++-",
        (1, -1),
        1,
    )


def test_three_rivals_are_unbalanced():
    rivals = network_of([Tie("a", "b", -1), Tie("a", "c", -1), Tie("b", "c", -1)])
    assert triads_around(rivals, "a").counts["---"] == 1
    assert triads_around(rivals, "a").unbalanced_share == 1


def test_a_state_without_triads():
    found = triads_around(ALLIES, "e")
    assert found.triads == ()
    assert math.isnan(found.unbalanced_share)
    with pytest.raises(InputError, match="no state 'x'"):
        triads_around(ALLIES, "x")


def test_where_the_others_stand():
    """L = 1: c-d is frustrated, so d and e are against a. With c-a hostile as well, c has a choice."""
    found = frustration(ALLIES)
    stands = standing_towards(ALLIES, "a", found, optimal_partitions(ALLIES, found))
    assert found.L == 1
    assert stands == {"b": "with", "c": "with", "d": "against", "e": "against"}


def test_rivalry_that_is_imported():
    """When c falls out with d, the one strained triad of a mends; when b makes up with d, one more is strained."""
    before = seen_from(ALLIES, "a")
    mended = imported_rivalry(before, "c", "d")
    assert (mended.L, mended.L_after, mended.unbalanced, mended.unbalanced_after) == (1, 0, 1, 0)
    strained = imported_rivalry(before, "d", "b")
    assert (strained.unbalanced_after, strained.L_after) == (2, 1)
    assert strained.stands == {"d": ("against", "with"), "e": ("against", "with")}
    ranked, left_out = rank_imported(before)
    assert not left_out
    assert ranked[0].tie == Tie("b", "d", -1)
    assert {one.tie[:2] for one in ranked} == {("b", "c"), ("b", "d"), ("c", "d"), ("d", "e")}


def test_a_dyad_of_the_state_itself_imports_nothing():
    with pytest.raises(InputError, match="holds a itself"):
        imported_rivalry(seen_from(ALLIES, "a"), "a", "b")


def test_what_is_not_proved_is_refused():
    names = "abcdefghi"
    rivals = network_of([Tie(a, b, -1) for n, a in enumerate(names) for b in names[:n]])
    found = frustration(rivals, time_limit=1e-9)
    assert not found.optimal
    with pytest.raises(ComputationError, match="give it a longer time limit"):
        optimal_partitions(rivals, found)
    with pytest.raises(InputError, match="a time limit of 0"):
        frustration(rivals, time_limit=0)


def test_when_the_time_is_over_dyads_that_need_a_search_are_left_out():
    before = seen_from(ALLIES, "a")
    ranked, left_out = rank_imported(before, time_limit=1e-9)
    assert Tie("b", "d", -1) in left_out
    outside = {tie for tie in ALLIES.ties if "a" not in tie[:2]}
    assert {one.tie for one in ranked} | set(left_out) == outside
    assert len(ranked) + len(left_out) == len(outside)


def test_one_time_limit_holds_for_several_searches():
    assert seconds_left(deadline_after(1e-9)) == LEAST
    assert LEAST < seconds_left(deadline_after(50)) <= 50
    for wrong in (0, -1, math.nan, math.inf):
        with pytest.raises(InputError, match="give seconds above zero"):
            deadline_after(wrong)

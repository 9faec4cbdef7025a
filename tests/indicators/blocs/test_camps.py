"""Camps in any number: small networks against every division there is, and those of the reference."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.errors import InputError
from multivector.indicators.blocs import SignedNetwork, Tie, camps, frustration, line_errors, network_of

NAMES = "abcdef"
PAIRS = [(x, y) for n, x in enumerate(NAMES) for y in NAMES[:n]]


@st.composite
def networks(draw: st.DrawFn) -> SignedNetwork:
    signs = draw(st.lists(st.sampled_from([-1, 0, 1, 1]), min_size=15, max_size=15).filter(any))
    ties = [Tie(*pair, sign) for pair, sign in zip(PAIRS, signs, strict=True) if sign]
    return network_of(ties, NAMES)


def divisions(n: int) -> Iterator[list[int]]:
    """Every way to divide n nodes in camps."""
    if n == 0:
        yield []
        return
    for rest in divisions(n - 1):
        for camp in range(max(rest, default=-1) + 2):
            yield [*rest, camp]


@given(networks())
def test_no_division_does_better(network):
    found = camps(network)
    assert found.optimal
    assert found.line_errors == min(line_errors(network.matrix, np.array(d)) for d in divisions(6))
    camp = np.array([found.camp[node] for node in network.nodes])
    assert line_errors(network.matrix, camp) == found.line_errors


@given(networks())
@settings(max_examples=20)
def test_two_camps_are_never_better_than_many(network):
    assert camps(network).line_errors <= frustration(network).L


def test_three_rivals_are_three_camps_and_a_friend_of_two_rivals_is_one_error():
    rivals = network_of([Tie("a", "b", -1), Tie("a", "c", -1), Tie("b", "c", -1)])
    assert (camps(rivals).line_errors, len(set(camps(rivals).camp.values()))) == (0, 3)
    torn = network_of([Tie("a", "b", 1), Tie("a", "c", 1), Tie("b", "c", -1)])
    assert camps(torn).line_errors == 1


def test_a_gap_of_the_relaxation_is_closed():
    """A hub with three friends, rivals of each other: half of each friendship covers all, but 2 are errors."""
    ties = [Tie("hub", x, 1) for x in "abc"] + [Tie("a", "b", -1), Tie("a", "c", -1), Tie("b", "c", -1)]
    found = camps(network_of(ties))
    assert (found.line_errors, found.lower_bound) == (2, 2)


@pytest.mark.reference
def test_networks_of_states_are_proved(signed, reference_network):
    for row in pl.read_csv(signed / "signed_communities_reference.csv")["network", "line_errors"][
        :3
    ].to_dicts():
        found = camps(reference_network(row["network"]))
        assert found.optimal
        assert found.line_errors <= row["line_errors"]


def test_no_time():
    with pytest.raises(InputError, match="a time limit of 0"):
        camps(network_of([Tie("a", "b", 1)], "abc"), time_limit=0)

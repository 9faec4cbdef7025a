"""The agenda setter: answers by hand, a search over the whole scale, and its laws."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.bargaining import Stakes
from multivector.bargaining.models import AgendaSetter, Model
from multivector.errors import IssueError

NAMES = ("proposer", "house", "a", "b", "c")
VOTERS = ("a", "b", "c")
SEEDS = st.integers(0, 2**31)


def stakes_at(*position: float) -> Stakes:
    n = len(position)
    return Stakes(np.ones(n), np.reshape(position, (n, 1)), np.full((n, 1), 50.0), NAMES[:n])


def some(seed: int, *batch: int, d: int = 2) -> Stakes:
    """On whole points, so that a search over half points finds the ends of win sets."""
    rng = np.random.default_rng(seed)
    position = rng.integers(0, 101, (*batch, 5, d)).astype(float)
    return Stakes(rng.integers(1, 9, (*batch, 5)), position, np.full((*batch, 5, d), 20.0), NAMES)


@pytest.mark.parametrize(
    ("threshold", "vetoes", "settled"),
    [
        (0.5, (), 60.0),  # the median voter at 30 is indifferent between 0 and 60
        (2 / 3, (), 60.0),
        (0.7, (), 40.0),
        (1.0, (), 40.0),  # and the voter at 20 between 0 and 40
        (0.5, ("house",), 20.0),
    ],
)
def test_the_pivot_is_left_where_it_started(
    threshold: float, vetoes: tuple[str, ...], settled: float
) -> None:
    model = AgendaSetter("proposer", 0.0, VOTERS, threshold, vetoes)
    assert model.outcome(stakes_at(100, 10, 20, 30, 60))[0] == pytest.approx(settled)


@pytest.mark.parametrize(("place", "settled"), [(40, 40.0), (50, 50.0), (100, 60.0), (20, 20.0), (10, 20.0)])
def test_the_setter_takes_its_own_position_where_it_can(place: float, settled: float) -> None:
    """r = 20 with voters at 15, 40 and 90: two of three follow up to 2 * 40 - 20, and only one below r."""
    model = AgendaSetter("proposer", 20.0, VOTERS, 0.5)
    assert model.outcome(stakes_at(place, 50, 15, 40, 90))[0] == settled


def test_half_is_no_majority() -> None:
    two = AgendaSetter("proposer", 0.0, ("a", "b"), 0.5)
    assert two.outcome(stakes_at(100, 50, 30, 0))[0] == 0.0
    assert two.outcome(stakes_at(100, 50, 30, 10))[0] == 20.0


def searched(stakes: Stakes, r: float, threshold: float, vetoes: tuple[str, ...]) -> float:
    """The first dimension of one draw, by trying every half point."""
    x, votes = stakes.position[:, 0], stakes.capability[2:]
    allowed = []
    for z in np.arange(-100.0, 201.0, 0.5):
        agree = np.abs(x - z) <= np.abs(x - r)
        share = votes[agree[2:]].sum() / votes.sum()
        if share >= threshold and share > 0.5 and all(agree[NAMES.index(each)] for each in vetoes):
            allowed.append(z)
    return min([*allowed, r], key=lambda z: abs(z - x[0]))


@given(SEEDS, st.integers(0, 100), st.sampled_from([0.5, 0.6, 0.74, 1.0]), st.sampled_from([(), ("house",)]))
@settings(deadline=None, max_examples=40)
def test_it_is_the_nearest_point_of_the_win_set(
    seed: int, r: int, threshold: float, vetoes: tuple[str, ...]
) -> None:
    stakes = some(seed)
    found = AgendaSetter("proposer", r, VOTERS, threshold, vetoes).outcome(stakes)[0]
    assert found == pytest.approx(searched(stakes, r, threshold, vetoes))


@given(SEEDS, st.floats(0.0, 100.0))
@settings(deadline=None, max_examples=25)
def test_laws(seed: int, r: float) -> None:
    """The scale turned around turns it; who must agree never loses; more who must agree never helps the setter."""
    stakes = some(seed, 3)

    def settled(threshold: float, vetoes: tuple[str, ...] = ()) -> np.ndarray:
        return AgendaSetter("proposer", r, VOTERS, threshold, vetoes).outcome(stakes)

    turned = AgendaSetter("proposer", 100.0 - r, VOTERS, 0.7).outcome(stakes.moved(100.0 - stakes.position))
    np.testing.assert_allclose(turned, 100.0 - settled(0.7), atol=1e-9)
    at = [settled(0.5), settled(0.7), settled(1.0), settled(1.0, ("house",))]
    off = [np.abs(stakes.position[:, 0] - each) for each in at]
    assert all(np.all(wide <= narrow + 1e-9) for wide, narrow in pairwise(off))
    loss = np.abs(stakes.position - at[3][:, None]) - np.abs(stakes.position - r)
    assert np.all(loss <= 1e-9)


def test_a_reference_point_for_each_draw_and_dimension() -> None:
    stakes = some(7, 4)
    points = np.linspace(0.0, 100.0, 8).reshape(4, 2)
    model = AgendaSetter("proposer", points, VOTERS, 0.6, ("house",))
    assert isinstance(model, Model)
    each = [
        AgendaSetter("proposer", points[k], VOTERS, 0.6, ("house",)).outcome(stakes.at(k)) for k in range(4)
    ]
    np.testing.assert_array_equal(model.outcome(stakes), each)


def test_bad_orders() -> None:
    with pytest.raises(IssueError, match="reference point is missing or off the scale"):
        AgendaSetter("proposer", 101.0, VOTERS, 0.5)
    with pytest.raises(IssueError, match=r"a threshold of 0\.4 is no majority"):
        AgendaSetter("proposer", 0.0, VOTERS, 0.4)
    with pytest.raises(IssueError, match="nobody votes"):
        AgendaSetter("proposer", 0.0, (), 0.5)
    with pytest.raises(IssueError, match="senate has a part in the vote and is no actor"):
        AgendaSetter("proposer", 0.0, VOTERS, 0.5, ("senate",)).outcome(some(0))

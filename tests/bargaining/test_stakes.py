"""Stakes: axes, laws and every refusal with its row and repair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from multivector.bargaining import Stakes
from multivector.errors import IssueError

THREE = (np.ones(3), np.array([[0.0], [50.0], [100.0]]), np.full((3, 1), 50.0))


def test_leading_axes_are_broadcast_against_each_other():
    stakes = Stakes(
        np.ones((4, 1, 3)), np.arange(6.0).reshape(3, 2), np.full((5, 3, 2), 20.0), ("a", "b", "c")
    )
    assert (stakes.batch, stakes.n, stakes.d) == ((4, 5), 3, 2)
    assert stakes.capability.shape == (4, 5, 3)
    assert stakes.weight.shape == (4, 5, 3, 2)
    assert stakes.dimensions == ("1", "2")


def test_a_draw_is_the_stakes_at_its_index():
    stakes = Stakes(np.arange(1.0, 7).reshape(2, 3), *THREE[1:])
    assert stakes.at(1).capability.tolist() == [4, 5, 6]
    assert stakes.at(slice(0, 1)).batch == (1,)


def test_the_arrays_are_own_copies_and_read_only():
    position = THREE[1].copy()
    stakes = Stakes(THREE[0], position, THREE[2])
    position[0, 0] = 99.0
    assert stakes.position[0, 0] == 0.0
    with pytest.raises(ValueError, match="read-only"):
        stakes.position[0, 0] = 1.0


@given(arrays(float, (4, 2), elements=st.floats(0, 50)), arrays(float, 4, elements=st.floats(0.01, 100)))
def test_weight_is_capability_times_salience(salience, capability):
    salience[0, 0] = 1.0
    weight = Stakes(capability, np.zeros((4, 2)), salience).weight
    assert np.array_equal(weight, capability[:, None] * salience / 100)


def test_moved_changes_positions_only():
    moved = Stakes(*THREE, ("a", "b", "c")).moved(np.full((7, 3, 1), 40.0))
    assert (moved.batch, moved.names) == ((7,), ("a", "b", "c"))
    assert np.all(moved.capability == 1.0)


def test_moved_puts_back_what_rounding_carried_off_the_scale_and_no_more():
    assert Stakes(*THREE).moved([[-1e-14], [5.0], [100.0 + 2e-14]]).position[:, 0].tolist() == [0, 5, 100]
    with pytest.raises(IssueError, match=r"100.1 is off the scale"):
        Stakes(*THREE).moved([[0.0], [5.0], [100.1]])


CASES = {
    "one actor": (([1.0], [[1.0]], [[1.0]]), "1 actor: nobody to bargain with", "two actors or more"),
    "negative capability": (
        ([1, -2.0], [[1], [2]], [[1], [2]]),
        r"actor b \(row 2\), capability: -2 is not above 0",
        "above 0",
    ),
    "position off the scale": (
        ([1, 1], [[1], [101]], [[1], [2]]),
        r"actor b \(row 2\), position on dimension 1: 101 is off the scale",
        "from 0 to 100",
    ),
    "salience off the scale": (
        ([1, 1], [[1], [2]], [[-1], [2]]),
        r"actor a \(row 1\), salience on dimension 1: -1",
        "from 0 to 100",
    ),
    "salience over 100": (
        ([1, 1], [[1, 2], [2, 3]], [[1, 1], [60, 41]]),
        r"actor b \(row 2\): salience sums to 101 over 2 dimensions",
        "sum to 100",
    ),
    "missing cell": (
        ([1, 1], [[1], [np.nan]], [[1], [2]]),
        r"actor b \(row 2\), position on dimension 1: is missing",
        "a number",
    ),
    "nobody cares": (([1, 1], [[1], [2]], [[0], [0]]), "no actor cares", "salience above 0"),
    "shapes": (([1, 1], [1, 2], [1, 2]), r"shapes \(2,\), \(2,\), \(2,\) do not fit", r"\[\.\.\., n, d\]"),
    "words": ((["x", 1], [[1], [2]], [[1], [2]]), "do not fit together", "give numbers"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_hold_is_said_with_row_and_repair(case):
    given_arrays, what, repair = CASES[case]
    with pytest.raises(IssueError, match=f"(?s){what}.*repair: .*{repair}"):
        Stakes(*given_arrays, ("a", "b")[: len(given_arrays[0])])


def test_the_draw_at_fault_is_named():
    with pytest.raises(IssueError, match="position on dimension 1, draw 1: 200"):
        Stakes([1, 1], [[[1], [2]], [[200], [2]]], [[1], [2]])


def test_two_of_a_name_are_refused():
    with pytest.raises(IssueError, match=r"(?s)rows 1 and 3: two actors are named 'a'.*repair: give each"):
        Stakes(*THREE, ("a", "b", "a"))


def test_positions_all_equal_are_refused_where_a_spread_is_needed():
    same = Stakes(THREE[0], [np.full((3, 1), 7.0), THREE[1]], THREE[2])
    with pytest.raises(
        IssueError, match=r"(?s)draw 0: all actors stand at the same position.*that position is the forecast"
    ):
        same.require_disagreement()
    Stakes(*THREE).require_disagreement()

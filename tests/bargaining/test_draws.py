"""Draws of a stakeholder table: the distribution, the stream, and what sums to 100."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from multivector.bargaining import draw_stakes
from multivector.bargaining.cell import Interval
from multivector.bargaining.draws import triangular
from multivector.bargaining.issue_file import issue_of
from multivector.errors import InputError


def cell(low, mode, high):
    return {"low": low, "mode": mode, "high": high, "evidence": "assumed"}


@pytest.fixture(scope="module")
def issue():
    return issue_of(
        {
            "id": "two", "title": "t", "question": "q", "as_of": "2025-01-01",
            "dimensions": [{"name": "years", "low": 4, "high": 10}, {"name": "share"}],
            "stakeholders": [
                {
                    "name": name, "capability": cell(1, 2, 4),
                    "position": {"years": cell(4, at, 10), "share": cell(0, 10, 20)},
                    "salience": {"years": cell(10, 60, 90), "share": cell(0, 40, 50)},
                }
                for name, at in (("a", 5), ("b", 9))
            ],
        }
    )  # fmt: skip


@given(st.lists(st.floats(-50, 50), min_size=3, max_size=3).map(sorted), st.floats(0, 1, exclude_max=True))
def test_draws_are_triangular_quantiles(ends, u):
    low, mode, high = ends
    drawn = triangular([Interval(low=low, mode=mode, high=high)], np.array([u]))[0]
    if high - low < 1e-6:
        assert low <= drawn <= high
    else:
        assert drawn == pytest.approx(
            stats.triang.ppf(u, (mode - low) / (high - low), low, high - low), abs=1e-6
        )


def test_a_point_stays_a_point():
    assert triangular([Interval(low=3.0, mode=3.0, high=3.0)], np.array([0.7])).tolist() == [3.0]


def test_chunks_are_the_run_they_are_cut_from(issue):
    whole = draw_stakes(issue, 40, seed=5)
    for first in (0, 13, 39):
        chunk = draw_stakes(issue, 1, seed=5, first=first)
        assert np.array_equal(chunk.position[0], whole.position[first])
        assert np.array_equal(chunk.capability[0], whole.capability[first])
    assert not np.array_equal(draw_stakes(issue, 40, seed=6).position, whole.position)


def test_drawn_saliences_sum_to_100_at_most_and_keep_their_ratio(issue):
    stakes = draw_stakes(issue, 2000, seed=1)
    total = stakes.salience.sum(axis=-1)
    assert total.max() <= 100 + 1e-9
    assert np.mean(np.isclose(total, 100)) > 0.1  # the tails do reach it


def test_positions_are_moved_to_0_to_100_and_back(issue):
    assert issue.stakes().position[:, 0] == pytest.approx([100 / 6, 500 / 6])
    assert issue.dimensions[0].from_top(issue.stakes().position[:, 0]) == pytest.approx([5, 9])
    assert issue.stakes("low").position[:, 0].tolist() == [0, 0]
    assert issue.stakes("high").position[:, 0].tolist() == [100, 100]


def test_a_drawn_mean_is_the_triangular_mean(issue):
    capability = draw_stakes(issue, 20_000, seed=2).capability
    standard_error = np.sqrt((1 + 4 + 16 - 2 - 4 - 8) / 18 / capability.size)
    assert capability.mean() == pytest.approx(7 / 3, abs=4 * standard_error)


@pytest.mark.parametrize(
    ("draws", "more", "what"),
    [(0, {}, "0 draws"), (3, {"seed": -1}, "the seed -1"), (3, {"first": -2}, "from number -2")],
)
def test_draws_that_cannot_be_taken_are_said(issue, draws, more, what):
    with pytest.raises(InputError, match=what):
        draw_stakes(issue, draws, **more)


def test_more_draws_than_memory_holds_are_refused_before_they_are_made(issue):
    cells = sum(1 for _ in issue.cells())
    with pytest.raises(
        InputError, match=rf"(?s)1,000,000,000 draws of {cells} cells.*{10_000_000 // cells:,} draws at most"
    ):
        draw_stakes(issue, 10**9)

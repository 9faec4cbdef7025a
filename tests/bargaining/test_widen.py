"""Points made intervals, and only points."""

from __future__ import annotations

import pytest

from multivector.bargaining import read_issue
from multivector.bargaining.ktab import KtabScenario
from multivector.bargaining.stakes import Stakes
from multivector.bargaining.widen import widened
from multivector.errors import InputError

POINTS = KtabScenario(
    "points",
    "",
    Stakes([10.0, 20.0, 40.0], [[5.0], [50.0], [100.0]], [[95.0], [50.0], [0.0]], ("a", "b", "c")),
).issue()


def test_points_spread_by_so_much_of_the_scale_and_end_with_it() -> None:
    a, b, c = widened(POINTS, 10).stakeholders
    ends = [(cell.low, cell.mode, cell.high) for each in (a, b, c) for cell in each.position.values()]
    assert ends == [(0, 5, 15), (40, 50, 60), (90, 100, 100)]
    assert [(cell.low, cell.high) for each in (a, b, c) for cell in each.salience.values()] == [
        (85, 100),
        (40, 60),
        (0, 10),
    ]
    assert [(each.capability.low, each.capability.high) for each in (a, b, c)] == [
        (9, 11),
        (18, 22),
        (36, 44),
    ]
    assert (widened(POINTS, 10).stakes().position == POINTS.stakes().position).all()


def test_judgements_with_a_width_stay() -> None:
    issue = read_issue("georgia-accession")
    assert widened(issue, 5) == issue


@pytest.mark.parametrize("percent", [0, -1, 100, float("nan")])
def test_a_spread_is_a_share(percent: float) -> None:
    with pytest.raises(InputError, match="give one above 0 and below 100"):
        widened(POINTS, percent)

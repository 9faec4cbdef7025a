"""Quantities: a settlement in its own units, a chance of a question of when, and rows that are not defined."""

from __future__ import annotations

import datetime as dt
import importlib

import numpy as np
import pytest
from scipy import stats

from multivector.bargaining import Stakes, draw_stakes, time_to_event
from multivector.bargaining.analysis.quantity import chance_by, settlement, values
from multivector.bargaining.models import MODELS
from multivector.bargaining.time_to_event import mean_chance, waiting_of
from multivector.errors import IssueError

DAY = dt.date(2029, 1, 1)
MARKS = [
    {"at": 100, "means": "soon", "years": {"low": 1, "mode": 1, "high": 1}},
    {"at": 0, "means": "late", "years": {"low": 9, "mode": 9, "high": 9}},
]


@pytest.fixture
def when(issue_from):
    def made(marks=MARKS, shape=1.5, **more):
        return issue_from(
            {"A": (2, (60, 80, 100), 50), "B": (1, (0, 10, 30), (20, 40, 60)), "C": (1, 50, 30)},
            dimensions=[{"name": "when", "marks": marks}],
            shape={"low": shape, "mode": shape, "high": shape},
            consent=["A", "B"],
            **more,
        )

    return made


def test_a_settlement_and_wishes_are_in_the_dimensions_own_units(issue_from) -> None:
    issue = issue_from(
        {"A": (3, {"x": 1, "year": 2030}, {"x": 10, "year": 20}), "B": (1, {"x": 5, "year": 2040}, {"x": 10, "year": 60})},
        dimensions=[{"name": "x", "low": 0, "high": 8}, {"name": "year", "low": 2020, "high": 2060, "unit": "year"}],
    )  # fmt: skip
    first, second = (settlement(issue, MODELS["compromise"], k) for k in (0, 1))
    stakes = issue.stakes()
    assert first.of(stakes) == pytest.approx((3 * 1 + 1 * 5) / 4)
    assert second.of(stakes) == pytest.approx((60 * 2030 + 60 * 2040) / 120)
    assert (second.low, second.high, second.unit) == (2020, 2060, "year")
    assert second.name == "compromise on year"
    assert second.wish(stakes, 1) == pytest.approx(2040)
    with pytest.raises(IssueError, match="no dimension number 2"):
        settlement(issue, MODELS["compromise"], 2)


def test_chances_are_those_of_time_to_event_where_the_scale_is_known(when) -> None:
    issue = when()
    stakes = draw_stakes(issue, 30, seed=2)
    years = (DAY - issue.as_of).days / 365.25
    for reading in ("lottery", "effort", "consent"):
        quantity = chance_by(issue, DAY, reading)
        plain = time_to_event(issue, stakes, reading=reading, years=[years]).cdf[:, 0]
        assert quantity.of(stakes) == pytest.approx(plain)
        grid = Stakes(*(np.stack([each] * 2) for each in (stakes.capability, stakes.position, stakes.salience)),
                      stakes.names, stakes.dimensions)  # fmt: skip
        assert np.array_equal(quantity.of(grid), np.stack([quantity.of(stakes)] * 2))


def test_a_wish_is_the_chance_if_all_stood_there(when) -> None:
    issue = when()
    wait = stats.weibull_min.cdf(
        1461 / 365.25, 1.5, scale=3 / np.log(2) ** (1 / 1.5)
    )  # C at 50: sqrt(1 * 9) years
    expected = {"lottery": wait, "effort": wait, "consent": wait**2}
    for reading, chance in expected.items():
        quantity = chance_by(issue, DAY, reading)  # type: ignore[arg-type]
        assert quantity.wish(issue.stakes(), 2) == pytest.approx(chance)


def test_a_chance_is_the_mean_over_the_scales_own_uncertainty(when) -> None:
    marks = [
        {"at": 100, "means": "soon", "years": {"low": 0.2, "mode": 1, "high": 4}},
        {"at": 0, "means": "late", "years": {"low": 3, "mode": 9, "high": 20}, "never": {"low": 0, "mode": 0.2, "high": 0.9}},
    ]  # fmt: skip
    issue = when(marks)
    at = issue.stakes()
    tiled = Stakes(*(np.stack([each] * 20_000) for each in (at.capability, at.position, at.salience)),
                   at.names, at.dimensions)  # fmt: skip
    for reading in ("lottery", "consent"):
        drawn = time_to_event(issue, tiled, reading=reading, years=[1461 / 365.25]).cdf[:, 0]
        assert chance_by(issue, DAY, reading).of(at) == pytest.approx(drawn.mean(), abs=0.004)


@pytest.mark.parametrize("reading", ["lottery", "effort", "consent"])
def test_a_chance_is_that_of_time_to_event_at_every_point_of_the_net(when, reading) -> None:
    marks = [
        {"at": 100, "means": "soon", "years": {"low": 0.2, "mode": 1, "high": 4}},
        {"at": 0, "means": "late", "years": {"low": 3, "mode": 9, "high": 20}, "never": {"low": 0, "mode": 0.2, "high": 0.9}},
    ]  # fmt: skip
    issue, years = when(marks), 1461 / 365.25
    stakes = draw_stakes(issue, 12, seed=5)
    repeated = stakes.at([0, 1, 0, 5, 5, 11])  # places that come up again
    net = np.random.default_rng(1).random((7, 3))
    each = [
        time_to_event(issue, repeated, reading=reading, years=[years], scale_quantiles=point).cdf[:, 0]
        for point in net
    ]
    found = mean_chance(issue, repeated, years, reading=reading, scale_quantiles=net)
    assert found == pytest.approx(np.mean(each, axis=0), rel=1e-12)
    assert float(
        mean_chance(issue, stakes.at(5), years, reading=reading, scale_quantiles=net)
    ) == pytest.approx(found[3])


def test_a_place_that_comes_up_again_is_computed_once(when, monkeypatch) -> None:
    """One actor moved over a grid, the others as they were: as many places as there are points and actors."""
    issue, counts = when(), []

    def counted(scale, position, *of):
        counts.append(np.size(position))
        return waiting_of(scale, position, *of)

    module = importlib.import_module(
        "multivector.bargaining.time_to_event"
    )  # the package has its function there
    monkeypatch.setattr(module, "waiting_of", counted)
    position = np.repeat(issue.stakes().position[None], 21, axis=0)
    position[:, 0, 0] = np.linspace(0, 100, 21)
    for reading, most in (("lottery", 23), ("effort", 23), ("consent", 22)):
        quantity = chance_by(issue, DAY, reading)  # type: ignore[arg-type]
        counts.clear()
        quantity.of(Stakes(issue.stakes().capability, position, issue.stakes().salience, issue.names))
        assert 20 <= max(counts) <= most


def test_a_chance_is_told_by_what_it_is_and_not_by_its_unit(when, issue_from) -> None:
    issue = issue_from(
        {"A": (1, 0.2, 50), "B": (1, 0.3, 50)},
        dimensions=[{"name": "tax", "low": 0, "high": 1, "unit": "share"}],
    )
    tax, chance = settlement(issue, MODELS["compromise"]), chance_by(when(), DAY, "lottery")
    assert tax.unit == chance.unit == "share"
    assert (tax.is_chance, chance.is_chance) == (False, True)


def test_what_is_no_chance_says_why(when, issue_from) -> None:
    for day, reading, fault in (
        (dt.date(2024, 12, 31), "lottery", "before 2025-01-01"),
        (DAY, "magic", "no reading 'magic'"),
    ):
        with pytest.raises(IssueError, match=fault):
            chance_by(when(), day, reading)
    with pytest.raises(IssueError, match="no question of when"):
        chance_by(issue_from({"A": (1, 20, 50), "B": (1, 30, 50)}), DAY, "lottery")


def test_rows_that_are_not_defined_are_missing_and_the_rest_stand(issue_from, monkeypatch) -> None:
    issue = issue_from({"A": (1, 20, 50), "B": (1, 30, 50), "C": (2, 90, 50)})
    positions = np.random.default_rng(0).uniform(0, 100, (23, 3, 1))
    positions[[4, 17]] = 50.0

    def stakes_of(rows):
        return Stakes(issue.stakes().capability, positions[rows], issue.stakes().salience, issue.names)

    quantity = settlement(issue, MODELS["smp-mean"])
    found = values(quantity, stakes_of, 23, 3)
    assert np.flatnonzero(np.isnan(found)).tolist() == [4, 17]
    monkeypatch.setattr("multivector.bargaining.analysis.quantity._PAIRS", 9 * 5)  # five rows at a time
    assert np.array_equal(values(quantity, stakes_of, 23, 3), found, equal_nan=True)
    assert found[0] == quantity.of(Stakes(issue.stakes().capability, positions[0], issue.stakes().salience))
    assert len(values(quantity, stakes_of, 0, 3)) == 0

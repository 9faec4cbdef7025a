"""Methods on made-up issues: chances are chances, the mirror law, and a choice that never sees the test fold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from multivector.bargaining import Stakes
from multivector.bargaining.calibration import PastIssue, difference
from multivector.bargaining.calibration.compare import (
    Record,
    cross_validated,
    folds,
    level_that_covers,
    nested,
    simplest_of_best,
)
from multivector.bargaining.calibration.distribution import Distribution
from multivector.bargaining.calibration.errors import standard_error
from multivector.bargaining.calibration.methods import (
    Forest,
    InflatedBeta,
    Isotonic,
    Method,
    NearResiduals,
    PooledResiduals,
    SupportRegression,
)
from multivector.bargaining.calibration.predictors import Predictors

METHODS: tuple[Method, ...] = (
    PooledResiduals(),
    NearResiduals(15.0),
    Isotonic(),
    InflatedBeta(),
    Forest(trees=10),
    SupportRegression(),
    SupportRegression(("support", "plain support", "compromise", "median", "reference"), by_kind=True),
)
COUNT, A_PROPOSAL = 60, 3


def made_up(mirrored: bool = False) -> Record:
    """Issues on whole points whose outcome is one of the positions, by weight, or between them."""
    rng = np.random.default_rng(11)
    issues = []
    for k in range(COUNT):
        n = int(rng.integers(4, 9))
        position = rng.choice([0.0, 100.0] if k % 3 == 0 else np.arange(0.0, 101.0, 10.0), (n, 1))
        position[:2, 0] = 0.0, 100.0
        stakes = Stakes(rng.uniform(1, 9, n), position, rng.uniform(10, 90, (n, 1)))
        share = stakes.weight[:, 0] / stakes.weight.sum()
        mean = float(np.rint(share @ position[:, 0]))
        outcome = float(rng.choice(position[:, 0], p=share)) if rng.random() < 0.5 else mean
        if mirrored:
            stakes, outcome = stakes.moved(100.0 - position), 100.0 - outcome
        issues.append(PastIssue(str(k), f"p{k // A_PROPOSAL}", stakes, outcome))
    y = np.array([issue.outcome for issue in issues])
    return Record(Predictors.of(issues), y, np.array([issue.proposal for issue in issues]))


@pytest.fixture(scope="module")
def record() -> Record:
    return made_up()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_chances_are_chances_and_beat_ignorance(method: Method, record: Record) -> None:
    forecast = cross_validated(method, record, folds(record.proposals, 3))  # a Distribution checks itself
    flat = Distribution(np.broadcast_to(np.arange(1.0, 102.0) / 101.0, (COUNT, 101)))
    assert forecast.crps(record.y).mean() < flat.crps(record.y).mean()


@pytest.mark.parametrize("by_kind", [False, True])
def test_a_scale_turned_around_turns_the_forecast(record: Record, by_kind: bool) -> None:
    method, turned = SupportRegression(("support", "compromise"), by_kind), made_up(mirrored=True)
    straight = method.fit(record.x, record.y)(record.x).chance
    around = method.fit(turned.x, turned.y)(turned.x).chance
    np.testing.assert_allclose(around[:, ::-1], straight, atol=1e-4)


def test_isotonic_chances_fall_with_the_compromise(record: Record) -> None:
    forecast = Isotonic().fit(record.x, record.y)(record.x)
    order = np.argsort(record.x.compromise)
    assert np.all(np.diff(forecast.cdf[order], axis=0) <= 1e-12)


def test_near_residuals_of_one_past_issue_are_a_folded_kernel() -> None:
    """An outcome at 100 spread by 5 and turned back: half of the kernel's mass on each side falls together."""
    issues = [PastIssue("a", "p", Stakes([1, 1], [[100.0], [100.0]], [[50], [50]]), 100.0)]
    x = Predictors.of(issues)
    chance = NearResiduals(10.0, spread=5.0).fit(x, np.array([100.0]))(x).cdf[0]
    assert 1.0 - chance[94] == pytest.approx(0.7286679, abs=1e-6)  # P(|N(0, 5)| < 5.5)


def test_folds_keep_proposals_whole(record: Record) -> None:
    tests = folds(record.proposals, 7)
    np.testing.assert_array_equal(np.sum(tests, axis=0), 1)
    assert all(not np.intersect1d(record.proposals[t], record.proposals[~t]).size for t in tests)
    assert len(folds(record.proposals)) == COUNT // A_PROPOSAL


def test_the_choice_never_sees_the_fold_that_it_is_scored_on(record: Record) -> None:
    methods = (PooledResiduals(), Isotonic())
    straight = nested(methods, record, folds(record.proposals, 2), inner=2)
    test = folds(record.proposals, 2)[1]
    other = nested(
        methods,
        replace(record, y=np.where(test, 100.0 - record.y, record.y)),
        folds(record.proposals, 2),
        inner=2,
    )
    np.testing.assert_array_equal(other.forecast.cdf[test], straight.forecast.cdf[test])
    np.testing.assert_array_equal(other.low[test], straight.low[test])
    assert not np.array_equal(other.forecast.cdf[~test], straight.forecast.cdf[~test])


def test_the_simplest_that_is_not_clearly_worse() -> None:
    groups = np.repeat(np.arange(20).astype(str), 2)
    noise = np.random.default_rng(0).normal(size=40)
    best, like_it, worse = np.zeros(40), 0.01 + noise - noise.mean(), 5.0 + noise
    assert simplest_of_best([worse, like_it, best], groups) == 1
    assert simplest_of_best([worse, best], groups) == 1


def test_level_holds_the_target_and_no_less() -> None:
    forecast = Distribution(np.broadcast_to(np.arange(1.0, 102.0) / 101.0, (100, 101)))
    y = np.arange(100.0)
    level = level_that_covers(forecast, y, target=0.6)
    low, high = forecast.interval(level)
    assert np.mean((low <= y) & (y <= high)) >= 0.6 > level - 0.02


def test_errors_of_groups() -> None:
    """With groups of equal members the cluster error is that of the group means; without, the plain one."""
    values = np.array([1.0, 1.0, 2.0, 2.0, 6.0, 6.0])
    groups = np.array(["a", "a", "b", "b", "c", "c"])
    assert standard_error(values, groups) == pytest.approx(np.std([1, 2, 6], ddof=1) / np.sqrt(3))
    gap = difference(values, np.zeros(6), groups)
    assert (gap.mean, gap.low, gap.high, gap.settled) == (3.0, 1.0, 6.0, True)

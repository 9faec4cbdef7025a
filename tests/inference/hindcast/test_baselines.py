"""Baselines against values worked out by hand or by another way of computing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import norm

from multivector.inference.hindcast.baselines import (
    Climatology,
    ConformalLevel,
    Drift,
    LocalLevel,
    Mixture,
    OwnFrequency,
    Persistence,
    PooledPersistence,
    PooledRegression,
    Recency,
    StaysAsItIs,
    Transition,
    WindowPersistence,
    baselines_of,
)
from multivector.inference.hindcast.baselines.local_level import levels

SERIES = np.array([0.30, 0.36, 0.28, 0.32])


def forecast(baseline, family, *horizons):
    """Samples of a baseline at the family's last year."""
    return baseline.forecast(family, family.years[-1], horizons or (1,), 0)


def moments(sample):
    return sample.mean(axis=0)[0], sample.std(axis=0)[0]


def test_persistence_is_a_normal_around_the_last_value(small):
    variance = (0.06**2 + 0.08**2 + 0.04**2) / 3
    sample = forecast(Persistence(), small(SERIES[:, None]), 4)[4]
    assert np.median(sample) == pytest.approx(0.32, abs=1e-9)
    assert np.quantile(sample, 0.7) == pytest.approx(0.32 + norm.ppf(0.7) * 2 * np.sqrt(variance), abs=1e-3)


def test_persistence_counts_a_gap_as_the_years_that_it_spans(small):
    """From .20 to .30 in two years, then .05 in one: (0.1^2 / 2 + 0.05^2) / 2."""
    sample = forecast(Persistence(), small([[0.2], [np.nan], [0.3], [0.35]]))[1]
    mean, sd = moments(sample)
    assert mean == pytest.approx(0.35, abs=1e-9)
    assert sd == pytest.approx(np.sqrt((0.005 + 0.0025) / 2), rel=0.003)


def test_persistence_says_nothing_where_the_last_year_is_missing(small):
    sample = forecast(Persistence(), small([[0.2, 0.2], [0.3, 0.3], [0.4, np.nan]]))[1]
    assert np.isfinite(sample[:, 0]).all()
    assert np.isnan(sample[:, 1]).all()


def test_bounds_hold(small):
    family = small([[0.9, 0.1], [0.2, 0.9], [0.95, 0.05]], floor=0.0, ceiling=1.0)
    for baseline in (Persistence(), Climatology(), Drift(), LocalLevel()):
        sample = forecast(baseline, family, 3)[3]
        assert sample.min() == 0.0
        assert sample.max() == 1.0


def test_climatology_is_the_past(small):
    mean, sd = moments(forecast(Climatology(), small(SERIES[:, None]), 9)[9])
    assert mean == pytest.approx(SERIES.mean(), abs=1e-9)
    assert sd == pytest.approx(SERIES.std(ddof=1), rel=0.003)


def test_drift_by_hand(small):
    """mu = .02 / 3; variance of the changes about it over 2; h + h^2 / 3 years of it."""
    mu, changes = 0.02 / 3, np.diff(SERIES)
    variance = ((changes - mu) ** 2).sum() / 2
    mean, sd = moments(forecast(Drift(), small(SERIES[:, None]), 2)[2])
    assert mean == pytest.approx(0.32 + 2 * mu, abs=1e-9)
    assert sd == pytest.approx(np.sqrt(variance * (2 + 4 / 3)), rel=0.003)


def test_pooled_persistence_adds_the_changes_of_its_own_kind(small):
    # Above zero: changes +0.1 and -0.2 from the first year; at zero: +0.05 only.
    family = small([[0.4, 0.6, 0.0], [0.5, 0.4, 0.05]], kinds=True)
    sample = forecast(PooledPersistence(), family)[1]
    np.testing.assert_allclose(sample.min(axis=0)[:2], [0.3, 0.2], atol=1e-3)
    np.testing.assert_allclose(sample.max(axis=0)[:2], [0.6, 0.5], atol=1e-3)
    flat = forecast(PooledPersistence(), small([[0.0, 0.2], [0.05, 0.0]], kinds=True))[1]
    assert np.unique(np.round(flat[:, 1], 12)).tolist() == [0.05]


def test_the_filter_agrees_with_a_multivariate_normal():
    """The concentrated likelihood and the forecast, from the joint normal of y[t] - y[0] written out."""
    rng = np.random.default_rng(3)
    y = np.cumsum(rng.normal(size=15)) + rng.normal(size=15)
    n = len(y)

    def joint(q):
        steps = np.minimum.outer(np.arange(n), np.arange(n)).astype(float)
        cov = q * steps + np.eye(n)  # level from 0 at the first year, plus noise
        ones = np.ones(n)
        inverse = np.linalg.inv(cov)
        start = ones @ inverse @ y / (ones @ inverse @ ones)  # the diffuse start, by least squares
        rest = y - start
        squares = rest @ inverse @ rest
        _, logdet = np.linalg.slogdet(cov)
        minus_two = (n - 1) * np.log(squares / (n - 1)) + logdet + np.log(ones @ inverse @ ones)
        to_last = q * np.arange(n) + 0.0
        level = start + to_last @ inverse @ rest
        return minus_two, squares, level

    best = minimize_scalar(lambda lq: joint(np.exp(lq))[0], bounds=(-7, 7), method="bounded").x
    fit = levels(y[:, None])
    chosen = float(fit.ratio[-1, 0])
    assert abs(np.log(chosen) - best) < 0.3  # half a step of the grid
    _, squares, level = joint(chosen)
    assert fit.level[-1, 0] == pytest.approx(level, abs=1e-9)
    assert fit.scale[-1, 0] == pytest.approx(squares / (n - 2), rel=1e-9)


def test_the_filter_of_a_year_knows_only_the_years_to_it():
    y = np.random.default_rng(5).normal(size=(12, 3))
    whole, part = levels(y), levels(y[:8])
    np.testing.assert_array_equal(whole.level[7], part.level[7])
    np.testing.assert_array_equal(whole.sd(7, 3), part.sd(-1, 3))


def test_a_series_that_never_moved_is_forecast_to_stay(small):
    sample = forecast(LocalLevel(), small(np.full((6, 1), 0.25)))[1]
    np.testing.assert_array_equal(sample, 0.25)


def test_regression_finds_the_line_that_made_the_data(small):
    """y[t+1] = 0.1 + 0.5 y[t] + 0.2 (y[t] - y[t-1]) exactly, in eight series: no residual is left."""
    y = np.zeros((8, 8))
    y[0], y[1] = np.linspace(0.1, 0.9, 8), np.linspace(0.5, 0.2, 8) ** 2
    for t in range(1, 7):
        y[t + 1] = 0.1 + 0.5 * y[t] + 0.2 * (y[t] - y[t - 1])
    family = small(y[1:])  # its first change is not known and counts as none: only there the line is off
    sample = forecast(PooledRegression(), family)[1]
    change = np.concatenate([np.zeros((1, 8)), np.diff(y[1:], axis=0)])
    design = np.stack([np.ones(48), y[1:-1].ravel(), change[:-1].ravel()], axis=1)
    slopes = np.linalg.lstsq(design, y[2:].ravel(), rcond=None)[0]
    centre = slopes[0] + slopes[1] * y[-1] + slopes[2] * change[-1]
    residual = y[2:].ravel() - design @ slopes
    np.testing.assert_allclose(sample.mean(axis=0), centre + residual.mean(), atol=1e-3)
    assert (sample.max(axis=0) - sample.min(axis=0)).max() == pytest.approx(np.ptp(residual), rel=0.02)


def test_regression_needs_rows(small):
    assert np.isnan(forecast(PooledRegression(), small(SERIES[:, None]))[1]).all()


def test_the_mixture_holds_its_parts_in_equal_numbers(small):
    family = small(np.random.default_rng(1).uniform(size=(12, 4)))
    parts = [forecast(p, family)[1] for p in (PooledPersistence(), LocalLevel(), PooledRegression())]
    mixture = forecast(Mixture(), family)[1]
    assert len(mixture) == sum(len(part) for part in parts)
    np.testing.assert_allclose(mixture.mean(axis=0), np.mean([p.mean(axis=0) for p in parts], axis=0))


def test_conformal_widens_a_filter_that_erred(small):
    """Thirty calm years, then jumps: past errors make the interval wider than the filter's own."""
    rng = np.random.default_rng(2)
    y = rng.normal(size=(40, 5)) * 0.01
    y[20:] += np.cumsum(rng.normal(size=(20, 5)), axis=0)
    family = small(y, origins=tuple(range(2010, 2040)))
    narrow, wide = forecast(LocalLevel(), family)[1], forecast(ConformalLevel(), family)[1]
    assert (wide.std(axis=0) > narrow.std(axis=0)).all()
    np.testing.assert_allclose(np.median(wide, axis=0), np.median(narrow, axis=0), atol=1e-9)
    few = small(y[:12], origins=tuple(range(2010, 2040)))
    assert np.isnan(forecast(ConformalLevel(), few)[1]).all()


def test_window_persistence_keeps_the_known_years(small):
    """One year ahead four years of the window are known; the fifth is one of the past years."""
    by_year = np.array([[[1.0, 0.0]], [[0.0, 2.0]], [[3.0, 1.0]], [[0.0, 0.0]], [[4.0, 4.0]]])
    total = by_year.sum(axis=0)
    family = small(
        total / total.sum(), beside={"deliveries": by_year[-1:], "before": by_year[None, :-1]}, years=(2000,)
    )
    sample = forecast(WindowPersistence(), family)[1]
    known = by_year[1:].sum(axis=0)
    possible = {round(float((known + year)[0, 0] / (known + year).sum()), 9) for year in by_year}
    assert set(np.round(sample[:, 0], 9)) == possible


def test_chances_by_hand(small):
    # Pairs: always yes; yes then no; always no. Six years.
    family = small([[1, 1, 0], [1, 1, 0], [1, 1, 0], [1, 0, 0], [1, 0, 0], [1, 0, 0]], yes_no=True)
    assert forecast(StaysAsItIs(), family)[1].tolist() == [[1.0, 0.0, 0.0]]
    np.testing.assert_allclose(forecast(OwnFrequency(), family)[1], [[6.5 / 7, 3.5 / 7, 0.5 / 7]])
    # From yes: 5 of 5, and 2 of 3; from no: 0 of 2 and 0 of 5.
    np.testing.assert_allclose(forecast(Transition(), family)[1], [[7.5 / 9, 0.5 / 8, 0.5 / 8]])
    # Five-year counts are known for one year that has a next one: 5 -> yes, 3 -> no, 0 -> no.
    np.testing.assert_allclose(forecast(Recency(), family)[1], [[1.5 / 2, 0.5, 0.5 / 2]])


def test_every_family_has_its_baselines_and_persistence_first(small):
    family = small(np.zeros((3, 1)))
    assert [b.name for b in baselines_of(family)][:2] == ["persistence", "climatology"]
    ties = small(np.zeros((3, 1)), yes_no=True)
    assert [b.name for b in baselines_of(ties)] == [
        "persistence",
        "climatology",
        "transition_pooled",
        "recency_pooled",
    ]


@pytest.mark.parametrize(
    "baseline",
    [Persistence(), Climatology(), Drift(), LocalLevel(), ConformalLevel(), PooledPersistence(), Mixture()],
    ids=lambda b: b.name,
)
def test_relabelled_series_get_relabelled_forecasts(small, baseline):
    y = np.random.default_rng(9).uniform(size=(45, 6))
    order = np.array([3, 0, 5, 1, 4, 2])
    origins = tuple(range(2010, 2045))
    ours = forecast(baseline, small(y, origins=origins), 2)[2]
    theirs = forecast(baseline, small(y[:, order], origins=origins), 2)[2]
    np.testing.assert_allclose(ours[:, order], theirs, rtol=1e-9)

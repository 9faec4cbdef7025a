"""Scores against hand-computed values and an independent package."""

from __future__ import annotations

import csv

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from multivector.inference.baselines import SAMPLES, persistence, pooled_persistence, window_persistence
from multivector.inference.scores import clustered_difference, covered, crps, interval


def test_crps_by_hand():
    # |0-1.5| + |1-1.5| + |2-1.5| + |3-1.5| = 4, /4 = 1; sum of |xi-xj| = 20, /(2*16) = 0.625.
    assert crps([0.0, 1.0, 2.0, 3.0], 1.5) == pytest.approx(0.375, abs=1e-15)


@pytest.mark.reference
def test_crps_equals_the_reference_row(shared):
    with (shared / "reference" / "hindcast" / "scoring_reference.csv").open(newline="") as file:
        rows = {row["score"]: row for row in csv.DictReader(file)}
    assert crps([0, 1, 2, 3], 1.5) == pytest.approx(float(rows["crps_ensemble"]["by_formula"]), abs=1e-12)
    quantiles = norm.ppf((np.arange(20_000) + 0.5) / 20_000)
    assert crps(quantiles, 0.5) == pytest.approx(float(rows["crps_normal"]["by_formula"]), abs=1e-4)


@given(
    st.lists(st.floats(-5, 5), min_size=2, max_size=40),
    st.floats(-5, 5),
)
def test_crps_agrees_with_scoringrules(sample, y):
    theirs = scoringrules.crps_ensemble(y, np.array(sample), estimator="nrg")
    assert crps(sample, y) == pytest.approx(float(theirs), abs=1e-9)


def test_a_missing_outcome_has_no_score():
    sample = np.array([[0.0, 0.0], [1.0, 1.0]])
    assert np.isnan(crps(sample, [0.5, np.nan])).tolist() == [False, True]
    assert np.isnan(covered(sample, [0.5, np.nan], 0.9)).tolist() == [False, True]


def test_the_interval_holds_what_it_should():
    sample = np.arange(1001.0)
    lower, upper = interval(sample, 0.9)
    assert (lower, upper) == (pytest.approx(50.0), pytest.approx(950.0))
    assert covered(sample[:, None], [50.0], 0.9) == [1.0]
    assert covered(sample[:, None], [49.0], 0.9) == [0.0]


def test_persistence_is_a_clipped_normal_around_the_last_value():
    series = np.array([0.30, 0.36, 0.28, 0.32])
    variance = (0.06**2 + 0.08**2 + 0.04**2) / 3
    sample = persistence(series[:, None], 4)[:, 0]
    assert np.median(sample) == pytest.approx(0.32, abs=1e-9)
    assert np.quantile(sample, 0.7) == pytest.approx(0.32 + norm.ppf(0.7) * np.sqrt(4 * variance), abs=1e-3)
    assert sample.min() >= 0
    assert sample.max() <= 1


def test_persistence_leaves_missing_years_out():
    with_gap = persistence(np.array([[0.2], [np.nan], [0.3], [0.35]]), 1)
    assert with_gap[:, 0].std() == pytest.approx(0.05, rel=0.02)


def test_pooled_persistence_adds_the_changes_of_its_own_kind():
    # Above zero: changes +0.1 and -0.2 from the first year; at zero: +0.05 only.
    shares = np.array([[0.4, 0.6, 0.0], [0.5, 0.4, 0.05]])
    sample = pooled_persistence(shares, 1)
    assert sample.min(axis=0)[:2] == pytest.approx([0.3, 0.2], abs=1e-3)
    assert sample.max(axis=0)[:2] == pytest.approx([0.6, 0.5], abs=1e-3)
    flat = pooled_persistence(np.array([[0.0, 0.2], [0.05, 0.0]]), 1)
    assert np.unique(np.round(flat[:, 1], 12)).tolist() == [0.05]


def test_window_persistence_keeps_the_known_years():
    """One year ahead four years of the window are known; the fifth is one of the past years."""
    deliveries = np.array([[[1.0, 0.0]], [[0.0, 2.0]], [[3.0, 1.0]], [[0.0, 0.0]], [[4.0, 4.0]]])
    sample = window_persistence(deliveries, 1, seed=1)
    known = deliveries[1:].sum(axis=0)
    possible = [(known + year)[0] / (known + year).sum() for year in deliveries]
    assert sample.shape == (SAMPLES, 1, 2)
    assert set(np.round(sample[:, 0, 0], 9)) == {round(float(share[0]), 9) for share in possible}


def test_clustered_error_by_hand():
    # Clusters a: 1, 3 and b: 5, mean 3: sums of deviations -2 and 2, se^2 = 2/1 * 8 / 9.
    mean, error, groups = clustered_difference([1.0, 3.0, 5.0], ["a", "a", "b"])
    assert (mean, groups) == (3.0, 2)
    assert error == pytest.approx(np.sqrt(16 / 9), abs=1e-15)


def test_one_cluster_says_nothing_about_error():
    _, error, groups = clustered_difference([1.0, 2.0], ["a", "a"])
    assert groups == 1
    assert np.isnan(error)

"""Scores against hand-computed values and an independent package."""

from __future__ import annotations

import csv

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from multivector.inference.scores import (
    area_under_roc,
    average_precision,
    brier,
    clustered_difference,
    covered,
    crps,
    ignorance,
    interval,
    interval_score,
    pit,
    quantile_sorted,
    reach_of,
    surprise,
)


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


def test_the_interval_of_nine_clusters_is_that_of_the_tables():
    assert reach_of(0.5, 9) == pytest.approx(0.5 * 2.306, abs=5e-4)  # Student's t, eight degrees, 97.5 %
    assert reach_of(0.5, 1) == float("inf")


def test_clustered_error_by_hand():
    # Clusters a: 1, 3 and b: 5, mean 3: sums of deviations -2 and 2, se^2 = 2/1 * 8 / 9.
    mean, error, groups = clustered_difference([1.0, 3.0, 5.0], ["a", "a", "b"])
    assert (mean, groups) == (3.0, 2)
    assert error == pytest.approx(np.sqrt(16 / 9), abs=1e-15)


def test_one_cluster_says_nothing_about_error():
    _, error, groups = clustered_difference([1.0, 2.0], ["a", "a"])
    assert groups == 1
    assert np.isnan(error)


@pytest.mark.reference
def test_the_other_scores_equal_the_reference_rows(shared):
    with (shared / "reference" / "hindcast" / "scoring_reference.csv").open(newline="") as file:
        rows = {(row["score"], row["case"]): row["by_formula"] for row in csv.DictReader(file)}
    cases = [(case, float(value)) for (score, case), value in rows.items() if score.startswith("interval")]
    assert len(cases) == 3
    for case, expected in cases:
        y = float(case.split("y ")[1])
        assert interval_score(1.0, 3.0, y, 0.1) == pytest.approx(expected, abs=1e-12)
    assert brier(0.7, 1.0) == pytest.approx(float(rows["brier", "p 0.7 y 1"]), abs=1e-12)
    (expected,) = (float(value) for (score, _), value in rows.items() if score == "ViEWS ignorance")
    sample = np.repeat([0.5, 1.5, 2.5], [6, 3, 1])
    assert ignorance(sample, 1.5, [0, 1, 2, 3]) == pytest.approx(expected, abs=1e-12)


def test_ignorance_closes_the_last_bin_and_keeps_what_is_missing():
    sample = np.linspace(0, 1, 8)[:, None] * np.ones(3)
    bits = ignorance(sample, [1.0, 0.2, np.nan], [0, 0.5, 1])
    assert bits[0] == bits[1] == pytest.approx(-np.log2(5 / 10))
    assert np.isnan(bits[2])


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=30), st.floats(0, 1))
def test_quantiles_agree_with_numpy(sample, level):
    ordered = np.sort(np.array(sample))
    assert quantile_sorted(ordered, level) == pytest.approx(np.quantile(ordered, level), abs=1e-12)


def test_pit_by_hand():
    sample = np.array([0.0, 0.0, 0.4, 0.8])
    assert pit(sample, 0.0, 0.5) == pytest.approx(0.25)
    assert pit(sample, 0.5, 0.3) == pytest.approx(0.75)
    assert pit(sample, 0.4, 0.0) == pytest.approx(0.5)


def test_ranks_by_hand():
    chance, happened = [0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0]
    assert area_under_roc(chance, happened) == pytest.approx(3 / 4)
    assert average_precision(chance, happened) == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert area_under_roc([0.5, 0.5], [1, 0]) == 0.5
    assert average_precision([0.5, 0.5], [1, 0]) == 0.5
    assert np.isnan(area_under_roc([0.5], [1]))
    assert np.isnan(average_precision([0.5], [0]))


def test_surprise_is_bounded():
    np.testing.assert_allclose(surprise([0.5, 0.0, 1.0], [1, 1, 1]), [1.0, -np.log2(0.001), -np.log2(0.999)])

"""Chances over the scale: scored as an independent library does, and intervals that are short and hold enough."""

from __future__ import annotations

import numpy as np
import pytest
import scoringrules as sr
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.bargaining.calibration import Distribution
from multivector.errors import InputError

SAMPLES = st.lists(st.integers(0, 100), min_size=1, max_size=30)


@given(SAMPLES, st.integers(0, 100))
@settings(deadline=None, max_examples=50)
def test_crps_of_a_sample(values: list[int], y: int) -> None:
    wanted = sr.crps_ensemble(float(y), np.array(values, float), estimator="nrg")
    assert Distribution.of_sample(values).crps(y) == pytest.approx(float(wanted), abs=1e-9)


@given(SAMPLES, st.sampled_from([0.5, 0.8, 0.95]))
@settings(deadline=None, max_examples=50)
def test_the_interval_holds_its_level_and_none_is_shorter(values: list[int], level: float) -> None:
    forecast = Distribution.of_sample(values)
    low, high = (float(end) for end in forecast.interval(level))
    held = [np.mean([(a <= v <= a + high - low - 1) for v in values]) for a in range(101)]
    assert np.mean([low <= v <= high for v in values]) >= level - 1e-9
    assert high == low or max(held) < level - 1e-9 + 1e-12


@given(SAMPLES)
@settings(deadline=None, max_examples=30)
def test_moments(values: list[int]) -> None:
    forecast = Distribution.of_sample(values)
    assert forecast.mean == pytest.approx(np.mean(values))
    assert forecast.median == np.quantile(values, 0.5, method="inverted_cdf")
    assert forecast.chance.sum() == pytest.approx(1.0)


def test_weights_count_and_values_off_the_scale_are_held_to_it() -> None:
    forecast = Distribution.of_sample([-20.0, 50.0, 130.0], weight=[1.0, 2.0, 1.0])
    assert (forecast.cdf[0], forecast.cdf[50], forecast.cdf[99]) == (0.25, 0.75, 0.75)


def test_a_pool_is_the_mean_of_its_draws() -> None:
    both = Distribution(np.stack([Distribution.of_sample([10]).cdf, Distribution.of_sample([90]).cdf]))
    pooled = both.pooled()
    assert (pooled.mean, pooled.cdf[10]) == (50.0, 0.5)
    assert both.interval(0.8)[0].tolist() == [10.0, 90.0]


@pytest.mark.parametrize("cdf", [np.ones(100), np.linspace(1.0, 0.5, 101), np.linspace(0.0, 0.9, 101)])
def test_what_are_no_chances(cdf: np.ndarray) -> None:
    with pytest.raises(InputError, match="give 101 numbers that do not fall and end at 1"):
        Distribution(cdf)

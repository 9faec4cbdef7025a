"""The headline forecast as shipped: its track record, its laws, and what it says of issues of another kind."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.bargaining import Stakes
from multivector.bargaining.calibration import calibrated, interval80, outside, read_record, shipped_record
from multivector.bargaining.calibration.page import forecasts_page, models_page
from multivector.bargaining.calibration.record import FILE
from multivector.errors import InputError, IssueError


def some(seed: int, *batch: int, n: int = 7, d: int = 2) -> Stakes:
    rng = np.random.default_rng(seed)
    salience = rng.uniform(1.0, 100.0 / d, (*batch, n, d))
    return Stakes(rng.uniform(0.5, 9.0, (*batch, n)), rng.uniform(0.0, 100.0, (*batch, n, d)), salience)


def test_the_headline_beats_the_yardstick_and_covers() -> None:
    headline = shipped_record().headline
    assert headline["yardstick_crps"] == pytest.approx(16.38, abs=0.005)
    assert headline["crps"] < headline["yardstick_crps"]
    assert headline["difference"][2] < 0
    assert headline["difference_same_folds"][2] < 0
    assert abs(headline["coverage"] - 0.8) <= 0.02
    assert headline["width"] < 67


@given(st.integers(0, 2**31))
@settings(deadline=None, max_examples=25)
def test_a_scale_turned_around_turns_the_forecast(seed: int) -> None:
    stakes = some(seed)
    turned = calibrated(stakes.moved(100.0 - stakes.position))
    np.testing.assert_allclose(turned.chance[..., ::-1], calibrated(stakes).chance, atol=1e-9)


@given(st.integers(0, 2**31))
@settings(deadline=None, max_examples=25)
def test_support_that_moves_up_moves_chances_up(seed: int) -> None:
    stakes = some(seed)
    up = calibrated(stakes.moved(np.minimum(stakes.position + 15.0, 100.0)))
    assert np.all(up.cdf <= calibrated(stakes).cdf + 1e-12)


def test_draws_are_each_their_own_and_pool() -> None:
    stakes = some(3, 4)
    forecast = calibrated(stakes)
    assert forecast.cdf.shape == (4, 2, 101)
    np.testing.assert_allclose(calibrated(stakes.at(2)).cdf, forecast.cdf[2])
    np.testing.assert_allclose(forecast.pooled().mean, forecast.mean.mean(axis=0))
    low, high = interval80(forecast.pooled())
    assert low.shape == (2,)
    assert np.all(low < high)


def test_issues_that_the_record_does_not_speak_for() -> None:
    assert outside(some(0, d=1), legislation=True) == ""
    said = outside(some(0, n=40))
    assert "this issue is of another kind" in said
    assert "one dimension" in said
    assert "3 to" in said
    assert "has 40" in said


def test_no_record_speaks_for_a_question_of_when() -> None:
    said = "calibrated on places on a scale, and this is a question of when"
    assert outside(some(0, d=1), legislation=True, when=True) == said
    assert outside(some(0, d=1), when=True).endswith(f"of another kind; {said}")


def test_a_dimension_for_which_nobody_cares() -> None:
    stakes = Stakes([1.0, 2.0], [[0.0, 10.0], [5.0, 20.0]], [[50.0, 0.0], [50.0, 0.0]])
    with pytest.raises(IssueError, match="dimension 2: no actor cares"):
        calibrated(stakes)


@pytest.mark.parametrize("harm", ["no json", "a key less", "another method", "no file"])
def test_a_record_that_is_none(tmp_path: Path, harm: str) -> None:
    path = tmp_path / "record.json"
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    if harm == "a key less":
        del kept["fitted"]["level"]
    if harm == "another method":
        kept["fitted"]["terms"] = ["support", "proposer"]
    if harm != "no file":
        path.write_text("{" if harm == "no json" else json.dumps(kept))
    with pytest.raises(InputError, match=r"tools/calibrate_bargaining\.py"):
        read_record(path)


def test_pages_say_what_the_record_holds() -> None:
    record = shipped_record()
    models, forecasts = models_page(record).splitlines(), forecasts_page(record).splitlines()
    assert models[0].startswith("| model | issues | MAE | median AE | CRPS |")
    assert models[2].startswith("| compromise | 351 | 23.02 |")
    assert (len(models), len(forecasts)) == (2 + len(record.models), 3 + len(record.forecasts))
    assert f"| {record.headline['crps']:.2f} | {record.headline['coverage']:.2f} |" in forecasts[2]

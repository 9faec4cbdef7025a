"""The posterior of the arms loop and its forecasters: nested, recovered where it can be known, deterministic."""

from __future__ import annotations

import math
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st

from multivector.atlas import load_region
from multivector.errors import InputError
from multivector.inference.hindcast import family_of
from multivector.inference.models.arms import ArmsWorld, HalfAndHalf, arms_forecasters
from multivector.inference.models.arms_fit import Sweep, equal_draws, fit_at
from multivector.inference.models.arms_paths import known_years, simulate_shares
from multivector.inference.models.arms_priors import WidePriors
from multivector.inference.models.recalibrated import Recalibrated
from multivector.inference.posterior import (
    crps_by_draw,
    effective_size,
    gibbs_weights,
    resample,
    tempered_weights,
)
from multivector.inference.scores import covered
from multivector.world.posterior import FILE, PosteriorTable

DRAWS, MEMBERS = 64, 8  # one shape for all simulations here: one compilation
HORIZONS = (1, 2, 3, 5)


@pytest.fixture(scope="module")
def region():
    return load_region()


@pytest.fixture(scope="module")
def family(region):
    return family_of(region, "arms_share_5y")


@pytest.fixture(scope="module")
def values(region):
    return WidePriors.of(region).draw(DRAWS, seed=3)


@pytest.fixture(scope="module")
def sweep(region, family, values):
    def shares(seed):
        return {
            origin: simulate_shares(
                region, family, origin, values, members=MEMBERS, horizons=HORIZONS, seed=seed
            )
            for origin in (2008, 2016)
        }

    names = WidePriors.of(region).names
    return Sweep(names, values, HORIZONS, shares(1)), Sweep(names, values, HORIZONS, shares(2))


def test_weights_by_hand():
    np.testing.assert_allclose(gibbs_weights(np.array([5.0, 5.0 + math.log(2)]), 1.0), [2 / 3, 1 / 3])
    np.testing.assert_allclose(gibbs_weights(np.array([1.0, 9.0, 3.0]), 0.0), 1 / 3)
    assert effective_size(np.array([0.5, 0.5, 0.0, 0.0])) == pytest.approx(2.0)


losses = st.lists(st.floats(0, 1e3), min_size=8, max_size=40).map(np.array)


@given(losses, st.floats(0, 50))
def test_weights_sum_to_one_and_fall_with_the_loss(loss, rate):
    weights = gibbs_weights(loss, rate)
    assert weights.sum() == pytest.approx(1.0)
    assert (np.diff(weights[np.argsort(loss)]) <= 1e-15).all()


@given(losses, st.floats(0.01, 50), st.integers(1, 8))
def test_tempering_keeps_enough_draws_and_no_lower_rate_than_it_must(loss, rate, least):
    weights, used = tempered_weights(loss, rate, least)
    assert effective_size(weights) >= least - 1e-6
    assert used <= rate
    if used < rate:
        assert effective_size(gibbs_weights(loss, used * 1.001 + 1e-9)) < least


@given(st.lists(st.floats(0.001, 1), min_size=2, max_size=30), st.integers(1, 200), st.integers(0, 99))
def test_resampling_gives_each_draw_its_share(raw, size, seed):
    weights = np.array(raw) / sum(raw)
    counts = np.bincount(resample(weights, size, seed), minlength=len(weights))
    assert counts.sum() == size
    assert (np.abs(counts - weights * size) < 1 + 1e-6).all()


def test_scores_of_draws_are_the_fair_crps_of_a_known_library():
    rng = np.random.default_rng(1)
    samples, outcome = rng.uniform(size=(5, 12, 7)), rng.uniform(size=7)
    ours = crps_by_draw(samples, outcome)
    theirs = np.array([scoringrules.crps_ensemble(outcome, draw.T, estimator="fair") for draw in samples])
    np.testing.assert_allclose(ours, theirs, atol=1e-12)
    holed = samples.copy()
    holed[:, 4] = np.nan  # a member that says nothing
    np.testing.assert_allclose(
        crps_by_draw(holed, outcome), crps_by_draw(np.delete(samples, 4, axis=1), outcome), atol=1e-12
    )
    assert np.isnan(crps_by_draw(np.full((1, 3, 1), np.nan), outcome[:1])).all()


def test_wide_priors_turn_uniforms_into_values_and_back(region):
    wide = WidePriors.of(region)
    uniforms = np.random.default_rng(0).uniform(0.01, 0.99, (20, len(wide.names)))
    np.testing.assert_allclose(wide.uniforms(wide.values(uniforms)), uniforms, atol=1e-9)


def test_without_a_parameter_to_fit_there_is_nothing_to_do():
    archipelago = load_region(str(Path(__file__).parents[1] / "regions" / "archipelago"))
    with pytest.raises(InputError, match="no parameter is to be fitted"):
        WidePriors.of(archipelago)


def test_the_known_part_of_the_window_is_the_register(family):
    known = known_years(family.until(2015), 2015)
    np.testing.assert_array_equal(known[-1], family.beside["deliveries"][family.row(2015)])
    np.testing.assert_array_equal(known[0], family.beside["deliveries"][family.row(2012)])


def test_simulated_shares_are_compositions(sweep):
    shares = sweep[0].shares[2016].reshape(DRAWS, MEMBERS, len(HORIZONS), 9, 10)
    known = np.isfinite(shares).all(axis=-1)
    assert known.mean() > 0.8
    np.testing.assert_allclose(shares[known].sum(axis=-1), 1.0, atol=1e-5)


def in_its_own_world(family, truth, draw):
    """The family in which a draw of the parameters, and not history, made what came after each origin."""
    values = family.values.copy()
    for origin, shares in truth.shares.items():
        for k, horizon in enumerate(HORIZONS):
            values[family.row(origin + horizon)] = shares[draw, draw % MEMBERS, k]
    return replace(family, values=values)


def test_the_posterior_finds_the_parameters_that_made_the_data(sweep, family):
    """Every draw in turn is the truth, on random numbers that the sweep has not seen."""
    ours, truth = sweep
    openness = ours.values[:, ours.names.index("openness")]
    held, weight_of_truth, centre = [], [], []
    for draw in range(DRAWS):
        weights = fit_at(ours, in_its_own_world(family, truth, draw), 2021).weights
        order = np.argsort(openness)
        place = np.cumsum(weights[order])[np.flatnonzero(order == draw)[0]]
        held.append(0.05 <= place <= 0.95 + weights[draw])
        weight_of_truth.append(weights[draw])
        centre.append(weights @ openness)
    assert np.mean(held) >= 0.8  # 90 % intervals; two origins only, so no more is asked
    assert np.mean(weight_of_truth) > 1.1 / DRAWS  # the truth weighs more than a draw like any other
    assert np.corrcoef(centre, openness)[0, 1] > 0.35


def test_a_fit_reads_nothing_after_its_origin(sweep, family):
    ours, _ = sweep
    before = fit_at(ours, family, 2014)
    changed = family.values.copy()
    changed[family.row(2015) :] = changed[family.row(2015) :][:, ::-1]
    after = fit_at(ours, replace(family, values=changed), 2014)
    np.testing.assert_array_equal(before.weights, after.weights)
    assert before.weights.sum() == pytest.approx(1.0)
    later = fit_at(ours, replace(family, values=changed), 2021)
    assert np.abs(later.weights - fit_at(ours, family, 2021).weights).max() > 1e-4  # the change was a change
    np.testing.assert_array_equal(equal_draws(ours, before, 16, 0), equal_draws(ours, before, 16, 0))


def test_a_forecast_reads_nothing_after_its_origin(region, family, values, tmp_path):
    folder = tmp_path / "region"
    shutil.copytree(region.path, folder)
    ties = pl.read_csv(folder / "ties" / "arms.csv", infer_schema_length=None)
    later = pl.when(pl.col("year") > 2012).then(pl.col("value") * 3 + 50).otherwise(pl.col("value"))
    ties.with_columns(later.alias("value")).write_csv(folder / "ties" / "arms.csv")
    other = load_region(str(folder))
    table = PosteriorTable(WidePriors.of(region).names, {2012: values}, "own_calc")
    made = [
        ArmsWorld(where, table, members=DRAWS * MEMBERS).forecast(known.until(2012), 2012, (1, 5), 7)
        for where, known in ((region, family), (other, family_of(other, "arms_share_5y")))
    ]
    for horizon in (1, 5):
        np.testing.assert_array_equal(made[0][horizon], made[1][horizon])
    assert np.isfinite(made[0][5]).all()
    silent = ArmsWorld(region, table).forecast(family.until(2013), 2013, (1,), 7)
    assert np.isnan(silent[1]).all()  # no posterior, no forecast


@dataclass(frozen=True)
class Narrow:
    """Forecasts the last value give or take too little."""

    width: float
    name: str = "narrow"

    def forecast(self, family, origin, horizons, seed):
        assert family.years[-1] == origin
        even = np.linspace(-self.width, self.width, 1001)[:, None]
        return {h: np.clip(family.at(origin) + even, 0, 1) for h in horizons}


@pytest.mark.parametrize("width", [0.02, 0.9])
def test_recalibration_mends_forecasts_that_are_too_narrow_or_too_wide(family, width):
    raw, mended = Narrow(width), Recalibrated(Narrow(width), 2001, "mended")
    held = {"raw": [], "mended": []}
    for origin in range(2012, 2023):
        past, outcome = family.until(origin), family.at(origin + 3)
        cells = (past.at(origin) > 0) & np.isfinite(outcome)
        for name, model in (("raw", raw), ("mended", mended)):
            sample = model.forecast(past, origin, (3,), 7)[3]
            held[name].extend(covered(sample[:, cells], outcome[cells], 0.8))
    miss = {name: abs(np.mean(inside) - 0.8) for name, inside in held.items()}
    assert miss["mended"] < miss["raw"]


def test_recalibration_without_a_past_changes_nothing(family):
    first = family.until(2002)
    plain = Narrow(0.1).forecast(first, 2002, (5,), 7)[5]
    mended = Recalibrated(Narrow(0.1), 2001, "mended").forecast(first, 2002, (5,), 7)[5]
    np.testing.assert_allclose(mended, np.sort(plain, axis=0), atol=1e-3)


def test_half_and_half_holds_both(family):
    past = family.until(2012)
    both = HalfAndHalf((Narrow(0.0), Narrow(0.2)), "both").forecast(past, 2012, (1,), 7)[1]
    cell = int(np.nanargmin(np.abs(past.at(2012) - 0.5)))
    now = past.at(2012)[cell]
    assert (both[:, cell] == now).mean() == pytest.approx(0.5, abs=0.01)
    assert np.ptp(both[:, cell]) == pytest.approx(0.4, abs=0.01)


def test_the_table_holds_equal_rows_inside_the_priors_for_every_origin(region):
    table, wide = PosteriorTable.of(region), WidePriors.of(region)
    assert table.names == wide.names
    assert {2006, 2021, 2025} <= set(table.rows)
    assert {len(rows) for rows in table.rows.values()} == {128}
    low, _, high = wide.ranges.T
    for rows in table.rows.values():
        assert (rows >= low * 0.999).all()
        assert (rows <= high * 1.001).all()
    assert region.source(table.source)
    again = pl.read_csv((region.path / FILE).read_bytes())
    assert table.as_csv().splitlines()[0] == ",".join(again.columns)
    assert [model.name for model in arms_forecasters(region)] == [
        "world",
        "world_recalibrated",
        "world_and_mix3",
    ]


def test_an_origin_without_rows_and_a_broken_table_are_told(region, tmp_path):
    with pytest.raises(InputError, match="no posterior for the origin 1990"):
        PosteriorTable.of(region).at(1990)
    folder = tmp_path / "region"
    shutil.copytree(region.path, folder)
    (folder / FILE).write_text("origin,draw,lag,source\n2020,0,many,own_calc\n")
    with pytest.raises(InputError, match="cannot be read as a posterior"):
        PosteriorTable.of(load_region(str(folder)))

"""The track record: nothing from after the origin, groups summed once, gains only where they are sure."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from multivector.atlas import load_region
from multivector.inference.cells import BASELINES, PERSISTENCE, beats_all, compare, score_cells
from multivector.inference.judge import count, judge, rerun_negated
from multivector.inference.protocol import OTHER, Protocol, observed_shares
from multivector.inference.track import held_out, score_run
from multivector.world.inputs import inputs_at
from multivector.world.run import run


@pytest.fixture(scope="module")
def region():
    return load_region()


@pytest.fixture(scope="module")
def done(region):
    return run(region, "russia-arms-shortfall", members=64, seed=5, progress=False)


def test_observed_shares_sum_to_one_with_groups_counted_once(region):
    protocol = Protocol.of(region)
    shares = observed_shares(region, protocol, 1999, 2025)
    known = np.isfinite(shares).all(axis=-1)
    np.testing.assert_allclose(shares[known].sum(axis=-1), 1.0, atol=1e-12)
    assert known[-5:].all()


def test_the_published_share_is_found(region):
    """Russia's share of Armenia's imports, here of five years, from the table's own rows."""
    protocol = Protocol.of(region)
    got = observed_shares(region, protocol, 2020, 2020)[
        0, region.states.index("ARM"), protocol.columns.index("RUS")
    ]
    rows = region.table("ties/arms").filter(
        (pl.col("state") == "ARM") & pl.col("year").is_between(2016, 2020) & (pl.col("vintage") == "2026-02")
    )
    expected = rows.filter(pl.col("partner") == "RUS")["value"].sum() / rows["value"].sum()
    assert got == pytest.approx(expected, abs=1e-12)


def test_cells_without_an_outcome_are_left_out_for_all(region):
    protocol = Protocol.of(region)
    shape = (len(region.states), len(protocol.columns))
    outcome = np.full(shape, 0.1)
    outcome[0] = np.nan
    sample = np.random.default_rng(0).uniform(size=(50, *shape))
    cells = score_cells(
        region, protocol, 2020, 2021, np.full(shape, 0.1), outcome, {"model": sample, PERSISTENCE: sample}
    )
    assert cells.height == 2 * (shape[0] - 1) * shape[1]
    assert set(cells["supplier"]) == {*protocol.suppliers, OTHER}


def frame(gains: dict[str, list[float]], rivals: tuple[str, ...] = BASELINES) -> pl.DataFrame:
    rows = []
    for state, values in gains.items():
        for n, gain in enumerate(values):
            key = {"origin": 2020, "target": 2021, "state": state, "supplier": str(n)}
            for name, score in (("model", 0.5 - gain), *((rival, 0.5) for rival in rivals)):
                rows.append(key | {"forecaster": name, "crps": score, "covered_80": 1.0, "covered_90": 1.0})
    return pl.DataFrame(rows)


def test_a_gain_counts_when_its_interval_excludes_zero():
    sure = compare(frame({"a": [0.1, 0.11], "b": [0.1, 0.09], "c": [0.12, 0.08]}), "model")
    assert sure.beats
    assert sure.difference == pytest.approx(-0.1, abs=1e-12)
    unsure = compare(frame({"a": [0.4, 0.4], "b": [-0.1, 0.0], "c": [0.0, 0.0]}), "model")
    assert unsure.difference < 0
    assert not unsure.beats


def test_words_are_earned_against_every_baseline():
    sure = {"a": [0.1, 0.11], "b": [0.1, 0.09], "c": [0.12, 0.08]}
    assert beats_all(frame(sure), "model")
    even = frame(sure, BASELINES[:2])
    equal = frame(sure, BASELINES[2:]).with_columns(crps=pl.lit(0.4))
    assert not beats_all(pl.concat([even, equal.filter(pl.col("forecaster") != "model")]), "model")
    assert not beats_all(frame(sure).clear(), "model")


def test_one_state_alone_proves_nothing():
    assert not compare(frame({"a": [0.1, 0.1, 0.1]}), "model").beats


def test_only_held_out_targets_are_scored(region):
    protocol = Protocol.of(region)
    cells = held_out(region, members=32, progress=False)
    first, last = protocol.held_out_targets
    assert cells["target"].min() == first
    assert cells["origin"].min() == first - 1
    assert cells["target"].max() == last
    assert cells["at_origin"].min() > 0
    assert set(cells["forecaster"]) == {"model", *BASELINES}


def test_a_run_is_scored_on_the_years_that_have_happened(region, done):
    cells = score_run(region, done)
    assert sorted(set(cells["target"])) == [2022, 2023, 2024, 2025]
    assert set(cells["forecaster"]) == {"baseline", "scenario", *BASELINES}
    counts = cells.group_by("forecaster").len()["len"].to_list()
    assert len(set(counts)) == 1


def test_counts_are_of_members_that_can_say(done):
    judgement = done.scenario.judgements[0]
    values = done.data["arms_share_5y"].sel(
        state=judgement.state, partner=judgement.partner, year=judgement.year, scenario="scenario"
    )
    verdict = judge(done.data, judgement)
    assert verdict.scenario.yes == int((values < judgement.threshold).sum())
    assert verdict.scenario.n == int(np.isfinite(values).sum())


def test_negating_the_shortfall_brings_the_baseline_near(region, done):
    assumption = next(a for a in done.scenario.assumptions if a.id == "deep-shortfall")
    negated = rerun_negated(region, done, assumption, 64)
    for judgement in done.scenario.judgements:
        base = count(done.data, judgement, "baseline").share
        shortfall = count(done.data, judgement, "scenario").share
        assert abs(negated.counts[judgement.id].share - base) <= abs(shortfall - base) + 0.05


def test_a_forecast_does_not_change_with_what_came_after(region, tmp_path):
    """Rewrite every delivery after the origin: neither the model's inputs nor a baseline's move."""
    import shutil

    folder = tmp_path / "later-rewritten"
    shutil.copytree(region.path, folder)
    ties = folder / "ties" / "arms.csv"
    table = pl.read_csv(ties, infer_schema_length=0)
    later = pl.col("year").cast(pl.Int64) > 2018
    table.with_columns(pl.when(later).then(pl.lit("77")).otherwise("value").alias("value")).with_columns(
        pl.when(later).then(None).otherwise(name).alias(name) for name in ("low", "high")
    ).write_csv(ties)
    changed = load_region(folder)
    ours, theirs = inputs_at(region, 2018), inputs_at(changed, 2018)
    assert ours.hash == theirs.hash
    protocol = Protocol.of(region)
    np.testing.assert_array_equal(
        observed_shares(region, protocol, 1999, 2018), observed_shares(changed, protocol, 1999, 2018)
    )
    assert inputs_at(region, 2020).hash != inputs_at(changed, 2020).hash

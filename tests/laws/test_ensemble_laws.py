"""Laws that must hold whatever the region says."""

from __future__ import annotations

import re
import shutil

import numpy as np
import pytest

from multivector.atlas import load_region
from multivector.world import ensemble
from multivector.world.inputs import inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Plan
from multivector.world.run import run
from multivector.world.scenario import Spread
from multivector.world.scenario_file import load_scenario


@pytest.fixture(scope="module")
def region():
    return load_region()


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("russia-arms-shortfall")


@pytest.fixture(scope="module")
def data(region, scenario):
    return run(region, scenario, members=32, seed=11, progress=False).data


def test_no_shock_no_change(region, scenario):
    none = scenario.levers[0].model_copy(update={"factor": Spread(low=1, mode=1, high=1)})
    still = run(region, scenario.model_copy(update={"levers": (none,)}), members=8, progress=False).data
    for name in still.data_vars:
        both = still[name].to_numpy()
        np.testing.assert_array_equal(both[0], both[1])


def test_nothing_differs_before_the_shock(region, scenario):
    later = scenario.levers[0].model_copy(update={"first": "2024Q1"})
    data = run(region, scenario.model_copy(update={"levers": (later,)}), members=8, progress=False).data
    before = data["deliveries"].sel(quarter=slice("2022Q1", "2023Q4")).to_numpy()
    np.testing.assert_array_equal(before[0], before[1])
    assert (data["deliveries"].sel(scenario="baseline") != data["deliveries"].sel(scenario="scenario")).any()


def test_random_numbers_are_common(data):
    """A supplier that no lever touches delivers its old backlog alike in both arms."""
    first = data["deliveries"].sel(quarter="2022Q1")
    others = [partner for partner in data["partner"].to_numpy() if partner != "RUS"]
    np.testing.assert_array_equal(
        first.sel(scenario="baseline", partner=others), first.sel(scenario="scenario", partner=others)
    )


def test_a_shortfall_never_adds_to_the_suppliers_deliveries_in_its_first_year(data):
    year = data["deliveries_year"].sel(year=2022, partner="RUS").sum("state")
    assert float(year.sel(scenario="scenario").mean()) < float(year.sel(scenario="baseline").mean())


def test_members_do_not_depend_on_how_many_there_are(region, scenario, data):
    fewer = run(region, scenario, members=5, seed=11, progress=False).data
    np.testing.assert_array_equal(fewer["deliveries"], data["deliveries"].isel(member=slice(0, 5)))


def test_threads_and_blocks_change_nothing(region, scenario, monkeypatch):
    plan = Plan.of(inputs_at(region, scenario.start_year), Priors.at(region, scenario.start_year), scenario)
    one = ensemble.run_ensemble(plan, 40, 2, threads=1, progress=False)
    monkeypatch.setattr(ensemble, "BLOCK", 16)
    many = ensemble.run_ensemble(plan, 40, 2, threads=3, progress=False)
    for name, values in one.items():
        np.testing.assert_array_equal(values, many[name])


def test_the_size_of_a_chunk_changes_nothing_but_the_last_bits(region, scenario, monkeypatch):
    """A compiler orders the sums of a larger call otherwise; exact to the bit is a run of one chunk size."""
    plan = Plan.of(inputs_at(region, scenario.start_year), Priors.at(region, scenario.start_year), scenario)
    one = ensemble.run_ensemble(plan, 16, 2, precision="float64", progress=False)
    monkeypatch.setattr(ensemble, "CHUNK", 5)
    other = ensemble.run_ensemble(plan, 16, 2, precision="float64", progress=False)
    for name, values in one.items():
        np.testing.assert_allclose(values, other[name], rtol=0, atol=1e-9)


def test_another_seed_gives_other_members(region, scenario, data):
    other = run(region, scenario, members=32, seed=12, progress=False).data
    assert (other["deliveries"] != data["deliveries"]).any()


def test_shares_lie_between_zero_and_one_and_sum_to_one(data):
    share = data["arms_share_5y"].to_numpy()
    known = np.isfinite(share).all(axis=-1)
    assert share[known].min() >= 0
    np.testing.assert_allclose(share[known].sum(axis=-1), 1.0, atol=1e-5)
    assert np.isnan(share[~known]).all()


def test_attention_is_a_split(data):
    np.testing.assert_allclose(data["attention"].sum("power"), 1.0, atol=1e-5)


def test_nobody_supplies_itself(data):
    for state in data["state"].to_numpy():
        if state in data["partner"].to_numpy():
            assert float(data["deliveries"].sel(state=state, partner=state).sum()) == 0


def test_a_relabelled_world_gives_relabelled_results(region, scenario, tmp_path):
    """Renaming every actor changes no number: the engine knows no country."""
    names = {"RUS": "AAR", "ARM": "ZZA", "IND": "QQI", "FRA": "ZZF", "UKR": "AAU"}
    shutil.copytree(region.path, tmp_path / "renamed")
    for path in (tmp_path / "renamed").rglob("*"):
        if path.suffix in {".csv", ".toml"} and path.name != "sources.csv":
            renamed_text = re.sub(
                r"\b(RUS|ARM|IND|FRA|UKR)\b", lambda found: names[found[0]], path.read_text("utf-8")
            )
            path.write_text(renamed_text, "utf-8")
    original = inputs_at(region, 2021)
    renamed = inputs_at(load_region(tmp_path / "renamed"), 2021)
    assert renamed.partners == tuple(names.get(code, code) for code in original.partners)
    priors = Priors.at(region, 2021)
    levers = tuple(lever.model_copy(update={"actor": "AAR"}) for lever in scenario.levers)
    of_theirs = scenario.model_copy(update={"levers": levers})
    ours = ensemble.run_ensemble(Plan.of(original, priors, scenario), 8, 1, progress=False)
    theirs = ensemble.run_ensemble(Plan.of(renamed, priors, of_theirs), 8, 1, progress=False)
    for name, values in ours.items():
        np.testing.assert_array_equal(values, theirs[name])

"""A run: arrays that add up, a manifest, files written whole, and a killed run that resumes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from scipy.stats import triang

from multivector.atlas import load_region
from multivector.errors import InputError, NotFiniteError, StorageError
from multivector.world.ensemble import BLOCK, run_ensemble
from multivector.world.inputs import HISTORY_YEARS, inputs_at
from multivector.world.parameters import Priors, triangular
from multivector.world.plan import Plan
from multivector.world.run import five_year_shares, open_run, run
from multivector.world.scenario_file import load_scenario

MEMBERS = 24


@pytest.fixture(scope="module")
def region():
    return load_region()


@pytest.fixture(scope="module")
def done(region):
    return run(region, "russia-arms-shortfall", members=MEMBERS, seed=3, precision="float64", progress=False)


def test_dimensions_and_labels(region, done):
    data = done.data
    assert data["deliveries"].dims == ("scenario", "member", "quarter", "state", "partner")
    assert data["leverage"].dims == ("scenario", "member", "year", "state", "power")
    assert data["scenario"].to_numpy().tolist() == ["baseline", "scenario"]
    assert data["quarter"].to_numpy()[[0, -1]].tolist() == ["2022Q1", "2030Q4"]
    assert tuple(data["state"].to_numpy()) == region.states
    assert tuple(data["power"].to_numpy()) == region.powers
    assert all(values.attrs["units"] for values in data.data_vars.values())


def test_years_are_the_sum_of_their_quarters(done):
    quarterly = done.data["deliveries"].to_numpy()
    yearly = quarterly.reshape(2, MEMBERS, -1, 4, *quarterly.shape[3:]).sum(axis=3)
    np.testing.assert_allclose(done.data["deliveries_year"], yearly, rtol=1e-12)


def test_five_year_shares_are_those_of_data_and_simulation_together(region, done):
    observed = region.tie("arms", 2018, 2021)["value"].sel(state="AZE").sum("year")
    simulated = done.data["deliveries_year"].sel(state="AZE", year=2022, scenario="baseline")
    window = simulated + observed.sel(partner=simulated["partner"])
    expected = window.sel(partner="TUR") / window.sum("partner")
    got = done.data["arms_share_5y"].sel(state="AZE", year=2022, scenario="baseline", partner="TUR")
    np.testing.assert_allclose(got, expected, rtol=1e-9)


def test_a_window_without_deliveries_has_no_shares():
    share, total = five_year_shares(np.zeros((6, 1, 2)), np.zeros((4, 1, 2)))
    assert np.isnan(share).all()
    assert (total == 0).all()


def test_inputs_hold_nothing_dated_after_the_origin(region):
    early, late = inputs_at(region, 2010), inputs_at(region, 2021)
    assert early.history.shape == late.history.shape == (HISTORY_YEARS, *early.history.shape[1:])
    # Years before the register begins weigh nothing, and India had not yet sold to the region.
    assert early.observed.sum() == 2010 - 1995 + 1
    armenia, israel = early.states.index("ARM"), early.partners.index("FRA")
    np.testing.assert_array_equal(early.history[-1, armenia, israel], 0.0)
    unseen = [p for j, p in enumerate(early.partners) if early.pull[0, j] == 0]
    assert "SRB" in unseen
    assert "CHN" not in unseen


def test_members_of_a_group_count_for_it(region):
    inputs = inputs_at(region, 2021)
    eu = inputs.belongs[:, inputs.powers.index("EU")]
    members = {p for p, belongs in zip(inputs.partners, eu, strict=True) if belongs}
    assert {"FRA", "DEU", "CZE"} <= members
    assert "GBR" not in members
    assert "GBR" in {
        p
        for p, belongs in zip(
            inputs.partners, inputs_at(region, 2019).belongs[:, inputs.powers.index("EU")], strict=True
        )
        if belongs
    }


def test_saved_files_open_again(done, tmp_path):
    done.save(tmp_path)
    again = open_run(tmp_path)
    xr.testing.assert_identical(again["arms_share_5y"].load(), done.data["arms_share_5y"])
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest == done.manifest
    assert set(manifest) >= {"region_hash", "scenario_hash", "parameters_hash", "seed", "versions", "data_to"}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_killed_run_resumes_with_the_same_arrays(region, tmp_path):
    scenario = load_scenario("russia-arms-shortfall")
    plan = Plan.of(inputs_at(region, 2021), Priors.at(region, 2021), scenario)
    members = BLOCK + 8
    whole = run_ensemble(plan, members, 5, store=tmp_path, progress=False)
    blocks = sorted(tmp_path.glob("*.npz"))
    assert len(blocks) == 2
    kept = blocks[0].stat().st_mtime_ns
    blocks[1].unlink()
    (tmp_path / ".half-written.npz").write_bytes(b"PK")
    again = run_ensemble(plan, members, 5, store=tmp_path, progress=False)
    for name, values in whole.items():
        np.testing.assert_array_equal(values, again[name])
    assert blocks[0].stat().st_mtime_ns == kept


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut short", b"not a block at all"])
def test_a_damaged_block_is_computed_again(region, tmp_path, damage):
    plan = Plan.of(inputs_at(region, 2021), Priors.at(region, 2021), load_scenario("russia-arms-shortfall"))
    whole = run_ensemble(plan, 8, 5, store=tmp_path, progress=False)
    (block,) = tmp_path.glob("*.npz")
    sound = block.read_bytes()
    block.write_bytes(damage)
    again = run_ensemble(plan, 8, 5, store=tmp_path, progress=False)
    for name, values in whole.items():
        np.testing.assert_array_equal(values, again[name])
    assert block.stat().st_size == len(sound)


def test_a_full_disk_leaves_nothing_half_written(done, tmp_path, monkeypatch):
    def no_space(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    (tmp_path / "run.nc").write_bytes(b"what was stored")
    monkeypatch.setattr(Path, "write_bytes", no_space)
    with pytest.raises(StorageError, match="No space left on device; nothing was left behind"):
        done.save(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["run.nc"]
    assert (tmp_path / "run.nc").read_bytes() == b"what was stored"


@pytest.mark.parametrize(("given", "said"), [({"members": 0}, "members is 0"), ({"seed": -1}, "seed is -1")])
def test_wrong_use_is_said(region, given, said):
    with pytest.raises(InputError, match=said):
        run(region, "russia-arms-shortfall", progress=False, **given)


def test_a_number_that_is_none_is_said(region):
    priors = Priors.at(region, 2021).fixed("lag", float("nan"))
    with pytest.raises(
        NotFiniteError,
        match=r"'lag' stops being a number in the start before the first quarter, member 0; 8 members",
    ):
        run(region, "russia-arms-shortfall", members=8, priors=priors, progress=False)


def test_priors_follow_the_triangular_distribution():
    u = np.linspace(0.01, 0.99, 25)
    got = triangular(u, 0.5, 1.0, 2.5)
    np.testing.assert_allclose(got, triang.ppf(u, c=0.25, loc=0.5, scale=2.0), rtol=1e-6)
    np.testing.assert_array_equal(triangular(u, 1.0, 1.0, 1.0), np.ones(25))


def test_every_prior_is_ordered_and_sourced(region):
    known = set(region.table("sources")["key"])
    for row in Priors.of(region).rows:
        assert row.low <= row.mode <= row.high, row.name
        assert row.source in known, row.name
        assert row.basis in {"fitted", "measured", "literature", "assumed"}, row.name
        assert row.unit, row.name
        assert row.sentence, row.name

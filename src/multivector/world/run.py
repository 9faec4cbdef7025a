"""A run: the ensemble as labelled arrays, with the manifest that says where every number came from."""

from __future__ import annotations

import html
import json
import platform
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from multivector import axes
from multivector.atlas import Region
from multivector.errors import InputError
from multivector.files import write_text_whole, write_whole
from multivector.world.ensemble import Fields, run_ensemble
from multivector.world.inputs import Inputs, inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Plan
from multivector.world.quarters import quarters_between
from multivector.world.scenario import Scenario
from multivector.world.scenario_file import check_scenario, load_scenario

if TYPE_CHECKING:
    import xarray as xr

MOST_MEMBERS = 100_000
WINDOW_YEARS = 5  # as the register's publisher averages
SMALLEST_WINDOW = 1e-3  # TIV million; below it a window is empty but for rounding


@dataclass(frozen=True, eq=False)
class Run:
    """What a scenario gave: `data` is an `xarray.Dataset`, `manifest` says what it depends on."""

    scenario: Scenario
    inputs: Inputs
    data: xr.Dataset
    manifest: dict[str, Any]

    def save(self, folder: Path) -> Path:
        """Write `run.nc` (NetCDF 4) and `manifest.json` into a folder, each whole or not at all."""
        encoding = {
            str(name): {"zlib": True, "complevel": 1, "shuffle": True}
            for name, values in self.data.data_vars.items()
            if values.dtype.kind == "f"
        }
        # In memory first: HDF5 aborts the process when a disk fills up under it.
        content = bytes(self.data.to_netcdf(engine="h5netcdf", encoding=encoding))
        path = write_whole(folder / "run.nc", lambda temporary: temporary.write_bytes(content))
        write_text_whole(folder / "manifest.json", json.dumps(self.manifest, indent=2, sort_keys=True) + "\n")
        return path

    def _repr_html_(self) -> str:
        """A small table for notebooks."""
        rows = "".join(
            f"<tr><th style='text-align:left'>{html.escape(key)}</th><td>{html.escape(str(value))}</td></tr>"
            for key, value in self.manifest.items()
            if not isinstance(value, dict)
        )
        return f"<table><caption>{html.escape(self.scenario.title)}</caption>{rows}</table>"


def run(
    region: Region,
    scenario: Scenario | str | Path,
    *,
    members: int = 2000,
    seed: int = 7,
    store: Path | None = None,
    priors: Priors | None = None,
    precision: str = "float32",
    threads: int | None = None,
    processes: int = 1,
    progress: bool = True,
) -> Run:
    """Run a scenario beside its baseline, paired by common random numbers.

    Parameters
    ----------
    region : the region, from `load_region`.
    scenario : a `Scenario`, the path of a file, or the name of one that the region ships.
    members : how many paired members. seed : one whole number; the same seed gives the same arrays.
    store : folder for finished blocks, so that a killed run resumes.
    priors : other priors than the region's (an assumption negated).
    threads, processes : how many of each; neither changes a number. Processes pay for very long runs.

    Raises
    ------
    ScenarioError, InputError : what was given is wrong. ComputationError : the run failed.
    """
    if isinstance(scenario, str | Path):
        scenario = load_scenario(scenario, region)
    else:
        check_scenario(scenario, region, scenario.id)
    if not 1 <= members <= MOST_MEMBERS:
        raise InputError(f"members is {members}", repair=f"ask for 1 to {MOST_MEMBERS:,} members")
    if not 0 <= seed < 2**32:
        raise InputError(f"seed is {seed}", repair="give a whole number from 0 to 4294967295")
    priors = priors or Priors.at(region, scenario.start_year)
    inputs = inputs_at(region, scenario.start_year)
    plan = Plan.of(inputs, priors, scenario)
    fields = run_ensemble(
        plan,
        members,
        seed,
        store=store,
        precision=precision,
        threads=threads,
        processes=processes,
        progress=progress,
    )
    manifest = _manifest(region, scenario, priors, inputs, members, seed, precision)
    return Run(scenario, inputs, _dataset(plan, scenario, fields, manifest), manifest)


def open_run(folder: Path) -> xr.Dataset:
    """The arrays of a saved run."""
    import xarray as xr

    path = folder / "run.nc"
    if not path.is_file():
        raise InputError(
            "there is no saved run here", where=str(folder), repair="name the --out of `multivector run`"
        )
    return xr.load_dataset(path, engine="h5netcdf")


def _manifest(
    region: Region,
    scenario: Scenario,
    priors: Priors,
    inputs: Inputs,
    members: int,
    seed: int,
    precision: str,
) -> dict[str, Any]:
    return {
        "region": f"{region.id}@{region.version}",
        "region_hash": region.hash,
        "scenario": scenario.id,
        "scenario_hash": scenario.hash,
        "parameters_hash": priors.hash,
        "inputs_hash": inputs.hash,
        "members": members,
        "seed": seed,
        "precision": precision,
        "data_to": scenario.start,
        "parameters_are": priors.basis,
        "versions": {
            "multivector": metadata.version("multivector"),
            "jax": metadata.version("jax"),
            "numpy": metadata.version("numpy"),
            "python": platform.python_version(),
        },
    }


def _dataset(plan: Plan, scenario: Scenario, fields: Fields, manifest: dict[str, Any]) -> xr.Dataset:
    """Quarterly fields, and the same by year and on five-year windows."""
    import xarray as xr

    inputs = plan.inputs
    yearly = fields["deliveries"].reshape(
        *fields["deliveries"].shape[:2], -1, 4, *fields["deliveries"].shape[3:]
    )
    by_year = yearly.sum(axis=3)
    share, total = five_year_shares(by_year, inputs.history[1 - WINDOW_YEARS :])
    pair = (axes.STATE, axes.PARTNER)
    lead = (axes.SCENARIO, axes.MEMBER)
    power = (axes.STATE, axes.POWER)
    tiv = "TIV million"
    variables: dict[str, tuple[tuple[str, ...], Any, dict[str, str]]] = {
        "deliveries": ((*lead, axes.QUARTER, *pair), fields["deliveries"], {"units": f"{tiv} a quarter"}),
        "deliveries_year": ((*lead, axes.YEAR, *pair), by_year, {"units": f"{tiv} a year"}),
        "arms_share_5y": ((*lead, axes.YEAR, *pair), share, {"units": "share of the five-year window"}),
        "arms_total_5y": ((*lead, axes.YEAR, axes.STATE), total, {"units": f"{tiv} in five years"}),
        "backlog": (
            (*lead, axes.YEAR, *pair),
            fields["on_order"][:, :, 3::4],
            {"units": f"{tiv} at year's end"},
        ),
        "leverage": (
            (*lead, axes.YEAR, *power),
            fields["leverage"][:, :, 3::4],
            {"units": "0 to 1, year's end"},
        ),
        "attention": (
            (*lead, axes.YEAR, *power),
            fields["attention"][:, :, 3::4],
            {"units": "share of effort"},
        ),
        "ties": (
            (*lead, axes.YEAR, *power),
            fields["ties"][:, :, 3::4],
            {"units": "signed tie (affinity), -1 to 1, year's end"},
        ),
        "alignment": (
            (*lead, axes.YEAR, *power),
            fields["alignment"][:, :, 3::4],
            {"units": "share of the state's alignment, year's end"},
        ),
        "engagement": (
            (*lead, axes.YEAR, *power),
            np.swapaxes(fields["engagement"][:, :, 3::4], -1, -2),
            {"units": "stock, in years of the power's own median effort"},
        ),
    }
    quarters = quarters_between(plan.first, plan.first + plan.quarters - 1)
    coords = {
        axes.SCENARIO: ["baseline", "scenario"],
        axes.MEMBER: np.arange(fields["deliveries"].shape[1]),
        axes.QUARTER: list(quarters),
        axes.YEAR: np.arange(scenario.start_year + 1, scenario.end_year + 1),
        axes.STATE: list(inputs.states),
        axes.PARTNER: list(inputs.partners),
        axes.POWER: list(inputs.powers),
    }
    attrs = {
        "title": scenario.title,
        "source": f"multivector, simulated; parameters: {manifest['parameters_are']}",
    }
    return xr.Dataset(variables, coords, attrs | {"manifest": json.dumps(manifest, sort_keys=True)})


def five_year_shares(by_year: np.ndarray, past: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shares [..., y, i, j] and totals [..., y, i] of the five years that end with each year.

    The first windows reach back into the data (`past` [4, i, j]). A window without any delivery has no
    shares: missing.
    """
    before = np.broadcast_to(past.astype(by_year.dtype), (*by_year.shape[:-3], *past.shape))
    summed = np.cumsum(np.concatenate([before, by_year], axis=-3), axis=-3, dtype=np.float64)
    window = summed[..., WINDOW_YEARS - 1 :, :, :].copy()
    window[..., 1:, :, :] -= summed[..., :-WINDOW_YEARS, :, :]
    total = window.sum(axis=-1)
    share = np.full(window.shape, np.nan)
    np.divide(window, total[..., None], out=share, where=(total > SMALLEST_WINDOW)[..., None])
    return np.clip(share, 0.0, 1.0).astype(by_year.dtype), total.astype(by_year.dtype)

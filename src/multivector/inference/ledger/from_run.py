"""Forecasts from a saved run: every judgement of its scenario with the share of runs as its probability."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from multivector.atlas import load_region
from multivector.errors import InputError, LedgerError
from multivector.inference.judge import count
from multivector.inference.ledger.by_hand import make_forecast
from multivector.inference.ledger.entry import Forecast, Runs
from multivector.inference.ledger.rule import NumberRule
from multivector.world.run import open_run
from multivector.world.scenario import Judgement, Scenario
from multivector.world.scenario_file import load_scenario

if TYPE_CHECKING:
    import xarray as xr

Arm = Literal["baseline", "scenario"]


@dataclass(frozen=True)
class LeftOut:
    """A judgement that cannot be stored, and why."""

    judgement: str
    why: str


def forecasts_of_run(
    folder: Path,
    *,
    scenario: str | Path = "",
    region: str | Path = "",
    arm: Arm = "scenario",
    due: dt.date | None = None,
    key: str = "",
    today: dt.date | None = None,
) -> tuple[list[Forecast], list[LeftOut]]:
    """One forecast a judgement: p = (yes + 1) / (n + 2), the rule its own, the manifest the run's.

    A probability from runs is one under the run's priors and, in the arm `scenario`, under its levers: the
    entry says so. The base rate counts the years up to the run's start, which is what the run knew.

    Parameters
    ----------
    folder : as `multivector run --out` wrote it. scenario : its file, where the region ships none so named.
    region : instead of the one that the manifest names. arm : whose runs are counted.

    Raises
    ------
    LedgerError, InputError : no run, another scenario than the run's, or no judgement that data can answer.
    """
    data, manifest = _saved(folder)
    what = _scenario(manifest, scenario, folder)
    atlas = load_region(region or str(manifest["region"]).partition("@")[0])
    if atlas.id != what.region:
        raise LedgerError(
            f"the run is about {what.region}, the region given is {atlas.id}",
            where=str(folder),
            repair="name the run's region with --region",
        )
    made, left = [], []
    stem = key or what.id
    print_ = hashlib.sha256(json.dumps([manifest, arm], sort_keys=True).encode()).hexdigest()[:8]
    for judgement in what.judgements:
        try:
            runs, rule = _runs(data, judgement, arm, what), _rule(judgement)
            made.append(
                make_forecast(
                    atlas,
                    rule,
                    text=judgement.text,
                    probability=runs.probability,
                    due=due,
                    key=f"{stem}.{judgement.id}.{print_}",
                    runs=runs,
                    manifest=manifest,
                    last_year=what.start_year,
                    today=today,
                )
            )
        except LedgerError as error:
            left.append(LeftOut(judgement.id, error.what))
    if not made:
        raise LedgerError(
            f"no judgement of {what.id} can be stored: {_all(left)}",
            where=str(folder),
            repair="give the scenario judgements that the region's data can answer",
        )
    return made, left


def _all(left: Sequence[LeftOut]) -> str:
    return "; ".join(f"{each.judgement}: {each.why}" for each in left) or "it has none"


def _saved(folder: Path) -> tuple[xr.Dataset, dict[str, Any]]:
    try:
        data = open_run(folder)
        manifest = json.loads(str(data.attrs["manifest"]), parse_constant=_no_number)
    except (OSError, KeyError, ValueError) as error:
        raise LedgerError(
            f"the saved run cannot be read: {error}", where=str(folder), repair="run the scenario again"
        ) from error
    if not isinstance(manifest, dict) or not {"region", "scenario", "scenario_hash"} <= manifest.keys():
        raise LedgerError(
            "the run's manifest names no region or scenario",
            where=str(folder),
            repair="run the scenario again",
        )
    return data, manifest


def _no_number(text: str) -> float:
    raise ValueError(f"{text} in the manifest")


def _scenario(manifest: dict[str, Any], given: str | Path, folder: Path) -> Scenario:
    """The very scenario that was run: its hash is in the manifest."""
    repair = "name the file that was run with --scenario, or run the scenario again"
    try:
        what = load_scenario(given or str(manifest["scenario"]))
    except InputError as error:
        if given:
            raise
        raise LedgerError(
            f"the run's scenario {manifest['scenario']!r} comes with no region",
            where=str(folder),
            repair=repair,
        ) from error
    if what.hash != manifest["scenario_hash"]:
        raise LedgerError(
            f"the scenario {what.id} has changed since the run, or is another one",
            where=str(folder),
            repair=repair,
        )
    return what


def _rule(judgement: Judgement) -> NumberRule:
    return NumberRule(
        quantity=judgement.quantity,
        state=judgement.state,
        partner=judgement.partner,
        year=judgement.year,
        comparison=judgement.comparison,
        threshold=judgement.threshold,
    )


def _runs(data: xr.Dataset, judgement: Judgement, arm: Arm, what: Scenario) -> Runs:
    try:
        counts = {name: count(data, judgement, name) for name in ("baseline", "scenario")}
    except KeyError as error:
        raise LedgerError(f"the run holds no {error}") from error
    chosen = counts[arm]
    if not chosen.n:
        raise LedgerError("no run says anything of it")
    both = {name: (each.yes, each.n) for name, each in counts.items()}
    supposed = what.change if arm == "scenario" and what.levers else ""
    return Runs(arm=arm, yes=chosen.yes, n=chosen.n, condition=supposed, **both)

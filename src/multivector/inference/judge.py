"""Judgements: how often a run says yes, in each arm, and what negating an assumption does to that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from multivector import axes
from multivector.atlas import Region
from multivector.world.parameters import Priors
from multivector.world.run import Run, run
from multivector.world.scenario import Assumption, Judgement


@dataclass(frozen=True)
class Count:
    """In `yes` of `n` members the judgement holds; members in which nothing can be said are left out."""

    yes: int
    n: int

    @property
    def share(self) -> float:
        """yes / n; missing where no member can say."""
        return self.yes / self.n if self.n else float("nan")


@dataclass(frozen=True)
class Verdict:
    """A judgement with its counts in the baseline and in the scenario."""

    judgement: Judgement
    baseline: Count
    scenario: Count


def select(data: xr.Dataset, judgement: Judgement, arm: str) -> np.ndarray:
    """The judged quantity [m] in one arm."""
    cell = data[judgement.quantity].sel(scenario=arm, state=judgement.state, year=judgement.year)
    other = axes.PARTNER if axes.PARTNER in cell.dims else axes.POWER
    return np.asarray(cell.sel({other: judgement.partner}).to_numpy(), float)


def count(data: xr.Dataset, judgement: Judgement, arm: str) -> Count:
    """In how many members of an arm the judgement holds."""
    values = select(data, judgement, arm)
    known = values[np.isfinite(values)]
    yes = known > judgement.threshold if judgement.comparison == "above" else known < judgement.threshold
    return Count(int(yes.sum()), int(known.size))


def judge(data: xr.Dataset, judgement: Judgement) -> Verdict:
    """Counts of one judgement in both arms."""
    return Verdict(judgement, count(data, judgement, "baseline"), count(data, judgement, "scenario"))


@dataclass(frozen=True)
class Negated:
    """An assumption replaced by its negation and everything run again: counts by judgement."""

    assumption: Assumption
    members: int
    counts: dict[str, Count]


def rerun_negated(region: Region, done: Run, assumption: Assumption, members: int) -> Negated:
    """Rerun with one assumption negated, on the same random numbers as `done`, and count."""
    again = rerun(region, done, assumption, members)
    counts = {
        judgement.id: count(again.data, judgement, "scenario") for judgement in done.scenario.judgements
    }
    return Negated(assumption, members, counts)


def rerun(region: Region, done: Run, assumption: Assumption, members: int) -> Run:
    """The run with one assumption negated, on the same random numbers as `done`."""
    priors = Priors.at(region, done.scenario.start_year)
    change = assumption.negate
    if change.parameter is not None and change.value is not None:
        priors = priors.fixed(change.parameter, change.value)
    scenario = done.scenario.negated(assumption)
    return run(region, scenario, members=members, seed=done.manifest["seed"], priors=priors, progress=False)

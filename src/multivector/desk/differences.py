"""What a change costs: the baseline less the scenario, by member, so that what both share drops out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from multivector import axes
from multivector.world.run import Run

LOW, HIGH = 0.1, 0.9  # the ends of an 80 per cent interval
TIED = ("engagement", "ties", "alignment")
"""Arrays of a run by state and power."""


@dataclass(frozen=True)
class Difference:
    """Baseline less scenario at a year's end: median and 80 % interval over members; `part` of the baseline's
    value that is lost, at the median (missing where the baseline's may be zero or below)."""

    quantity: str
    state: str
    power: str
    year: int
    low: float
    median: float
    high: float
    part: float

    @property
    def holds_zero(self) -> bool:
        """Whether the interval holds zero: then nothing can be claimed."""
        return self.low <= 0.0 <= self.high


def paired(run: Run, quantity: str, state: str, power: str) -> NDArray[np.float64]:
    """Baseline less scenario [m, y] of one state and power."""
    cell = run.data[quantity].sel(state=state, power=power).transpose(axes.SCENARIO, axes.MEMBER, axes.YEAR)
    baseline, scenario = (cell.sel(scenario=arm).to_numpy().astype(float) for arm in ("baseline", "scenario"))
    return np.asarray(baseline - scenario)


def difference(run: Run, quantity: str, state: str, power: str, year: int) -> Difference:
    """The difference at the end of one year."""
    years = run.data[axes.YEAR].to_numpy().tolist()
    column = paired(run, quantity, state, power)[:, years.index(year)]
    low, median, high = (float(value) for value in np.quantile(column, [LOW, 0.5, HIGH]))
    usual = (
        run.data[quantity]
        .sel(scenario="baseline", state=state, power=power, year=year)
        .to_numpy()
        .astype(float)
    )
    part = float(np.median(column / usual)) if (usual > 0).all() else float("nan")
    return Difference(quantity, state, power, year, low, median, high, part)

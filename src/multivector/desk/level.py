"""Who says best how high a share of arms will be without the change, and what that forecaster says.

What a change does comes from the paired runs: no baseline knows of it. How high the share is without the change
comes from whoever scored best on years up to the scenario's start: the runs, or a baseline that knows no
mechanism. Forecasts that need the errors of every earlier origin (recalibrated ones) are in the table of scores
but are not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from multivector.atlas import Region
from multivector.desk.kept_scores import Scored, standing
from multivector.inference.hindcast.baselines import baselines_of
from multivector.inference.protocol import Protocol, observed_family
from multivector.world.inputs import covered_years
from multivector.world.run import WINDOW_YEARS
from multivector.world.scenario import Judgement

RUNS = "world"  # the hindcast's name for the mechanisms under the posterior of the origin: what the runs are


@dataclass(frozen=True)
class Level:
    """The forecaster that scored best `tested` years ahead, the other kind's best, and the chance that it gives.

    `chance` is missing (None) where the best are the runs themselves.
    """

    best: Scored
    rival: Scored
    tested: int
    chance: float | None


def level(scores: pl.DataFrame, region: Region, judgement: Judgement, start: int) -> Level | None:
    """The level of a judged share without the change; None where nobody has been scored that far ahead.

    A year between two tested horizons is held to the farther one, where less of the window is known.
    """
    ahead = judgement.year - start
    asked = [s for s in standing(scores, "arms_share_5y", until=start) if s.baseline or s.model == RUNS]
    far = sorted({s.horizon for s in asked if s.horizon >= ahead})
    here = [s for s in asked if far and s.horizon == far[0]]
    runs = next((s for s in here if s.model == RUNS), None)
    rival = next((s for s in here if s.baseline), None)
    if runs is None or rival is None:
        return None
    if runs.crps <= rival.crps:
        return Level(runs, rival, far[0], None)
    chance = _chance(region, judgement, start, rival.model)
    return None if chance is None else Level(rival, runs, far[0], chance)


def _chance(region: Region, judgement: Judgement, start: int, model: str) -> float | None:
    """What a baseline gives the judgement from the data to the start; None where it is silent."""
    protocol = Protocol.of(region)
    first, last = covered_years(region, "arms")
    past = observed_family(region, protocol, first + WINDOW_YEARS - 1, last).until(start)
    cell = f"{judgement.state}:{judgement.partner}"
    baseline = next((each for each in baselines_of(past) if each.name == model), None)
    if baseline is None or cell not in past.cells:
        return None
    ahead = judgement.year - start
    sample = baseline.forecast(past, start, (ahead,), start)[ahead][:, past.cells.index(cell)]
    known = sample[np.isfinite(sample)]
    if not known.size:
        return None
    above = judgement.comparison == "above"
    return float(np.mean(known > judgement.threshold if above else known < judgement.threshold))

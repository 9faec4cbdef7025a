"""Track record: how the arms mechanism and the baselines did on the target years that the region holds out.

Origins roll year by year from the year before the first of them; at each, the posterior is that of the
origin and nothing dated later is read. The register is today's edition ("final vintage"):
what was published at the time is not at hand. Scored are the five-year supplier shares of every state that
were above zero at the origin: the rest are nearly always zero, and easy.
Protocol after ViEWS: Hegre et al. 2021, J. Peace Research 58(3):599-611.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.fanout import watched
from multivector.inference.cells import BASELINES, score_cells
from multivector.inference.hindcast.baselines import baselines_of
from multivector.inference.protocol import Protocol, observed_family
from multivector.world.ensemble import run_ensemble
from multivector.world.inputs import covered_years, inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Plan
from multivector.world.run import WINDOW_YEARS, Run, five_year_shares

LONGEST = 5  # years ahead: from there on a five-year window holds nothing that was known
MODEL = "model"


def held_out(region: Region, *, members: int = 1000, seed: int = 7, progress: bool = True) -> pl.DataFrame:
    """Cells of every origin and horizon whose target year is held out, above zero at the origin."""
    protocol = Protocol.of(region)
    first, last = protocol.held_out_targets
    origins = range(first - 1, last)
    parts = _roll(region, protocol, origins, members, seed)
    cells = pl.concat(watched(parts, len(origins), "scoring the past", show=progress))
    return cells.filter(pl.col("at_origin") > 0)


def _roll(
    region: Region, protocol: Protocol, origins: range, members: int, seed: int
) -> Iterator[pl.DataFrame]:
    truth = _Truth(region, protocol)
    for origin in origins:
        inputs = inputs_at(region, origin)
        fields = run_ensemble(
            Plan(inputs, Priors.at(region, origin), (), 4 * LONGEST, paired=False),
            members,
            seed,
            progress=False,
        )
        by_year = fields["deliveries"][0].reshape(members, LONGEST, 4, len(inputs.states), -1).sum(axis=2)
        matrix = protocol.grouping(region, inputs.partners, origin)
        shares, _ = five_year_shares(by_year @ matrix, inputs.history[1 - WINDOW_YEARS :] @ matrix)
        targets = range(
            max(origin + 1, protocol.held_out_targets[0]),
            min(origin + LONGEST, protocol.held_out_targets[1], truth.last) + 1,
        )
        for target in targets:
            samples = {MODEL: shares[:, target - origin - 1].astype(float)}
            yield truth.score(origin, target, samples)


def score_run(region: Region, run: Run) -> pl.DataFrame:
    """Both arms of a run beside the baselines, on the held-out years that have happened since its start."""
    protocol = Protocol.of(region)
    truth = _Truth(region, protocol)
    origin = run.scenario.start_year
    matrix = protocol.grouping(region, run.inputs.partners, origin)
    past = run.inputs.history[1 - WINDOW_YEARS :] @ matrix
    frames = []
    arms = {
        arm: five_year_shares(run.data["deliveries_year"].sel(scenario=arm).to_numpy() @ matrix, past)[0]
        for arm in ("baseline", "scenario")
    }
    held_from = max(origin + 1, protocol.held_out_targets[0])
    for target in range(held_from, min(run.scenario.end_year, truth.last) + 1):
        samples = {arm: shares[:, target - origin - 1].astype(float) for arm, shares in arms.items()}
        frames.append(truth.score(origin, target, samples))
    cells = pl.concat(frames) if frames else pl.DataFrame(schema={"at_origin": pl.Float64})
    return cells.filter(pl.col("at_origin") > 0)


class _Truth:
    """What happened: shares of all years and the deliveries behind them, read once."""

    def __init__(self, region: Region, protocol: Protocol) -> None:
        first, self.last = covered_years(region, "arms")
        self._region, self._protocol = region, protocol
        self._family = observed_family(region, protocol, first + WINDOW_YEARS - 1, self.last)

    def score(self, origin: int, target: int, samples: dict[str, NDArray[np.float64]]) -> pl.DataFrame:
        """The samples and the baselines on one target year; no baseline sees anything after the origin."""
        past, horizon = self._family.until(origin), target - origin
        shape = (len(self._region.states), len(self._protocol.columns))
        baselines = {
            baseline.name: baseline.forecast(past, origin, (horizon,), origin)[horizon].reshape(-1, *shape)
            for baseline in baselines_of(past)
            if baseline.name in BASELINES
        }
        return score_cells(
            self._region,
            self._protocol,
            origin,
            target,
            past.at(origin).reshape(shape),
            self._family.at(target).reshape(shape),
            samples | baselines,
        )

"""Track record: how the arms mechanism and persistence did on years that chose no prior.

Origins roll year by year; at each, nothing dated later is read. Scored are the five-year supplier shares
of every state that were above zero at the origin: the rest are nearly always zero, and easy.
Protocol after ViEWS: Hegre et al. 2021, J. Peace Research 58(3):599-611.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.fanout import watched
from multivector.inference.cells import PERSISTENCE, score_cells
from multivector.inference.persistence import persistence_sample
from multivector.inference.protocol import Protocol, observed_shares
from multivector.world.ensemble import run_ensemble
from multivector.world.inputs import covered_years, inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Plan
from multivector.world.run import WINDOW_YEARS, Run, five_year_shares

LONGEST = 5  # years ahead: from there on a five-year window holds nothing that was known
MODEL = "model"


def held_out(region: Region, *, members: int = 1000, seed: int = 7, progress: bool = True) -> pl.DataFrame:
    """Cells of every origin and horizon whose target year chose no prior, above zero at the origin."""
    protocol = Protocol.of(region)
    first, last = protocol.held_out_targets
    origins = range(first - LONGEST, last)
    parts = _roll(region, protocol, origins, members, seed)
    cells = pl.concat(watched(parts, len(origins), "scoring the past", show=progress))
    return cells.filter(pl.col("at_origin") > 0)


def _roll(
    region: Region, protocol: Protocol, origins: range, members: int, seed: int
) -> Iterator[pl.DataFrame]:
    truth = _Truth(region, protocol)
    priors = Priors.of(region)
    for origin in origins:
        inputs = inputs_at(region, origin)
        fields = run_ensemble(
            Plan(inputs, priors, (), 4 * LONGEST, paired=False), members, seed, progress=False
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
    """Both arms of a run beside persistence on every year that has happened since its start."""
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
    for target in range(origin + 1, min(run.scenario.end_year, truth.last) + 1):
        samples = {arm: shares[:, target - origin - 1].astype(float) for arm, shares in arms.items()}
        frames.append(truth.score(origin, target, samples))
    cells = pl.concat(frames) if frames else pl.DataFrame(schema={"at_origin": pl.Float64})
    return cells.filter(pl.col("at_origin") > 0)


class _Truth:
    """What happened: observed shares of all years, read once."""

    def __init__(self, region: Region, protocol: Protocol) -> None:
        first, self.last = covered_years(region, "arms")
        self._zero = first + WINDOW_YEARS - 1
        self._region, self._protocol = region, protocol
        self._shares: NDArray[np.float64] = observed_shares(region, protocol, self._zero, self.last)

    def score(self, origin: int, target: int, samples: dict[str, NDArray[np.float64]]) -> pl.DataFrame:
        """The samples and persistence on one target year; persistence sees nothing after the origin."""
        past = self._shares[: origin - self._zero + 1]
        return score_cells(
            self._region,
            self._protocol,
            origin,
            target,
            past[-1],
            self._shares[target - self._zero],
            samples | {PERSISTENCE: persistence_sample(past, target - origin)},
        )

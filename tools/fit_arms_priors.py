"""Choose the priors of the arms mechanism on years that the track record does not score.

A random search over the modes of the parameters marked `fitted` in `parameters.csv`: each candidate runs
the model from every origin in `fitted_origins` of `hindcast.toml`, whose outcomes end before the held-out
years begin, and is scored by CRPS on the five-year shares above zero at the origin plus a small penalty
for 90 % intervals that do not hold 90 %. The search starts from round numbers, not from the table. The best
candidate's modes are printed as rows of the table, each with a range of 0.6 to 1.5 times its mode. The table
holds what this prints as it stands:

    python tools/fit_arms_priors.py [candidates=150] [members=160] [seed=2]
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace

import numpy as np
import polars as pl

from multivector.atlas import load_region
from multivector.inference.cells import score_cells
from multivector.inference.protocol import Protocol, observed_shares
from multivector.inference.track import LONGEST
from multivector.world.ensemble import run_ensemble
from multivector.world.inputs import covered_years, inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Plan
from multivector.world.run import WINDOW_YEARS, five_year_shares

NARROW = {"steadiness": (0.9, 1.1)}  # an exponent: a wide range would swamp the choice
RANGE = (0.6, 1.5)
START = {
    "lag": 1.5,
    "order_frequency": 2.0,
    "size_spread": 1.0,
    "demand_half_life": 3.0,
    "demand_floor": 2.0,
    "demand_spread": 0.6,
    "memory_half_life": 6.0,
    "openness": 0.3,
    "openness_spread": 1.0,
    "steadiness": 0.9,
    "backlog_half_life": 1.0,
    "backlog_chance": 0.15,
    "backlog_scale": 0.6,
}
# What no fit may say: a major order takes a year and more to arrive, and a state's demand is not a lottery.
WITHIN = {
    "lag": (1.3, 3.0),
    "demand_spread": (0.3, 1.3),
    "openness": (0.0, 0.6),
    "backlog_chance": (0.05, 0.66),
}


def main() -> None:
    """Search and print."""
    candidates, members, seed = (int(a) for a in [*sys.argv[1:], *("150", "160", "2")[len(sys.argv) - 1 :]])
    region = load_region()
    start = _with_modes(Priors.of(region), START)
    rng = np.random.default_rng(seed)
    truth = Truth(region)
    best, best_loss = start, np.inf
    for number in range(candidates):
        candidate = start if number == 0 else _near(best, rng)
        loss, crps, coverage = truth.loss(candidate, members)
        if loss < best_loss:
            best, best_loss = candidate, loss
            print(
                f"{number}: loss {loss:.4f}, CRPS {crps:.4f}, 90 % intervals hold {coverage:.3f}", flush=True
            )
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for row in best.rows:
        if row.basis == "fitted":
            writer.writerow([row.name, row.unit, f"{row.low:.3g}", f"{row.mode:.3g}", f"{row.high:.3g}"])


def _near(priors: Priors, rng: np.random.Generator) -> Priors:
    """A candidate with every fitted mode moved by about a quarter."""
    fitted = [row for row in priors.rows if row.basis == "fitted"]
    return _with_modes(priors, {row.name: row.mode * float(np.exp(rng.normal(0, 0.25))) for row in fitted})


def _with_modes(priors: Priors, modes: dict[str, float]) -> Priors:
    rows = []
    for row in priors.rows:
        if row.name not in modes:
            rows.append(row)
            continue
        mode = float(np.clip(modes[row.name], *WITHIN.get(row.name, (0.0, np.inf))))
        low, high = NARROW.get(row.name, RANGE)
        rows.append(replace(row, low=low * mode, mode=mode, high=high * mode))
    return Priors(tuple(rows))


class Truth:
    """The outcomes of the years that may choose priors, read once."""

    def __init__(self, region) -> None:
        self.region, self.protocol = region, Protocol.of(region)
        self.last = self.protocol.held_out_targets[0] - 1
        self.zero = covered_years(region, "arms")[0] + WINDOW_YEARS - 1
        self.shares = observed_shares(region, self.protocol, self.zero, self.last)
        first, last = self.protocol.fitted_origins
        self.inputs = [inputs_at(region, origin) for origin in range(first, last + 1)]

    def loss(self, priors: Priors, members: int) -> tuple[float, float, float]:
        """What is minimised, mean CRPS and how much the 90 % intervals hold."""
        frames = []
        for inputs in self.inputs:
            plan = Plan(inputs, priors, (), 4 * LONGEST, paired=False)
            fields = run_ensemble(plan, members, 1, progress=False)
            by_year = fields["deliveries"][0].reshape(members, LONGEST, 4, len(inputs.states), -1).sum(axis=2)
            matrix = self.protocol.grouping(self.region, inputs.partners, inputs.origin)
            shares, _ = five_year_shares(by_year @ matrix, inputs.history[1 - WINDOW_YEARS :] @ matrix)
            now = self.shares[inputs.origin - self.zero]
            for horizon in range(1, min(LONGEST, self.last - inputs.origin) + 1):
                target = inputs.origin + horizon
                outcome = self.shares[target - self.zero]
                sample = {"model": shares[:, horizon - 1].astype(float)}
                frames.append(
                    score_cells(self.region, self.protocol, inputs.origin, target, now, outcome, sample)
                )
        cells = pl.concat(frames).filter(pl.col("at_origin") > 0)
        crps, coverage = cells["crps"].mean(), cells["covered_90"].mean()
        return crps + 0.1 * abs(coverage - 0.9), crps, coverage


if __name__ == "__main__":
    main()

"""Scored cells: one row a forecaster, state, supplier and target year; and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
import polars.selectors as cs
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.inference.hindcast.baselines.persistence import NAME as PERSISTENCE
from multivector.inference.hindcast.baselines.window import NAME as WINDOW
from multivector.inference.hindcast.scored import without_gaps
from multivector.inference.protocol import Protocol
from multivector.inference.scores import clustered_difference, covered, crps, reach_of

# The hindcast's baselines of shares, but for the conformal one: it is silent where a series never moved.
BASELINES = (
    PERSISTENCE,
    "climatology",
    "drift",
    "local_level",
    "persistence_pooled",
    "regression_pooled",
    "mix3",
    WINDOW,
)


def score_cells(
    region: Region,
    protocol: Protocol,
    origin: int,
    target: int,
    now: NDArray[np.float64],
    outcome: NDArray[np.float64],
    samples: Mapping[str, NDArray[np.float64]],
) -> pl.DataFrame:
    """Score every forecaster on every cell of one origin and target year.

    Parameters
    ----------
    now, outcome : [i, s] shares at the origin and at the target. samples : [m, i, s] by forecaster.

    Returns
    -------
    Columns: forecaster, origin, target, horizon, state, supplier, at_origin, outcome, crps, covered_80,
    covered_90. A cell without an outcome, or that a forecaster cannot score, is left out for all.
    """
    states, columns = np.meshgrid(np.array(region.states), np.array(protocol.columns), indexing="ij")
    frames = []
    scorable = np.isfinite(now) & np.isfinite(outcome)
    for sample in samples.values():
        scorable &= np.isfinite(sample).any(axis=0)
    for name, sample in samples.items():
        whole = without_gaps(sample.reshape(len(sample), -1)).reshape(sample.shape)
        frames.append(
            pl.DataFrame(
                {
                    "forecaster": np.full(now.size, name),
                    "origin": np.full(now.size, origin),
                    "target": np.full(now.size, target),
                    "horizon": np.full(now.size, target - origin),
                    "state": states.ravel(),
                    "supplier": columns.ravel(),
                    "at_origin": now.ravel(),
                    "outcome": outcome.ravel(),
                    "crps": crps(whole, outcome).ravel(),
                    "covered_80": covered(whole, outcome, 0.8).ravel(),
                    "covered_90": covered(whole, outcome, 0.9).ravel(),
                }
            ).filter(pl.Series(scorable.ravel()))
        )
    return pl.concat(frames)


@dataclass(frozen=True)
class Comparison:
    """A forecaster beside a rival on the same cells; a negative difference is a gain.

    `low` and `high` bound the difference in CRPS at 95 %, errors clustered by state.
    """

    forecaster: str
    rival: str
    n: int
    states: int
    crps: float
    crps_rival: float
    difference: float
    low: float
    high: float
    covered_80: float
    covered_90: float
    covered_80_rival: float
    covered_90_rival: float

    @property
    def beats(self) -> bool:
        """A gain counts when its interval excludes zero."""
        return self.high < 0


def compare(cells: pl.DataFrame, forecaster: str, rival: str = PERSISTENCE) -> Comparison:
    """Mean scores of a forecaster and of a rival, and their paired difference."""
    key = ["origin", "target", "state", "supplier"]
    ours = cells.filter(pl.col("forecaster") == forecaster)
    theirs = cells.filter(pl.col("forecaster") == rival).select(*key, cs.starts_with("crps", "covered"))
    pairs = ours.join(theirs, on=key, suffix="_rival")
    difference = (pairs["crps"] - pairs["crps_rival"]).to_numpy()
    mean, error, groups = clustered_difference(difference, pairs["state"].to_numpy())
    reach = reach_of(error, groups)
    means = {
        name: float(pairs[name].to_numpy().mean())
        for name in pairs.columns
        if name.startswith(("crps", "cov"))
    }
    return Comparison(
        forecaster=forecaster,
        rival=rival,
        n=pairs.height,
        states=groups,
        difference=mean,
        low=mean - reach,
        high=mean + reach,
        **means,
    )


def beats_all(cells: pl.DataFrame, forecaster: str) -> bool:
    """Whether a forecaster beats every baseline: only then may it speak of likelihood."""
    return bool(cells.height) and all(compare(cells, forecaster, rival).beats for rival in BASELINES)

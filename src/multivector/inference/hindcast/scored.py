"""One forecast scored: a row for each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.errors import NotFiniteError
from multivector.inference.hindcast.family import Family, Floats
from multivector.inference.scores import (
    brier,
    crps_sorted,
    ignorance,
    inside,
    interval_score,
    pit,
    quantile_sorted,
    surprise,
)

Columns = dict[str, NDArray[Any]]

ALPHA = 0.1  # of the interval score
_SPREADS = (0.05, 0.1, 0.5, 0.9, 0.95)
_WINDOW = 5  # years without a yes that make a tie new


@dataclass(frozen=True)
class Occasion:
    """Where a family stands at an origin, and what came `horizon` years later.

    `past` ends with the origin; `uniform` [c] are the draws that make the PIT continuous, the same for
    every forecaster.
    """

    past: Family
    origin: int
    horizon: int
    outcome: Floats
    uniform: Floats

    @classmethod
    def of(cls, family: Family, origin: int, horizon: int, seed: int) -> Occasion:
        """The occasion of a family, an origin and a horizon."""
        uniform = np.random.default_rng([seed, origin, horizon]).uniform(size=len(family.cells))
        return cls(family.until(origin), origin, horizon, family.at(origin + horizon), uniform)

    @property
    def scorable(self) -> np.ndarray:
        """Cells known now and then, with a past of `least` known years."""
        past = self.past
        known = np.isfinite(past.values)
        enough = known[-1] & (known.sum(axis=0) >= past.least)
        return np.asarray(enough & np.isfinite(self.outcome))


def score(occasion: Occasion, model: str, sample: Floats) -> Columns:
    """Scores of one forecast [m, c] by cell; cells about which it is silent are left out.

    Raises
    ------
    NotFiniteError : a forecast is infinite.
    """
    if np.isinf(sample).any():
        raise NotFiniteError(
            f"the forecast of {model} is infinite in {int(np.isinf(sample).any(axis=0).sum())} cells",
            where=f"{occasion.past.name}, origin {occasion.origin}, {occasion.horizon} years ahead",
            repair="bound the model, or let it say nothing (NaN) where it cannot speak",
        )
    past = occasion.past
    numbers = _chances(occasion, sample[0]) if past.yes_no else _samples(occasion, without_gaps(sample))
    now = past.values[-1]
    recent = past.values[-_WINDOW:]
    columns: Columns = {
        "model": np.full(len(now), model),
        "origin": np.full(len(now), occasion.origin),
        "horizon": np.full(len(now), occasion.horizon),
        "target": np.full(len(now), occasion.origin + occasion.horizon),
        "state": np.array(past.group),
        "partner": np.array(past.partner),
        "own": np.isin(past.group, past.own or past.group),
        "new": np.nan_to_num(recent).sum(axis=0) == 0,
        "at_origin": now,
        "outcome": occasion.outcome,
        **numbers,
    }
    kept = occasion.scorable & np.isfinite(numbers["crps"])
    return {name: column[kept] for name, column in columns.items()}


def _samples(occasion: Occasion, sample: Floats) -> dict[str, Floats]:
    y = occasion.outcome
    ordered = np.sort(np.ascontiguousarray(sample.T)).T  # a cell's members side by side: sorts faster
    low90, low80, median, high80, high90 = (quantile_sorted(ordered, level) for level in _SPREADS)
    return {
        "median": median,
        "crps": crps_sorted(ordered, y),
        "mis90": interval_score(low90, high90, y, ALPHA),
        "cov80": inside(low80, high80, y),
        "cov90": inside(low90, high90, y),
        "width90": high90 - low90,
        "pit": pit(ordered, y, occasion.uniform),
        "bits": ignorance(ordered, y, occasion.past.edges),
    }


def _chances(occasion: Occasion, chance: Floats) -> dict[str, Floats]:
    """The same of yes and no: the distribution has mass 1 - p at 0 and p at 1."""
    y, p = occasion.outcome, chance
    low90, low80, median, high80, high90 = ((level > 1.0 - p) * 1.0 for level in _SPREADS)
    speaks = np.where(np.isfinite(p), 1.0, np.nan)
    return {
        "median": median * speaks,
        "chance": p,
        "crps": brier(p, y),
        "mis90": interval_score(low90, high90, y, ALPHA) * speaks,
        "cov80": inside(low80, high80, y) * speaks,
        "cov90": inside(low90, high90, y) * speaks,
        "width90": (high90 - low90) * speaks,
        "pit": np.where(y > 0, 1.0 - p + occasion.uniform * p, occasion.uniform * (1.0 - p)),
        "bits": surprise(p, y),
    }


def without_gaps(sample: Floats) -> Floats:
    """Members that say nothing about a cell (an empty window has no shares) leave it to those that speak."""
    known = np.isfinite(sample)
    torn = np.flatnonzero(known.any(axis=0) & ~known.all(axis=0))
    if not torn.size:
        return sample
    filled = sample.copy()
    for cell in torn:
        speaking, silent = np.flatnonzero(known[:, cell]), np.flatnonzero(~known[:, cell])
        filled[silent, cell] = sample[speaking[np.arange(silent.size) % speaking.size], cell]
    return filled

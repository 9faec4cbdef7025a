"""The nested fit of the arms parameters: at each origin, what the years until then say.

Every draw of the wide priors is simulated from every origin once; all posteriors, at whatever year, are
weights on what was already simulated (`posterior.py`). The learning rate is one, a loss of one share for
one unit of log weight, unless that would leave fewer than a quarter of the draws; then it is lowered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from multivector.inference.hindcast.family import Family, Floats
from multivector.inference.posterior import crps_by_draw, effective_size, resample, tempered_weights

RATE = 1.0
LEAST_SHARE = 0.25  # of the draws, as effective draws
_SILENT = 0.5  # loss of a draw under which nearly no window holds a delivery: as wrong as half a share


@dataclass(frozen=True, eq=False)
class Sweep:
    """Draws [k, p] of the parameters `names`, and what each gave from every origin: shares [k, m, h, c]."""

    names: tuple[str, ...]
    values: Floats
    horizons: tuple[int, ...]
    shares: Mapping[int, NDArray[np.float32]]


@dataclass(frozen=True, eq=False)
class Fit:
    """The posterior at one origin: a weight [k] for each draw of the sweep, and the rate it was given."""

    origin: int
    weights: Floats
    rate: float

    @property
    def effective_draws(self) -> float:
        """How many equally weighted draws the weights are worth."""
        return effective_size(self.weights)


def fit_at(sweep: Sweep, family: Family, origin: int) -> Fit:
    """The posterior given all outcomes until the end of `origin`; nothing later is read."""
    past = family.until(origin)
    loss = np.zeros(len(sweep.values))
    for start in sorted(sweep.shares):
        for horizon in sweep.horizons:
            if start + horizon <= origin:
                loss += _loss(sweep, past, start, horizon)
    least = LEAST_SHARE * len(sweep.values)
    weights, rate = tempered_weights(loss / len(sweep.horizons), RATE, least)
    return Fit(origin, weights, rate)


def equal_draws(sweep: Sweep, fit: Fit, size: int, seed: int) -> Floats:
    """`size` equally weighted rows [k, p] of a posterior."""
    return np.asarray(sweep.values[resample(fit.weights, size, seed)])


def _loss(sweep: Sweep, family: Family, origin: int, horizon: int) -> Floats:
    """Sum of CRPS [k] over the cells that were above zero at an origin."""
    now, outcome = family.at(origin), family.at(origin + horizon)
    cells = (now > 0) & np.isfinite(outcome)
    samples = sweep.shares[origin][:, :, sweep.horizons.index(horizon)]
    scores = crps_by_draw(samples[:, :, cells], outcome[cells])
    return np.asarray(np.nan_to_num(scores, nan=_SILENT).sum(axis=1))

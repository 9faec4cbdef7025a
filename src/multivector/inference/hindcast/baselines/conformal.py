"""Conformal local level: as wide as the local level's own past errors say that it should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from multivector.inference.hindcast.baselines.local_level import Levels, levels
from multivector.inference.hindcast.baselines.quantiles import MEMBERS, normal
from multivector.inference.hindcast.family import Family, Floats

_FEWEST = 30  # past errors from which the quantile can be read
_HELD = 0.9


@dataclass(frozen=True)
class ConformalLevel:
    """Normal(level[T], (k sd[T, h])^2), k such that 90 % of past errors would have been held.

    k = (90 % quantile of |y[t+h] - level[t]| / sd[t, h], t + h <= T) / 1.645. Past errors are those at the
    family's own origins, all series together; without 30 of them it is silent, and on series that never
    moved. Source: split conformal prediction, Lei et al. 2018, JASA 113:1094-1111.
    """

    name: str = "local_level_conformal"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        fit = levels(family.values)
        return {h: family.clip(self._at(family, fit, h)) for h in horizons}

    def _at(self, family: Family, fit: Levels, horizon: int) -> Floats:
        past = [
            _scores(family, fit, family.row(t), horizon)
            for t in family.origins
            if t + horizon <= family.years[-1]
        ]
        scores = np.concatenate([np.empty(0), *past])
        sd = fit.sd(-1, horizon)
        sd = np.where(sd > 0, sd, np.nan)
        if len(scores) < _FEWEST:
            return np.full((MEMBERS, len(sd)), np.nan)
        factor = np.quantile(scores, _HELD) / ndtri((1.0 + _HELD) / 2.0)
        return normal(fit.level[-1], factor * sd)


def _scores(family: Family, fit: Levels, t: int, horizon: int) -> Floats:
    """|z| [k] of what was forecast at row t, where it can be said."""
    sd = fit.sd(t, horizon)
    known = np.isfinite(family.values[: t + 1]).sum(axis=0) >= family.least
    error = np.abs(family.values[t + horizon] - fit.level[t])
    spoken = known & np.isfinite(family.values[t]) & np.isfinite(error) & (sd > 0)
    return np.asarray(error[spoken] / sd[spoken])

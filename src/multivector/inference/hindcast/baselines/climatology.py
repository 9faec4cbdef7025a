"""Climatology: the future is like any year of the series' own past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.baselines.quantiles import normal
from multivector.inference.hindcast.family import Family, Floats


@dataclass(frozen=True)
class Climatology:
    """Normal(mean, sd^2) of the series' known past, sd with n - 1; the same at every horizon."""

    name: str = "climatology"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        known = np.isfinite(family.values)
        n = known.sum(axis=0)
        mean = np.where(known, family.values, 0.0).sum(axis=0) / np.where(n > 0, n, np.nan)
        square = np.where(known, family.values - mean, 0.0) ** 2
        sd = np.sqrt(square.sum(axis=0) / np.where(n > 1, n - 1, np.nan))
        sample = family.clip(normal(mean, sd))
        return dict.fromkeys(horizons, sample)

"""Mixture: three baselines in equal parts. Averaging forecasts that err differently is hard to beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.baselines.local_level import LocalLevel
from multivector.inference.hindcast.baselines.pooled import PooledPersistence
from multivector.inference.hindcast.baselines.regression import PooledRegression
from multivector.inference.hindcast.family import Family, Floats


@dataclass(frozen=True)
class Mixture:
    """Equal mixture of pooled persistence, local level and pooled regression.

    Source: linear opinion pool, Stone 1961, Annals of Mathematical Statistics 32:1339-1342.
    """

    name: str = "mix3"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        parts = [
            part.forecast(family, origin, horizons, seed)
            for part in (PooledPersistence(), LocalLevel(), PooledRegression())
        ]
        return {h: np.concatenate([part[h] for part in parts]) for h in horizons}

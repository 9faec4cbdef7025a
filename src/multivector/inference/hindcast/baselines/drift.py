"""Drift: the series goes on as it has gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.baselines.quantiles import normal
from multivector.inference.hindcast.baselines.steps import Steps
from multivector.inference.hindcast.family import Family, Floats


@dataclass(frozen=True)
class Drift:
    """Normal(y[T] + h mu, s^2 (h + h^2 / n)): a random walk with drift, mu known from n years only."""

    name: str = "drift"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        steps = Steps.of(family.values)
        mu, variance = steps.drift()
        now, n = family.at(origin), steps.span
        return {h: family.clip(normal(now + h * mu, np.sqrt(variance * (h + h**2 / n)))) for h in horizons}

"""Persistence: what is now stays, give or take the series' own yearly changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.baselines.quantiles import normal
from multivector.inference.hindcast.baselines.steps import Steps
from multivector.inference.hindcast.family import Family, Floats

NAME = "persistence"


@dataclass(frozen=True)
class Persistence:
    """Normal(y[T], h s^2), s^2 the mean squared yearly change of the series to T (see `Steps.variance`)."""

    name: str = NAME

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        variance = Steps.of(family.values).variance()
        now = family.at(origin)
        return {h: family.clip(normal(now, np.sqrt(h * variance))) for h in horizons}

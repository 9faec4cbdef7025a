"""Window persistence: of a five-year share most is known one year ahead; what comes is a year of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.baselines.quantiles import MEMBERS
from multivector.inference.hindcast.family import Family, Floats
from multivector.world.run import SMALLEST_WINDOW, WINDOW_YEARS

NAME = "persistence_window"
_PAST_YEARS = 20  # from which years to come are drawn; the same span as the model's memory


@dataclass(frozen=True)
class WindowPersistence:
    """The window's years known at T stay; each year to come is one of the state's own last twenty.

    A model that only counts the known years right is no better than this. Needs the deliveries behind the
    shares (`family.beside`). Source: resamples years as a bootstrap does, Efron 1979, Ann. Stat. 7:1-26.
    """

    name: str = NAME

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        past = np.concatenate([family.beside["before"][0], family.beside["deliveries"]])[-_PAST_YEARS:]
        rng = np.random.default_rng([seed, origin])
        n_states = past.shape[1]
        drawn = rng.integers(len(past), size=(WINDOW_YEARS, MEMBERS, n_states))
        future = past[drawn, np.arange(n_states)]  # [k, m, i, s]
        sample = {}
        for h in horizons:
            kept = past[len(past) - max(WINDOW_YEARS - h, 0) :].sum(axis=0)
            window = kept + future[: min(h, WINDOW_YEARS)].sum(axis=0)
            total = window.sum(axis=-1, keepdims=True)
            share = np.full(window.shape, np.nan)
            np.divide(window, total, out=share, where=total > SMALLEST_WINDOW)
            sample[h] = share.reshape(MEMBERS, -1)
        return sample

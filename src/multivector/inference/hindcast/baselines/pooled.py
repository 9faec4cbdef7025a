"""Pooled persistence: what is now stays, give or take what any series of the family has done in h years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.baselines.quantiles import MEMBERS, empirical
from multivector.inference.hindcast.family import Family, Floats


@dataclass(frozen=True)
class PooledPersistence:
    """y[T] + the h-year changes of all series known at T.

    Where zero tends to stay zero (`family.kinds`) changes from above zero and from zero are kept apart.
    """

    name: str = "persistence_pooled"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        return {h: self._at(family, h) for h in horizons}

    def _at(self, family: Family, horizon: int) -> Floats:
        y = family.values
        now = y[-1]
        sample = np.full((MEMBERS, len(now)), np.nan)
        before, change = y[:-horizon], y[horizon:] - y[:-horizon]
        for kind_then, kind_now in zip(kinds_of(family, before), kinds_of(family, now), strict=True):
            pool = change[kind_then & np.isfinite(change)]
            if pool.size:
                sample[:, kind_now] = empirical(pool)[:, None]
        return family.clip(now + sample)


def kinds_of(family: Family, values: Floats) -> tuple[np.ndarray, ...]:
    """Masks of the values that are forecast together: above zero and at zero, or all."""
    if family.kinds:
        return values > 0, values <= 0
    return (np.isfinite(values),)

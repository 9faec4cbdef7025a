"""Pooled regression: where series of this kind went from such a level and such a last change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.baselines.pooled import kinds_of
from multivector.inference.hindcast.baselines.quantiles import MEMBERS, empirical
from multivector.inference.hindcast.family import Family, Floats

_FEWEST = 10  # rows for three coefficients


@dataclass(frozen=True)
class PooledRegression:
    """y[T+h] = b0 + b1 y[T] + b2 (y[T] - y[T-1]) + e by least squares over all series, e by its residuals.

    Kinds are fitted apart where the family keeps them apart. A change that is not known counts as none.
    """

    name: str = "regression_pooled"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        y = family.values
        change = np.zeros_like(y)
        change[1:] = np.nan_to_num(y[1:] - y[:-1])
        return {h: self._at(family, change, h) for h in horizons}

    def _at(self, family: Family, change: Floats, horizon: int) -> Floats:
        y = family.values
        now = y[-1]
        sample = np.full((MEMBERS, len(now)), np.nan)
        then, later = y[:-horizon], y[horizon:]
        for kind_then, kind_now in zip(kinds_of(family, then), kinds_of(family, now), strict=True):
            rows = kind_then & np.isfinite(later)
            if rows.sum() < _FEWEST:
                continue
            design = _design(then[rows], change[:-horizon][rows])
            slopes, *_ = np.linalg.lstsq(design, later[rows], rcond=None)
            residual = later[rows] - design @ slopes
            centre = _design(now[kind_now], change[-1][kind_now]) @ slopes
            sample[:, kind_now] = centre + empirical(residual)[:, None]
        return family.clip(sample)


def _design(level: Floats, change: Floats) -> Floats:
    return np.stack([np.ones_like(level), level, change], axis=-1)

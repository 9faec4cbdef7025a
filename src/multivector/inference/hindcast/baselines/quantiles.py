"""Forecasts in closed form, given by their quantiles: samples without sampling noise.

A distribution is held as `MEMBERS` values at the levels (k - 1/2) / MEMBERS. The same forecast then always
has the same score; with random draws two thousand cells would share the luck of one draw.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy.special import ndtri

from multivector.inference.hindcast.family import Floats

MEMBERS = 1000
LEVELS: Floats = (np.arange(MEMBERS) + 0.5) / MEMBERS


@cache
def _standard() -> Floats:
    return np.asarray(ndtri(LEVELS))


def normal(mean: Floats, sd: Floats) -> Floats:
    """Sample [m, c] of Normal(mean, sd^2), by quantiles; missing where mean or sd is."""
    return np.asarray(mean + sd * _standard()[:, None])


def empirical(pool: Floats) -> Floats:
    """Sample [m] of what has been observed, by quantiles with linear interpolation."""
    return np.asarray(np.quantile(pool, LEVELS))

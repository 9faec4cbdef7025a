"""Persistence: the forecast that nothing changes, which a model must beat before it may speak of likelihood.

    x[T + h] ~ Normal(y[T], h * s^2),  s^2 = mean of the series' own squared yearly changes up to T,

clipped to [0, 1] for shares and given by its quantiles at (k - 1/2) / n, so that it has no sampling noise.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm


def persistence_sample(
    series: NDArray[np.float64], horizon: int, quantiles: int = 1000
) -> NDArray[np.float64]:
    """A sample [q, ...] for year T + horizon.

    Parameters
    ----------
    series : [y, ...] the past of each series, the origin T last; missing years are left out of s^2.
    """
    change = np.diff(series, axis=0)
    known = np.isfinite(change)
    count = known.sum(axis=0)
    total = np.where(known, change, 0.0) ** 2
    variance = np.where(count > 0, total.sum(axis=0) / np.maximum(count, 1), np.nan)
    z = norm.ppf((np.arange(quantiles) + 0.5) / quantiles).reshape(-1, *[1] * (series.ndim - 1))
    return np.asarray(np.clip(series[-1] + np.sqrt(horizon * variance) * z, 0.0, 1.0))

"""Scores of a forecast given as a sample: lower is better, coverage apart.

Axes: the first axis of `sample` is the member; the others are those of the outcome `y`. A missing
outcome or member gives a missing score, never zero.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def crps(sample: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    """Continuous ranked probability score, mean|x - y| - sum|x_i - x_j| / (2 m^2), in the unit of y.

    Sorted form, O(m log m). Source: Gneiting & Raftery 2007, JASA 102:359-378, eq. 21.
    """
    x = np.sort(np.asarray(sample, float), axis=0)
    m = len(x)
    weight = (2.0 * np.arange(1, m + 1) - m - 1.0).reshape(-1, *[1] * (x.ndim - 1))
    return np.asarray(np.abs(x - np.asarray(y, float)).mean(axis=0) - (weight * x).sum(axis=0) / m**2)


def interval(sample: ArrayLike, level: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Central interval that holds `level` of the members: its lower and upper end."""
    tail = (1.0 - level) / 2.0
    lower, upper = np.quantile(np.asarray(sample, float), [tail, 1.0 - tail], axis=0)
    return lower, upper


def covered(sample: ArrayLike, y: ArrayLike, level: float, slack: float = 1e-9) -> NDArray[np.float64]:
    """One where the central interval holds y, zero where not, missing where y is missing."""
    lower, upper = interval(sample, level)
    y = np.asarray(y, float)
    inside = (y >= lower - slack) & (y <= upper + slack)
    return np.where(np.isfinite(y) & np.isfinite(lower), inside.astype(float), np.nan)


def clustered_difference(difference: ArrayLike, cluster: ArrayLike) -> tuple[float, float, int]:
    """Mean of paired differences, its standard error with errors clustered, and the number of clusters.

    se^2 = G/(G-1) * sum_g (sum_{k in g} (d_k - mean))^2 / n^2. Compare with Student's t on G - 1.
    Source: Cameron & Miller 2015, J. Human Resources 50(2):317-372.
    """
    d = np.asarray(difference, float)
    group = np.asarray(cluster)
    mean = float(d.mean())
    sums = np.array([float((d[group == g] - mean).sum()) for g in np.unique(group)])
    n_groups = len(sums)
    if n_groups < 2:
        return mean, float("nan"), n_groups
    return mean, float(np.sqrt(n_groups / (n_groups - 1) * (sums**2).sum()) / len(d)), n_groups

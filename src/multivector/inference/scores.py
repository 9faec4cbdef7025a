"""Scores of a forecast given as a sample: lower is better, coverage and PIT apart.

Axes: the first axis of `sample` is the member; the others are those of the outcome `y`. A missing
outcome or member gives a missing score, never zero.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

SLACK = 1e-9  # rounding must not throw an outcome out of an interval that ends on it
SUREST = 0.999  # a chance is held this far from certainty before its logarithm is taken


def crps(sample: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    """Continuous ranked probability score, mean|x - y| - sum|x_i - x_j| / (2 m^2), in the unit of y.

    Sorted form, O(m log m). Source: Gneiting & Raftery 2007, JASA 102:359-378, eq. 21.
    """
    return crps_sorted(np.sort(np.asarray(sample, float), axis=0), y)


def crps_sorted(x: NDArray[np.float64], y: ArrayLike) -> NDArray[np.float64]:
    """The same of members in ascending order."""
    m = len(x)
    weight = (2.0 * np.arange(1, m + 1) - m - 1.0).reshape(-1, *[1] * (x.ndim - 1))
    return np.asarray(np.abs(x - np.asarray(y, float)).mean(axis=0) - (weight * x).sum(axis=0) / m**2)


def quantile_sorted(x: NDArray[np.float64], level: float) -> NDArray[np.float64]:
    """Quantile of members in ascending order, linear between neighbours (as `numpy.quantile`)."""
    place = level * (len(x) - 1)
    below = int(place)
    above = min(below + 1, len(x) - 1)
    return np.asarray(x[below] + (place - below) * (x[above] - x[below]))


def interval(sample: ArrayLike, level: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Central interval that holds `level` of the members: its lower and upper end."""
    tail = (1.0 - level) / 2.0
    lower, upper = np.quantile(np.asarray(sample, float), [tail, 1.0 - tail], axis=0)
    return lower, upper


def inside(lower: ArrayLike, upper: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    """One where the interval holds y, zero where not, missing where one of them is."""
    low, high, y = np.asarray(lower, float), np.asarray(upper, float), np.asarray(y, float)
    held = (y >= low - SLACK) & (y <= high + SLACK)
    return np.where(np.isfinite(y) & np.isfinite(low), held.astype(float), np.nan)


def covered(sample: ArrayLike, y: ArrayLike, level: float) -> NDArray[np.float64]:
    """One where the central interval holds y, zero where not, missing where y is missing."""
    return inside(*interval(sample, level), y)


def interval_score(lower: ArrayLike, upper: ArrayLike, y: ArrayLike, alpha: float) -> NDArray[np.float64]:
    """(u - l) + (2/alpha)(l - y)[y < l] + (2/alpha)(y - u)[y > u] for the central 1 - alpha interval.

    Source: Gneiting & Raftery 2007, eq. 43.
    """
    low, high, y = np.asarray(lower, float), np.asarray(upper, float), np.asarray(y, float)
    below, above = np.maximum(low - y, 0.0), np.maximum(y - high, 0.0)
    return np.asarray((high - low) + 2.0 / alpha * (below + above))


def ignorance(sample: ArrayLike, y: ArrayLike, edges: ArrayLike) -> NDArray[np.float64]:
    """-log2 of the forecast's mass in the bin of y, bits; counts plus one in every bin (Laplace).

    The last bin is closed at its upper edge; what lies outside the edges counts in the outermost bins.
    Source: Good 1952, J. R. Stat. Soc. B 14:107-114; bins and counts plus one as ViEWS does (Hegre et al.
    2021, J. Peace Research 58:599-611).
    """
    inner = np.asarray(edges, float)[1:-1]
    x, outcome = np.asarray(sample, float), np.asarray(y, float)
    of_y = np.searchsorted(inner, outcome, side="right")
    lower = np.concatenate([[-np.inf], inner])[of_y]
    upper = np.concatenate([inner, [np.inf]])[of_y]
    count = ((x >= lower) & (x < upper)).sum(axis=0)
    bits = -np.log2((count + 1.0) / (len(x) + len(inner) + 1.0))
    return np.where(np.isfinite(outcome) & np.isfinite(x).all(axis=0), bits, np.nan)


def pit(sample: ArrayLike, y: ArrayLike, uniform: ArrayLike) -> NDArray[np.float64]:
    """Probability integral transform F(y-) + u (F(y) - F(y-)), u uniform: randomised where F jumps.

    Uniform on [0, 1] where the forecast is calibrated. Source: Czado, Gneiting & Held 2009, Biometrics
    65:1254-1261.
    """
    x, outcome = np.asarray(sample, float), np.asarray(y, float)
    below, upto = (x < outcome).mean(axis=0), (x <= outcome).mean(axis=0)
    value = below + np.asarray(uniform, float) * (upto - below)
    return np.where(np.isfinite(outcome) & np.isfinite(x).all(axis=0), value, np.nan)


def brier(chance: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    """(p - y)^2: the CRPS of a forecast of yes (1) or no (0). Source: Brier 1950, MWR 78:1-3."""
    return np.asarray((np.asarray(chance, float) - np.asarray(y, float)) ** 2)


def surprise(chance: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    """-log2 of the chance given to what happened, bits; chances are held in [0.001, 0.999]."""
    p = np.clip(np.asarray(chance, float), 1.0 - SUREST, SUREST)
    y = np.asarray(y, float)
    return np.asarray(-(y * np.log2(p) + (1.0 - y) * np.log2(1.0 - p)))


def area_under_roc(chance: ArrayLike, y: ArrayLike) -> float:
    """Chance that a yes was given more than a no, ties counting half; missing without both.

    Source: Hanley & McNeil 1982, Radiology 143:29-36 (as the Mann-Whitney statistic).
    """
    from scipy.stats import rankdata

    p, happened = np.asarray(chance, float), np.asarray(y, float) > 0
    yes, no = int(happened.sum()), int((~happened).sum())
    if not yes or not no:
        return float("nan")
    return float((rankdata(p)[happened].sum() - yes * (yes + 1) / 2) / (yes * no))


def average_precision(chance: ArrayLike, y: ArrayLike) -> float:
    """Mean precision at the rank of each yes; equal chances share a rank. Beside it stands the base rate.

    sum_k (R_k - R_{k-1}) P_k over the distinct chances from the highest down. Source: Manning, Raghavan &
    Schuetze 2008, Introduction to Information Retrieval, ch. 8.4.
    """
    p, happened = np.asarray(chance, float), np.asarray(y, float) > 0
    if not happened.any():
        return float("nan")
    order = np.argsort(-p, kind="stable")
    last = np.append(np.diff(p[order]) != 0, True)  # the end of each run of equal chances
    hits = np.cumsum(happened[order])[last]
    asked = (np.arange(len(p)) + 1)[last]
    recall = hits / happened.sum()
    return float((np.diff(recall, prepend=0.0) * hits / asked).sum())


def clustered_difference(difference: ArrayLike, cluster: ArrayLike) -> tuple[float, float, int]:
    """Mean of paired differences, its standard error with errors clustered, and the number of clusters.

    se^2 = G/(G-1) * sum_g (sum_{k in g} (d_k - mean))^2 / n^2. Compare with Student's t on G - 1.
    Source: Cameron & Miller 2015, J. Human Resources 50(2):317-372.
    """
    d = np.asarray(difference, float)
    mean = float(d.mean())
    _, group = np.unique(np.asarray(cluster), return_inverse=True)
    sums = np.bincount(group, weights=d - mean)
    n_groups = len(sums)
    if n_groups < 2:
        return mean, float("nan"), n_groups
    return mean, float(np.sqrt(n_groups / (n_groups - 1) * (sums**2).sum()) / len(d)), n_groups


def reach_of(error: float, n_groups: int) -> float:
    """Half the width of the 95 % interval of a clustered difference: Student's t on the clusters less one.

    Without bound where there are fewer than two clusters.
    """
    from scipy.stats import t as student

    return float(student.ppf(0.975, n_groups - 1)) * error if n_groups > 1 else float("inf")

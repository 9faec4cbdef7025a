"""The twelve normalisations: an indicator, turned so that higher is better, onto a common scale.

Every function takes `x [..., u, i]` (missing NaN) and gives the same shape; parameters broadcast against
`[..., u, i]`. Where a scale does not exist (a constant indicator) the result is not finite: `normalise`
names the indicator instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from multivector.indicators.composite.ranking import TIE, ascending_ranks

Floats = NDArray[np.float64]
Ends = float | Floats


def minmax(x: Floats, low: Ends = 0.0, high: Ends = 100.0) -> Floats:
    """Least to `low`, greatest to `high`: (x - min) / (max - min) (high - low) + low."""
    least, greatest = extremes(x)
    return _ratio(x - least, greatest - least) * (high - low) + low


def zscore(x: Floats, mean: Ends = 0.0, sd: Ends = 1.0) -> Floats:
    """Given mean and sample standard deviation: (x - m) / s * sd + mean."""
    known = ~np.isnan(x)
    n = known.sum(axis=-2, keepdims=True)
    off = x - np.where(known, x, 0.0).sum(axis=-2, keepdims=True) / np.maximum(n, 1)
    variance = np.where(known, off**2, 0.0).sum(axis=-2, keepdims=True) / np.maximum(n - 1, 1)
    return _ratio(off, np.sqrt(variance)) * sd + mean


def scaled(x: Floats, low: Ends = 0.0, high: Ends = 100.0) -> Floats:
    """Fixed ends, nothing cut off: 100 (x - low) / (high - low)."""
    return _ratio(x - low, high - low) * 100.0


def rank(x: Floats, tie: float = TIE) -> Floats:
    """The worst is 1; values within `tie` of the range are equal, and share the least rank."""
    return np.swapaxes(ascending_ranks(np.swapaxes(x, -1, -2), tie=tie), -1, -2)


def borda(x: Floats, tie: float = TIE) -> Floats:
    """How many units are worse: rank - 1."""
    return rank(x, tie) - 1.0


def percentile_rank(x: Floats, tie: float = TIE) -> Floats:
    """Share of the other units that are worse: (rank - 1) / (n - 1)."""
    known = (~np.isnan(x)).sum(axis=-2, keepdims=True)
    return _ratio(borda(x, tie), known - 1.0)


def distance_to_maximum(x: Floats) -> Floats:
    """1 - (max - x) / (max - min)."""
    least, greatest = extremes(x)
    return 1.0 - _ratio(greatest - x, greatest - least)


def distance_to_reference(x: Floats, reference: Ends, cap: bool = False) -> Floats:
    """1 at the reference value: 1 - (reference - x) / (reference - min); `cap` cuts at 1."""
    y = 1.0 - _ratio(reference - x, reference - extremes(x)[0])
    return np.minimum(y, 1.0) if cap else y


def distance_to_target(x: Floats, target: Ends, cap: bool = False) -> Floats:
    """1 at the target: 1 - (target - x) / (target - min); `cap` cuts at 1."""
    return distance_to_reference(x, target, cap)


def fraction_of_maximum(x: Floats) -> Floats:
    """x / max; means nothing unless max is positive."""
    return _ratio(x, extremes(x)[1])


def goalposts(x: Floats, low: Ends, high: Ends, scale: Ends = 100.0, cap: bool = True) -> Floats:
    """0 at the lower post, `scale` at the upper: scale (x - low) / (high - low); `cap` cuts outside."""
    y = _ratio(x - low, high - low)
    return (np.clip(y, 0.0, 1.0) if cap else y) * scale


def none(x: Floats) -> Floats:
    """As it is, only turned."""
    return np.array(x, float)


NORMALISE: Mapping[str, Callable[..., Floats]] = MappingProxyType(
    {
        "minmax": minmax,
        "zscore": zscore,
        "scaled": scaled,
        "rank": rank,
        "borda": borda,
        "percentile_rank": percentile_rank,
        "distance_to_maximum": distance_to_maximum,
        "distance_to_reference": distance_to_reference,
        "distance_to_target": distance_to_target,
        "fraction_of_maximum": fraction_of_maximum,
        "goalposts": goalposts,
        "none": none,
    }
)
"""Every method by its name in a recipe."""


def extremes(x: Floats) -> tuple[Floats, Floats]:
    """Least and greatest known value of each indicator, `[..., 1, i]`; NaN where nothing is known."""
    return np.fmin.reduce(x, axis=-2, keepdims=True), np.fmax.reduce(x, axis=-2, keepdims=True)


def _ratio(above: Floats, below: Ends) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.divide(above, below))

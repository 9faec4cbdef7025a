"""Outliers by skewness and kurtosis: winsorised, or the whole indicator transformed. Array functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Threshold = float | Floats


def skewness(x: Floats) -> Floats:
    """Sample skewness of each indicator, `[..., u, i]` to `[..., i]`; NaN where it is constant or n < 3.

    sqrt(n (n - 1)) / (n - 2) * sqrt(n) sum d^3 / (sum d^2)^1.5, d = x - mean

    Source: Joanes and Gill, The Statistician 47 (1998) 183-189, G1 (as in SAS, SPSS and spreadsheets).
    """
    n, off = _deviations(x)
    with np.errstate(divide="ignore", invalid="ignore"):
        g = np.sqrt(n) * (off * off**2).sum(axis=-2) / (off**2).sum(axis=-2) ** 1.5
        skew: Floats = np.where(n > 2, g * np.sqrt(n * (n - 1)) / (n - 2), np.nan)
    return skew


def kurtosis(x: Floats) -> Floats:
    """Sample excess kurtosis of each indicator, `[..., u, i]` to `[..., i]`; NaN where constant or n < 4.

    ((n + 1) (r - 3) + 6) (n - 1) / ((n - 2) (n - 3)), r = n sum d^4 / (sum d^2)^2

    Source: Joanes and Gill, The Statistician 47 (1998) 183-189, G2.
    """
    n, off = _deviations(x)
    with np.errstate(divide="ignore", invalid="ignore"):
        r = n * ((off**2) ** 2).sum(axis=-2) / (off**2).sum(axis=-2) ** 2
        kurt: Floats = np.where(n > 3, ((n + 1) * (r - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)), np.nan)
    return kurt


def outlying(skew: Floats, kurt: Floats, most_skew: Threshold = 2.0, most_kurtosis: Threshold = 3.5) -> Bools:
    """Whether an indicator has outliers: |skewness| and kurtosis both at their thresholds or over.

    Source: Groeneveld and Meeden, The Statistician 33 (1984) 391-399, as the JRC relaxes it.
    """
    with np.errstate(invalid="ignore"):
        out: Bools = (np.abs(skew) >= most_skew) & (kurt >= most_kurtosis)
    return out


@dataclass(frozen=True, eq=False)
class Treated:
    """Values after treatment `[..., u, i]`, and what was done.

    Attributes
    ----------
    values : treated.
    raised, lowered : cells that were winsorised and stand so, at the low and at the high end.
    transformed : indicators `[..., i]` that winsorising did not bring in.
    """

    values: Floats
    raised: Bools
    lowered: Bools
    transformed: Bools


def winsorise(
    x: Floats, winmax: Threshold = 5, skew: Threshold = 2.0, kurtosis_: Threshold = 3.5
) -> tuple[Floats, Bools, Bools]:
    """Pull the extreme values in to their neighbours until the indicator passes, at most `winmax` points.

    One step sets the highest value (the lowest, where skewness is negative), with all that tie with it, to
    the next one. Thresholds and `winmax` broadcast against `[..., i]`. Gives the values and which cells
    were raised and lowered, `[..., u, i]`.

    Source: W. Becker and others, Journal of Open Source Software 7 (2022) 4567 (COINr).
    """
    y = np.array(x, float)
    raised, lowered = np.zeros(y.shape, bool), np.zeros(y.shape, bool)
    while True:
        lean = skewness(y)
        moved = raised.sum(axis=-2) + lowered.sum(axis=-2)
        go = outlying(lean, kurtosis(y), skew, kurtosis_) & (moved < winmax)
        if not go.any():
            return y, raised, lowered
        sign = np.where(lean >= 0, 1.0, -1.0)[..., None, :]  # mirrored, the lowest value is the highest
        mirrored = np.where(np.isnan(y), -np.inf, sign * y)
        at = (mirrored == mirrored.max(axis=-2, keepdims=True)) & go[..., None, :]
        following = np.where(at, -np.inf, mirrored).max(axis=-2, keepdims=True)
        y = np.where(at, sign * following, y)
        lowered = np.where(go[..., None, :] & (sign > 0), at, lowered)
        raised = np.where(go[..., None, :] & (sign < 0), at, raised)


def treat_outliers(
    x: Floats,
    *,
    winmax: Threshold = 5,
    skew: Threshold = 2.0,
    kurtosis_: Threshold = 3.5,
    then: str = "log_ct",
    power: float = 0.0,
    combine: bool = False,
) -> Treated:
    """Winsorise; where an indicator still has outliers, undo that and transform it whole.

    Axes: x `[..., u, i]`. `then` is a key of `TRANSFORM`, or "none": the winsorised values stay.
    `combine` transforms the winsorised values instead of the original ones.
    """
    y, raised, lowered = winsorise(x, winmax, skew, kurtosis_)
    still = outlying(skewness(y), kurtosis(y), skew, kurtosis_)
    if then == "none" or not still.any():
        return Treated(y, raised, lowered, np.zeros_like(still))
    # Only what is out: another indicator may hold values that the transform cannot take.
    safe = np.where(still[..., None, :], y if combine else x, np.nan)
    y = np.where(still[..., None, :], TRANSFORM[then](safe, power), y)
    stands = np.ones_like(still) if combine else ~still
    return Treated(y, raised & stands[..., None, :], lowered & stands[..., None, :], still)


def _log(x: Floats, power: float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(x)


def _log_ct(x: Floats, power: float) -> Floats:
    low, span = _span(x)
    with np.errstate(divide="ignore"):
        return np.log(x - low + 0.01 * span)


def _log_ct_plus(x: Floats, power: float) -> Floats:
    return np.log(x - _span(x)[0] + 1.0)


def _log_gii(x: Floats, power: float) -> Floats:
    low, span = _span(x)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log((low + span - 1.0) * (x - low) / span + 1.0)


def _box_cox(x: Floats, power: float) -> Floats:
    shifted = x - _span(x)[0] + 1.0
    return np.log(shifted) if power == 0 else (shifted**power - 1.0) / power


TRANSFORM: Mapping[str, Callable[[Floats, float], Floats]] = MappingProxyType(
    {
        "log": _log,  # ln x
        "log_ct": _log_ct,  # ln(x - min + (max - min) / 100)
        "log_ct_plus": _log_ct_plus,  # ln(x - min + 1)
        "log_gii": _log_gii,  # ln((max - 1) (x - min) / (max - min) + 1), for max > 1
        "box_cox": _box_cox,  # ((x - min + 1)^power - 1) / power; the logarithm at power 0
    }
)
"""Transforms of an indicator by name: `[..., u, i]`, power -> `[..., u, i]`."""


def _span(x: Floats) -> tuple[Floats, Floats]:
    low = np.fmin.reduce(x, axis=-2, keepdims=True)
    return low, np.fmax.reduce(x, axis=-2, keepdims=True) - low


def _deviations(x: Floats) -> tuple[Floats, Floats]:
    """How many are known `[..., i]`, and deviations from the mean, 0 where missing."""
    known = ~np.isnan(x)
    n = known.sum(axis=-2).astype(float)
    filled = np.where(known, x, 0.0)
    mean = filled.sum(axis=-2) / np.maximum(n, 1.0)
    off = np.where(known, x - mean[..., None, :], 0.0)
    # A constant leaves rounding behind, which must not pass for spread.
    scale = np.abs(filled).max(axis=-2, initial=0.0)
    return n, np.where(np.abs(off) > 1e-14 * scale[..., None, :], off, 0.0)

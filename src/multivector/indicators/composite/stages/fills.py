"""Ways of filling missing cells. Array functions over `[..., u, i]`; what cannot be filled stays missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def mean(x: Floats) -> Floats:
    """Mean of each indicator's known values, `[..., 1, i]`."""
    known = ~np.isnan(x)
    n = known.sum(axis=-2, keepdims=True)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, x, 0.0).sum(axis=-2, keepdims=True) / np.where(n > 0, n, np.nan))


def median(x: Floats) -> Floats:
    """Median of each indicator's known values, `[..., 1, i]`."""
    ordered = np.sort(x, axis=-2)  # NaN sorts last
    n = (~np.isnan(x)).sum(axis=-2, keepdims=True)
    lower, upper = np.maximum(n - 1, 0) // 2, np.minimum(n // 2, x.shape[-2] - 1)
    ends = [np.take_along_axis(ordered, at, axis=-2) for at in (lower, upper)]
    return np.asarray((ends[0] + ends[1]) / 2.0)


def by_group(x: Floats, groups: Sequence[str], middle: Callable[[Floats], Floats]) -> Floats:
    """Each unit's group's mean or median, `[..., u, i]`; missing where the group knows nothing."""
    out = np.full(x.shape, np.nan)
    labels = np.asarray(groups)
    for group in dict.fromkeys(groups):
        at = labels == group
        out[..., at, :] = middle(x[..., at, :])
    return out


def panel_linear(x: Floats, codes: Sequence[str], times: Floats) -> Floats:
    """On the straight line between a unit's known times; before the first and after the last, the nearest."""
    return _along_time(x, codes, times, _line)


def panel_latest(x: Floats, codes: Sequence[str], times: Floats) -> Floats:
    """A unit's latest earlier known value; missing before its first."""
    return _along_time(x, codes, times, lambda y, before, after, t: _take(y, before))


def _along_time(x: Floats, codes: Sequence[str], times: Floats, fill: Callable[..., Any]) -> Floats:
    out = np.array(x, float)
    labels = np.asarray(codes)
    for code in dict.fromkeys(codes):
        at = np.flatnonzero(labels == code)
        at = at[np.argsort(times[at], kind="stable")]
        y = x[..., at, :]
        place = np.arange(len(at))[:, None]
        before = np.maximum.accumulate(np.where(np.isnan(y), -1, place), axis=-2)
        after = np.minimum.accumulate(np.where(np.isnan(y), len(at), place)[..., ::-1, :], axis=-2)
        out[..., at, :] = fill(y, before, after[..., ::-1, :], times[at])
    return out


def _take(y: Floats, at: NDArray[np.int64]) -> Floats:
    """Values at places along time, `[..., t, i]`; missing where the place is outside."""
    inside = (at >= 0) & (at < y.shape[-2])
    return np.where(inside, np.take_along_axis(y, np.where(inside, at, 0), axis=-2), np.nan)


def _line(y: Floats, before: NDArray[np.int64], after: NDArray[np.int64], t: Floats) -> Floats:
    low, high = _take(y, before), _take(y, after)
    from_, to = t[np.clip(before, 0, None)], t[np.clip(after, None, len(t) - 1)]
    share = (t[:, None] - from_) / np.where(to > from_, to - from_, 1.0)
    between = low + (high - low) * share
    return np.where(np.isnan(low), high, np.where(np.isnan(high), low, between))

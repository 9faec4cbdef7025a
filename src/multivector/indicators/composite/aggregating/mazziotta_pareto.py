"""Mazziotta and Pareto's indices: a mean less a penalty for uneven children."""

from __future__ import annotations

from typing import Literal

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import (
    Floats,
    mean,
    ranges,
    require_spread,
    weighed,
)

Penalty = Literal["minus", "plus"]


def mazziotta_pareto(x: Floats, w: Floats, *, penalty: Penalty = "minus") -> Floats:
    """Mazziotta-Pareto index (MPI), about 100: y = M - S^2 / M.

    z = 100 + 10 (x - mean_u x) / sd_u x; M and S are the weighted mean and population standard deviation
    of a unit's z over its known children. `penalty="plus"` adds the penalty, for an index in which more
    is worse. Axes: x [..., u, n] (already in one direction), w [..., n] -> [..., u].

    Raises
    ------
    InputError : a child is the same in every unit, so that it cannot be standardised.

    Source: M. Mazziotta and A. Pareto, Social Indicators Research 127 (2016) 983-1003.
    """
    known = ~np.isnan(x)
    count = np.maximum(known.sum(axis=-2, keepdims=True), 1)
    off = x - np.where(known, x, 0.0).sum(axis=-2, keepdims=True) / count
    spread = np.sqrt(np.where(known, off**2, 0.0).sum(axis=-2, keepdims=True) / count)
    require_spread(*ranges(x))
    return _penalised(100.0 + 10.0 * off / np.where(spread > 0, spread, 1.0), w, penalty)


def adjusted_mazziotta_pareto(
    x: Floats,
    w: Floats,
    *,
    penalty: Penalty = "minus",
    low: Floats | None = None,
    high: Floats | None = None,
) -> Floats:
    """Adjusted Mazziotta-Pareto index (AMPI), 70 to 130 at most: y = M - S^2 / M.

    r = 70 + 60 (x - low) / (high - low) between goalposts of each child [..., n], the least and greatest
    of the frame unless given; the rest as `mazziotta_pareto`. With fixed goalposts it compares years.

    Raises
    ------
    InputError : a child's goalposts are equal (as for a child that is the same in every unit).

    Source: M. Mazziotta and A. Pareto, Social Indicators Research 127 (2016) 983-1003.
    """
    least, greatest = ranges(x)
    low = least if low is None else np.broadcast_to(np.asarray(low, float), least.shape)
    high = greatest if high is None else np.broadcast_to(np.asarray(high, float), least.shape)
    require_spread(low, high)
    width = np.where(high > low, high - low, 1.0)
    return _penalised(70.0 + 60.0 * (x - low[..., None, :]) / width[..., None, :], w, penalty)


def _penalised(r: Floats, w: Floats, penalty: Penalty) -> Floats:
    if penalty not in ("minus", "plus"):
        raise InputError(f"a penalty {penalty!r}", where="penalty", repair="choose minus or plus")
    r = weighed(r, w)
    centre = mean(r, w)
    variance = mean((r - centre[..., None]) ** 2, w)
    return centre + (variance / centre if penalty == "plus" else -variance / centre)

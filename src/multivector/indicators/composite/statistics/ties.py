"""Ties: values that differ only by rounding are one value, so that rescaling never ranks equals."""

from __future__ import annotations

import numpy as np

from multivector.indicators.composite.aggregating.children import Floats
from multivector.indicators.composite.ranking import TIE


def snapped(x: Floats, tolerance: float = TIE) -> Floats:
    """Columns of x [u, n] in which values closer than `tolerance` of the column's range are made equal.

    Sorted neighbours within the tolerance join; a group takes its least value. Missing stays missing.
    """
    order = np.argsort(x, axis=0)
    values = np.take_along_axis(x, order, axis=0)
    spread = np.fmax.reduce(values, axis=0) - values[0]
    starts = np.diff(values, axis=0, prepend=values[:1] - 1.0 - spread) > tolerance * spread
    starts[0] = True
    starts |= np.isnan(values)
    first = np.maximum.accumulate(np.where(starts, np.arange(len(x))[:, None], 0), axis=0)
    result = np.empty_like(values)
    np.put_along_axis(result, order, np.take_along_axis(values, first, axis=0), axis=0)
    return result

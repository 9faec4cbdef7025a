"""Weighted median: what the middle child says, whatever the extremes."""

from __future__ import annotations

import numpy as np

from multivector.indicators.composite.aggregating.children import Floats, known_weights

HALF = 0.5
ROUNDING = 1e-12  # of a sum of weights, so that 1/10 five times is one half


def median(x: Floats, w: Floats) -> Floats:
    """Weighted median over the known children: half the weight lies on either side.

    Where a child's cumulative weight is exactly one half, the mean of it and the next; so that equal
    weights give the usual median. Axes: x [..., u, n], w [..., n] -> [..., u], in the unit of x.
    Missing where no child is known.

    Source: F. Y. Edgeworth, Hermathena 6 (1887) 279-285.
    """
    weights = known_weights(x, w)
    order = np.argsort(np.where(weights > 0, x, np.inf), axis=-1)
    values = np.take_along_axis(np.where(weights > 0, x, np.nan), order, axis=-1)
    total = weights.sum(axis=-1, keepdims=True)
    share = np.cumsum(np.take_along_axis(weights, order, axis=-1), axis=-1) / np.where(total > 0, total, 1.0)
    lower = np.argmax(share >= HALF - ROUNDING, axis=-1)[..., None]
    upper = np.argmax(share > HALF + ROUNDING, axis=-1)[..., None]
    middle = np.take_along_axis(values, lower, axis=-1) + np.take_along_axis(values, upper, axis=-1)
    result: Floats = middle[..., 0] / 2.0
    return result

"""Equal weights."""

from __future__ import annotations

import numpy as np

from multivector.indicators.composite.aggregating.children import Floats


def equal(x: Floats) -> Floats:
    """w_n = 1 / n for the n children of x [u, n]."""
    return np.full(x.shape[-1], 1.0 / x.shape[-1])

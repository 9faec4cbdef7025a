"""Harmonic mean: the lowest child decides most."""

from __future__ import annotations

from multivector.indicators.composite.aggregating.children import Floats, mean, weighed
from multivector.indicators.composite.aggregating.geometric import require_positive


def harmonic(x: Floats, w: Floats) -> Floats:
    """Weighted harmonic mean over the known children: y = sum_n w_n / sum_n (w_n / x_n).

    Axes: x [..., u, n], w [..., n] -> [..., u], in the unit of x. Missing where no child is known.

    Raises
    ------
    InputError : a child that has a weight is zero or negative.

    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), section 1.6.
    """
    x = weighed(x, w)
    require_positive(x)
    return 1.0 / mean(1.0 / x, w)

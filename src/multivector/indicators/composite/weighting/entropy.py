"""Entropy weights: a child on which units differ more weighs more."""

from __future__ import annotations

import numpy as np

from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.aggregating.generalised import require_not_negative
from multivector.indicators.composite.statistics.columns import require_varied


def entropy(x: Floats, names: Names = NAMELESS) -> Floats:
    """w_n = d_n / sum d,  d_n = 1 - H_n / ln U_n,  H_n = -sum_u p_un ln p_un,  p_un = x_un / sum_u x_un.

    U_n is the number of units that know child n. Axes: x [u, n], zero or more -> w [n], summing to one.

    Raises
    ------
    InputError : a negative value; a child that is constant or known of fewer than three units.

    Source: C. L. Hwang and K. Yoon, Multiple Attribute Decision Making (1981), section 2.4.
    """
    require_not_negative(x, names)
    require_varied(x, "entropy weight", names)
    p = np.nan_to_num(x) / np.nansum(x, axis=0)
    uncertainty = -np.sum(p * np.log(np.where(p > 0, p, 1.0)), axis=0)
    divergence = 1.0 - uncertainty / np.log((~np.isnan(x)).sum(axis=0))
    weights: Floats = divergence / divergence.sum()
    return weights

"""CRITIC weights: a child that varies, and says what the others do not, weighs more."""

from __future__ import annotations

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names, ranges
from multivector.indicators.composite.ranking import TIE
from multivector.indicators.composite.statistics.columns import require_varied
from multivector.indicators.composite.statistics.correlation import correlate


def critic(x: Floats, names: Names = NAMELESS) -> Floats:
    """w_n = c_n / sum c,  c_n = s_n sum_m (1 - r_nm).

    s_n is the standard deviation of the child scaled to 0-1, r Pearson's correlation over the units that
    both children know. Axes: x [u, n] -> w [n], summing to one; a single child weighs 1.

    Raises
    ------
    InputError : a child that is constant or known of fewer than three units; two that share fewer.

    Source: D. Diakoulaki, G. Mavrotas and L. Papayannakis, Computers & Operations Research 22 (1995) 763-770.
    """
    require_varied(x, "CRITIC weight", names)
    if x.shape[1] == 1:
        return np.ones(1)
    low, high = ranges(x)
    r = correlate(x, x, names=(names, names)).r
    if np.isnan(r).any():
        n, m = np.argwhere(np.isnan(r))[0]
        raise InputError(
            f"too few units know both {names.child(int(n))} and {names.child(int(m))} to correlate them",
            where=names.node or "CRITIC",
            repair="fill the missing values before weighing, or leave one of the two out",
        )
    information = np.nanstd((x - low) / (high - low), axis=0, ddof=1) * (1.0 - r).sum(axis=0)
    if not information.sum() > TIE:
        raise InputError(
            "all children are the same up to scale, so none says more than another",
            where=names.node or "CRITIC",
            repair="weigh them equally",
        )
    weights: Floats = information / information.sum()
    return weights

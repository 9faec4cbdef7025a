"""Cronbach's alpha: how far the children of a node measure one thing."""

from __future__ import annotations

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.statistics.columns import complete, require_units


def cronbach_alpha(x: Floats, names: Names = NAMELESS) -> float:
    """alpha = k / (k - 1) (1 - sum_n var(x_n) / var(sum_n x_n)) over k columns of x [u, n].

    1 where all columns agree; 0 where they are unrelated; below 0 where they work against each other.
    Over the units known in full.

    Raises
    ------
    InputError : fewer than two columns, fewer than three units known in full, or a sum that is constant.

    Source: L. J. Cronbach, Psychometrika 16 (1951) 297-334.
    """
    rows = complete(x)
    where = names.node or "Cronbach's alpha"
    k = x.shape[1]
    if k < 2:
        raise InputError("alpha over one child", where=where, repair="give the node two children or more")
    require_units(rows, "Cronbach's alpha over the units known in full", names)
    whole = float(np.var(rows.sum(axis=1), ddof=1))
    if whole == 0:
        raise InputError("the children's sum is constant", where=where, repair="give values that differ")
    return float(k / (k - 1) * (1.0 - np.var(rows, axis=0, ddof=1).sum() / whole))

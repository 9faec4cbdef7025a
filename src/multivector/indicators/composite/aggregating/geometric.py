"""Geometric mean: a low child costs more than an equally high one repays."""

from __future__ import annotations

import numpy as np

from multivector.indicators.composite.aggregating.children import (
    NAMELESS,
    Floats,
    Names,
    mean,
    require,
    weighed,
)


def geometric(x: Floats, w: Floats) -> Floats:
    """Weighted geometric mean over the known children: y = exp(sum_n w_n ln x_n / sum_n w_n).

    Axes: x [..., u, n], w [..., n] -> [..., u], in the unit of x. Missing where no child is known.

    Raises
    ------
    InputError : a child that has a weight is zero or negative.

    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), section 1.6.
    """
    x = weighed(x, w)
    require_positive(x)
    return np.exp(mean(np.log(x), w))


def require_positive(x: Floats, names: Names = NAMELESS) -> None:
    """Every known value is positive.

    Raises
    ------
    InputError : with the unit, the child and the value.
    """
    require(
        x > 0,
        x,
        "a zero or negative value in a mean that needs positive ones",
        "normalise to a range above zero (as 1 to 100), or aggregate this node arithmetically",
        names,
    )

"""Generalised (power) mean: one number says how far children make up for each other."""

from __future__ import annotations

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import (
    NAMELESS,
    Floats,
    Names,
    mean,
    require,
    weighed,
)
from multivector.indicators.composite.aggregating.geometric import geometric, require_positive


def generalised(x: Floats, w: Floats, *, power: float = 0.5) -> Floats:
    """Weighted power mean over the known children: y = (sum_n w_n x_n^p / sum_n w_n)^(1/p).

    p = 1 is the arithmetic mean, 0 the geometric, -1 the harmonic; the lower p, the more a low child costs.
    Axes: x [..., u, n], w [..., n] -> [..., u], in the unit of x. Missing where no child is known
    (and, unlike in COINr 1.1.14, only there: a missing child leaves the mean of the others).

    Raises
    ------
    InputError : a child is negative; or zero where p is not positive; or p is not finite.

    Source: F. Vidoli and E. Fusco, Compind (2025); P. S. Bullen, Handbook of Means (2003), chapter III.
    """
    if not abs(power) < float("inf"):
        raise InputError(f"a power of {power}", where="power", repair="give a finite number, as 2 or -1")
    if power == 0:
        return geometric(x, w)
    x = weighed(x, w)
    if power < 0:
        require_positive(x)
    else:
        require_not_negative(x)
    scores: Floats = mean(x**power, w) ** (1.0 / power)
    return scores


def require_not_negative(x: Floats, names: Names = NAMELESS) -> None:
    """No known value is negative.

    Raises
    ------
    InputError : with the unit, the child and the value.
    """
    require(
        x >= 0,
        x,
        "a negative value in a method that needs values from zero",
        "normalise to a range from zero (as 0 to 100), or aggregate this node arithmetically",
        names,
    )

"""Arithmetic mean: a loss in one child is made up in full by a gain in another."""

from __future__ import annotations

from multivector.indicators.composite.aggregating.children import Floats, mean, weighed


def arithmetic(x: Floats, w: Floats) -> Floats:
    """Weighted arithmetic mean over the known children: y = sum_n w_n x_n / sum_n w_n.

    Axes: x [..., u, n], w [..., n] -> [..., u], in the unit of x. Missing where no child is known.

    Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), section 1.6.
    """
    return mean(weighed(x, w), w)

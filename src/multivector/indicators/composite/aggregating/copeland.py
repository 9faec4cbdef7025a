"""Copeland's score: pairwise contests won less lost, so that units of measurement never meet."""

from __future__ import annotations

import numpy as np

from multivector.indicators.composite.aggregating.children import Floats, ranges, weighed
from multivector.indicators.composite.ranking import TIE


def margins(x: Floats, w: Floats) -> Floats:
    """Net weight on which one unit is above another, [..., u, v] in [-1, 1].

    m_uv = sum_n w_n sign(x_un - x_vn) / sum_n w_n   over the children known of both; 0 where there is none

    (1 + m) / 2 is the outranking matrix, with half a child's weight for a tie. Values closer than 1e-9
    of the child's range tie: rescaling equal values must not rank them.
    """
    x, w = weighed(x, w), np.asarray(w, float)
    low, high = ranges(x)
    tolerance = TIE * np.nan_to_num(high - low)
    above = np.zeros((*np.broadcast_shapes(x.shape[:-2], w.shape[:-1]), x.shape[-2], x.shape[-2]))
    for n in range(x.shape[-1]):  # a child at a time: [..., u, v] is all that memory must hold
        gap = x[..., n][..., :, None] - x[..., n][..., None, :]
        above += (gap > tolerance[..., n, None, None]) * w[..., n, None, None]
    known = (~np.isnan(x)).astype(float)
    both = (known * w[..., None, :]) @ np.swapaxes(known, -1, -2)
    margin: Floats = (above - np.swapaxes(above, -1, -2)) / np.where(both > 0, both, 1.0)
    return margin


def copeland(x: Floats, w: Floats) -> Floats:
    """Units that a unit beats less those that beat it: y_u = sum_v sign(m_uv), in [1 - U, U - 1].

    One unit beats another where it is above it on more weight (`margins`). Axes: x [..., u, n],
    w [..., n] -> [..., u]. Missing where no child is known.

    Source: A. H. Copeland, A Reasonable Social Welfare Function (1951); OECD and JRC, Handbook on
    Constructing Composite Indicators (2008), section 1.6.
    """
    margin = margins(x, w)
    contests = np.where(np.abs(margin) > TIE, np.sign(margin), 0.0)
    score: Floats = np.where(np.isnan(weighed(x, w)).all(axis=-1), np.nan, contests.sum(axis=-1))
    return score

"""Ranks with ties: equal values stay equal, however they were computed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TIE = 1e-9
"""Neighbours closer than this share of the range are ties: 5.1 and 5.1 must not part after a rescaling."""


def ascending_ranks(x: NDArray[np.float64], *, tie: float = TIE) -> NDArray[np.float64]:
    """Rank 1 is the least value, `[..., u]` along the last axis; ties share the least rank.

    rank_u = 1 + #{v: x_v < x_u}, where sorted neighbours within `tie` of the range count as equal.
    Missing stays missing (NaN).
    """
    x = np.asarray(x, float)
    order = np.argsort(x, axis=-1, kind="stable")  # NaN sorts last
    ordered = np.take_along_axis(x, order, axis=-1)
    known = ~np.isnan(ordered)
    low = np.min(np.where(known, ordered, np.inf), axis=-1, keepdims=True, initial=np.inf)
    high = np.max(np.where(known, ordered, -np.inf), axis=-1, keepdims=True, initial=-np.inf)
    span = np.where(high > low, high - low, 0.0)
    place = np.arange(1, x.shape[-1] + 1, dtype=float)
    filled = np.where(known, ordered, np.inf)
    with np.errstate(invalid="ignore"):  # infinity less infinity, between missing values
        opens = np.diff(filled, axis=-1, prepend=-np.inf) > tie * span
    first = np.maximum.accumulate(np.where(opens, place, 1.0), axis=-1)
    ranks = np.empty_like(x)
    np.put_along_axis(ranks, order, np.where(known, first, np.nan), axis=-1)
    return ranks


def ranks(scores: NDArray[np.float64], *, tie: float = TIE) -> NDArray[np.float64]:
    """Rank 1 is the highest score, `[..., u]`; ties share the least rank; missing stays missing."""
    return ascending_ranks(-np.asarray(scores, float), tie=tie)

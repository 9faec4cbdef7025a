"""What samples say of units: quantiles, and probabilities of ranks and of order. Array functions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def quantiles(samples: Floats, levels: Sequence[float]) -> Floats:
    """Quantiles `[q, k]` of samples `[s, k]` over those that are known; NaN where none is."""
    known = ~np.isnan(samples)
    found = np.full((len(levels), samples.shape[1]), np.nan)
    whole = known.all(axis=0)
    if whole.any():
        found[:, whole] = np.quantile(samples[:, whole], levels, axis=0)
    for k in np.flatnonzero(~whole & known.any(axis=0)):
        found[:, k] = np.quantile(samples[known[:, k], k], levels)
    return found


def rank_probabilities(ranks: Floats, times: Sequence[str]) -> Floats:
    """Share of samples in which a unit has each rank of its time: ranks `[s, u]` -> `[u, r]`.

    t units that tie at rank r hold the ranks r to r + t - 1 among them, each with a t-th: so probabilities
    sum to one over the ranks of a unit, and over the units of a rank. Samples that do not score a unit do not
    count for it.
    """
    samples, units = ranks.shape
    found = np.zeros((units, units + 1))
    for time in dict.fromkeys(times):
        at = np.flatnonzero(np.asarray(times) == time)
        own = ranks[:, at]
        known = ~np.isnan(own)
        first = np.where(known, own, 1).astype(np.int64) - 1
        sample = np.arange(samples)[:, None] * (units + 1)
        size = np.bincount((sample + first)[known], minlength=samples * (units + 1))
        tied = np.where(known, size[sample + first], 1)
        share = known / tied
        steps = np.zeros((len(at), units + 1))
        for n in range(len(at)):  # a unit's ranks: from its first on, up to the last of its ties
            steps[n] += np.bincount(first[:, n], share[:, n], units + 1)
            steps[n] -= np.bincount(first[:, n] + tied[:, n], share[:, n], units + 1)
        count = known.sum(axis=0)[:, None]
        found[at] = np.cumsum(steps, axis=1) / np.where(count > 0, count, np.nan)
    most = max(list(times).count(time) for time in dict.fromkeys(times))
    return found[:, :most]


def order_probabilities(ranks: Floats, a: Places, b: Places) -> tuple[Floats, Floats, Floats]:
    """How often unit a ranks above, level with and below unit b, `[p]` each: ranks `[s, u]`, pairs `[p]`."""
    above, tie = np.empty(len(a)), np.empty(len(a))
    for p, (one, other) in enumerate(zip(a, b, strict=True)):
        both = ~np.isnan(ranks[:, one]) & ~np.isnan(ranks[:, other])
        x, y = ranks[both, one], ranks[both, other]
        above[p] = (x < y).mean() if both.any() else np.nan
        tie[p] = (x == y).mean() if both.any() else np.nan
    return above, tie, 1.0 - above - tie

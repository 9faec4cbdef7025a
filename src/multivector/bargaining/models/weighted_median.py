"""The median voter, with weights: the position that no other beats when votes go by distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.bargaining.models.model import Floats, shares
from multivector.bargaining.stakes import Stakes

_HALF = 0.5 - 1e-12
"""Half of the weight, less what adding shares may lose to rounding."""


def lower_median(position: Floats, share: Floats, axis: int = -2) -> Floats:
    """The least position at which the shares of those at or below it reach one half; `axis` goes away."""
    order = np.argsort(position, axis=axis, kind="stable")
    reached = np.cumsum(np.take_along_axis(share, order, axis), axis=axis) >= _HALF
    first = np.expand_dims(np.argmax(reached, axis=axis), axis)
    found: Floats = np.take_along_axis(np.take_along_axis(position, order, axis), first, axis).squeeze(axis)
    return found


@dataclass(frozen=True)
class WeightedMedian:
    """The lower median of positions by `w_i = c_i s_i`, each dimension by itself.

    `m = min {x_i : sum_{k: x_k <= x_i} w_k >= W/2}`; the Condorcet winner of one dimension when actors vote
    for the nearer of two positions (Black 1948).
    """

    name: str = "weighted-median"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        return lower_median(stakes.position, shares(stakes, stakes.weight))


@dataclass(frozen=True)
class PlainMedian:
    """The median of positions, every actor counting the same; the mean of the two in the middle where n is even."""

    name: str = "median"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        found: Floats = np.median(stakes.position, axis=-2)
        return found

"""Means of positions that leave something out of the compromise model: what each part of its weight is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.bargaining.models.model import Floats, shares
from multivector.bargaining.stakes import Stakes


def _mean(stakes: Stakes, weight: Floats) -> Floats:
    mean: Floats = np.sum(shares(stakes, weight) * stakes.position, axis=-2)
    return mean


@dataclass(frozen=True)
class PlainMean:
    """`mean_i x_i`: every actor counts the same. `outcome` is `[..., d]`, on 0 to 100."""

    name: str = "mean"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        return _mean(stakes, np.ones_like(stakes.salience))


@dataclass(frozen=True)
class SalienceMean:
    """`sum_i s_i x_i / sum_i s_i`: actors count by how much they care (Schneider et al. 2010)."""

    name: str = "salience-mean"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        return _mean(stakes, stakes.salience)


@dataclass(frozen=True)
class CapabilityMean:
    """`sum_i c_i x_i / sum_i c_i`: actors count by what they can bring to bear."""

    name: str = "capability-mean"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        return _mean(stakes, np.broadcast_to(stakes.capability[..., None], stakes.position.shape))

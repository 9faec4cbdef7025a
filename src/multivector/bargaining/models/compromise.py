"""The compromise model: the mean of positions by capability and salience."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.bargaining.models.model import Floats, shares
from multivector.bargaining.stakes import Stakes


@dataclass(frozen=True)
class Compromise:
    """`M = sum_i w_i x_i / sum_i w_i` with `w_i = c_i s_i`, on each dimension.

    A shift of actor i by `delta` moves M by exactly `delta w_i / sum w`. With quadratic loss and a
    disagreement that nobody wants, it is the first-order Nash bargaining solution (Achen 2006, in Thomson
    et al., The European Union Decides, ch. 4), and the published yardstick that procedural models do not
    beat (Leinaweaver & Thomson 2014).
    """

    name: str = "compromise"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        mean: Floats = np.sum(shares(stakes, stakes.weight) * stakes.position, axis=-2)
        return mean

"""What is known at the end of a year of a pair that may trade arms: the regressors of the model of ties.

    now       1 if the supplier delivered in the year
    recent    share of the last five years with a delivery
    ever      1 if the supplier ever delivered to the state

Rejected on origins to 2012: decayed volume, the supplier's reach among the other states, and how many others
supply the state. They rank new ties better and give worse chances: all three drift as the register's list
of suppliers grows. Suppliers that nobody in the region had yet taken are missing (see the family).

Axes: y year, c pair, k regressor. Source of the kind: Liben-Nowell & Kleinberg 2007, JASIST 58:1019-1031.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NAMES = ("now", "recent", "ever")
WINDOW = 5


def features(delivers: Floats) -> Floats:
    """Regressors [y, c, k] from deliveries yes or no [y, c], each from its past only."""
    there = np.isfinite(delivers)
    yes = np.where(there, delivers, 0.0)
    table = np.stack([yes, _window(yes), np.maximum.accumulate(yes, axis=0)], axis=-1)
    return np.where(there[..., None], table, np.nan)


def _window(yes: Floats) -> Floats:
    """Mean of the last five years; before there are five, as if the earlier ones were without delivery."""
    total = np.cumsum(yes, axis=0)
    total[WINDOW:] -= total[:-WINDOW].copy()
    return total / WINDOW

"""What is known at the end of a year of a pair that may trade arms: the regressors of the model of ties.

    now          1 if the supplier delivered in the year
    recent       share of the last five years with a delivery
    memory       sum over past years of 2^-(age / 4) with a delivery
    weight       log(1 + sum over past years of 2^-(age / 4) * TIV)
    ever         1 if the supplier ever delivered to the state
    reach        mean of `recent` over the other states that the supplier may serve
    openness     number of other suppliers that delivered to the state in the last five years, over ten

Suppliers that nobody in the region had yet taken are missing (see the family). Axes: y year, i state,
j supplier, k regressor. Source of the kind: Liben-Nowell & Kleinberg 2007, JASIST 58:1019-1031 (a pair's
own past, and how active either side is).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NAMES = ("now", "recent", "memory", "weight", "ever", "reach", "openness")
WINDOW = 5
HALF_LIFE = 4.0  # years; memory and weight


def features(delivers: Floats, volume: Floats) -> Floats:
    """Regressors [y, i, j, k] from deliveries yes or no and TIV [y, i, j], each from its past only."""
    there = np.isfinite(delivers)
    yes = np.where(there, delivers, 0.0)
    recent = _window(yes)
    others = _without_own(np.where(there, recent, 0.0)) / np.maximum(_without_own(there.astype(float)), 1.0)
    taken = (recent > 0).astype(float)
    openness = (taken.sum(axis=2, keepdims=True) - taken) / 10.0
    table = np.stack(
        [
            yes,
            recent,
            _decayed(yes),
            np.log1p(_decayed(np.nan_to_num(volume))),
            np.maximum.accumulate(yes, axis=0),
            others,
            openness,
        ],
        axis=-1,
    )
    return np.where(there[..., None], table, np.nan)


def _window(yes: Floats) -> Floats:
    """Mean of the last five years; before there are five, as if the earlier ones were without delivery."""
    total = np.cumsum(yes, axis=0)
    total[WINDOW:] -= total[:-WINDOW].copy()
    return total / WINDOW


def _decayed(flow: Floats) -> Floats:
    """Stock [y, ...] that halves in `HALF_LIFE` years and takes in each year's flow."""
    stock = np.empty_like(flow)
    held = np.zeros(flow.shape[1:])
    for year, entering in enumerate(flow):
        held = held * 0.5 ** (1.0 / HALF_LIFE) + entering
        stock[year] = held
    return stock


def _without_own(by_state: Floats) -> Floats:
    """Sum over states [y, i, j] that leaves out the state itself."""
    return by_state.sum(axis=1, keepdims=True) - by_state

"""Benefit-of-the-doubt score: how near a unit comes to the best, weighed as suits it best."""

from __future__ import annotations

import numpy as np

from multivector.indicators.composite.aggregating.children import Floats, known_weights
from multivector.indicators.composite.weighting.benefit_of_the_doubt import benefit_of_the_doubt_weights


def benefit_of_the_doubt(x: Floats, w: Floats, *, low: float = 0.0, high: float = 1.0) -> Floats:
    """Score in [0, 1] under each unit's own best weights (`benefit_of_the_doubt_weights`); 1 is a best unit.

    The given weights choose only who takes part: a child of weight zero does not. A linear programme for
    each unit, so batches are a loop. Axes: x [..., u, n], w [..., n] -> [..., u].

    Raises
    ------
    InputError : a negative value, or limits that no shares can keep.
    """
    part = known_weights(x, w)
    values = np.where(part > 0, x, np.nan)
    score = np.empty(values.shape[:-1])
    for at in np.ndindex(values.shape[:-2]):
        weights = benefit_of_the_doubt_weights(values[at], low=low, high=high)
        score[at] = np.where(part[at] > 0, weights * values[at], 0.0).sum(axis=-1)
    result: Floats = np.where((part > 0).any(axis=-1), score, np.nan)
    return result

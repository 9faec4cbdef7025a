"""A node's scores on another scale: a method with a scale of its own beside siblings on theirs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import Floats

OWN_SCALE = {
    "copeland": "-n to n",
    "mazziotta_pareto": "about 100",
    "adjusted_mazziotta_pareto": "70 to 130",
    "benefit_of_the_doubt": "0 to 1",
}
"""Methods whose scores are not on the scale of the children, and where theirs lie."""


def rescaled(scores: Floats, ends: Sequence[float] | None, node: str) -> Floats:
    """Scores [..., u] from the least to `low`, from the greatest to `high`: as they are without ends.

    y = low + (high - low) (x - min_u x) / (max_u x - min_u x).

    Raises
    ------
    InputError : the node is the same in every unit.
    """
    if ends is None:
        return scores
    least, greatest = (f.reduce(scores, axis=-1, keepdims=True) for f in (np.fmin, np.fmax))
    if np.any(greatest <= least):
        raise InputError(
            f"{node!r} is the same in every unit and cannot be rescaled",
            where=f"recipe, stage aggregate, rescale of {node}",
            repair="remove `rescale`, or choose another method",
        )
    low, high = ends
    result: Floats = low + (high - low) * (scores - least) / (greatest - least)
    return result

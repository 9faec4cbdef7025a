"""An effort split over powers, and how much of it a budget allows to move.

A split w [g] is shares of one effort: not negative, summing to one. The budget b is the share of the
effort that may go elsewhere than now:

    1/2 sum_g |w[g] - w0[g]| <= b

Source of the measure: total variation distance, e.g. Levin & Peres 2017, Markov Chains and Mixing Times,
ch. 4.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError

Array = NDArray[np.float64]


def moved(split: Array, now: Array) -> Array:
    """Share of the effort [...] that a split [..., g] puts elsewhere than `now` [g] does."""
    return np.asarray(np.abs(split - now).sum(axis=-1) / 2)


def within(wanted: Array, now: Array, budget: float) -> Array:
    """The split on the way from `now` [g] to `wanted` [..., g] at which the budget is spent, or `wanted`."""
    distance = moved(wanted, now)
    part = np.minimum(1.0, budget / np.maximum(distance, 1e-300))
    return np.asarray(now + part[..., None] * (wanted - now))


def alone(now: Array, budget: float) -> Array:
    """Each lever pulled alone: row g moves the budget to power g, from all others in proportion."""
    return within(np.eye(len(now)), now, budget)


def require_split(now: Array, budget: float) -> None:
    """Refuse what is no split, or a budget that is no share.

    Raises
    ------
    InputError : which, and what would be right.
    """
    if now.ndim != 1 or len(now) < 2 or (now < 0).any() or abs(now.sum() - 1) > 1e-9:
        raise InputError(
            f"{np.array2string(now, precision=4)} is no split of an effort",
            repair="give two or more shares that are not negative and sum to one",
        )
    if not 0 < budget <= 1:
        raise InputError(
            f"the budget is {budget:g}", repair="give a share of the effort, above 0 and up to 1"
        )

"""Which offer each actor takes, and where it moves."""

from __future__ import annotations

from typing import Final

import numpy as np

from multivector.bargaining.models.expected_utility.dyads import Dyads
from multivector.bargaining.models.expected_utility.places import ONE_PLACE
from multivector.bargaining.models.expected_utility.readings import Reading
from multivector.bargaining.models.model import Floats

_EQUAL: Final = 1e-10
"""Expectations, which lie between -4 and 4, are equal if no further apart: those of actors who weigh and care alike
are parted by rounding alone."""


def moves(position: Floats, pairs: Dyads, reading: Reading) -> Floats:
    """Positions `[..., n]` after every actor has taken its best offer, all at once.

    With `a = E(i -> j; r_i)` and `b = E(j -> i; r_i)`, for j elsewhere:

        b > a > 0              i would lose: moves to x_j
        b > 0 > a, b >= |a|    compromise: moves to x_i + (x_j - x_i) |a / b|
        b > 0 > a, b < |a|     i gives in: moves to x_j
        else                   no offer

    The first of these kinds that i is offered is taken, and in it the offer that asks least of i (or as the
    reading ranks compromises); of offers that ask the same, the first in the order of actors. `b = |a|`, which the
    article leaves open, is a compromise. What is compared is equal within rounding: no outcome hangs on the scale
    on which positions were written. Source: Scholz, Calbert & Smith 2011, fig. 6 and (35-36).
    """
    here, there = position[..., :, None], position[..., None, :]
    a, b = pairs.own, pairs.other
    elsewhere = here != there
    lost = elsewhere & (b > a + _EQUAL) & (a > _EQUAL)
    facing = elsewhere & (b > _EQUAL) & (a < -_EQUAL)
    meet = facing & (a + b >= -_EQUAL)
    given = facing & ~meet & reading.capitulates

    part = np.where(meet, np.minimum(np.abs(a) / np.where(meet, b, 1.0), 1.0), 1.0)
    target = here + (there - here) * part
    least = np.abs(target - here)
    rank = least
    if reading.compromises_by == "value":
        total = np.where(meet, np.abs(a) + np.abs(b), 1.0)
        rank = np.where(meet, (np.abs(a) * here + np.abs(b) * there) / total, least)

    result = position
    for kind, order in (
        (given, least),
        (meet, rank),
        (lost, least),
    ):  # the last kind to hold is the first taken
        asked = np.where(kind, order, np.inf)
        best = np.argmax(asked <= asked.min(axis=-1, keepdims=True) + ONE_PLACE, axis=-1)[..., None]
        taken = np.take_along_axis(target, best, axis=-1)[..., 0]
        result = np.where(kind.any(axis=-1), taken, result)
    return result

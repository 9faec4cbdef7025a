"""Which offer each actor takes, and where it moves."""

from __future__ import annotations

import numpy as np

from multivector.bargaining.models.expected_utility.dyads import Dyads
from multivector.bargaining.models.expected_utility.readings import Reading
from multivector.bargaining.models.model import Floats


def moves(position: Floats, pairs: Dyads, reading: Reading) -> Floats:
    """Positions `[..., n]` after every actor has taken its best offer, all at once.

    With `a = E(i -> j; r_i)` and `b = E(j -> i; r_i)`, for j elsewhere:

        b > a > 0              i would lose: moves to x_j
        b > 0 > a, b > |a|     compromise: moves to x_i + (x_j - x_i) |a / b|
        b > 0 > a, b < |a|     i gives in: moves to x_j
        else                   no offer

    The first of these kinds that i is offered is taken, and in it the offer that asks least of i (or as the
    reading ranks compromises). Source: Scholz, Calbert & Smith 2011, fig. 6 and (35-36).
    """
    here, there = position[..., :, None], position[..., None, :]
    a, b = pairs.own, pairs.other
    elsewhere = here != there
    lost = elsewhere & (b > a) & (a > 0)
    facing = elsewhere & (b > 0) & (a < 0)
    meet = facing & (b > -a)
    given = facing & (b < -a) if reading.capitulates else np.zeros_like(facing)

    part = np.where(meet, np.abs(a) / np.where(meet, b, 1.0), 1.0)
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
        best = np.argmin(np.where(kind, order, np.inf), axis=-1)[..., None]
        taken = np.take_along_axis(target, best, axis=-1)[..., 0]
        result = np.where(kind.any(axis=-1), taken, result)
    return result

"""Which positions are one place: rounding parts actors who meet, and must not set them against each other."""

from __future__ import annotations

from typing import Final

import numpy as np

from multivector.bargaining.models.model import Floats

ONE_PLACE: Final = 1e-9
"""Points of 0 to 100. Positions no further apart are one place; rounding parts them by a thousandth of that."""


def joined(position: Floats) -> Floats:
    """Positions `[..., n]` with those of one place made equal, to the lowest of them.

    A place ends where the next position is more than `ONE_PLACE` away. Rounding to a grid would part the actors
    of a place wherever a border of the grid fell among them.
    """
    order = np.argsort(position, axis=-1, kind="stable")
    row = np.take_along_axis(position, order, axis=-1)
    begins = np.diff(row, axis=-1, prepend=-np.inf) > ONE_PLACE
    place: Floats = np.empty_like(row)
    np.put_along_axis(place, order, np.maximum.accumulate(np.where(begins, row, -np.inf), axis=-1), axis=-1)
    return place

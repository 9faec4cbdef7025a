"""Numbers as cells write them: plain ones, and not so large that sums of their powers overflow."""

from __future__ import annotations

import math

from multivector.errors import InputError

LARGEST = 1e60
"""Fourth powers of numbers like this, which kurtosis takes, must stay finite."""


def plain_number(text: str) -> float:
    """The number that a cell writes in ASCII, without separators; NaN where it is none."""
    try:  # Python itself would read 1_000 and full-width digits
        return float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return math.nan


def require_size(value: float, where: str) -> float:
    """The value, unless it is too large.

    Raises
    ------
    InputError : beyond `LARGEST`, with the place.
    """
    if abs(value) > LARGEST:
        raise InputError(
            f"{value:g} is too large to reckon with",
            where=where,
            repair="give the whole column in a larger unit",
        )
    return value

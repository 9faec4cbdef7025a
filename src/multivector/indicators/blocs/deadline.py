"""One time limit for several searches: when it ends, and what is left of it."""

from __future__ import annotations

import math
import time

from multivector.errors import InputError

LEAST = 0.01
"""Seconds that a search gets when nothing is left: it tells what it knows without searching long."""


def deadline_after(time_limit: float) -> float:
    """The `time.monotonic()` at which a time limit of so many seconds ends.

    Raises
    ------
    InputError : the time limit is not positive.
    """
    if not (time_limit > 0 and math.isfinite(time_limit)):
        raise InputError(
            f"a time limit of {time_limit} s", where="time limit", repair="give seconds above zero"
        )
    return time.monotonic() + time_limit


def seconds_left(deadline: float) -> float:
    """Seconds up to a deadline, never less than `LEAST`."""
    return max(deadline - time.monotonic(), LEAST)

"""Quarters: "2021Q4" as text, and as a whole number that can be counted."""

from __future__ import annotations

import re

from multivector.axes import QUARTERS_PER_YEAR

_QUARTER = re.compile(r"^(\d{4})Q([1-4])$")


def quarter_index(text: str) -> int:
    """Quarters since the year 0: `2021Q4` -> 8087. Raises ValueError on anything else."""
    match = _QUARTER.match(text)
    if match is None:
        raise ValueError(f"{text!r} is not a quarter; write it as 2021Q4")
    return int(match[1]) * QUARTERS_PER_YEAR + int(match[2]) - 1


def quarter_text(index: int) -> str:
    """The quarter at an index: 8087 -> `2021Q4`."""
    year, quarter = divmod(index, QUARTERS_PER_YEAR)
    return f"{year:04d}Q{quarter + 1}"


def quarters_between(first: int, last: int) -> tuple[str, ...]:
    """All quarters from one index to another, both included."""
    return tuple(quarter_text(index) for index in range(first, last + 1))

"""A region at a date of which it speaks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from multivector.errors import InputError

if TYPE_CHECKING:
    from multivector.atlas import Region, Snapshot


def snapshot_within(region: Region, at: int | str | date) -> Snapshot:
    """The region at a date within its years: outside them its tables are silent, and silence is no zero.

    Raises
    ------
    InputError : `at` is not a date, or lies before the region's first year or after its last.
    """
    snapshot = region.at(at)
    year, first, last = snapshot.date.year, region.first_year, region.last_year
    if not first <= year <= last:
        side = (
            f"before {first}, where {region.id} begins"
            if year < first
            else f"after {last}, where {region.id} ends"
        )
        raise InputError(
            f"{year} is {side}", where="at", repair=f"ask for a date from {first} to the end of {last}"
        )
    return snapshot

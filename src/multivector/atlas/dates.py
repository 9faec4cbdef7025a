"""Dates as people write them: a year, a quarter, a month, a day; each stands for its last day."""

from __future__ import annotations

import calendar
import re
from datetime import date

from multivector.errors import InputError

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|[- ]?[Qq]([1-4]))?")


def span(text: str) -> tuple[date, date] | None:
    """First and last day of "2024", "2024Q2", "2024-06" or "2024-06-30"; None for anything else."""
    found = _FORM.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, quarter = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        first = month or 3 * quarter - 2 if month or quarter else 1
        last = month or 3 * quarter if month or quarter else 12
        return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def day_of(when: int | str | date) -> date:
    """The day at which to look: a year, quarter or month stands for its last day.

    Raises
    ------
    InputError : for anything that is not a date.
    """
    if isinstance(when, date):
        return date(when.year, when.month, when.day)
    found = span(str(when))
    if found is None:
        raise InputError(
            f"{when!r} is not a date",
            where="at",
            repair="write a year (2024), a quarter (2021Q4), a month (2024-06) or a day (2024-06-30)",
        )
    return found[1]


def last_full_year(day: date) -> int:
    """The last year that has ended by the end of this day."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def age(day: date, year: int) -> float:
    """Years from the end of `year` to `day`, in calendar years, so that 31 December is always whole."""
    whole = 366 if calendar.isleap(day.year) else 365
    return day.year - year - 1 + day.timetuple().tm_yday / whole

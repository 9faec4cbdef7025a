"""What states did, held and suffered, as coded in the region's `roles.csv`: counts over a window, with the interval
that a count allows.

A count of found events is a sample of what was done. Its interval is the 90 % interval of a Poisson rate after n
events under Jeffreys' prior, Gamma(n + 1/2, 1), times the mean weight of an event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np

from multivector.atlas.dates import span
from multivector.errors import InputError
from multivector.indicators.middle_power.facts import Facts, held_within, stands
from multivector.indicators.middle_power.grid import Grid, joined

LEVEL = 0.9
Row = dict[str, Any]
Rule = Callable[[Row, int], float]
"""What a row counts at the end of a year: 0 where it does not."""


def rows_of(facts: Facts, *kinds: str) -> list[Row]:
    """The region's coded roles of some kinds."""
    if "roles" not in facts.region.tables:
        return []
    rows = facts.region.table("roles")
    return [row for row in rows.iter_rows(named=True) if row["kind"] in kinds]


def begun(row: Row, year: int) -> bool:
    """Whether it had begun by the year's end."""
    first = _day(row["from"], 0)
    return first is not None and first.year <= year


def ended(row: Row, year: int) -> bool:
    """Whether it was over by the year's end."""
    last = _day(row["to"], 1)
    return last is not None and last.year <= year


def begun_within(years: int) -> Rule:
    """The weight of what began in the last `years` years."""

    def counts(row: Row, year: int) -> float:
        begun = _day(row["from"], 0)
        return weight(row) if begun and year - years < begun.year <= year else 0.0

    return counts


def in_force_within(years: int) -> Rule:
    """The weight of what held at any time in the last `years` years."""

    def counts(row: Row, year: int) -> float:
        return weight(row) if held_within(row, year - years + 1, year) else 0.0

    return counts


def years_held_within(years: int) -> Rule:
    """The weight times the part of the last `years` years in which it was held."""

    def counts(row: Row, year: int) -> float:
        begun, ended = _day(row["from"], 0), _day(row["to"], 1) or date(year, 12, 31)
        if begun is None:
            return 0.0
        first, last = max(begun, date(year - years + 1, 1, 1)), min(ended, date(year, 12, 31))
        return weight(row) * max(0, (last - first).days + 1) / 365.25

    return counts


def standing(row: Row, year: int) -> float:
    """The weight of what stands at the year's end."""
    return weight(row) if stands(row, year) else 0.0


def counted(facts: Facts, kinds: Sequence[str], rule: Rule, *, sampled: bool) -> Grid:
    """The sum of what each state's rows count. A zero is a zero only because the same question was asked of every
    state; what was found is uneven all the same.

    Parameters
    ----------
    sampled : whether the rows are a sample of events (then the interval above) or a complete list.
    """
    rows = rows_of(facts, *kinds)
    grid = Grid.blank(facts.shape, f"the region has no coded roles of the kind {', '.join(kinds)}")
    if not rows:
        return grid
    keys = joined(*{row["source"] for row in rows})
    first, last = searched(facts, kinds)
    for s, state in enumerate(facts.states):
        own = [row for row in rows if row["actor"] == state]
        for t, year in enumerate(facts.years):
            if not first <= year <= last:
                grid.refuse((s, t), f"coded for {first} to {last} only")
                continue
            each = [rule(row, year) for row in own]
            found = [heavy for heavy in each if heavy > 0]
            total = float(sum(found))
            low, high = _interval(len(found), total) if sampled else (total, total)
            seen = joined(*(row["source"] for row, heavy in zip(own, each, strict=True) if heavy > 0))
            grid.put((s, t), (total, low, high), year, seen or keys)
    return grid


def searched(facts: Facts, kinds: Sequence[str]) -> tuple[int, int]:
    """The years in which the absence of a row is a zero; outside them it is missing.

    Raises
    ------
    InputError : the region has roles and no table of their kinds.
    """
    if "role_kinds" not in facts.region.tables:
        raise InputError(
            "roles.csv stands without role_kinds.csv, which says for which years each kind was searched",
            where=str(facts.region.path),
            repair="add role_kinds.csv, or take roles.csv out",
        )
    rows = facts.region.table("role_kinds")
    found = rows.filter(rows["kind"].is_in(list(kinds)))
    return int(found["first_year"].max()), int(found["last_year"].min())  # type: ignore[arg-type]


def _interval(n: int, total: float) -> tuple[float, float]:
    from scipy.special import gammaincinv

    mean = total / n if n else 1.0
    tails = gammaincinv(n + 0.5, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) * mean
    # Jeffreys' interval of no event at all starts above zero, and none is what was found.
    return min(float(tails[0]), total), float(np.maximum(tails[1], total))


def _day(text: str | None, end: int) -> date | None:
    """First or last day of what a cell says."""
    found = span(str(text)) if text else None
    return None if found is None else found[end]


def weight(row: Row) -> float:
    return 1.0 if row["weight"] is None else float(row["weight"])

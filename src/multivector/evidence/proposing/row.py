"""A row drafted from a claim, and why a claim gives none."""

from __future__ import annotations

from dataclasses import dataclass

from multivector.atlas.declare import declared
from multivector.evidence.records import Claim


@dataclass(frozen=True, slots=True)
class Row:
    """Cells for a table, by column; empty where the claim says nothing. `held` says how the region has it."""

    table: str
    cells: dict[str, str]
    held: str = ""
    note: str = ""

    @property
    def lacks(self) -> tuple[str, ...]:
        """Cells that the table needs and the claim does not give; a date's precision comes with the date."""
        table = declared(self.table)
        needed = [column.name for column in table.columns if column.required] if table else []
        return tuple(name for name in needed if name != "date_precision" and not self.cells.get(name))


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a claim gives: rows, or the reason why there is none."""

    rows: tuple[Row, ...] = ()
    why: str = ""
    codes: tuple[str, ...] = ()


def precision_of(date: str) -> str:
    """What a date holds: year, month or day."""
    return {4: "year", 7: "month", 10: "day"}.get(len(date), "")


def source_of(claim: Claim) -> str:
    """The key under which the claim stands in `sources.csv`."""
    return f"claim:{claim.id}"


def at_once(claim: Claim) -> str:
    """The claim's date where it names one day, month or year; empty where it names a span or none."""
    start, end = claim.date_start, claim.date_end
    return start if start and (not end or start == end) else ""

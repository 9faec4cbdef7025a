"""The years that a claim speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from multivector.atlas import Region
from multivector.evidence.records import Claim

_YEAR = 4  # characters of the least precise date


@dataclass(frozen=True, slots=True)
class Window:
    """Years `first` to `last`, both included; `stated` tells whether the claim names them."""

    first: int
    last: int
    stated: bool = True

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def year_of(date: str) -> int | None:
    """The year of 2024, 2024-06 or 2024-06-30."""
    return int(date[:4]) if date[:4].isdigit() else None


def same_date(one: str, other: str) -> bool:
    """Whether two dates agree as far as the less precise one goes; a missing one agrees with none."""
    shared = min(len(one), len(other))
    return shared >= _YEAR and one[:shared] == other[:shared]


def covered(region: Region, layer: str, state: str) -> tuple[int, int] | None:
    """First and last year in which the layer's absence of a row means zero for the state."""
    table = region.table("coverage")
    rows = [
        row
        for row in table.iter_rows(named=True)
        if row["layer"] == layer and state in str(row["states"]).split("|")
    ]
    if not rows:
        return None
    return min(int(r["first_year"]) for r in rows), max(int(r["last_year"]) for r in rows)


def window_of(claim: Claim, last_covered: int) -> Window | None:
    """The claim's window; 'since 2015' runs to the last year covered. None where it names no year."""
    first, last = year_of(claim.date_start), year_of(claim.date_end)
    if first is None and last is None:
        return None
    if first is None:
        return None  # 'until 2020' does not say from when
    return Window(first, last if last is not None else max(first, last_covered))

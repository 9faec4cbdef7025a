"""The middle-power index for a brief: measured once, and remembered for the same data, code and definition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl

from multivector.atlas import Region
from multivector.desk.cache import remembered

if TYPE_CHECKING:
    from multivector.indicators.middle_power import MiddlePowerTable

YEARS = 10  # that share their goalposts, where the region has as many
TRIED = 3  # years, the last one first, of which the newest that has an overall score is taken
SAMPLES = 2000


def standing_of(region: Region, year: int) -> MiddlePowerTable:
    """The index at the end of a year, or of the newest of a few before it where that one has an overall score.

    Raises
    ------
    InputError : the region has too little to measure it.
    """
    tried = _at(region, year, TRIED, 2).rows("years")
    scored = [row["year"] for row in tried if not row["factor"] and row["score"] is not None]
    return _at(region, max(scored, default=year), YEARS, SAMPLES)


def _at(region: Region, year: int, years: int, samples: int) -> MiddlePowerTable:
    from multivector.indicators.middle_power import COLUMNS, MiddlePowerTable, factors, measure_middle_power

    years = min(years, year - region.first_year + 1)

    def measure() -> pl.DataFrame:
        table = measure_middle_power(region, year, years=years, samples=samples)
        return pl.DataFrame({"table": [json.dumps(table.as_dict())]})

    depends_on = f"standing {region.hash} {year} {years} {samples} {factors()}"
    kept = json.loads(remembered(depends_on, measure)["table"].item())
    parts = {name: kept.pop(name) for name in COLUMNS}
    return MiddlePowerTable(**kept | {"notes": tuple(kept["notes"]), "parts": parts})

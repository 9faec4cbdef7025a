"""What powers have put into states, from the region's table of engagement; and the institutions behind it.

Measures differ in unit (dollars, visits), so each is divided by the power's own median: the median of its
positive values over the region's states in the ten years to the origin. An effort of 1 is thus what this
power typically spends on a state of this region in a year; it is the mean over the measures that are known.
Two powers are not compared: only changes against a power's own past enter the world.

A power without rows, and a state of whom nothing was observed in the last five years, is not known: its
effort is the prior 1, and the mask says so.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.atlas.dates import day_of, span

EFFORT_YEARS = 20
REFERENCE_YEARS = 10
MAX_AGE = 5
PRIOR_EFFORT = 1.0

Array = NDArray[np.float64]


def efforts(region: Region, origin: int) -> tuple[Array, Array]:
    """Effort [y, g, i] of the last `EFFORT_YEARS` years, the origin's last, and where it is known (1 or 0)."""
    shape = (EFFORT_YEARS, len(region.powers), len(region.states))
    total, count = np.zeros(shape), np.zeros(shape)
    for (power, _), rows in _series(region, origin):
        unit = _median(rows, origin)
        if unit is None:
            continue
        g = region.powers.index(power)
        for state, year, value in rows.select("state", "year", "value").iter_rows():
            y = year - (origin - EFFORT_YEARS + 1)
            if y >= 0 and state in region.states:
                cell = (y, g, region.states.index(state))
                total[cell] += max(value, 0.0) / unit  # more taken back than given is no effort
                count[cell] += 1.0
    known = (count > 0).astype(float)
    fresh = known[-MAX_AGE:].any(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1.0), 0.0), known * fresh


def _series(region: Region, origin: int) -> list[tuple[tuple[str, str], pl.DataFrame]]:
    """Rows of whole years up to the origin, by power and measure."""
    if "engagement" not in region.tables:
        return []
    rows = region.table("engagement").filter(
        (pl.col("year") <= origin) & (pl.col("basis") == "measured") & pl.col("power").is_in(region.powers)
    )
    grouped = rows.partition_by("power", "measure", as_dict=True, maintain_order=True)
    return [((str(power), str(measure)), frame) for (power, measure), frame in grouped.items()]


def _median(rows: pl.DataFrame, origin: int) -> float | None:
    """The power's median in the reference years; None where it gave nothing in them."""
    recent = rows.filter((pl.col("year") > origin - REFERENCE_YEARS) & (pl.col("value") > 0))["value"]
    return float(np.median(recent.to_numpy())) if recent.len() else None


def institutions(region: Region, origin: int) -> tuple[Array, NDArray[np.bool_]]:
    """Standing institutions [g, i] at the end of the year, and of which powers [g] any row exists.

    Those of a power without rows were not looked up: it counts 0, and the mask says that it is not known.
    """
    number = np.zeros((len(region.powers), len(region.states)))
    known = np.zeros(len(region.powers), bool)
    if "institutions" not in region.tables:
        return number, known
    day = day_of(origin)
    for row in region.table("institutions").iter_rows(named=True):
        begin, end = span(row["from"]), span(row["to"] or "")
        if row["power"] not in region.powers or begin is None or begin[0] > day:
            continue
        g = region.powers.index(row["power"])
        known[g] = True
        for state in row["states"].split("|"):
            if state in region.states and not (end and end[1] <= day):
                number[g, region.states.index(state)] += 1.0
    return number, known

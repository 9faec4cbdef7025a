"""What leverage assumes: weights of layers, their importance, and how far ties could be replaced.

The rows of a region's `leverage.csv`:

    name          weight, importance or substitutability
    layer         a row of `layers.csv` that is not symmetric
    distribution  dirichlet   weights; `mode` is the concentration, 1 prefers no weighting
                  triangular  `low`, `mode`, `high`
                  observed    the indicator `observed`, divided by the indicator `over` where that is named;
                              the triangle of `low`, `mode`, `high` where there is no observation
    source        a row of `sources.csv`; `assumed` where no data decide
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from multivector.errors import Fault, InputError, RegionError

if TYPE_CHECKING:
    from multivector.atlas import Region

FILE = "leverage.csv"
NAMES = {
    "weight": ("dirichlet",),
    "importance": ("triangular", "observed"),
    "substitutability": ("triangular",),
}
COLUMNS = (
    "name", "layer", "unit", "distribution", "low", "mode", "high", "observed", "over", "source", "sentence",
)  # fmt: skip
ASSUMED = "assumed"
"""The source of a prior that stands in for an observation that is not there."""


@dataclass(frozen=True, slots=True)
class Prior:
    """One row: a triangle, and the indicators that replace it where they were observed."""

    low: float
    mode: float
    high: float
    observed: str
    over: str
    source: str
    sentence: str


def dependence_layers(region: Region) -> tuple[str, ...]:
    """The layers on which one side depends: supply, market and transit, in the region's order."""
    layers = region.table("layers")
    return tuple(layers.filter(layers["kind"] != "symmetric")["layer"])


def leverage_priors(region: Region) -> dict[tuple[str, str], Prior]:
    """The priors of a region by (name, layer).

    Raises
    ------
    InputError : the region has no `leverage.csv`.
    RegionError : it has faults; all of them are listed.
    """
    if "leverage" not in region.tables:
        raise InputError(
            f"the region {region.id} states no weights of its layers",
            where=FILE,
            repair=f"add {FILE} with the columns {','.join(COLUMNS)}",
        )
    faults = list(leverage_faults(region))
    if faults:
        raise RegionError(str(region.path), faults)
    return {
        (row["name"], row["layer"]): _prior(row) for row in region.table("leverage").iter_rows(named=True)
    }


def leverage_faults(region: Region) -> Iterator[Fault]:
    """Every fault of a region's `leverage.csv`; none where there is no such file."""
    if "leverage" not in region.tables:
        return
    table = region.table("leverage")
    absent = [column for column in COLUMNS if column not in table.columns]
    for column in absent:
        yield Fault(
            FILE, 1, column, "", "the column is missing", f"add it; the columns are {','.join(COLUMNS)}"
        )
    if absent:
        return
    seen: set[tuple[str, str]] = set()
    for place, row in enumerate(table.iter_rows(named=True), start=2):
        yield from _row_faults(region, place, row, seen)
        seen.add((row["name"], row["layer"]))
    for layer in dependence_layers(region):
        for name in NAMES:
            if (name, layer) not in seen:
                yield Fault(FILE, None, "name", f"{name} of {layer}", "the row is missing", "add it")


def _row_faults(
    region: Region, place: int, row: dict[str, Any], seen: set[tuple[str, str]]
) -> Iterator[Fault]:
    def fault(column: str, what: str, repair: str) -> Fault:
        return Fault(FILE, place, column, str(row[column] or ""), what, repair)

    layers, indicators = dependence_layers(region), set(region.table("indicators")["indicator"])
    if row["name"] not in NAMES:
        yield fault("name", "is not a quantity of leverage", f"write one of {', '.join(NAMES)}")
    elif row["distribution"] not in NAMES[row["name"]]:
        yield fault("distribution", "does not fit the quantity", f"write {' or '.join(NAMES[row['name']])}")
    if row["layer"] not in layers:
        yield fault("layer", "is not a layer on which one side depends", f"write one of {', '.join(layers)}")
    if (row["name"], row["layer"]) in seen:
        yield fault("layer", "the row stands twice", "keep one of them")
    for column in ("observed", "over"):
        if row[column] and row[column] not in indicators:
            yield fault(column, "no indicator has this name", "add it to indicators.csv, or empty the cell")
    if row["distribution"] == "observed" and not row["observed"]:
        yield fault("observed", "names no indicator", "name a row of indicators.csv")
    numbers = [_number(row[column]) for column in ("low", "mode", "high")]
    if row["distribution"] == "dirichlet":
        if not numbers[1] > 0:
            yield fault("mode", "is not a concentration", "write a number above 0; 1 prefers no weighting")
    elif not 0 <= numbers[0] <= numbers[1] <= numbers[2] <= 1:
        yield fault(
            "mode", "low, mode and high are not in order within [0, 1]", "write 0 <= low <= mode <= high <= 1"
        )


def _number(cell: str | None) -> float:
    try:
        number = float(cell or "nan")
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan


def _prior(row: dict[str, Any]) -> Prior:
    low, mode, high = (_number(row[column]) for column in ("low", "mode", "high"))
    return Prior(
        low, mode, high, row["observed"] or "", row["over"] or "", row["source"], row["sentence"] or ""
    )

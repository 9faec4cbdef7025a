"""Bounds of values, and values as published at other times, read from tables."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.cell import plain_number, require_size
from multivector.indicators.composite.framework import Framework
from multivector.indicators.composite.inputs import Data, read_data, table_rows

Floats = NDArray[np.float64]


def read_intervals(table: Any, framework: Framework, data: Data) -> tuple[Floats, Floats]:
    """Bounds `[u, i]` from a table `uCode, iCode, low, high` (and `Time` in a panel); NaN where it has none.

    Raises
    ------
    InputError : a missing column, an unknown or repeated cell, a bound that is no number; with the row.
    """
    rows, where = table_rows(table, "intervals")
    columns = ("uCode", "iCode", "low", "high", *(("Time",) if data.panel else ()))
    for column in columns:
        if column not in rows[0]:
            raise InputError(
                f"the column {column} is missing", where=where, repair=f"give {', '.join(columns)}"
            )
    units = {unit: u for u, unit in enumerate(zip(data.codes, data.times, strict=True))}
    indicators = {code: i for i, code in enumerate(framework.indicators)}
    low, high = np.full((2, *data.values.shape), np.nan)
    for row in rows:
        unit = (row["uCode"], row["Time"] if data.panel else "")
        place = f"{where}, row {row['row']}"
        if unit not in units or row["iCode"] not in indicators:
            found = " ".join((*unit, row["iCode"])) if data.panel else f"{unit[0]} {row['iCode']}"
            raise InputError(
                f"there is no cell {found!r} in the data", where=place, repair="name a unit and an indicator"
            )
        cell = units[unit], indicators[row["iCode"]]
        if not np.isnan(low[cell]):
            raise InputError("the cell has an interval already", where=place, repair="keep one row for it")
        low[cell], high[cell] = (_bound(row, column, place) for column in ("low", "high"))
    return low, high


def _bound(row: Mapping[str, str], column: str, place: str) -> float:
    value = plain_number(row[column])
    if not math.isfinite(value):
        raise InputError(
            f"{row[column]!r} is no number", where=f"{place}, column {column}", repair="write a number"
        )
    return require_size(value, f"{place}, column {column}")


def read_vintage(table: Any, framework: Framework, data: Data) -> Floats:
    """Another table of the same units: values `[u, i]` in the order of `data`.

    Raises
    ------
    InputError : it does not hold as data, or has not the same units.
    """
    other = read_data(table, framework, data.denominators)
    units = list(zip(other.codes, other.times, strict=True))
    wanted = list(zip(data.codes, data.times, strict=True))
    if missing := [unit for unit in wanted if unit not in units]:
        raise InputError(
            f"the vintage has no unit {' '.join(missing[0]).strip()!r}",
            where="vintages",
            repair="give every unit of the data a row, with empty cells where nothing was published",
        )
    return np.asarray(other.values[[units.index(unit) for unit in wanted]])

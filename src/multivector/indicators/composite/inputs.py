"""The data and meta tables of an index, in COINr's columns, from files or frames."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.atlas.read import read_table
from multivector.errors import InputError
from multivector.indicators.composite.cell import LARGEST, plain_number, require_size
from multivector.indicators.composite.framework import Framework, framework

Values = NDArray[np.float64]
Table = list[dict[str, str]]
MISSING = ("", "NA")
"""What a cell holds that is not known."""
OWN = ("uName", "uCode", "Time", "source")
"""Columns of the data that are no indicators."""


@dataclass(frozen=True, eq=False)
class Data:
    """Units and their values.

    Attributes
    ----------
    codes, times : of each unit `u`; `times` are empty texts where there is only one time.
    names : of each unit.
    values : `[u, i]` in the order of the framework's indicators; NaN is missing.
    source : `[u, i]`, key of the source of each value; empty where none is given.
    denominators, groups : further columns by name, `[u]`.
    unread : columns that the meta table does not know.
    """

    codes: tuple[str, ...]
    times: tuple[str, ...]
    names: tuple[str, ...]
    values: Values
    source: NDArray[np.str_]
    denominators: Mapping[str, Values]
    groups: Mapping[str, tuple[str, ...]]
    unread: tuple[str, ...] = ()

    @cached_property
    def panel(self) -> bool:
        """Whether there are several times."""
        return len(set(self.times)) > 1

    @property
    def moments(self) -> Values:
        """The times as numbers `[u]`.

        Raises
        ------
        InputError : a time is no number.
        """
        return np.array([
            _number(time, f"data, unit {code}", "Time") for code, time in zip(self.codes, self.times, strict=True)
        ])  # fmt: skip

    def label(self, u: int) -> str:
        """What a unit is called: its code, with its time in a panel."""
        return f"{self.codes[u]} {self.times[u]}" if self.panel else self.codes[u]


def read_framework(meta: Any) -> Framework:
    """The hierarchy from a meta table: a CSV file, a frame, or a `Framework` as it is.

    Raises
    ------
    InputError : the table cannot be read or does not hold; see `framework`.
    """
    if isinstance(meta, Framework):
        return meta
    rows, where = table_rows(meta, "meta")
    # An element may be called NA; everywhere else NA is an empty cell.
    return framework(
        [{k: v if k == "iCode" or v not in MISSING else "" for k, v in row.items()} for row in rows], where
    )


def read_data(data: Any, hierarchy: Framework, also: Iterable[str] = ()) -> Data:
    """Units and values from a data table: a CSV file, a frame, or `Data` as it is.

    Parameters
    ----------
    data : columns `uCode` and the indicators; where there are any `uName`, `Time`, `source`, denominators
        and groups. A cell that is empty or NA is missing.
    hierarchy : which columns are read.
    also : denominators that the recipe names beyond the meta table's.

    Raises
    ------
    InputError : a missing column, a unit that stands twice, or text where a number must be: with the row
        and the column; an indicator or a unit without any value; fewer than three units.
    """
    if isinstance(data, Data):
        _check(data, hierarchy, "data")
        return data
    rows, where = table_rows(data, "data")
    there = tuple(rows[0]) if rows else ()
    below = dict.fromkeys([*hierarchy.denominators, *hierarchy.denominator.values(), *also])
    for code in ("uCode", *hierarchy.indicators, *below, *hierarchy.groups):
        if code not in there:
            if code == "uCode":
                raise InputError(
                    "the data lack the column uCode",
                    where=where,
                    repair="add it: a row a unit, its code there",
                )
            what = "indicator" if code in hierarchy.indicators else "element"
            raise InputError(
                f"the {what} {code!r} has no column in the data",
                where=where,
                repair=f"add the column, or remove the row {code} from the meta table",
            )
    times = _times(rows, where)
    known = {*OWN, *hierarchy.indicators, *below, *hierarchy.groups, *hierarchy.names, "row"}
    made = Data(
        codes=tuple(row["uCode"] for row in rows),
        times=times if len(set(times)) > 1 else ("",) * len(rows),
        names=tuple(row.get("uName", "") or row["uCode"] for row in rows),
        values=_columns(rows, hierarchy.indicators, where),
        source=np.array([
            [row.get("source", "") or hierarchy.source.get(code, "") for code in hierarchy.indicators]
            for row in rows
        ]),
        denominators={code: _columns(rows, [code], where)[:, 0] for code in below},
        groups={code: tuple(row[code] for row in rows) for code in hierarchy.groups},
        unread=tuple(column for column in there if column not in known),
    )  # fmt: skip
    _check(made, hierarchy, where)
    return made


def _times(rows: Table, where: str) -> tuple[str, ...]:
    """The times as they are written: all of them or none, and each in one way."""
    times = tuple(row.get("Time", "") for row in rows)
    written: dict[str | float, str] = {}
    for row, time in zip(rows, times, strict=True):
        place = f"{where}, row {row['row']}, unit {row['uCode']}, column Time"
        if time in MISSING and any(times):
            raise InputError("the row has no Time", where=place, repair="give every row a time, or none")
        value = plain_number(time)
        if (other := written.setdefault(time if math.isnan(value) else value, time)) != time:
            raise InputError(
                f"one time is written in two ways: {other} and {time}", where=place, repair=f"write {other}"
            )
    return times


def _columns(rows: Table, codes: Iterable[str], where: str) -> Values:
    codes = list(codes)
    return np.array([[_cell(row, code, where) for code in codes] for row in rows]).reshape(
        len(rows), len(codes)
    )


def _cell(row: Mapping[str, str], column: str, where: str) -> float:
    text = row[column]
    if text in MISSING:
        return math.nan
    return _number(text, f"{where}, row {row['row']}, unit {row['uCode']}", column)


def _number(text: str, where: str, column: str) -> float:
    value = plain_number(text)
    if not math.isfinite(value):
        raise InputError(
            f"{text!r} is no number",
            where=f"{where}, column {column}",
            repair="write a number with a point and without separators, or leave the cell empty if not known",
        )
    return require_size(value, f"{where}, column {column}")


def _check(data: Data, hierarchy: Framework, where: str) -> None:
    wanted = (len(data.codes), len(hierarchy.indicators))
    if data.values.shape != wanted or data.source.shape != wanted:
        raise InputError(
            f"the values have the shape {data.values.shape}, units and indicators are {wanted}",
            where=where,
            repair="give a row per unit and a column per indicator, sources likewise",
        )
    units: set[tuple[str, str]] = set()
    for u, unit in enumerate(zip(data.codes, data.times, strict=True)):
        if not unit[0]:
            raise InputError("a row has no uCode", where=f"{where}, row {u + 2}", repair="name the unit")
        if unit in units:
            raise InputError(
                f"the unit {data.label(u)!r} stands twice",
                where=f"{where}, row {u + 2}, column uCode",
                repair="keep one row; several times need a column Time",
            )
        units.add(unit)
    if len(set(data.codes)) < 3:
        raise InputError(
            f"there are {len(set(data.codes))} units, an index compares three or more",
            where=f"{where}, column uCode",
            repair="add units",
        )
    large = np.argwhere(~np.isnan(data.values) & ~(np.abs(data.values) <= LARGEST))
    for u, n in large[:1]:
        require_size(
            data.values[u, n], f"{where}, unit {data.label(int(u))}, column {hierarchy.indicators[n]}"
        )
    known = ~np.isnan(data.values)
    for n, code in enumerate(hierarchy.indicators):
        if not known[:, n].any():
            raise InputError(
                f"the indicator {code!r} has no value in any unit",
                where=f"{where}, column {code}",
                repair="give it values, or remove its row from the meta table",
            )
    if not known.any(axis=1).all():
        empty = [data.label(int(u)) for u in np.flatnonzero(~known.any(axis=1))]
        raise InputError(
            f"no indicator is known of {', '.join(empty)}",
            where=f"{where}, unit {empty[0]}",
            repair="give the unit values, or remove its row",
        )


def table_rows(given: Any, name: str) -> tuple[Table, str]:
    """Rows of text, with `row` as it stands in the file (1 is the header), and what to call the table.

    Raises
    ------
    InputError : no table, one that cannot be read, or one without rows.
    """
    if isinstance(given, str | Path):
        frame, faults = read_table(Path(given), str(given))
        if faults:
            fault = faults[0]
            row = f", row {fault.row}" if fault.row else ""
            column = f", column {fault.column}" if fault.column else ""
            raise InputError(fault.what, where=f"{given}{row}{column}", repair=fault.repair)
        rows = (
            [{k: "" if v is None else str(v) for k, v in row.items()} for row in frame.to_dicts()]
            if (frame is not None)
            else []
        )
        name = str(given)
    elif hasattr(given, "to_dicts"):
        rows = _texts(given.to_dicts())
    elif hasattr(given, "to_dict"):
        rows = _texts(given.to_dict("records"))
    else:
        raise InputError(
            f"a {type(given).__name__} is no table",
            where=name,
            repair="give the path of a CSV file, or a Polars or pandas frame",
        )
    if not rows:
        raise InputError(
            "the table has no rows", where=name, repair="give a header and a row per unit or element"
        )
    return rows, name


def _texts(records: Iterable[Mapping[Any, Any]]) -> Table:
    return [
        {"row": str(number), **{str(k): _text(v) for k, v in record.items()}}
        for number, record in enumerate(records, start=2)
    ]


def _text(value: Any) -> str:
    """A cell of a frame as a file would hold it, exactly."""
    if value is None or str(value) in {"nan", "<NA>", "NaT"}:
        return ""
    if isinstance(value, bool | np.bool_):
        return str(int(value))
    if isinstance(value, float | np.floating):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return str(value).strip()

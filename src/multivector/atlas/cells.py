"""Checking and typing the cells of one table against its declaration."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import polars as pl

from multivector.atlas.declare import Column, Table
from multivector.errors import Fault

AT_MOST = 200
"""Faults of one kind that are listed one by one; a further one says how many more there are."""

_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$"
_PARTIAL = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
_FORMS = {
    "number": (_NUMBER, "is not a number", "write a decimal number with a point, or leave the cell empty"),
    "integer": (r"^[+-]?\d{1,9}$", "is not a whole number", "write a whole number"),
    "year": (r"^[12]\d{3}$", "is not a year", "write four digits, like 2024"),
    "partial": (_PARTIAL, "is not a date", "write 2024, 2024-06 or 2024-06-30"),
    "date": (r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$", "is not a date", "write it like 2024-06-30"),
}
_TYPES: dict[str, type[pl.DataType]] = {"number": pl.Float64, "integer": pl.Int64, "year": pl.Int64}
_FORMULA = r"^([=@]|[+-][A-Za-z(@=])"


def faults_where(
    frame: pl.DataFrame, file: str, column: str, bad: pl.Expr, what: str, repair: str
) -> Iterator[Fault]:
    """A fault for each row where `bad` holds; null counts as fine."""
    hit = frame.filter(bad).select("row", pl.col(column).cast(pl.String).alias("cell"))
    for row, cell in hit.head(AT_MOST).iter_rows():
        yield Fault(file, row, column, _shown(cell), what, repair)
    if hit.height > AT_MOST:
        more = f"{hit.height - AT_MOST} more rows"
        yield Fault(file, None, column, more, what, repair)


def _shown(cell: str | None) -> str:
    cell = cell or ""
    return cell if len(cell) <= 60 else f"{cell[:57]}..."


def check_columns(frame: pl.DataFrame, table: Table, file: str) -> Iterator[Fault]:
    """Columns that are missing, or that no declaration knows."""
    wanted = [column.name for column in table.columns]
    for name in wanted:
        if name not in frame.columns:
            near = get_close_matches(name, frame.columns, 1)
            hint = f"rename `{near[0]}`" if near else "add it"
            yield Fault(file, 1, name, "", "the column is missing", f"{hint}; the columns are {', '.join(wanted)}")
    for name in frame.columns:
        if name != "row" and name not in wanted:
            yield Fault(file, 1, name, "", "no declaration knows this column",
                        f"remove it; the columns are {', '.join(wanted)}")  # fmt: skip


def check_cells(frame: pl.DataFrame, column: Column, file: str) -> Iterator[Fault]:
    """One column's cells: present, of the right form, allowed, within range, no spreadsheet formula."""
    name, cell = column.name, pl.col(column.name)
    if column.required:
        yield from faults_where(frame, file, name, cell.is_null(), "the cell is empty", f"write {column.meaning}")
    if column.kind in _FORMS:
        pattern, what, repair = _FORMS[column.kind]
        yield from faults_where(frame, file, name, ~cell.str.contains(pattern), what, repair)
    else:
        yield from faults_where(
            frame, file, name, cell.str.contains(_FORMULA) | cell.str.contains(r"[\x00-\x08\x0b-\x1f]"),
            "reads as a spreadsheet formula or holds control characters", "write plain words",
        )  # fmt: skip
    if column.allowed:
        yield from faults_where(frame, file, name, ~cell.is_in(list(column.allowed)), "is not an allowed value",
                                f"write one of: {', '.join(column.allowed)}")  # fmt: skip
    number = cell.cast(pl.Float64, strict=False)
    if column.kind == "number":
        yield from faults_where(frame, file, name, number.is_infinite() | number.is_nan(), "is not finite",
                                "write a finite number, or leave the cell empty")  # fmt: skip
    if column.least is not None:
        yield from faults_where(frame, file, name, number < column.least, f"is below {column.least:g}",
                                f"write a number of at least {column.least:g}")  # fmt: skip
    if column.most is not None:
        yield from faults_where(frame, file, name, number > column.most, f"is above {column.most:g}",
                                f"write a number of at most {column.most:g}")  # fmt: skip


def check_key(frame: pl.DataFrame, table: Table, file: str) -> Iterator[Fault]:
    """Rows that name the same thing twice."""
    key = [name for name in table.key if name in frame.columns]
    if not key or len(key) < len(table.key):
        return
    named = frame.with_columns(pl.concat_str(key, separator=", ", ignore_nulls=True).alias("_key"))
    second = pl.struct(key).is_duplicated() & ~pl.struct(key).is_first_distinct()
    for fault in faults_where(named, file, "_key", second, "the row stands twice",
                              f"keep one row for each {', '.join(key)}"):  # fmt: skip
        yield Fault(fault.file, fault.row, key[0], fault.value, fault.what, fault.repair)


def check_references(
    frame: pl.DataFrame, column: str, known: frozenset[str], file: str, what: str, table: str, several: bool
) -> Iterator[Fault]:
    """Cells that name a row of another table which has no such row."""
    cells = frame.select("row", pl.col(column).alias("cell")).drop_nulls()
    if several:
        cells = cells.with_columns(pl.col("cell").str.split("|")).explode("cell")
    bad = cells.filter(~pl.col("cell").is_in(list(known)))
    for row, cell in bad.head(AT_MOST).iter_rows():
        near = get_close_matches(str(cell), known, 1)
        hint = f"did you mean {near[0]}? Otherwise " if near else ""
        yield Fault(file, row, column, _shown(cell), what, f"{hint}add it to {table}")
    if bad.height > AT_MOST:
        yield Fault(file, None, column, f"{bad.height - AT_MOST} more rows", what, f"add them to {table}")


def typed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The checked frame with numbers as numbers, in the declared order, without the row numbers."""
    return frame.select(
        pl.col(column.name).cast(_TYPES.get(column.kind, pl.String)) for column in table.columns
    )

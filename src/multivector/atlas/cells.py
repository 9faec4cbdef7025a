"""Checking and typing the cells of one table against its declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

import polars as pl

from multivector.atlas.declare import Column, Table
from multivector.errors import Fault

AT_MOST = 200
"""Faults of one kind that are listed one by one; a further one says how many more there are."""

_FORMS = {
    "number": (
        r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$",
        "is not a number",
        "write a decimal number with a point, or leave the cell empty where that is allowed",
    ),
    "integer": (r"^[+-]?\d{1,9}$", "is not a whole number", "write a whole number"),
    "year": (r"^[12]\d{3}$", "is not a year", "write four digits, like 2024"),
    "partial": (r"^\d{4}(-\d{2}(-\d{2})?)?$", "is not a date", "write 2024, 2024-06 or 2024-06-30"),
    "date": (r"^\d{4}-\d{2}-\d{2}$", "is not a date", "write it like 2024-06-30"),
    "name": (r"^[^|\s]{1,80}$", "is not a name", "write at most 80 characters without blanks and bars"),
}
_TYPES: dict[str, type[pl.DataType]] = {"number": pl.Float64, "integer": pl.Int64, "year": pl.Int64}
_FORMULA = r"^([=@]|[+-][A-Za-z(@=])|[\x00-\x08\x0b-\x1f]"


class Place(NamedTuple):
    """Where a fault is looked for."""

    file: str
    column: str


def faults_where(frame: pl.DataFrame, place: Place, bad: pl.Expr, what: str, repair: str) -> Iterator[Fault]:
    """A fault for each row where `bad` holds; null counts as fine."""
    hit = frame.filter(bad).select("row", pl.col(place.column).cast(pl.String).alias("cell"))
    yield from _listed(hit, place, what, lambda _: repair)


def _listed(
    hit: pl.DataFrame, place: Place, what: str, repair: Callable[[str | None], str]
) -> Iterator[Fault]:
    for row, cell in hit.head(AT_MOST).iter_rows():
        yield Fault(place.file, row, place.column, shown(cell), what, repair(cell))
    if hit.height > AT_MOST:
        yield Fault(place.file, None, place.column, f"{hit.height - AT_MOST} more rows", what, repair(None))


def shown(cell: str | None) -> str:
    """A cell's value, short enough for a message."""
    cell = cell or ""
    return cell if len(cell) <= 60 else f"{cell[:57]}..."


def check_columns(frame: pl.DataFrame, table: Table, file: str) -> Iterator[Fault]:
    """Columns that are missing, or that no declaration knows."""
    wanted = [column.name for column in table.columns]
    listed = f"the columns are {', '.join(wanted)}"
    strange = [name for name in frame.columns if name not in (*wanted, "row")]
    for name in wanted:
        if name not in frame.columns:
            near = get_close_matches(name, strange, 1)
            hint = f"rename `{shown(near[0])}`" if near else "add it"
            yield Fault(file, 1, name, "", "the column is missing", f"{hint}; {listed}")
    for name in strange:
        yield Fault(file, 1, shown(name), "", "no declaration knows this column", f"remove it; {listed}")


class Rule(NamedTuple):
    """What no cell of a column may be: `bad` holds where one is."""

    place: Place
    bad: pl.Expr
    what: str
    repair: str


def check_cells(frame: pl.DataFrame, table: Table, file: str) -> Iterator[Fault]:
    """The cells of every column: present, of the right form, allowed, within range, no spreadsheet formula."""
    columns = [column for column in table.columns if column.name in frame.columns]
    rules = [rule for column in columns for rule in _rules(column, Place(file, column.name))]
    # All rules at once say which of them are broken, usually none; those alone are looked at row by row.
    broken = frame.select(rule.bad.any().alias(str(n)) for n, rule in enumerate(rules)).row(0)
    for rule, found in zip(rules, broken, strict=True):
        if found:
            yield from faults_where(frame, *rule)


def _rules(column: Column, place: Place) -> Iterator[Rule]:
    cell = pl.col(column.name)
    if column.required:
        repair = f"write the {column.name}: {column.meaning}"
        yield Rule(place, cell.is_null(), "the cell is empty", repair)
    if column.kind in _FORMS:
        pattern, what, repair = _FORMS[column.kind]
        yield Rule(place, ~cell.str.contains(pattern), what, repair)
    yield Rule(place, cell.str.contains(_FORMULA), "reads as a spreadsheet formula", "write plain words")
    if column.kind in ("partial", "date"):
        whole = cell.str.contains(r"^\d{4}-\d{2}-\d{2}$")
        no_day = whole & cell.str.to_date("%Y-%m-%d", strict=False).is_null()
        no_month = cell.str.contains(r"^\d{4}-\d{2}$") & ~cell.str.contains(r"-(0[1-9]|1[0-2])$")
        yield Rule(place, no_day | no_month, "is not in the calendar", "write a date that exists")
    if column.allowed:
        repair = f"write one of: {', '.join(column.allowed)}"
        yield Rule(place, ~cell.is_in(list(column.allowed)), "is not an allowed value", repair)
    number = cell.cast(pl.Float64, strict=False)
    if column.kind == "number":
        infinite = number.is_infinite() | number.is_nan()
        yield Rule(place, infinite, "is not finite", "write a finite number")
    if column.least is not None:
        repair = f"write a number of at least {column.least:g}"
        yield Rule(place, number < column.least, f"is below {column.least:g}", repair)


def check_key(frame: pl.DataFrame, table: Table, file: str) -> Iterator[Fault]:
    """Rows that name the same thing twice."""
    if not table.key or not set(table.key) <= set(frame.columns):
        return
    key = list(table.key)
    second = pl.struct(key).is_duplicated() & ~pl.struct(key).is_first_distinct()
    names = pl.concat_str(key, separator=", ", ignore_nulls=True).alias(key[0])
    hit = frame.filter(second).select("row", names)
    repair = f"keep one row for each {', '.join(key)}"
    yield from _listed(hit, Place(file, key[0]), "the row stands twice", lambda _: repair)


def check_references(
    frame: pl.DataFrame, place: Place, known: frozenset[str], thing: str, *, several: bool = False
) -> Iterator[Fault]:
    """Cells that name an actor, source, layer or indicator of which there is no row."""
    cells = frame.select("row", pl.col(place.column).alias("cell")).drop_nulls()
    if several:
        cells = cells.with_columns(pl.col("cell").str.split("|")).explode("cell")
    names = sorted(known)
    hit = cells.filter(~pl.col("cell").is_in(names))

    def repair(cell: str | None) -> str:
        near = get_close_matches(cell, names, 1) if cell and len(cell) <= 60 else []
        return f"write {near[0]}, or add a row to {thing}s.csv" if near else f"add a row to {thing}s.csv"

    yield from _listed(hit, place, f"{thing}s.csv has no such {thing}", repair)


def typed(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The checked frame with numbers as numbers, in the declared order, without the row numbers."""
    return frame.select(
        pl.col(column.name).cast(_TYPES.get(column.kind, pl.String)) for column in table.columns
    )

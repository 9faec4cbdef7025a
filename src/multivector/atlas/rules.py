"""Rules that hold across the columns of a region's tables: bounds, shares, units, order of dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from multivector.atlas.cells import faults_where
from multivector.errors import Fault

ROUNDING = 1e-6
"""Shares may exceed one by this much: sums of decimals, not of facts."""


def check_rules(texts: Mapping[str, pl.DataFrame]) -> Iterator[Fault]:
    """Every rule on every table that has the columns which the rule speaks of."""
    units = _units(texts, "layers", "layer"), _units(texts, "indicators", "indicator")
    exclusive = _exclusive(texts)
    for name, frame in texts.items():
        file = f"{name}.csv"
        numbers = _with_numbers(frame)
        if {"_value", "_low", "_high"} <= set(numbers.columns):
            yield from _bounds(numbers, file)
            if "unit" in frame.columns:
                yield from _ranges(numbers, file)
        if name.startswith("ties/"):
            yield from _tie_rules(numbers, file, units[0].get(name[5:]))
            if name[5:] in exclusive:
                yield from _share_sums(numbers, file)
        if name == "observations" and {"unit", "indicator"} <= set(frame.columns):
            given = pl.col("indicator").replace_strict(units[1], default=None, return_dtype=pl.String)
            yield from faults_where(frame, file, "unit", pl.col("unit") != given, "is not the indicator's unit",
                                    "write the unit that indicators.csv declares")  # fmt: skip
        yield from _order(frame, file, "from", "to")
        yield from _order(frame, file, "first_year", "last_year")


def _units(texts: Mapping[str, pl.DataFrame], table: str, key: str) -> dict[str, str]:
    frame = texts.get(table)
    if frame is None or not {key, "unit"} <= set(frame.columns):
        return {}
    return dict(frame.select(key, "unit").drop_nulls().iter_rows())


def _exclusive(texts: Mapping[str, pl.DataFrame]) -> set[str]:
    """Layers whose shares are parts of one whole: not the symmetric ones."""
    frame = texts.get("layers")
    if frame is None or not {"layer", "kind", "unit"} <= set(frame.columns):
        return set()
    return set(frame.filter((pl.col("unit") == "share") & (pl.col("kind") != "symmetric"))["layer"].drop_nulls())


def _with_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.col(name).cast(pl.Float64, strict=False).alias(f"_{name}")
        for name in ("value", "low", "high")
        if name in frame.columns
    )


def _bounds(frame: pl.DataFrame, file: str) -> Iterator[Fault]:
    value, low, high = pl.col("_value"), pl.col("_low"), pl.col("_high")
    yield from faults_where(frame, file, "value", (low > value) | (value > high), "lies outside its bounds",
                            "write low <= value <= high")  # fmt: skip
    yield from faults_where(frame, file, "low", low > high, "is above the upper bound", "write low <= high")
    empty = value.is_null() & (low.is_null() | high.is_null())
    bare = frame["value"].is_null() & (frame["low"].is_null() | frame["high"].is_null())
    yield from faults_where(frame.filter(bare), file, "value", empty, "the row says nothing",
                            "write a value, or both bounds")  # fmt: skip


def _ranges(frame: pl.DataFrame, file: str) -> Iterator[Fault]:
    share = pl.col("unit").is_in(["share", "index 0-1"])
    volume = pl.col("unit").is_in(["TIV", "persons", "Mt"])
    for name in ("value", "low", "high"):
        number = pl.col(f"_{name}")
        yield from faults_where(frame, file, name, (share | volume) & (number < 0), "is negative",
                                "write a number of at least 0")  # fmt: skip
        yield from faults_where(frame, file, name, share & (number > 1), "is a share above 1",
                                "write shares as fractions: 0.25, not 25")  # fmt: skip


def _tie_rules(frame: pl.DataFrame, file: str, unit: str | None) -> Iterator[Fault]:
    columns = set(frame.columns)
    if unit and "unit" in columns:
        yield from faults_where(frame, file, "unit", pl.col("unit") != unit, "is not the layer's unit",
                                f"write {unit}, or change it in layers.csv")  # fmt: skip
    if {"state", "partner"} <= columns:
        yield from faults_where(frame, file, "partner", pl.col("state") == pl.col("partner"),
                                "depends on itself", "remove the row")  # fmt: skip


def _share_sums(frame: pl.DataFrame, file: str) -> Iterator[Fault]:
    """What a state takes from all its partners in a year is at most all of it (lower bounds are summed)."""
    key = ["state", "year", "vintage", "source"]
    if not {*key, "value", "low"} <= set(frame.columns):
        return
    least = pl.coalesce("_low", "_value").fill_null(0.0).sum().over(key)
    first = pl.struct(key).is_first_distinct()
    over = frame.with_columns(least.alias("_sum"))
    for row, state, year, total in (
        over.filter(first & (pl.col("_sum") > 1 + ROUNDING)).select("row", "state", "year", "_sum").iter_rows()
    ):
        yield Fault(file, row, "value", f"{total:.4g}", f"the shares of {state} in {year} add up to more than 1",
                    "lower them, or give bounds that hold after rounding")  # fmt: skip


def _order(frame: pl.DataFrame, file: str, first: str, last: str) -> Iterator[Fault]:
    if {first, last} <= set(frame.columns):
        # Dates of one precision compare as text; a year against a day compares by its year.
        begin, end = pl.col(first).str.slice(0, 4), pl.col(last).str.slice(0, 4)
        same = (pl.col(first).str.len_chars() == pl.col(last).str.len_chars()) & (pl.col(first) > pl.col(last))
        yield from faults_where(frame, file, last, (begin > end) | same, f"is before `{first}`",
                                f"write a date that is not before `{first}`")  # fmt: skip

"""Rules that hold across the columns of a region's tables: bounds, shares, units, order of dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from multivector.atlas.cells import Place, faults_where
from multivector.atlas.declare import PARTS_OF_ONE, UNITS, VOLUMES
from multivector.atlas.rules_standing import check_standing
from multivector.errors import Fault

ROUNDING = 1e-6
"""Shares may exceed one by this much: sums of decimals, not of facts."""

_KNOWN_UNIT = pl.col("unit").is_in(list(UNITS))
_VALUE, _LOW, _HIGH = pl.col("_value"), pl.col("_low"), pl.col("_high")


def check_rules(texts: Mapping[str, pl.DataFrame]) -> Iterator[Fault]:
    """Every rule on every table that has the columns which the rule speaks of."""
    layers, indicators = _rows(texts, "layers", "layer"), _rows(texts, "indicators", "indicator")
    for name, frame in texts.items():
        file, columns = f"{name}.csv", set(frame.columns)
        numbers = _with_numbers(frame)
        if {"value", "low", "high", "unit"} <= columns and (
            name.startswith("ties/") or name == "observations"
        ):
            yield from _bounds(numbers, file)
            yield from _ranges(numbers, file)
        if name.startswith("ties/"):
            yield from _tie_rules(numbers, file, layers.get(name.removeprefix("ties/"), {}))
        if name == "observations" and {"unit", "indicator"} <= columns:
            units = {key: row.get("unit") for key, row in indicators.items()}
            given = pl.col("indicator").replace_strict(units, default=None, return_dtype=pl.String)
            other = _KNOWN_UNIT & (pl.col("unit") != given)
            repair = "write the unit that indicators.csv gives"
            yield from faults_where(frame, Place(file, "unit"), other, "is not the indicator's unit", repair)
        yield from _order(frame, file, "from", "to")
        yield from _order(frame, file, "first_year", "last_year")
        yield from check_standing(name, frame)


def _rows(texts: Mapping[str, pl.DataFrame], table: str, key: str) -> dict[str, dict[str, str]]:
    frame = texts.get(table)
    if frame is None or key not in frame.columns:
        return {}
    return {row[key]: row for row in frame.iter_rows(named=True) if row[key]}


def _with_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        pl.col(name).cast(pl.Float64, strict=False).alias(f"_{name}")
        for name in ("value", "low", "high")
        if name in frame.columns
    )


def _bounds(frame: pl.DataFrame, file: str) -> Iterator[Fault]:
    yield from faults_where(
        frame, Place(file, "value"), (_LOW > _VALUE) | (_VALUE > _HIGH), "lies outside its bounds",
        "write low <= value <= high",
    )  # fmt: skip
    yield from faults_where(frame, Place(file, "low"), _LOW > _HIGH, "is above high", "write low <= high")
    silent = pl.col("value").is_null() & (pl.col("low").is_null() | pl.col("high").is_null())
    yield from faults_where(
        frame, Place(file, "value"), silent, "the row says nothing", "write a value, or both bounds"
    )


def _ranges(frame: pl.DataFrame, file: str) -> Iterator[Fault]:
    share, volume = pl.col("unit").is_in(list(PARTS_OF_ONE)), pl.col("unit").is_in(list(VOLUMES))
    for name in ("value", "low", "high"):
        number, place = pl.col(f"_{name}"), Place(file, name)
        yield from faults_where(
            frame, place, (share | volume) & (number < 0), "is negative", "write a number of at least 0"
        )
        yield from faults_where(
            frame, place, share & (number > 1), "is above 1", "write it as a fraction: 0.25, not 25"
        )


def _tie_rules(frame: pl.DataFrame, file: str, layer: Mapping[str, str]) -> Iterator[Fault]:
    columns, unit = set(frame.columns), layer.get("unit")
    if unit and "unit" in columns:
        yield from faults_where(
            frame, Place(file, "unit"), _KNOWN_UNIT & (pl.col("unit") != unit), "is not the layer's unit",
            f"write {unit}, or change it in layers.csv",
        )  # fmt: skip
    if {"state", "partner"} <= columns:
        yield from faults_where(
            frame, Place(file, "partner"), pl.col("state") == pl.col("partner"), "is the state itself",
            "remove the row",
        )  # fmt: skip
    # Agreement with one state leaves room for agreement with another; shares of one whole do not.
    if unit == "share" and layer.get("kind") != "symmetric":
        yield from _share_sums(frame, file)


def _share_sums(frame: pl.DataFrame, file: str) -> Iterator[Fault]:
    """What a state takes from all its partners in a year is at most all of it.

    Lower bounds are summed; a number that is no share is a fault of its own and counts as the nearest share.
    """
    key = ["state", "year", "vintage", "source"]
    if not {*key, "value", "low"} <= set(frame.columns):
        return
    least = pl.coalesce("_low", "_value", pl.lit(0.0)).clip(0, 1).sum().over(key)
    over = frame.with_columns(least.alias("_sum")).filter(pl.struct(key).is_first_distinct())
    found = over.filter(pl.col("_sum") > 1 + ROUNDING).select("row", "state", "year", "source", "_sum")
    for row, state, year, source, total in found.iter_rows():
        what = f"the shares of {state} in {year} ({source}) add up to more than 1"
        yield Fault(
            file, row, "value", f"{total:.4g}", what, "lower them, or give bounds that hold after rounding"
        )


def _order(frame: pl.DataFrame, file: str, first: str, last: str) -> Iterator[Fault]:
    if {first, last} <= set(frame.columns):
        # Dates of one precision compare as text; a year against a day compares by its year.
        same = pl.col(first).str.len_chars() == pl.col(last).str.len_chars()
        before = pl.col(last).str.slice(0, 4) < pl.col(first).str.slice(0, 4)
        yield from faults_where(
            frame, Place(file, last), before | (same & (pl.col(last) < pl.col(first))), f"is before {first}",
            f"write {first} <= {last}",
        )  # fmt: skip

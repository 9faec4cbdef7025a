"""Rules on the tables of a state's standing: roles that name the other side, legs that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from multivector.atlas.cells import Place, faults_where
from multivector.atlas.declare_standing import NAMES_THE_OTHER
from multivector.errors import Fault


def check_standing(name: str, frame: pl.DataFrame) -> Iterator[Fault]:
    """The rules on `roles`, `disputes`, `borders`, `places` and `legs`; silent on other tables and missing columns."""
    columns = set(frame.columns)
    if name == "roles" and {"kind", "actor", "counterpart", "status"} <= columns:
        yield from _roles(frame)
    if name in ("disputes", "borders") and {"a", "b"} <= columns:
        yield from faults_where(
            frame, Place(f"{name}.csv", "b"), pl.col("a") == pl.col("b"), "is the first side itself",
            "write the other side, or remove the row",
        )  # fmt: skip
    if name == "places" and {"lat", "lon"} <= columns:
        for column, most in (("lat", 90), ("lon", 180)):
            beyond = pl.col(column).cast(pl.Float64, strict=False) > most
            repair = f"write degrees of at most {most}"
            yield from faults_where(frame, Place("places.csv", column), beyond, "is not on the globe", repair)
    if name == "legs" and {"start", "end"} <= columns:
        yield from faults_where(
            frame, Place("legs.csv", "end"), pl.col("start") == pl.col("end"), "is where the leg starts",
            "write the other end, or remove the row",
        )  # fmt: skip
        yield from _sourced(frame, "length_km", "length_source")
        yield from _sourced(frame, "transit_hours", "transit_source")


def _roles(frame: pl.DataFrame) -> Iterator[Fault]:
    named = pl.col("kind").is_in(list(NAMES_THE_OTHER))
    yield from faults_where(
        frame, Place("roles.csv", "counterpart"), named & pl.col("counterpart").is_null(),
        "the other side is not named", "write its code or name",
    )  # fmt: skip
    itself = pl.col("counterpart").str.split("|").list.contains(pl.col("actor"))
    yield from faults_where(
        frame, Place("roles.csv", "counterpart"), itself, "names the actor itself", "name the others only"
    )
    dispute, standing = pl.col("kind") == "dispute", pl.col("status").is_in(["open", "settled"])
    yield from faults_where(
        frame, Place("roles.csv", "status"), dispute != standing, "does not fit the kind",
        "write open or settled for a dispute, and for nothing else",
    )  # fmt: skip


def _sourced(frame: pl.DataFrame, number: str, source: str) -> Iterator[Fault]:
    """A number and its source stand together."""
    if {number, source} <= set(frame.columns):
        apart = pl.col(number).is_null() != pl.col(source).is_null()
        yield from faults_where(
            frame, Place("legs.csv", source), apart, f"does not go with {number}",
            f"write both {number} and {source}, or neither",
        )  # fmt: skip

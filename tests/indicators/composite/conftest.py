"""What the tests of the composite engine share: the reference's tables, and a small index of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from multivector.indicators.composite import Composite, build

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "asem"


@pytest.fixture(scope="session")
def reference(shared: Path) -> Callable[[str], pl.DataFrame]:
    """A table of the reference by its name, cells as text, each file read once."""
    read: dict[str, pl.DataFrame] = {}

    def table(name: str) -> pl.DataFrame:
        if name not in read:
            read[name] = pl.read_csv(shared / "reference" / "composite" / f"{name}.csv", infer_schema=False)
        return read[name]

    return table


@pytest.fixture(scope="session")
def built() -> Composite:
    """ASEM from the example's files."""
    return build(EXAMPLE / "recipe.toml", EXAMPLE / "data.csv", EXAMPLE / "meta.csv")


def wide(table: pl.DataFrame, units: list[str], codes: list[str]) -> np.ndarray:
    """Rows uCode, iCode, value as `[u, i]`; NaN where the reference writes none."""
    cells = table.with_columns(pl.col("value").replace("", None).cast(pl.Float64, strict=False))
    frame = cells.pivot(on="iCode", index="uCode", values="value")
    found = frame.with_columns(pl.col("uCode").cast(pl.Enum(units))).sort("uCode")
    assert found["uCode"].to_list() == units
    return found.select(codes).to_numpy()


META: list[dict[str, Any]] = [
    {"iCode": "a", "Parent": "P", "Type": "Indicator", "Direction": 1, "Weight": 1},
    {"iCode": "b", "Parent": "P", "Type": "Indicator", "Direction": -1, "Weight": 3},
    {"iCode": "c", "Parent": "Q", "Type": "Indicator", "Direction": 1, "Weight": 1},
    {"iCode": "P", "Parent": "T", "Type": "Aggregate", "Direction": 1, "Weight": 1},
    {"iCode": "Q", "Parent": "T", "Type": "Aggregate", "Direction": 1, "Weight": 1},
    {"iCode": "T", "Parent": "", "Type": "Aggregate", "Direction": 1, "Weight": 1},
]
DATA: list[dict[str, Any]] = [
    {"uCode": "u1", "a": 0.0, "b": 10.0, "c": 5.0},
    {"uCode": "u2", "a": 1.0, "b": 20.0, "c": 7.0},
    {"uCode": "u3", "a": 2.0, "b": 30.0, "c": 9.0},
    {"uCode": "u4", "a": 4.0, "b": 50.0, "c": 6.0},
]
RECIPE: dict[str, Any] = {"name": "small", "stage": [{"do": "normalise"}, {"do": "aggregate"}]}


def small(
    *stages: dict[str, Any],
    data: dict[str, dict[str, Any]] | None = None,
    meta: dict[str, dict[str, Any]] | None = None,
    also: list[dict[str, Any]] | None = None,
    drop: tuple[str, ...] = (),
    **recipe: Any,
) -> Composite:
    """A small index, with cells of its tables changed and rows of the meta table added or dropped."""
    rows = [{**row, **(data or {}).get(row["uCode"], {})} for row in DATA]
    table = [{**row, **(meta or {}).get(row["iCode"], {})} for row in META if row["iCode"] not in drop]
    how = {**RECIPE, **({"stage": list(stages)} if stages else {}), **recipe}
    return build(
        how, pl.DataFrame(rows, strict=False), pl.DataFrame([*table, *(also or [])], infer_schema_length=None)
    )

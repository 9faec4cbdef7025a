"""Reading the tables of a region folder as text, with every fault of their form."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl

from multivector.errors import Fault

MAX_BYTES = 64 * 2**20
"""A table is a small curated thing; what is larger than this is not one (bounds memory, too)."""
MAX_CELL = 20_000


def read_text(path: Path, name: str) -> tuple[str | None, list[Fault]]:
    """A file's text, or the fault that keeps it from being read."""

    def fault(what: str, repair: str, value: str = "") -> tuple[None, list[Fault]]:
        return None, [Fault(name, None, "", value, what, repair)]

    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return fault("the file is too large for a curated table", "keep it under 64 MB", f"{size:,} bytes")
        data = path.read_bytes()
    except OSError as error:
        return fault(f"cannot be read: {error.strerror}", "make it a readable file")
    if b"\0" in data:
        return fault("holds NUL bytes, so it is not text", "save it as CSV in UTF-8")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        bad = f"byte 0x{data[error.start]:02x}"
        return None, [Fault(name, row, "", bad, "is not UTF-8", "save the file in the encoding UTF-8")]


def read_table(path: Path, name: str) -> tuple[pl.DataFrame | None, list[Fault]]:
    """A CSV file as a frame of text, or the faults of its form.

    Empty cells are null; rows of the wrong length are faults and left out. The column `row` says where a
    row stands in the file (1 is the header).
    """
    text, faults = read_text(path, name)
    if text is None:
        return None, faults
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if not any(header):
            return None, [Fault(name, 1, "", "", "the file is empty", "write the row of column names")]
        if problem := _header_fault(name, header):
            return None, [problem]
        rows = list(reader)
    except csv.Error as error:
        where = reader.line_num
        return None, [Fault(name, where, "", "", f"is not CSV: {error}", "close the quotes of this row")]
    width = len(header)
    good: list[list[str | int | None]] = []
    for place, cells in enumerate(rows, start=2):
        if len(cells) == width:
            good.append([place, *(cell.strip() or None for cell in cells)])
        elif any(cell.strip() for cell in cells):
            faults.append(
                Fault(name, place, "", f"{len(cells)} cells", f"the row should have {width} cells",
                      "add or remove commas, or put text with commas in quotes")
            )  # fmt: skip
    schema = {"row": pl.Int64, **dict.fromkeys(header, pl.String)}
    return pl.DataFrame(good, schema=schema, orient="row"), faults


def _header_fault(name: str, header: list[str]) -> Fault | None:
    for column in header:
        if not column or column == "row":
            return Fault(name, 1, column, "", "a column has no usable name", "name every column, none of them `row`")
        if header.count(column) > 1:
            return Fault(name, 1, column, column, "the column stands twice", "keep one of them")
    return None

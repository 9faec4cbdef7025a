"""Reading the tables of a region folder as text, with every fault of their form."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl

from multivector.errors import Fault

MAX_BYTES = 16 * 2**20
MAX_ROWS = 200_000
"""A table is a small curated thing; what is larger than this is not one (and memory stays bounded)."""


def read_text(path: Path, name: str) -> tuple[str | None, list[Fault]]:
    """A file's text, or the fault that keeps it from being read."""

    def fault(what: str, repair: str, value: str = "", row: int | None = None) -> tuple[None, list[Fault]]:
        return None, [Fault(name, row, "", value, what, repair)]

    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            repair = f"keep every file under {MAX_BYTES // 2**20} MB"
            return fault("the file is too large", repair, f"{size:,} bytes")
        data = path.read_bytes()
    except FileNotFoundError:
        return fault("the file is missing", "add it")
    except OSError as error:
        return fault(f"cannot be read: {error.strerror}", "make it a readable file")
    if b"\0" in data:
        return fault("holds NUL bytes, so it is not UTF-8 text", "save the file in the encoding UTF-8")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        bad = f"byte 0x{data[error.start]:02x}"
        return fault("is not UTF-8", "save the file in the encoding UTF-8", bad, row)


def read_table(path: Path, name: str) -> tuple[pl.DataFrame | None, list[Fault]]:
    """A CSV file as a frame of text, or the faults of its form.

    Empty cells are null; rows of the wrong length are faults and left out. The column `row` says where a
    row stands in the file (1 is the header).
    """
    text, faults = read_text(path, name)
    if text is None:
        return None, faults
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[int] = []
    good: list[list[str]] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if problem := _header_fault(name, header):
            return None, [problem]
        for row, cells in enumerate(reader, start=2):
            if row > MAX_ROWS:
                what = f"holds more than {MAX_ROWS:,} rows"
                return None, [Fault(name, row, "", "", what, "keep the table small and curated")]
            if len(cells) == len(header):
                rows.append(row)
                good.append(cells)
            elif any(cell.strip() for cell in cells):
                faults.append(_length_fault(name, row, len(cells), len(header)))
    except csv.Error as error:
        repair = "put cells that hold commas, quotes or line breaks in quotes, and double the quotes inside"
        return None, [Fault(name, reader.line_num, "", "", f"is not CSV: {error}", repair)]
    columns = zip(*good, strict=True) if good else ((),) * len(header)
    texts = [
        pl.Series(column, [cell.strip() or None for cell in cells], pl.String)
        for column, cells in zip(header, columns, strict=True)
    ]
    return pl.DataFrame([pl.Series("row", rows, pl.Int64), *texts]), faults


def _length_fault(name: str, row: int, found: int, wanted: int) -> Fault:
    what = f"the row has {found} cells, the header {wanted}"
    return Fault(name, row, "", "", what, "add or remove commas, or put cells that hold commas in quotes")


def _header_fault(name: str, header: list[str]) -> Fault | None:
    if not any(header):
        return Fault(name, 1, "", "", "the file is empty", "write the row of column names")
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        return Fault(
            name, 1, "", header[0][:60], "columns are not parted by commas", "save it as CSV with commas"
        )
    for column in header:
        if not column or column == "row":
            return Fault(
                name, 1, column, "", "a column has no usable name", "name every column, none of them row"
            )
        if header.count(column) > 1:
            return Fault(name, 1, column[:60], "", "the column stands twice", "keep one of them")
    return None

"""Claims in a CSV file: written whole, read with every fault named by row and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from multivector.errors import InputError
from multivector.evidence.records import COLUMNS, STANCES, TYPES, Claim, predicates
from multivector.files import write_whole

LARGEST = 50 * 1024 * 1024  # bytes
MOST = 200_000  # rows
_NEEDED = ("id", "doc", "quote", "claim_type", "subject_code", "predicate", "polarity", "stance")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_NUMBER = re.compile(r"[+-]?(?:\d[\d,]*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_OPERATORS = ("", "=", "~", ">", "<")


def write_claims(claims: Iterable[Claim], path: str | Path) -> Path:
    """Write claims as CSV (UTF-8, RFC 4180), one by one as they come, whole or not at all.

    Raises
    ------
    StorageError : the file cannot be written.
    """

    def write(temporary: Path) -> None:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)  # lines end as RFC 4180 asks, so that a lone "\\r" in a quote survives
            writer.writerow(COLUMNS)
            writer.writerows([getattr(claim, column) for column in COLUMNS] for claim in claims)

    return write_whole(Path(path), write)


def read_claims(path: str | Path) -> list[Claim]:
    """Read claims from a CSV file with the columns that `write_claims` writes.

    Columns that may be left out are taken as empty; others are passed over. All faults are reported at once.

    Raises
    ------
    InputError : the file is missing, too large, not CSV, or rows do not hold; says row, column and value.
    """
    path = Path(path)
    faults: list[str] = []
    claims: list[Claim] = []
    for number, row in _rows(path):
        found = _faults(number, row)
        faults += found
        if not found:
            claims.append(_claim(row))
        if len(faults) >= 50:
            break
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults)
        raise InputError(
            f"{len(faults)} fault{'s' if len(faults) != 1 else ''} in the claims\n{shown}",
            where=str(path),
            repair="mend the rows listed (row 1 is the header) and run the same command again",
        )
    return claims


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    text = _text(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = list(reader.fieldnames or ())
        missing = [column for column in _NEEDED if column not in header]
        if missing:
            raise InputError(
                f"missing column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; found {', '.join(header[:30])}",
                where=str(path),
                repair=f"a claims file has the columns {', '.join(COLUMNS)}",
            )
        rows: list[tuple[int, dict[str, str]]] = []
        for number, row in enumerate(reader, 2):
            if len(rows) >= MOST:
                raise InputError(
                    f"more than {MOST:,} rows", where=str(path), repair="check the claims in several files"
                )
            rows.append((number, _cells(row, reader.line_num, path)))
    except csv.Error as error:
        raise InputError(
            f"this is not CSV: {error}",
            where=f"{path}, line {reader.line_num}",
            repair="write it with a spreadsheet or with multivector read",
        ) from error
    return rows


def _cells(row: dict[str | None, str | list[str] | None], line: int, path: Path) -> dict[str, str]:
    if None in row or any(value is None for value in row.values()):
        raise InputError(
            "the row has more or fewer cells than the header",
            where=f"{path}, line {line}",
            repair="put cells with a comma or a line break into double quotes",
        )
    return {str(key): str(value).strip("\x00") for key, value in row.items()}


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(
                f"the claims have {size / 2**20:.1f} MB; at most {LARGEST / 2**20:.0f} MB are read",
                where=str(path),
                repair="check the claims in several files",
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"the encoding breaks at byte {error.start}", where=str(path), repair="save the file in UTF-8"
        ) from error
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}",
            where=str(path),
            repair="name a CSV file of claims, as multivector read --out writes it",
        ) from error


def _faults(number: int, row: dict[str, str]) -> list[str]:
    """What is wrong with a row, a line a fault."""
    return [f"row {number}, column {fault}" for fault in cell_faults(row)]


def cell_faults(row: dict[str, str]) -> list[str]:
    """What is wrong with the cells of a claim: column, value, fault and repair, a line a fault."""
    faults = []

    def fault(column: str, what: str, repair: str) -> None:
        faults.append(f"{column} [{row.get(column, '')[:60]}]: {what}; repair: {repair}")

    if row["predicate"] not in predicates():
        fault("predicate", "unknown predicate", "use one of the vocabulary, such as arms_share_of_imports")
    for column, known in (("claim_type", TYPES), ("stance", STANCES), ("polarity", ("+", "-"))):
        if row[column] not in known:
            fault(column, f"unknown {column.replace('_', ' ')}", f"one of {', '.join(known)}")
    if row.get("value_op", "") not in _OPERATORS:
        fault("value_op", "unknown operator", "one of = ~ > <, or empty")
    if row.get("value_op") and not _NUMBER.fullmatch(row.get("value", "")):
        fault("value", "not a number", "digits with a point for decimals, such as 93.9")
    for column in ("date_start", "date_end"):
        if row.get(column) and not _DATE.fullmatch(row[column]):
            fault(column, "not a date", "YYYY, YYYY-MM or YYYY-MM-DD")
    start, end = row.get("date_start", ""), row.get("date_end", "")
    shared = min(len(start), len(end))  # "2020-05" to "2020" holds: dates are as precise as the text
    if start[:shared] > end[:shared]:
        fault("date_end", f"ends before it starts ({start})", "swap the dates")
    for column in ("char_start", "char_end"):
        if row.get(column) and not row[column].isdecimal():
            fault(column, "not a count of characters", "a whole number, 0 or more")
    return faults


def _claim(row: dict[str, str]) -> Claim:
    values: dict[str, str | int] = {}
    for field in fields(Claim):
        cell = row.get(field.name, "")
        values[field.name] = int(cell or 0) if field.name in ("char_start", "char_end") else cell
    values["attributed_to"] = values["attributed_to"] or "AUTHOR"
    return Claim(**values)  # type: ignore[arg-type]  # the loop gives each column its own type

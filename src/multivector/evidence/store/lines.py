"""The ledger of claims as JSON lines: written whole, taken in whole or not at all.

The first line says what follows and how many lines; each further line is one row, `kind` first. Rows come in an
order that depends on nothing but their content, so that two stores with the same rows export the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection

from multivector.errors import ClaimsError
from multivector.evidence.store.incoming import Incoming, LineFault
from multivector.evidence.store.rows import Row, TextRow
from multivector.evidence.store.schema import KINDS, VERSION
from multivector.evidence.store.tables import insert_missing, stored
from multivector.files import write_whole

LONGEST: Final = 64 * 1024 * 1024  # bytes of a line; a document's text is at most 20 MB
REPAIR: Final = "export the ledger again, or restore the file from a copy; nothing was stored"
NAMES: Final[dict[str, type[Row]]] = {row.__name__.removesuffix("Row").lower(): row for row in KINDS}
_READERS: Final = {name: TypeAdapter(row) for name, row in NAMES.items()}


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows the file held, and how many of them the store lacked."""

    rows: int
    new: int


def export_lines(connection: Connection, path: Path, *, with_text: bool) -> int:
    """Write every row of the ledger; the number of rows. Without text, quotes stay and documents' texts do not.

    Raises
    ------
    StorageError : the file cannot be written.
    """
    rows: list[tuple[str, Row]] = [
        (name, row)
        for name, kind in NAMES.items()
        if with_text or kind is not TextRow
        for row in stored(connection, kind)
    ]
    header = {"kind": "ledger of claims", "version": VERSION, "rows": len(rows), "texts": with_text}

    def write(temporary: Path) -> None:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            for line in (header, *({"kind": name, **asdict(row)} for name, row in rows)):
                file.write(
                    json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
                )

    write_whole(path, write)
    return len(rows)


def import_lines(connection: Connection, path: Path) -> Imported:
    """Take in what `export_lines` wrote. Rows that the store has already stay as they are.

    Every line is checked before any is stored: its fields, that its id is that of its content, that what it
    points to is there, and that quotes stand in their text.

    Raises
    ------
    ClaimsError : names the line, what does not fit, and the repair.
    """
    incoming = Incoming(connection, dt.datetime.now(dt.UTC))
    said: int | None = None
    number = 0
    for number, raw in _lines(path):
        try:
            content = _content(raw)
            if number == 1:
                said = _header(content)
                continue
            row = _row(content)
            fault = incoming.take(row)
        except LineFault as error:
            raise ClaimsError(str(error), where=f"{path}, line {number}", repair=REPAIR) from error
        except RecursionError as error:
            raise ClaimsError("is nested too deep", where=f"{path}, line {number}", repair=REPAIR) from error
        if fault:
            raise ClaimsError(fault, where=f"{path}, line {number}", repair=REPAIR)
    if said is None or number - 1 != said:
        raise ClaimsError(
            "is empty"
            if said is None
            else f"has {number - 1} rows, and its first line says {said}: its end was cut off, or lines were added",
            where=str(path),
            repair=REPAIR,
        )
    new = sum(insert_missing(connection, rows) for rows in incoming.rows.values())
    return Imported(said, new)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        if path.exists() and not path.is_file():
            raise ClaimsError("is no plain file", where=str(path), repair="name a file that was exported")
        with path.open("rb") as file:
            number = 0
            while raw := file.readline(LONGEST + 1):
                number += 1
                if len(raw) > LONGEST:
                    raise ClaimsError(
                        f"has more than {LONGEST:,} bytes", where=f"{path}, line {number}", repair=REPAIR
                    )
                yield number, raw
    except OSError as error:
        raise ClaimsError(
            f"cannot be read: {error.strerror or error}",
            where=str(path),
            repair="name a file that `multivector claims export` wrote",
        ) from error


def _content(raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineFault(f"is no text in UTF-8 (byte {error.start} of the line)") from error
    try:
        content = json.loads(text)
    except ValueError as error:
        raise LineFault(f"is no JSON: {error}") from error
    if not isinstance(content, dict):
        raise LineFault("is no JSON object")
    return content


def _header(content: dict[str, Any]) -> int:
    rows = content.get("rows")
    if content.get("kind") != "ledger of claims" or not isinstance(rows, int):
        raise LineFault("does not begin an export of a ledger of claims")
    if content.get("version") != VERSION:
        raise LineFault(
            f"is of version {content.get('version')!r}; this multivector knows version {VERSION}"[:200]
        )
    return rows


def _row(content: dict[str, Any]) -> Row:
    kind = content.pop("kind", None)
    if not isinstance(kind, str) or kind not in _READERS:
        raise LineFault(f"has the kind {ascii(kind)[:60]}; known are {', '.join(_READERS)}")
    try:
        row: Row = _READERS[kind].validate_json(json.dumps(content))
    except ValidationError as error:
        raise LineFault(f"{kind}: {_faults_of(error)}") from error
    return row


def _faults_of(error: ValidationError) -> str:
    said = []
    for fault in error.errors()[:5]:
        place = ".".join(str(part) for part in fault["loc"])
        said.append(f"{place}: {fault['msg'][:1].lower()}{fault['msg'][1:]}")
    return "; ".join(said)

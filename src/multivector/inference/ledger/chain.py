"""Lines that hold on to one another: each carries the SHA-256 of the line before and its own.

A line is one JSON object. Its last key is `sha256`, the digest of the line's bytes without that key; the key
before is `previous`, the digest of the line before (zeros for the first). A line that is edited no longer
fits its own digest; one that is removed, added or moved no longer fits its neighbour's.

Source: the linking of Haber & Stornetta 1991, J. Cryptology 3:99-111.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from multivector.errors import LedgerError
from multivector.inference.ledger.entry import Entry, Forecast, Resolution, faults_of

FIRST = "0" * 64
RESTORE = "restore the file from a copy; a forecast is never edited or taken out, it is resolved, or another is added"
_TAIL = re.compile(rb',"sha256":"([0-9a-f]{64})"\}')
_ENTRY: TypeAdapter[Forecast | Resolution] = TypeAdapter(Entry)
_TAIL_LENGTH = len(',"sha256":""}') + 64


@dataclass(frozen=True)
class Sealed:
    """A line of a ledger: what it holds, when it was written, and its digest."""

    entry: Forecast | Resolution
    recorded: str
    sha256: str


def seal(entry: Forecast | Resolution, line: int, previous: str, now: dt.datetime) -> tuple[bytes, Sealed]:
    """The bytes of an entry's line, without its end, and the line as a value."""
    recorded = now.astimezone(dt.UTC).isoformat(timespec="seconds")
    content = {"line": line, "recorded": recorded, **entry.model_dump(mode="json"), "previous": previous}
    body = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    digest = hashlib.sha256(body).hexdigest()
    return body[:-1] + f',"sha256":"{digest}"}}'.encode(), Sealed(entry, recorded, digest)


def unseal(lines: Iterable[bytes], where: str) -> list[Sealed]:
    """Check and read whole lines (their ends cut off).

    Raises
    ------
    LedgerError : names the line, what does not fit, and the repair.
    """
    sealed: list[Sealed] = []
    for number, raw in enumerate(lines, 1):
        previous = sealed[-1].sha256 if sealed else FIRST
        sealed.append(_unseal(raw, number, previous, f"{where}, line {number}"))
    return sealed


def _unseal(raw: bytes, number: int, previous: str, where: str) -> Sealed:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LedgerError(
            f"is no text (byte {error.start} of the line)", where=where, repair=RESTORE
        ) from error
    tail = _TAIL.fullmatch(raw[-_TAIL_LENGTH:])
    if tail is None:
        what = (
            "is empty"
            if not raw.strip()
            else "does not end with its SHA-256: it was edited, or not written by us"
        )
        raise LedgerError(what, where=where, repair=RESTORE)
    said = tail[1].decode()
    found = hashlib.sha256(raw[:-_TAIL_LENGTH] + b"}").hexdigest()
    if said != found:
        raise LedgerError(
            f"was edited: its content has the SHA-256 {found[:12]}…, it was stored with {said[:12]}…",
            where=where,
            repair=RESTORE,
        )
    content = _content(text, where)
    if content.pop("previous", None) != previous:
        stored = content.get("line")
        raise LedgerError(
            f"does not follow the line before it (it was stored as line {stored}): a line was removed, added, moved or "
            "written anew",
            where=where,
            repair=RESTORE,
        )
    return _entry(content, number, said, where)


def _content(text: str, where: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LedgerError(f"is no JSON: {error}", where=where, repair=RESTORE) from error
    if not isinstance(content, dict):
        raise LedgerError("is no JSON object", where=where, repair=RESTORE)
    return content


def _entry(content: dict[str, Any], number: int, digest: str, where: str) -> Sealed:
    """The entry of a line whose digests fit; its content may still be of another maker."""
    content.pop("sha256", None)
    line, recorded = content.pop("line", None), content.pop("recorded", None)
    if line != number or not isinstance(recorded, str):
        raise LedgerError(f"calls itself line {line!r}", where=where, repair=RESTORE)
    try:
        return Sealed(_ENTRY.validate_python(content), recorded, digest)
    except ValidationError as error:
        raise LedgerError(faults_of(error), where=where, repair=RESTORE) from error

"""The ledger's file: read whole, appended to under a lock, never rewritten.

A crash within a line leaves a line without an end: the next reader names it, and the byte to cut after. A
crash between a line and the head leaves the head behind, which is in order (see `head`).
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from multivector.errors import LedgerError, StorageError
from multivector.inference.ledger.chain import FIRST, RESTORE, Sealed, seal, unseal
from multivector.inference.ledger.entry import Forecast, Resolution
from multivector.inference.ledger.head import head_path, read_head, write_head

MOST_BYTES = 50_000_000
Entries = Sequence[Forecast | Resolution]


def read_lines(path: Path) -> list[Sealed]:
    """Every line of a ledger, checked.

    Raises
    ------
    LedgerError : no such file, too large, no ledger, edited, torn or cut off.
    """
    _require_file(path)
    _require_there(path)
    with _locked(path, os.O_RDONLY) as handle:
        return _checked(handle, path)


def append(
    path: Path,
    choose: Callable[[list[Sealed]], Entries],
    now: dt.datetime | None = None,
    *,
    begin: bool = True,
) -> list[Sealed]:
    """Append what `choose` makes of the lines that are there, under one lock; give all lines.

    The lines are on disk when this returns. When writing fails the file is as it was. `begin` says whether a
    new ledger may be begun.

    Raises
    ------
    LedgerError : the ledger does not hold, or `choose` refuses. StorageError : it could not be written.
    """
    _require_file(path)
    if not begin:
        _require_there(path)
    with _locked(path, os.O_RDWR | os.O_CREAT | os.O_APPEND) as handle:
        lines = _checked(handle, path)
        entries = choose(lines)
        if not entries:
            return lines
        moment = now or dt.datetime.now(dt.UTC)
        written = []
        for entry in entries:
            previous = lines[-1].sha256 if lines else FIRST
            raw, sealed = seal(entry, len(lines) + 1, previous, moment)
            written += [raw, b"\n"]
            lines.append(sealed)
        _write(handle, path, b"".join(written), lines)
    return lines


def _require_file(path: Path) -> None:
    """Refuse what is no plain file: opening a pipe would wait for ever."""
    if path.exists() and not path.is_file():
        raise LedgerError("is no plain file", where=str(path), repair="name a file with --ledger")
    # The head is asked first: another process may be making both, and makes it last.
    if head_path(path).exists() and not path.exists():
        raise LedgerError(
            f"is gone, but {head_path(path).name} says that it was there",
            where=str(path),
            repair="restore the file from a copy; to begin a new ledger name another file",
        )


def _require_there(path: Path) -> None:
    if not path.exists():
        raise LedgerError(
            "there is no ledger",
            where=str(path),
            repair="store a forecast first (`multivector ledger add`), or name the file with --ledger",
        )


@contextmanager
def _locked(path: Path, flags: int) -> Iterator[int]:
    """The open file; one writer at a time, and no reader beside it."""
    import fcntl  # a part of POSIX: where it is missing nothing but the ledger is

    writing = bool(flags & os.O_CREAT)
    try:
        if writing:
            path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, flags | os.O_CLOEXEC, 0o644)
    except OSError as error:
        kind = StorageError if writing else LedgerError
        raise kind(
            f"cannot be {'written' if writing else 'read'}: {error.strerror or error}",
            where=str(path),
            repair="name a file in a folder that exists and that you may use",
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if writing else fcntl.LOCK_SH)
        yield handle
    finally:
        os.close(handle)  # gives the lock back


def _checked(handle: int, path: Path) -> list[Sealed]:
    size = os.fstat(handle).st_size
    if size > MOST_BYTES:
        raise LedgerError(
            f"has {size:,} bytes, the limit is {MOST_BYTES:,}",
            where=str(path),
            repair="name the ledger itself, or begin a new one",
        )
    with os.fdopen(os.dup(handle), "rb") as file:
        file.seek(0)
        data = file.read(MOST_BYTES + 1)
    *whole, rest = data.split(b"\n")
    lines = unseal(whole, str(path))
    stored, digest = read_head(path)
    if rest:
        _refuse_torn(path, len(whole) + 1, len(data) - len(rest), stored)
    if len(lines) < stored or (stored and lines[stored - 1].sha256 != digest):
        cut = len(lines) < stored
        found = f"{len(lines)} are there: its end was cut off" if cut else "that line is another one now"
        raise LedgerError(
            f"{stored} lines were stored, the last with the SHA-256 {digest[:12]}…; {found}",
            where=f"{path}, line {len(lines) + 1 if cut else stored}",
            repair=RESTORE,
        )
    return lines


def _refuse_torn(path: Path, number: int, offset: int, stored: int) -> None:
    cut = f"cut the file after byte {offset} (truncate -s {offset} {path.name}) and add the forecast again"
    raise LedgerError(
        "is torn: the line has no end, so its writing was cut short",
        where=f"{path}, line {number}",
        repair=RESTORE if number <= stored else f"it was never stored whole: {cut}",
    )


def _write(handle: int, path: Path, data: bytes, lines: list[Sealed]) -> None:
    size = os.fstat(handle).st_size
    if size + len(data) > MOST_BYTES:
        raise LedgerError(
            f"would have more than {MOST_BYTES:,} bytes", where=str(path), repair="begin a new ledger"
        )
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
        if not size:
            _sync_folder(path.parent)
        write_head(path, len(lines), lines[-1].sha256)
    except BaseException as error:
        # A line that nobody was told of must not stay, nor half of one.
        os.ftruncate(handle, size)
        os.fsync(handle)
        if isinstance(error, OSError):
            raise StorageError(
                f"writing stopped: {error.strerror or error}; the ledger is as it was",
                where=str(path),
                repair="free some space, then run the same command again",
            ) from error
        raise


def _sync_folder(folder: Path) -> None:
    """A new file's name is on disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

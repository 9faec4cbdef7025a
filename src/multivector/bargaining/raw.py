"""What files of stakeholders are made of: bytes of bounded size, plain text, finite numbers."""

from __future__ import annotations

import csv
import math
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from multivector.bargaining.cell import MOST_TEXT, trouble
from multivector.bargaining.stakes import LARGEST
from multivector.errors import IssueError

MOST_BYTES: Final = 4_000_000


@contextmanager
def csv_faults(path: Path) -> Iterator[None]:
    """While a CSV file is read: text that is not UTF-8 and quotes that do not close are faults of the file.

    Raises
    ------
    IssueError : either of them, with the file and the repair.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise IssueError(
            f"not UTF-8 text (byte {error.start})", where=str(path), repair="save the file as UTF-8"
        ) from error
    except csv.Error as error:
        raise IssueError(
            f"broken CSV: {error}", where=str(path), repair="close every quote that opens"
        ) from error


def require_plain(text: str, where: str, most: int = MOST_TEXT) -> str:
    """Refuse a name that a spreadsheet would compute, that breaks a line or a terminal, or that is too long."""
    if found := trouble(text, most, name=True):
        what, repair = found
        raise IssueError(what, where=where, repair=repair)
    return text


def number(text: str | None, where: str, what: str, like: str = "such as 45.5") -> float:
    """A finite number from a file's text.

    Raises
    ------
    IssueError : empty, a formula, not a number, or not a finite one.
    """
    text = (text or "").strip()
    if not text:
        raise IssueError(f"the {what} is empty", where=where, repair=f"write the {what} as a number")
    if text[0] in "=@" or (text[0] in "+-" and not text[1:2].replace(".", "0").isdigit()):
        raise IssueError(
            f"{text[:60]!r} reads as a spreadsheet formula",
            where=where,
            repair=f"write the {what} as a number",
        )
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST or "_" in text:
        raise IssueError(
            f"{text[:60]!r} is no finite number" + (", or too large" if abs(value) > LARGEST else ""),
            where=where,
            repair=f"write the {what} as a number, {like}",
        )
    return value


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of bounded size.

    Raises
    ------
    IssueError : missing, no plain file, not readable, or too large.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a device or a pipe may never end
            raise IssueError("is no plain file", where=str(path), repair="name a file")
        if found.st_size > MOST_BYTES:
            raise IssueError(
                f"the file has {found.st_size:,} bytes, the limit is {MOST_BYTES:,}",
                where=str(path),
                repair="keep one scenario in a file",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise IssueError(
            f"cannot be read: {getattr(error, 'strerror', '') or error}",
            where=str(path),
            repair="name an existing file",
        ) from error

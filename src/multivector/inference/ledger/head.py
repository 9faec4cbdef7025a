"""How far a ledger was stored: beside `forecasts.jsonl` lies `forecasts.jsonl.head`.

It holds the number of lines and the last digest, and tells a ledger whose last lines were cut off from a
shorter one: a chain alone cannot. It is written after the line that it speaks of.
"""

from __future__ import annotations

from pathlib import Path

from multivector.errors import LedgerError
from multivector.files import write_text_whole
from multivector.inference.ledger.chain import FIRST


def head_path(path: Path) -> Path:
    """The head of a ledger."""
    return path.with_name(f"{path.name}.head")


def write_head(path: Path, lines: int, digest: str) -> None:
    """Say how far the ledger is stored."""
    write_text_whole(head_path(path), f"{lines} {digest}\n")


def read_head(path: Path) -> tuple[int, str]:
    """Number of lines and last digest as last stored; none where there is no such file (a copied ledger).

    Raises
    ------
    LedgerError : the file holds something else.
    """
    head = head_path(path)
    if not head.exists():
        return 0, FIRST
    try:
        with head.open("rb") as file:
            count, digest = file.read(200).decode("ascii").split()
        if len(digest) != 64 or int(count) < 1:
            raise ValueError(count)
        return int(count), digest
    except (OSError, ValueError) as error:
        raise LedgerError(
            "cannot be read as a number of lines and a SHA-256",
            where=str(head),
            repair="restore it from a copy; if it is lost, compare the ledger with a copy and delete this file",
        ) from error

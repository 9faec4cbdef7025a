"""Drafts as CSV files: a table's own columns, then the claim that gives each row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from multivector.atlas.declare import declared
from multivector.evidence.proposing.propose import Proposals
from multivector.evidence.proposing.stakeholders import COLUMNS, Cell
from multivector.files import write_whole

EXTRA = ("claim_id", "quote", "claim_confidence", "grounds", "lacks", "look_at", "also")
"""What a draft says beyond the row: which claim, how sure and why, cells to fill, what to look at."""


def write_proposals(proposals: Proposals, folder: str | Path) -> list[Path]:
    """A file for each table that rows are proposed for, and `left_out.csv` with a reason for each other claim.

    Raises
    ------
    StorageError : a file cannot be written.
    """
    folder = Path(folder)
    written = []
    for name in dict.fromkeys(proposal.table for proposal in proposals.rows):
        table = declared(name)
        columns = [column.name for column in table.columns] if table else []
        rows = [
            [proposal.cells.get(column, "") for column in columns]
            + [proposal.claim.id, proposal.claim.quote, proposal.confidence, proposal.grounds]
            + ["|".join(proposal.lacks), proposal.note, "|".join(proposal.also)]
            for proposal in proposals.rows
            if proposal.table == name
        ]
        written.append(_write(folder / f"{name}.csv", [*columns, *EXTRA], rows))
    left = [
        [each.claim.id, each.reason, each.why, each.claim.quote, each.claim.doc]
        for each in proposals.left_out
    ]
    written.append(_write(folder / "left_out.csv", ["claim_id", "reason", "why", "quote", "doc"], left))
    return written


def write_stakeholders(cells: Iterable[Cell], folder: str | Path) -> Path:
    """`stakeholders.csv`: three rows an actor.

    Raises
    ------
    StorageError : the file cannot be written.
    """
    rows = [[getattr(cell, column) for column in COLUMNS] for cell in cells]
    return _write(Path(folder) / "stakeholders.csv", COLUMNS, rows)


def row_of(cells: Mapping[str, str]) -> str:
    """A row in words: its cells that are not empty."""
    return ", ".join(f"{name} {cell}" for name, cell in cells.items() if cell and name != "source")


def _write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    def write(temporary: Path) -> None:
        with temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)

    return write_whole(path, write)

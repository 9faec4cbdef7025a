"""Stakeholders from a CSV table, as `multivector propose --stakeholders` drafts it and an analyst fills it in."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from multivector.bargaining.raw import csv_faults, number, read_bytes, require_plain
from multivector.errors import IssueError

CONFIDENCE: Final[Mapping[str, float]] = {"high": 0.8, "medium": 0.5, "low": 0.3}
"""What the draft's words for confidence count as."""

_NEEDED: Final = ("actor", "attribute", "low", "mode", "high")
_ATTRIBUTES: Final = ("capability", "position", "salience")
_EVIDENCE: Final = {
    "stated": "stated", "inferred": "inferred", "assumed": "assumed", "prior": "assumed", "none": "assumed", "": "assumed",
}  # fmt: skip


@dataclass(frozen=True)
class StakeholderTable:
    """Stakeholders as an issue file writes them, and the row that each cell came from."""

    stakeholders: list[dict[str, Any]]
    rows: Mapping[tuple[int, str, str], int]
    file: str

    def place(self, keys: tuple[str | int, ...]) -> str:
        """The file and row of what stands under `keys`: number of the stakeholder, attribute, dimension."""
        wanted = [str(key) for key in keys[1:3]]
        for (i, attribute, dimension), row in self.rows.items():
            if keys[:1] == (i,) and [attribute, dimension][: len(wanted)] == wanted:
                return f"{self.file}, row {row}"
        first = next((row for (i, _, _), row in self.rows.items() if keys[:1] == (i,)), 0)
        return f"{self.file}, row {first}" if first else self.file


def read_stakeholder_table(path: str | Path, dimensions: Sequence[str]) -> StakeholderTable:
    """Stakeholders from a row for each cell.

    Columns `actor, attribute, low, mode, high`; beside them, where they are there, `dimension` (wanted where
    there are several), `actor_type`, `code`, `evidence_kind`, `confidence` (a number, or a word of
    `CONFIDENCE`), `quote`, `source`, `doc`, `char_start`, `char_end`, `note`. Other columns are not read. The
    evidence kinds none and prior, or an empty one, are read as assumed.

    Raises
    ------
    IssueError : names the file, the row and the repair; all empty cells of a draft at once.
    """
    path = Path(path)
    rows = _rows(path)
    order: dict[str, int] = {}
    stakeholders: list[dict[str, Any]] = []
    places: dict[tuple[int, str, str], int] = {}
    for line, row in rows:
        place = f"{path}, row {line}"
        name, attribute = require_plain(row["actor"], place), row["attribute"]
        if attribute not in _ATTRIBUTES:
            raise IssueError(
                f"the attribute {attribute!r}", where=place, repair=f"use {', '.join(_ATTRIBUTES)}"
            )
        if not name:
            raise IssueError("the actor has no name", where=place, repair="name the actor")
        if name not in order:
            order[name] = len(stakeholders)
            stakeholders.append(
                {"name": name, "code": row.get("code", ""), "type": row.get("actor_type", "")}
            )
        i = order[name]
        dimension = "" if attribute == "capability" else _dimension(row, dimensions, place)
        if (i, attribute, dimension) in places:
            raise IssueError(
                f"a second {attribute} of {name}; the first is in row {places[i, attribute, dimension]}",
                where=place,
                repair="keep one row for each, or give the second actor a name of its own",
            )
        places[i, attribute, dimension] = line
        cell = _cell(row, place)
        if attribute == "capability":
            stakeholders[i][attribute] = cell
        else:
            stakeholders[i].setdefault(attribute, {})[dimension] = cell
    return StakeholderTable(stakeholders, places, path.name)


def _cell(row: Mapping[str, str], place: str) -> dict[str, Any]:
    cell: dict[str, Any] = {part: number(row[part], place, part) for part in ("low", "mode", "high")}
    kind = row.get("evidence_kind", "")
    if kind not in _EVIDENCE:
        raise IssueError(
            f"the evidence kind {kind[:60]!r}",
            where=place,
            repair=f"use {', '.join(filter(None, _EVIDENCE))}, or leave it empty",
        )
    cell["evidence"] = _EVIDENCE[kind]
    word = row.get("confidence", "")
    if word:
        like = f"from 0 to 1, or as {', '.join(CONFIDENCE)}"
        cell["confidence"] = CONFIDENCE.get(word) or number(word, place, "confidence", like)
    for key in ("source", "quote", "note"):
        if row.get(key):
            cell[key] = row[key]
    if row.get("doc"):
        cell["where"] = f"{row['doc']}:{row.get('char_start', '')}-{row.get('char_end', '')}"[:120]
    return cell


def _dimension(row: Mapping[str, str], dimensions: Sequence[str], place: str) -> str:
    name = row.get("dimension", "")
    if not name and len(dimensions) < 2:
        return dimensions[0] if dimensions else ""
    if name not in dimensions:
        raise IssueError(
            f"the dimension {name!r}",
            where=place,
            repair=f"name one in a column dimension: {', '.join(dimensions)}",
        )
    return name


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Rows by column, stripped; those with an empty low, mode or high are refused together."""
    with csv_faults(path):
        reader = csv.DictReader(io.StringIO(read_bytes(path).decode("utf-8-sig"), newline=""), strict=True)
        columns = list(reader.fieldnames or ())
        if twice := [column for column in _NEEDED if columns.count(column) > 1]:
            raise IssueError(
                f"the column {twice[0]} stands twice", where=f"{path}, row 1", repair="keep one of the two"
            )
        missing = [column for column in _NEEDED if column not in columns]
        if missing:
            raise IssueError(
                f"no column {', '.join(missing)}", where=f"{path}, row 1", repair=f"give {', '.join(_NEEDED)}"
            )
        rows = [
            (
                reader.line_num,
                {key: (cell or "").strip() for key, cell in row.items() if isinstance(key, str)},
            )
            for row in reader
            if any(row.values())
        ]
    empty = [(n, row) for n, row in rows if not all(row[part] for part in ("low", "mode", "high"))]
    if empty:
        listed = "; ".join(f"row {n} ({row['actor']}, {row['attribute']})" for n, row in empty[:12])
        rest = f" and {len(empty) - 12} more" if len(empty) > 12 else ""
        raise IssueError(
            f"{len(empty)} cell{'' if len(empty) == 1 else 's'} without low, mode or high: {listed}{rest}",
            where=str(path),
            repair="set all three: the draft gives the words, the place on the scale is the analyst's",
        )
    return rows

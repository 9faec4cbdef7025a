"""Past issues with their outcomes: the DEU III data set, read from a folder.

The package ships nothing of it (its licence for redistribution is not settled). Get the data from
doi 10.34810/data53 (Arregui & Perarnaud 2021, doi 10.1080/13501763.2021.1991983) as two tables:

    deu3_issues.csv     prnr (proposal), isnr (issue), proc (COD codecision, CNS consultation), counvte (the
                        council's vote: QMV or Unan), intro_year, rp (reference point), out (outcome)
    deu3_positions.csv  issue, actor, position, salience, capability (Council votes of the time)
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.models.model import Model
from multivector.bargaining.stakes import TOP, Stakes
from multivector.errors import InputError

ISSUES: Final = "deu3_issues.csv"
POSITIONS: Final = "deu3_positions.csv"
LEAST_ACTORS: Final = 3
PROPOSER: Final = "com"
PARLIAMENT: Final = "ep"
"""Codes of the two actors that are no members of the council: who proposes, and the parliament."""

_WORDS: Final = {"proc": ("CNS", "COD"), "counvte": ("QMV", "QMV(10)", "Unan")}
_COLUMNS: Final = {
    ISSUES: ("prnr", "isnr", "proc", "counvte", "intro_year", "rp", "out"),
    POSITIONS: ("issue", "actor", "position", "salience", "capability"),
}


@dataclass(frozen=True, eq=False)
class PastIssue:
    """One decided issue: its stakes before the decision, and the `outcome`, both on 0 to 100.

    `reference_point` is where the issue would stand without a decision; None where the coders gave none.
    Issues of one `proposal` were decided together and are never split between training and test. `year` is that
    of the proposal. In `codecision` the parliament had to agree; otherwise it was consulted. `unanimity`: the
    council decided by it, otherwise by qualified majority.
    """

    issue: str
    proposal: str
    stakes: Stakes
    outcome: float
    reference_point: float | None = None
    year: int | None = None
    codecision: bool = False
    unanimity: bool = False

    @property
    def dichotomous(self) -> bool:
        """Whether every actor stands at an end of the scale."""
        return bool(np.all((self.stakes.position == 0) | (self.stakes.position == TOP)))


def read_deu(folder: Path) -> tuple[PastIssue, ...]:
    """The issues of `folder` with an outcome and three actors or more, in the order of the file.

    Raises
    ------
    InputError : a table or column is missing, or a value is not a number on its scale; names file and row.
    """
    actors: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for _, row in _rows(folder / POSITIONS):
        actors[row["issue"]].append(row)
    return tuple(
        PastIssue(
            row["isnr"],
            row["prnr"],
            _stakes(folder, actors[row["isnr"]]),
            _number(folder / ISSUES, line, row, "out"),
            _number(folder / ISSUES, line, row, "rp") if row["rp"] else None,
            int(_number(folder / ISSUES, line, row, "intro_year")),
            _word(folder / ISSUES, line, row, "proc") == "COD",
            _word(folder / ISSUES, line, row, "counvte") == "Unan",
        )
        for line, row in _rows(folder / ISSUES)
        if row["out"] and len(actors[row["isnr"]]) >= LEAST_ACTORS
    )


def outcomes(model: Model, issues: tuple[PastIssue, ...]) -> NDArray[np.float64]:
    """What `model` expects of each issue, `[k]`; issues with as many actors run as one batch."""
    found = np.empty(len(issues))
    by_size: dict[int, list[int]] = defaultdict(list)
    for k, issue in enumerate(issues):
        by_size[issue.stakes.n].append(k)
    for members in by_size.values():
        each = [issues[k].stakes for k in members]
        batch = Stakes(
            np.stack([stakes.capability for stakes in each]),
            np.stack([stakes.position for stakes in each]),
            np.stack([stakes.salience for stakes in each]),
        )
        found[members] = model.outcome(batch)[..., 0]
    return found


def _stakes(folder: Path, rows: list[Mapping[str, str]]) -> Stakes:
    columns = {
        what: np.array([_number(folder / POSITIONS, 0, row, what) for row in rows])
        for what in ("capability", "position", "salience")
    }
    return Stakes(
        columns["capability"],
        columns["position"][:, None],
        columns["salience"][:, None],
        tuple(row["actor"] for row in rows),
    )


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _COLUMNS[path.name] if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"has no column {', '.join(missing)}",
                    where=str(path),
                    repair=f"give the columns {', '.join(_COLUMNS[path.name])}",
                )
            yield from enumerate(reader, start=2)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            "cannot be read as a table",
            where=str(path),
            repair="give a folder with both tables of DEU III (doi 10.34810/data53)",
        ) from error


def _number(path: Path, line: int, row: Mapping[str, str], column: str) -> float:
    try:
        value = float(row[column])
    except (ValueError, TypeError):
        value = np.nan
    top = np.inf if column in {"capability", "intro_year"} else TOP
    if not 0 <= value <= top:
        place = f"row {line}" if line else f"issue {row['issue']}, actor {row['actor']}"
        raise InputError(
            f"{column} {row[column]!r} is not a number from 0 to {top:g}",
            where=f"{path}, {place}",
            repair="mend the cell, or leave the row out",
        )
    return value


def _word(path: Path, line: int, row: Mapping[str, str], column: str) -> str:
    if row[column] not in _WORDS[column]:
        raise InputError(
            f"{column} {row[column]!r} is none of {', '.join(_WORDS[column])}",
            where=f"{path}, row {line}",
            repair="mend the cell, or leave the row out",
        )
    return row[column]

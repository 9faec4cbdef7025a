"""Reading a signed network from a CSV file or a frame, with every doubt told by row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from multivector.atlas.read import read_table
from multivector.errors import InputError
from multivector.indicators.blocs.network import SignedNetwork, Tie, network_of

COLUMNS = ("source", "target", "sign")
SOURCES = "sources"
"""An optional column: where the tie comes from, keys joined by |."""
SIGNS = {
    **dict.fromkeys(("+", "+1", "1", "1.0", "+1.0", "plus", "positive", "friend", "friendly", "ally"), 1),
    **dict.fromkeys(("-", "-1", "-1.0", "−", "−1", "minus", "negative", "rival", "hostile", "enemy"), -1),
}
_FORMULA = re.compile(r"^[=@]|^[+-][A-Za-z(@=]|[\x00-\x1f]")
_LONGEST = 120


def read_edges(path: Path | str) -> SignedNetwork:
    """A signed network from a CSV file with the columns source, target and sign.

    The sign is +1 or -1, or a word in any case (+, -, plus, minus, positive, negative,
    friend, friendly, ally, rival, hostile, enemy). An optional column `sources` (keys joined by |) is carried
    with the tie; further columns are not read.

    Raises
    ------
    InputError : names the file, the row (1 is the header) and the repair. A pair with both signs names both rows.
    """
    path = Path(path)
    frame, faults = read_table(path, path.name)
    if faults or frame is None:
        fault = faults[0]
        row = f", row {fault.row}" if fault.row else ""
        found = f" [{fault.value}]" if fault.value else ""
        raise InputError(f"{fault.what}{found}", where=f"{path}{row}", repair=fault.repair)
    return _network(frame.columns, frame.iter_rows(named=True), str(path))


def edges_of(frame: pl.DataFrame | Iterable[Mapping[str, Any]]) -> SignedNetwork:
    """A signed network from a Polars or pandas frame, or from rows, with the columns of `read_edges`.

    Raises
    ------
    InputError : as `read_edges`; rows are counted from 1.
    """
    rows: Iterable[Mapping[str, Any]]
    if isinstance(frame, pl.DataFrame):
        rows = frame.to_dicts()
    elif hasattr(frame, "to_dict"):
        rows = frame.to_dict("records")
    else:
        rows = frame
    counted = [dict(row, row=n) for n, row in enumerate(rows, start=1)]
    return _network(list(counted[0]) if counted else [*COLUMNS], counted, "the frame")


def _network(columns: Iterable[str], rows: Iterable[Mapping[str, Any]], name: str) -> SignedNetwork:
    if missing := [column for column in COLUMNS if column not in set(columns)]:
        raise InputError(
            f"no column {', '.join(missing)}",
            where=f"{name}, row 1" if name != "the frame" else name,
            repair="give the columns source, target and sign",
        )
    ties, first = list[Tie](), dict[frozenset[str], tuple[int, int]]()
    for row in rows:
        number = int(row["row"])
        where = f"{name}, row {number}"
        tie = Tie(_state(row["source"], where, "source"), _state(row["target"], where, "target"),
                  _sign(row["sign"], where), _sources(row.get(SOURCES)))  # fmt: skip
        if tie.a == tie.b:
            raise InputError(f"{tie.a!r} is tied to itself", where=where, repair="delete the row")
        earlier, sign = first.setdefault(frozenset(tie[:2]), (number, tie.sign))
        if sign != tie.sign:
            raise InputError(
                f"the pair {tie.a}-{tie.b} has both signs: {sign:+d} in row {earlier}, {tie.sign:+d} in row {number}",
                where=where,
                repair="delete the row that does not hold; both cannot",
            )
        ties.append(tie)
    if not ties:
        raise InputError("no ties, only a header", where=name, repair="add a row for each tie")
    return network_of(ties)


def _state(cell: object, where: str, column: str) -> str:
    name = _text(cell)
    if not name:
        raise InputError("an empty cell", where=f"{where}, column {column}", repair="name the state")
    if _FORMULA.search(name):
        raise InputError(
            f"{name[:60]!r} reads as a formula or holds control characters",
            where=f"{where}, column {column}",
            repair="write the state's code or name",
        )
    if len(name) > _LONGEST:
        raise InputError(
            f"a name of {len(name)} characters", where=f"{where}, column {column}", repair="write its code"
        )
    return name


def _sign(cell: object, where: str) -> int:
    word = _text(cell).lower()
    if word not in SIGNS:
        found = f"the sign {word[:60]!r}" if word else "no sign"
        repair = "write +1 or -1; leave out a pair that is neither friend nor rival"
        raise InputError(found, where=f"{where}, column sign", repair=repair)
    return SIGNS[word]


def _sources(cell: object) -> tuple[str, ...]:
    return tuple(part.strip() for part in _text(cell).split("|") if part.strip())


def _text(cell: object) -> str:
    """A cell as text; frames say None or NaN where it is empty."""
    return "" if cell is None or (isinstance(cell, float) and math.isnan(cell)) else str(cell).strip()

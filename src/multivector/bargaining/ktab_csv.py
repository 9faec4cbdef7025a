"""KTAB's CSV files of scenarios, read and written.

Row 1 is `name, description, actors, dimensions,`; row 2 a header; then a row for each actor: name, description,
capability, and position and salience for each dimension. Rows may end in a comma or not.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from multivector.bargaining.cell import MOST_NAME
from multivector.bargaining.ktab import KtabScenario, require_ktab, stakes_at
from multivector.bargaining.raw import csv_faults, number, read_bytes, require_plain
from multivector.errors import IssueError
from multivector.files import write_text_whole


def read_ktab_csv(path: str | Path) -> KtabScenario:
    """A scenario from KTAB's CSV.

    Raises
    ------
    IssueError : with the row and the repair.
    """
    path = Path(path)
    rows = _rows(path)
    if len(rows) < 3:
        raise IssueError(
            f"{len(rows)} row{'' if len(rows) == 1 else 's'} with content",
            where=str(path),
            repair="give name and counts, a header, and a row for each actor",
        )
    name, description, actors, dims = _head(rows[0], path)
    dimensions = _dimensions(rows[1], dims, path)
    if len(rows) - 2 != actors:
        raise IssueError(
            f"row {rows[0][0]} announces {actors} actors, the file has {len(rows) - 2}",
            where=str(path),
            repair="correct the number, or add or delete rows",
        )
    where, names, descriptions, numbers = [], [], [], []
    for line, cells in rows[2:]:
        place = f"{path}, row {line}"
        actor = _filled(cells, 3 + 2 * dims)
        if len(actor) != 3 + 2 * dims:
            raise IssueError(
                f"{len(_filled(actor, 0))} cells where {dims} dimension{'s make' if dims > 1 else ' makes'} {3 + 2 * dims}",
                where=place,
                repair="give actor, description, capability, then position and salience for each dimension",
            )
        if not actor[0]:
            raise IssueError("the actor has no name", where=place, repair="name the actor")
        where.append(place)
        names.append(require_plain(actor[0], place, MOST_NAME))
        descriptions.append(require_plain(" ".join(actor[1].split()), place))
        numbers.append(_numbers(actor[2:], dimensions, place))
    stakes = stakes_at(str(path), where, names, dimensions, numbers)
    return KtabScenario(name, description, stakes, tuple(descriptions))


def ktab_csv(scenario: KtabScenario) -> str:
    """The scenario as KTAB's CSV; numbers come back exactly. Parameters, seed and adjustments have no place in it.

    Raises
    ------
    IssueError : something that KTAB's reader does not take.
    """
    require_ktab(scenario)
    stakes, out = scenario.stakes, io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([scenario.name, scenario.description, stakes.n, stakes.d, ""])
    columns = [f"{name}{end}" for name in stakes.dimensions for end in ("", " salience")]
    writer.writerow(["Actor", "Description", "Power", *columns, ""])
    descriptions = scenario.descriptions or ("",) * stakes.n
    for i, name in enumerate(stakes.names):
        pairs = zip(stakes.position[i], stakes.salience[i], strict=True)
        cells = [repr(float(value)) for pair in pairs for value in pair]
        writer.writerow([name, descriptions[i], repr(float(stakes.capability[i])), *cells, ""])
    return out.getvalue()


def write_ktab_csv(scenario: KtabScenario, path: str | Path) -> Path:
    """`ktab_csv` in a file, whole or not at all."""
    return write_text_whole(Path(path), ktab_csv(scenario))


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Rows that are not blank, with their line; cells stripped."""
    with csv_faults(path):
        text = read_bytes(path).decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    return [(line, row) for line, row in rows if any(row)]


def _filled(cells: list[str], wanted: int) -> list[str]:
    """Cells without the empty ones behind the `wanted` ones, which a last comma or a spreadsheet leaves."""
    while len(cells) > wanted and cells[-1] == "":
        cells = cells[:-1]
    return cells


def _head(row: tuple[int, list[str]], path: Path) -> tuple[str, str, int, int]:
    """Name, description and the numbers of actors and dimensions."""
    line, cells = row
    place = f"{path}, row {line}"
    if {"actor", "attribute"} <= set(cells):
        raise IssueError(
            "a table of stakeholders, not a scenario of KTAB's",
            where=place,
            repair=f"write an issue file beside it, with `stakeholders: {path.name}`",
        )
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(cells) < 4 and mark in "".join(cells):
            raise IssueError(
                f"cells are parted by {name}",
                where=place,
                repair="save the file with commas and decimal points",
            )
    if len(cells) < 4:
        raise IssueError(
            f"{len(cells)} cell{'' if len(cells) == 1 else 's'}",
            where=place,
            repair="begin with: name, description, number of actors, number of dimensions",
        )
    actors, dims = (
        _count(text, place, what) for text, what in zip(cells[2:4], ("actors", "dimensions"), strict=True)
    )
    return require_plain(cells[0], place), require_plain(" ".join(cells[1].split()), place), actors, dims


def _count(text: str, where: str, what: str) -> int:
    value = number(text, where, f"number of {what}")
    if value != int(value) or not 1 <= value <= 100_000:
        raise IssueError(
            f"{text!r} {what}", where=where, repair=f"write the number of {what} as a whole number"
        )
    return int(value)


def _dimensions(row: tuple[int, list[str]], dims: int, path: Path) -> list[str]:
    """Names of the dimensions from the header where it has one for each, else their numbers."""
    line, header = row
    place = f"{path}, row {line}"
    if len(header) > 2 and _is_number(header[2]):
        raise IssueError(
            "an actor where the header should be",
            where=place,
            repair="write a header before it: Actor, Description, Power, then Position, Salience for each dimension",
        )
    names = [require_plain(name, place, MOST_NAME) for name in header[3::2][:dims]]
    if len(names) == dims == len(set(names)) and all(names):
        return names
    return [str(k + 1) for k in range(dims)]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _numbers(cells: list[str], dimensions: list[str], place: str) -> tuple[float, list[float], list[float]]:
    """Capability, positions and saliences of a row."""
    columns = [f"{what} on {name}" for name in dimensions for what in ("position", "salience")]
    found = [number(text, place, what) for text, what in zip(cells, ["capability", *columns], strict=True)]
    return found[0], found[1::2], found[2::2]

"""KTAB's CSV files of scenarios, read and written.

Row 1 is `name, description, actors, dimensions,`; row 2 a header; then a row for each actor: name, description,
capability, and position and salience for each dimension. Rows may end in a comma or not.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from multivector.bargaining.ktab import KtabScenario, require_ktab, stakes_at
from multivector.bargaining.raw import number, read_bytes, require_plain
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
            f"{len(rows)} rows",
            where=str(path),
            repair="give name and counts, a header, and a row for each actor",
        )
    head = f"{path}, row {rows[0][0]}"
    if {"actor", "attribute"} <= set(rows[0][1]):
        raise IssueError(
            "a table of stakeholders, not a scenario of KTAB's",
            where=head,
            repair=f"write an issue file beside it, with `stakeholders: {path.name}`",
        )
    first = [*rows[0][1], "", "", "", ""][:4]
    actors, dims = (
        _count(text, head, what) for text, what in zip(first[2:], ("actors", "dimensions"), strict=True)
    )
    if len(rows) - 2 != actors:
        raise IssueError(
            f"row {rows[0][0]} announces {actors} actors, the file has {len(rows) - 2}",
            where=str(path),
            repair="correct the number, or add or delete rows",
        )
    where, names, descriptions, numbers = [], [], [], []
    for line, cells in rows[2:]:
        place = f"{path}, row {line}"
        if len(cells) != 3 + 2 * dims:
            raise IssueError(
                f"{len(cells)} cells where {dims} dimension{'s' if dims > 1 else ''} make {3 + 2 * dims}",
                where=place,
                repair="give actor, description, capability, then position and salience for each dimension",
            )
        if not cells[0]:
            raise IssueError("the actor has no name", where=place, repair="name the actor")
        where.append(place)
        names.append(require_plain(cells[0], place))
        descriptions.append(require_plain(cells[1], place))
        header = [
            "",
            "",
            "capability",
            *(f"{what} on dimension {k + 1}" for k in range(dims) for what in ("position", "salience")),
        ]
        values = [number(text, place, what) for text, what in list(zip(cells, header, strict=True))[2:]]
        numbers.append((values[0], values[1::2], values[2::2]))
    return KtabScenario(
        require_plain(first[0], head),
        require_plain(first[1], head),
        stakes_at(where, names, _dimensions(rows[1][1], dims), numbers),
        tuple(descriptions),
    )


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
    """Rows that are not blank, with their line; cells stripped, one empty cell at the end left out."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except UnicodeDecodeError as error:
        raise IssueError(
            f"not UTF-8 text (byte {error.start})", where=str(path), repair="save the file as UTF-8"
        ) from error
    except csv.Error as error:
        raise IssueError(
            f"broken CSV: {error}", where=str(path), repair="close every quote that opens"
        ) from error
    return [(line, row[:-1] if row[-1] == "" else row) for line, row in rows if any(row)]


def _count(text: str, where: str, what: str) -> int:
    value = number(text, where, f"number of {what}")
    if value != int(value) or not 1 <= value <= 100_000:
        raise IssueError(
            f"{text!r} {what}", where=where, repair=f"write the number of {what} as a whole number"
        )
    return int(value)


def _dimensions(header: list[str], dims: int) -> list[str]:
    """Names of the dimensions from the header where it has one for each, else their numbers."""
    names = header[3::2][:dims]
    return (
        names
        if len(names) == dims and len(set(names)) == dims and all(names)
        else [str(k + 1) for k in range(dims)]
    )

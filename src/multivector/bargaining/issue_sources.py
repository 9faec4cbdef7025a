"""An issue's sources against a region's: every cell leads to something that is there, in its own words."""

from __future__ import annotations

from collections.abc import Iterator

from multivector.atlas import Region
from multivector.bargaining.issue import Issue, Placed
from multivector.errors import IssueError

CLAIM = "claim"
"""Sources `claim:ID` lead to a ledger of claims, which holds its own quotes."""


def require_sources(issue: Issue, region: Region, where: str = "") -> None:
    """Refuse cells whose source neither the issue nor the region has, and assumptions made too narrow.

    A source is a key of the issue's `sources` or of the region's sources.csv, a claim (`claim:ID`, not looked
    up here), or a row of a region's table, as `TABLE:FIRST/SECOND/...`: the row's first cells (`events:con_1`,
    `relations:border_closed/AAA/BBB`). The quote of a row is words of one of its cells.

    Raises
    ------
    IssueError : every fault at once.
    """
    faults = list(_faults(issue, region))
    if not faults:
        return
    if len(faults) == 1:
        raise IssueError(faults[0][0], where=where or issue.id, repair=faults[0][1])
    listed = "\n  ".join(f"{what}; repair: {repair}" for what, repair in faults)
    raise IssueError(
        f"{len(faults)} faults\n  {listed}", where=where or issue.id, repair="mend each line above"
    )


def _faults(issue: Issue, region: Region) -> Iterator[tuple[str, str]]:
    if issue.region and issue.region != region.id:
        yield f"the issue is about {issue.region!r}, the region given is {region.id!r}", "name that region"
    own = {source.key for source in issue.sources}
    known = own | set(region.table("sources")["key"])
    for placed in issue.cells():
        source, place = placed.cell.source, _named(placed)
        table, colon, key = source.partition(":")
        if not source or table == CLAIM:
            continue
        if not colon:
            if source not in known:
                yield (
                    f"{place}: no source {source!r}",
                    "add it to the issue's sources, or use a key of sources.csv",
                )
        elif table not in region.tables:
            yield (
                f"{place}: the region has no table {table!r}",
                f"use one of: {', '.join(sorted(region.tables))}",
            )
        elif not (rows := rows_of(region, table, key.split("/"))):
            yield f"{place}: {table} has no row {key!r}", "write the row's first cells, joined by /"
        elif placed.cell.quote and not any(placed.cell.quote in cell for row in rows for cell in row):
            yield f"{place}: the quote stands in no cell of {source}", "quote the row's own words"
    for placed in issue.thin():
        yield f"{_named(placed)}: assumed, and yet narrow", "widen it, or give it a source"


def rows_of(region: Region, table: str, key: list[str]) -> list[tuple[str, ...]]:
    frame = region.table(table)
    rows = (tuple("" if cell is None else str(cell) for cell in row) for row in frame.iter_rows())
    return [row for row in rows if list(row[: len(key)]) == key]


def _named(placed: Placed) -> str:
    on = f" on {placed.dimension}" if placed.dimension else ""
    return f"{placed.attribute} of {placed.stakeholder}{on}"

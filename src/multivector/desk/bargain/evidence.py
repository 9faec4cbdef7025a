"""The evidence behind each cell of an issue, with the sources that it leads to."""

from __future__ import annotations

from collections.abc import Iterator

from multivector.atlas import Region
from multivector.bargaining.issue import Issue, Placed
from multivector.bargaining.issue_sources import CLAIM, rows_of
from multivector.desk.context import CellGroup, CellRow, Cells, SourceRow
from multivector.desk.words import slug

Sources = dict[str, SourceRow]
"""By the key under which the page lists them."""


def evidence_of(issue: Issue, region: Region | None) -> tuple[Cells, Sources]:
    """Every cell with its quote, grouped by stakeholder, and the sources that are the issue's own.

    Parameters
    ----------
    issue : the table. region : whose tables its sources may name; None where it belongs to none.
    """
    own = {source.key: _own_key(issue, source.key) for source in issue.sources}
    listed: Sources = {
        own[source.key]: SourceRow(
            own[source.key], source.title, source.publisher, source.date, source.url, "short quotes", ""
        )
        for source in issue.sources
    }
    rows: dict[str, list[CellRow]] = {name: [] for name in issue.names}
    for placed in issue.cells():
        keys, place = _leads_to(placed, own, region)
        for key in keys:
            if key not in listed and (region is None or not _has(region, key)):
                listed[key] = SourceRow(key, placed.cell.source, "", "", "", "not stated", "")
        rows[placed.stakeholder].append(_row(placed, keys, place))
    groups = tuple(
        CellGroup(each.name, tuple(rows[each.name]), each.type or each.code) for each in issue.stakeholders
    )
    count = {
        kind: sum(p.cell.evidence == kind for p in issue.cells())
        for kind in ("stated", "inferred", "assumed")
    }
    told = ", ".join(f"{number} {kind}" for kind, number in count.items() if number)
    return Cells(groups, f"{sum(count.values())} cells: {told}."), listed


def _own_key(issue: Issue, key: str) -> str:
    """An own source under a key that no region's source and no other issue's has."""
    return slug(issue.id, key)


def _row(placed: Placed, keys: tuple[str, ...], place: str) -> CellRow:
    cell = placed.cell
    return CellRow(
        placed.attribute,
        placed.dimension,
        cell.low,
        cell.mode,
        cell.high,
        cell.evidence,
        cell.quote,
        keys,
        ", ".join(part for part in (place, cell.where) if part),
        cell.confidence,
        cell.note,
    )


def _leads_to(placed: Placed, own: dict[str, str], region: Region | None) -> tuple[tuple[str, ...], str]:
    """Keys of the page's sources, and the place in them that the cell's own source names."""
    source = placed.cell.source
    table, colon, key = source.partition(":")
    if not source:
        return (), ""
    if not colon:
        return (own.get(source, source),), ""
    if table == CLAIM or region is None or table not in region.tables:
        return (slug("source", source),), ""
    found = dict.fromkeys(_sources_of(region, table, key))
    return (tuple(found), source) if found else ((slug("source", source),), "")


def _sources_of(region: Region, table: str, key: str) -> Iterator[str]:
    """The sources of the rows of a region's table that a cell names."""
    column = "source"
    names = region.table(table).columns
    if column not in names:
        return
    for row in rows_of(region, table, key.split("/")):
        yield from (each for each in row[names.index(column)].split("|") if each)


def _has(region: Region, key: str) -> bool:
    return key in set(region.table("sources")["key"])

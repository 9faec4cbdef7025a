"""Bodies and treaties that tie a state to a power, each by its depth.

Depth is 3 for an alliance or a union (of defence or customs), 2 for a standing organisation or a treaty, 1 for a
summit or a format. `bodies.csv` gives it, and who belongs stands in `memberships.csv` and in the memberships of
`relations.csv`. A body that only `institutions.csv` has, and a treaty that is not declared, count by their kind.
Bodies of which nearly all the world is a member tie nobody to a power in particular, and are not declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from multivector.atlas.dates import span
from multivector.indicators.blocs.signed_facts import INACTIVE

if TYPE_CHECKING:
    from multivector.atlas import Region

ORGANISATION, FORMAT = 2.0, 1.0
"""Depth of a standing organisation or treaty, and of a summit or format, where none is declared."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A body or treaty that binds a state to a power, and the keys of the sources that say so."""

    state: str
    power: str
    depth: float
    sources: frozenset[str]


def ties_at(region: Region, year: int) -> Iterator[Tie]:
    """Every tie of the region's states to its powers at the year's end; a body is one tie to each power."""
    rows = _rows(region, "bodies")
    for row in rows:
        yield from _of_body(region, row, year)
    names = {str(row["code"]): str(row["name"]) for row in _rows(region, "actors")}
    told = {name for row in rows for name in (str(row["body"]), names.get(str(row["body"])))}
    for row in _rows(region, "institutions"):
        if row["name"] not in told and stands(row, year):
            depth = ORGANISATION if row["kind"] == "organisation" else FORMAT
            yield from _pairs(region, row["states"].split("|"), [row["power"]], depth, {row["source"]})
    declared = {str(row["body"]): float(row["depth"]) for row in rows}
    for row in _rows(region, "relations"):
        parties = row["a"].split("|")
        if row["kind"] == "treaty" and len(parties) == 2 and stands(row, year):
            named = (row["name"] or "").split("|")
            depth = next((declared[name] for name in named if name in declared), ORGANISATION)
            yield from _pairs(region, parties, parties, depth, {row["source"]})


def stands(row: Mapping[str, Any], year: int) -> bool:
    """Whether a row with `from` and `to` holds at the year's end; without `from` it always has."""
    day = date(year, 12, 31)
    begun = span(str(row["from"])) if row["from"] else None
    ended = span(str(row["to"])) if row["to"] else None
    return (begun is None or begun[0] <= day) and (ended is None or ended[1] > day)


def _of_body(region: Region, row: Mapping[str, Any], year: int) -> Iterator[Tie]:
    members = _members(region, str(row["body"]), year)
    powers = row["powers"].split("|") if row["powers"] else [p for p in region.powers if p in members]
    for tie in _pairs(region, list(members), powers, float(row["depth"]), {row["source"]}):
        yield Tie(tie.state, tie.power, tie.depth, tie.sources | {members[tie.state]})


def _members(region: Region, body: str, year: int) -> dict[str, str]:
    """Full and active members of a body at the year's end, each with the source that says so."""
    idle = {code for status in INACTIVE for code in region.members(body, year, status)}
    held = {*region.members(body, year)} - idle
    own = [row for row in _rows(region, "memberships") if row["organization"] == body]
    found = {row["member"]: row["source"] for row in own if row["member"] in held}
    for row in _rows(region, "relations"):
        told = (row["kind"], row["b"], row["name"], row["holds"]) == ("membership", body, "member", "yes")
        if told and row["a"] not in idle and stands(row, year):
            found.setdefault(row["a"], row["source"])
    return found


def _pairs(
    region: Region, members: list[str], powers: list[str], depth: float, sources: set[str]
) -> Iterator[Tie]:
    for state in members:
        for power in powers:
            if state in region.states and power in region.powers:
                yield Tie(state, power, depth, frozenset(sources))


def _rows(region: Region, table: str) -> list[dict[str, Any]]:
    return list(region.table(table).iter_rows(named=True)) if table in region.tables else []

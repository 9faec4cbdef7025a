"""Acts that last as facts about pairs: borders, recognition, diplomatic relations, sanctions, partnerships."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from multivector.indicators.blocs.signed_events import between, day_in, ended, faded, keys
from multivector.indicators.blocs.signed_rules import Fact, Rule

if TYPE_CHECKING:
    from multivector.atlas import Snapshot

Row = Mapping[str, Any]


def relation_facts(snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...]) -> Iterator[Fact]:
    """Facts of the rule's kind of act, from rows that have begun by the date."""
    rows = [
        row
        for row in snapshot.region.table("relations").iter_rows(named=True)
        if row["kind"] in rule.of and (begin := day_in(row["from"])) is not None and begin <= snapshot.date
    ]
    for row in rows:
        yield from READERS[row["kind"]](snapshot, rule, nodes, row, rows)


def _borders(
    snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...], row: Row, _: list[Row]
) -> Iterator[Fact]:
    if row["holds"] == "yes" and _in_force(row, snapshot.date):
        for a, b in between(row["a"], row["b"], nodes):
            yield Fact(a, b, rule, row["from"], f"{a} keeps its border to {b} closed", keys(row))


def _refusals(
    snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...], row: Row, _: list[Row]
) -> Iterator[Fact]:
    if row["holds"] == "no" and _in_force(row, snapshot.date):
        for a, b in between(row["a"], row["b"], nodes):
            yield Fact(a, b, rule, row["from"], f"{a} does not recognise {b}", keys(row))


def _severed(
    snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...], row: Row, rows: list[Row]
) -> Iterator[Fact]:
    """Never taken up; or broken off, and not taken up since."""
    for a, b in between(row["a"], row["b"], nodes):
        held = any(
            {a, b} == {other["a"], other["b"]} and other["holds"] == "yes" and _in_force(other, snapshot.date)
            for other in rows
        )
        if row["holds"] == "no" and _in_force(row, snapshot.date) and not held:
            yield Fact(a, b, rule, row["from"], "no diplomatic relations", keys(row))
        elif row["holds"] == "yes" and not _in_force(row, snapshot.date) and not held:
            yield Fact(a, b, rule, row["to"], "diplomatic relations broken off", keys(row))


def _sanctions(
    snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...], row: Row, _: list[Row]
) -> Iterator[Fact]:
    begun = day_in(row["from"]) or date.min
    alone = any(word in (row["name"] or "") for word in rule.not_named)
    if (
        row["holds"] == "yes"
        and _in_force(row, snapshot.date)
        and not (alone or faded(begun, rule, snapshot.date))
    ):
        over = f" ({row['name'].split('|')[0]})" if row["name"] else ""
        for a, b in between(row["a"], row["b"], nodes):
            yield Fact(a, b, rule, row["from"], f"sanctions of {a} against {b}{over}", keys(row))


def _partnerships(
    snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...], row: Row, _: list[Row]
) -> Iterator[Fact]:
    signed, name = day_in(row["from"], last=True) or date.min, row["name"] or ""
    if row["holds"] != "yes" or not _in_force(row, snapshot.date) or faded(signed, rule, snapshot.date):
        return
    if any(word in name for word in rule.named):
        for a, b in combinations([node for node in nodes if node in row["a"].split("|")], 2):
            if not ended(snapshot, rule, a, b, signed):
                yield Fact(a, b, rule, row["from"], name.split("|")[0], keys(row))


READERS: Mapping[str, Callable[..., Iterator[Fact]]] = {
    "border_closed": _borders,
    "recognition": _refusals,
    "diplomatic_relations": _severed,
    "sanctions": _sanctions,
    "treaty": _partnerships,
}


def _in_force(row: Row, day: date) -> bool:
    end = day_in(row["to"], last=True)
    return end is None or end >= day

"""What the atlas says of pairs at a date, rule by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from multivector.indicators.blocs.signed_events import between, day_in, ended, faded, keys, treaty_facts
from multivector.indicators.blocs.signed_layers import agreement_facts, obligation_facts
from multivector.indicators.blocs.signed_relations import relation_facts
from multivector.indicators.blocs.signed_rules import Fact, Rule

if TYPE_CHECKING:
    from multivector.atlas import Snapshot

INACTIVE = ("participation_frozen", "suspended")
"""Statuses of a member that takes no part."""


def facts(snapshot: Snapshot, rules: tuple[Rule, ...], nodes: tuple[str, ...]) -> list[Fact]:
    """Every fact that holds between two nodes at the date; a table that the region lacks gives none."""
    found = list[Fact]()
    for rule in rules:
        if rule.reads in (*snapshot.region.tables, *snapshot.region.layers):
            found += READERS[rule.reads](snapshot, rule, nodes)
    return found


def _wars(snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...]) -> Iterator[Fact]:
    for row in _begun(snapshot, "conflicts"):
        if row["kind"] not in rule.of:
            continue
        end = day_in(row["to"] or row["known_to"], last=True) or snapshot.date
        why = f"fought: {row['name'].split('|')[0]}" if row["name"] else f"fought in {row['from'][:4]}"
        for a, b in between(row["a"], row["b"], nodes):
            if not faded(end, rule, snapshot.date) and not ended(snapshot, rule, a, b, end):
                yield Fact(a, b, rule, row["from"], why, keys(row))


def _rivalries(snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...]) -> Iterator[Fact]:
    rows = list(_begun(snapshot, "rivalries"))
    for row in rows:
        end, stops = day_in(row["to"], last=True), day_in(row["known_to"], last=True)
        if end is None and stops is not None and stops < snapshot.date:
            # Another list goes further: what it says of the end holds.
            end = max((to for to in _ends(rows, row["a"], row["b"]) if to >= stops), default=None)
        over = end < snapshot.date if end else faded(stops or snapshot.date, rule, snapshot.date)
        if not over:
            seen = f", listed to {row['known_to']}" if row["known_to"] and not row["to"] else ""
            for a, b in between(row["a"], row["b"], nodes):
                yield Fact(a, b, rule, row["from"], f"strategic rivals{seen}", keys(row))


def _organisations(snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...]) -> Iterator[Fact]:
    rows = [row for row in _begun(snapshot, "memberships") if row["status"] == "member"]
    for organisation in rule.of:
        idle = {code for status in INACTIVE for code in snapshot.members(organisation, status)}
        own = {row["member"]: row for row in rows if row["organization"] == organisation}
        members = [code for code in snapshot.members(organisation) if code in nodes and code not in idle]
        for a, b in combinations(members, 2):
            since = max(own[a]["from"], own[b]["from"])
            sources = tuple(dict.fromkeys((*keys(own[a]), *keys(own[b]))))
            yield Fact(a, b, rule, since, f"both in {organisation}", sources)


READERS: Mapping[str, Callable[[Snapshot, Rule, tuple[str, ...]], Iterator[Fact]]] = {
    "conflicts": _wars,
    "relations": relation_facts,
    "rivalries": _rivalries,
    "memberships": _organisations,
    "events": treaty_facts,
    "alliance": obligation_facts,
    "un_agreement": agreement_facts,
}
"""What reads the table or layer that a rule names."""


def _begun(snapshot: Snapshot, table: str) -> Iterator[dict[str, Any]]:
    """The rows that have begun by the date."""
    for row in snapshot.region.table(table).iter_rows(named=True):
        if (day_in(row["from"]) or date.max) <= snapshot.date:
            yield row


def _ends(rows: list[dict[str, Any]], a: str, b: str) -> Iterator[date]:
    """When the pair's rivalries ended, by every list that says so."""
    for row in rows:
        if {row["a"], row["b"]} == {a, b} and (end := day_in(row["to"], last=True)):
            yield end

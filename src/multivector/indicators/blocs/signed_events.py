"""Treaties as facts about pairs, and the events that end what a rule found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import polars as pl

from multivector.atlas.dates import span
from multivector.indicators.blocs.signed_rules import Fact, Rule

if TYPE_CHECKING:
    from multivector.atlas import Region, Snapshot

ENDS = 3
"""Magnitude of an event that ends a war or a pact."""
MADE = ("signed", "in force", "done")
"""Statuses of an act that was more than announced, and not taken back."""


def treaty_facts(snapshot: Snapshot, rule: Rule, nodes: tuple[str, ...]) -> Iterator[Fact]:
    """Pairs that an event of the rule's kind, sign and magnitude ties or parts.

    Who signs is tied to every other signatory; who suspends parts from the target, not from those that do
    the same.
    """
    events = snapshot.region.table("events").filter(
        pl.col("kind").is_in(list(rule.of))
        & (pl.col("sign") == rule.sign)
        & (pl.col("magnitude") >= (rule.threshold or 0))
        & pl.col("status").is_in(list(MADE))
    )
    for row in events.iter_rows(named=True):
        signed = day_in(row["date"], last=True)
        other = any(word in row["title"] for word in rule.not_named)
        if signed is None or signed > snapshot.date or other or faded(signed, rule, snapshot.date):
            continue
        parties = combinations(_named(row, nodes), 2)
        for a, b in parties if rule.sign > 0 else between(row["actors"], row["target"], nodes):
            if not ended(snapshot, rule, a, b, signed):
                yield Fact(a, b, rule, row["date"], row["title"], keys(row))


def ended(snapshot: Snapshot, rule: Rule, a: str, b: str, after: date) -> bool:
    """Whether an event of the rule's `ended_by` and of the opposite sign named both since, by the date."""
    if not rule.ended_by or "events" not in snapshot.region.tables:
        return False
    turns = _turns(snapshot.region, rule.ended_by, -rule.sign)
    return any(after <= day <= snapshot.date and {a, b} <= named for day, named in turns)


@lru_cache(maxsize=8)
def _turns(region: Region, kind: str, sign: int) -> tuple[tuple[date, frozenset[str]], ...]:
    """When events of the kind and sign turned things, and whom they named."""
    events = region.table("events").filter(
        (pl.col("kind") == kind)
        & (pl.col("sign") == sign)
        & (pl.col("magnitude") >= ENDS)
        & (pl.col("status") != "reversed")
    )
    return tuple(
        (day, frozenset([*row["actors"].split("|"), *(row["target"] or "").split("|")]))
        for row in events.iter_rows(named=True)
        if (day := day_in(row["date"], last=True)) is not None
    )


def faded(end: date, rule: Rule, day: date) -> bool:
    """Whether what ended, began or was last known then counts no more on the day."""
    return rule.lasts is not None and (day - end).days > rule.lasts * 365.25


def day_in(text: str | None, *, last: bool = False) -> date | None:
    """First or last day of a date as precise as known."""
    found = span(text or "")
    return found[int(last)] if found else None


def keys(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Keys of the sources of a row, each once."""
    found = [row["source"], *(row.get("source2") or "").split("|")]
    return tuple(dict.fromkeys(key for key in found if key))


def _named(row: Mapping[str, Any], nodes: tuple[str, ...]) -> list[str]:
    named = {*row["actors"].split("|"), *(row["target"] or "").split("|")}
    return [node for node in nodes if node in named]


def between(first: str | None, second: str | None, nodes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Pairs of nodes across two lists of codes joined by |."""
    for a in (first or "").split("|"):
        for b in (second or "").split("|"):
            if a in nodes and b in nodes and a != b:
                yield a, b

"""The declared rules by which facts of a region become friendly and hostile ties, and the facts."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple


@dataclass(frozen=True)
class Rule:
    """A row of `signed_rules.csv`.

    order : where rules disagree on a pair, the one of the lowest order decides.
    rule : its name. reads : the table or layer that it reads. sign, weight : what it says of a pair.
    threshold : the obligation, the magnitude of an event, or the number of standard deviations.
    of : which rows of the table; several joined by |. named, not_named : words of which the row's name
        holds one, and none.
    lasts : years for which it holds after its end, its beginning or the end of the data, as the sentence
        says; None while it lasts.
    ended_by : kind of event that ends it: of the opposite sign, of magnitude 3, naming both.
    """

    order: int
    rule: str
    reads: str
    sign: int
    weight: int
    threshold: float | None
    of: tuple[str, ...]
    named: tuple[str, ...]
    not_named: tuple[str, ...]
    lasts: float | None
    ended_by: str
    source: str
    sentence: str


class Fact(NamedTuple):
    """One thing that ties or parts two nodes: by which rule, since when, why, from which sources."""

    a: str
    b: str
    rule: Rule
    since: str
    why: str
    sources: tuple[str, ...]


@cache
def signed_rules() -> tuple[Rule, ...]:
    """Every rule, the one that decides first at the head."""
    text = (files("multivector.indicators.blocs") / "signed_rules.csv").read_text(encoding="utf-8")
    rules = [
        Rule(
            order=int(row["order"]),
            rule=row["rule"],
            reads=row["reads"],
            sign=int(row["sign"]),
            weight=int(row["weight"]),
            threshold=float(row["threshold"]) if row["threshold"] else None,
            of=_words(row["of"]),
            named=_words(row["named"]),
            not_named=_words(row["not_named"]),
            lasts=float(row["lasts"]) if row["lasts"] else None,
            ended_by=row["ended_by"],
            source=row["source"],
            sentence=row["sentence"],
        )
        for row in csv.DictReader(text.splitlines())
    ]
    return tuple(sorted(rules, key=lambda rule: rule.order))


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)

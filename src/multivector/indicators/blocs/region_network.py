"""The signed network of a region at a date: who is tied to whom as friend or as rival, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from multivector.indicators.blocs.network import SignedNetwork, Tie
from multivector.indicators.blocs.signed_facts import facts
from multivector.indicators.blocs.signed_rules import Fact, Rule, signed_rules
from multivector.indicators.measured import Columns, MeasuredTable
from multivector.indicators.table import Row
from multivector.indicators.within import snapshot_within

if TYPE_CHECKING:
    from multivector.atlas import Region

COLUMNS: dict[str, Columns] = {
    "edges": {
        "source": (pl.String, "one of the two; ties have no direction"),
        "target": (pl.String, "the other"),
        "sign": (pl.Int64, "+1 friendly, -1 hostile"),
        "weight": (pl.Int64, "weight of the rule that decides: 1 to 3"),
        "rule": (pl.String, "the rule that decides, see `rules`"),
        "from": (pl.String, "since when, as precisely as known"),
        "why": (pl.String, "what it rests on"),
        "sources": (pl.String, "keys in sources.csv of all that agrees with the sign, joined by |"),
        "against": (pl.String, "what speaks for the other sign, and by which rule; empty where nothing does"),
        "against_sources": (pl.String, "keys in sources.csv of that, joined by |"),
    },
    "facts": {
        "source": (pl.String, "one of the two"),
        "target": (pl.String, "the other"),
        "rule": (pl.String, "a rule, see `rules`"),
        "sign": (pl.Int64, "what the rule says"),
        "from": (pl.String, "since when"),
        "why": (pl.String, "what was found"),
        "sources": (pl.String, "keys in sources.csv, joined by |"),
    },
    "rules": {
        "order": (pl.Int64, "where rules disagree on a pair, the lowest decides"),
        "rule": (pl.String, "its name"),
        "sign": (pl.Int64, "what it says of a pair"),
        "weight": (pl.Int64, "1 to 3"),
        "lasts": (pl.Float64, "years, as the sentence says; empty while it lasts"),
        "sentence": (pl.String, "when it holds"),
        "source": (pl.String, "what it rests on; `assumed` where it is a choice"),
    },
}
SHOWN = {"edges": dict.fromkeys(("source", "target", "sign", "rule", "from", "why", "against"), "")}


@dataclass(frozen=True, eq=False)
class RegionNetwork:
    """A region's signed network with the reasons for each tie. Made by `signed_network`.

    network : what the measures of blocs take. table : parts `edges`, `facts`, `rules`.
    """

    network: SignedNetwork
    table: MeasuredTable

    @property
    def edges(self) -> list[Row]:
        """One row a tie: source, target, sign, why, from, sources and what speaks against it."""
        return self.table.rows("edges")

    def frame(self, part: str = "edges") -> pl.DataFrame:
        """One part as a Polars frame."""
        return self.table.frame(part)

    def as_dict(self) -> dict[str, Any]:
        """All of it, for `--json`."""
        return self.table.as_dict()

    def text(self) -> str:
        """For a terminal."""
        return self.table.text()

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def signed_network(region: Region, at: int | str | date) -> RegionNetwork:
    """The signed network of a region's states and powers at a date, each tie with its reasons.

    Facts of the atlas become ties by declared rules (`signed_rules.csv`). Where rules disagree on a pair
    the one of the lowest order decides, and what speaks against it stands beside. A pair on which no rule
    speaks has no tie: it is neither friendly nor hostile, or nobody wrote it down.

    Parameters
    ----------
    region : from `load_region`.
    at : a year, quarter, month or day, as in `region.at`.

    Raises
    ------
    InputError : `at` is not a date within the region's years, or the region gives no tie at all by then.
    """
    snapshot, nodes, rules = snapshot_within(region, at), (*region.states, *region.powers), signed_rules()
    order = {node: n for n, node in enumerate(nodes)}
    by_pair = dict[tuple[str, str], list[Fact]]()
    for fact in facts(snapshot, rules, nodes):
        a, b = sorted((fact.a, fact.b), key=order.__getitem__)
        by_pair.setdefault((a, b), []).append(fact)
    pairs = sorted(by_pair, key=lambda pair: (order[pair[0]], order[pair[1]]))
    edges = [_edge(pair, by_pair[pair]) for pair in pairs]
    ties = tuple(Tie(e["source"], e["target"], e["sign"], tuple(e["sources"].split("|"))) for e in edges)
    table = MeasuredTable(
        title="Signed network",
        region=region.id,
        region_hash=region.hash,
        date=snapshot.date.isoformat(),
        notes=_notes(edges, nodes),
        parts={
            "edges": edges,
            "facts": [_fact_row(pair, fact) for pair in pairs for fact in by_pair[pair]],
            "rules": [_rule_row(rule) for rule in rules],
        },
        columns=COLUMNS,
        shown=SHOWN,
    )
    return RegionNetwork(SignedNetwork(nodes, ties), table)


def _edge(pair: tuple[str, str], found: list[Fact]) -> Row:
    first = min(found, key=lambda fact: fact.rule.order)
    agreeing = [fact for fact in found if fact.rule.sign == first.rule.sign]
    against = [fact for fact in found if fact.rule.sign != first.rule.sign]
    deciding = [fact for fact in agreeing if fact.rule is first.rule]
    return {
        "source": pair[0],
        "target": pair[1],
        "sign": first.rule.sign,
        "weight": first.rule.weight,
        "rule": first.rule.rule,
        "from": min(fact.since for fact in deciding),
        "why": "; ".join(dict.fromkeys(fact.why for fact in agreeing)),
        "sources": _joined(agreeing),
        "against": "; ".join(dict.fromkeys(f"{fact.rule.rule}: {fact.why}" for fact in against)),
        "against_sources": _joined(against),
    }


def _joined(found: list[Fact]) -> str:
    return "|".join(dict.fromkeys(key for fact in found for key in fact.sources))


def _fact_row(pair: tuple[str, str], fact: Fact) -> Row:
    return {
        "source": pair[0],
        "target": pair[1],
        "rule": fact.rule.rule,
        "sign": fact.rule.sign,
        "from": fact.since,
        "why": fact.why,
        "sources": "|".join(fact.sources),
    }


def _rule_row(rule: Rule) -> Row:
    return {name: getattr(rule, name) for name in COLUMNS["rules"]}


def _notes(edges: list[Row], nodes: tuple[str, ...]) -> tuple[str, ...]:
    tied = {end for edge in edges for end in (edge["source"], edge["target"])}
    alone = [node for node in nodes if node not in tied]
    split = [f"{edge['source']}-{edge['target']}" for edge in edges if edge["against"]]
    friendly = sum(edge["sign"] > 0 for edge in edges)
    found = (
        f"{len(edges)} tie{'s' if len(edges) != 1 else ''}: {friendly} friendly, {len(edges) - friendly} hostile.",
        "Rules are choices, declared in signed_rules.csv; where they disagree the lowest order decides.",
        f"Rules disagree on {', '.join(split)}." if split else "",
        f"No rule speaks of {', '.join(alone)}." if alone else "",
    )
    return tuple(note for note in found if note)

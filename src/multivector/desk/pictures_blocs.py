"""The section on blocs: the two camps that leave the fewest ties against them, and what stands against."""

from __future__ import annotations

from collections import Counter

import polars as pl

from multivector.atlas import Region
from multivector.desk.charts.signed_matrix import signed_matrix
from multivector.desk.charts.signed_network import signed_network
from multivector.desk.context import Figure, Section, Table
from multivector.desk.words import listed
from multivector.indicators.blocs.graph import components, named_components
from multivector.indicators.blocs.region_network import RegionNetwork
from multivector.indicators.blocs.report import Blocs
from multivector.indicators.table import Row

NODES = {"code": pl.String, "name": pl.String, "side": pl.Int64, "differs": pl.Boolean, "kind": pl.String}
EDGES = {
    "source": pl.String, "target": pl.String, "sign": pl.Int64, "frustrated": pl.Boolean, "why": pl.String,
}  # fmt: skip
KINDS = {1: "friends", -1: "rivals"}


def blocs_section(network: RegionNetwork, blocs: Blocs, region: Region) -> Section:
    """The camps of a region's signed network, drawn twice, with the ties against them and what speaks against a sign.

    Parameters
    ----------
    network : from `signed_network`. blocs : `measure_blocs` of it. region : the one measured, for names.
    """
    edges = network.edges
    against = {frozenset(tie[:2]) for tie in blocs.frustration.frustrated}
    nodes, ties = _nodes(blocs, region), _ties(edges, against)
    year = int(network.table.date[:4])
    least = "at least" if blocs.frustration.optimal else "no fewer than"
    subtitle = f"{least} {blocs.frustration.lower_bound} of {len(edges)} ties stand against any two camps"
    panels = (
        signed_network(nodes, ties, title="Two camps face to face", subtitle=subtitle, prefix="camps"),
        signed_matrix(
            nodes, ties, title="The same ties, pair by pair",
            subtitle="+ friends, − rivals; framed: against the camps", prefix="ties",
        ),
    )  # fmt: skip
    keys = dict.fromkeys(
        key for row in edges for key in f"{row['sources']}|{row['against_sources']}".split("|") if key
    )
    figure = Figure(
        id="camps",
        title="Who stands with whom",
        panels=panels,
        columns=2,
        caption="What the ties rest on is observed and sourced; the rules that make a fact a tie of friends or of rivals are "
        "assumed, as is which rule goes first. A pair without a line: no rule speaks of it.",
        sources=(*keys, "assumed"),
        origin="assumed",
    )
    return Section(
        "blocs",
        f"Camps among the states and the powers at the end of {year}",
        paragraphs=(_what(network, blocs), _open(blocs, region), *_disputed(edges, region)),
        figures=(figure,),
        tables=_against(edges, against, region),
    )


def _nodes(blocs: Blocs, region: Region) -> pl.DataFrame:
    open_ = {code for bound in _loose(blocs) for code in bound}
    rows = [
        {
            "code": code,
            "name": region.name(code),
            "side": side,
            "differs": code in open_,
            "kind": "state" if code in region.states else "power",
        }
        for code, side in blocs.frustration.partition.items()
    ]
    return pl.DataFrame(rows, schema=NODES)


def _loose(blocs: Blocs) -> list[tuple[str, ...]]:
    """States that could stand in either camp, each with those that would go with it.

    A part of the network that no tie joins to the largest could be turned as a whole.
    """
    if blocs.partitions is None:
        return []
    part = dict(zip(blocs.network.nodes, components(blocs.network.matrix).tolist(), strict=True))
    sizes = Counter(part.values())
    main = max(sizes, key=lambda one: (sizes[one], -one))
    turning = {code for code in part if part[code] != main and sizes[part[code]] > 1}
    turning |= set(blocs.partitions.differ)
    return [bound for bound in blocs.partitions.classes if turning & set(bound)]


def _ties(edges: list[Row], against: set[frozenset[str]]) -> pl.DataFrame:
    rows = [
        {name: edge[name] for name in ("source", "target", "sign", "why")}
        | {"frustrated": frozenset((edge["source"], edge["target"])) in against}
        for edge in edges
    ]
    return pl.DataFrame(rows, schema=EDGES)


def _what(network: RegionNetwork, blocs: Blocs) -> str:
    """What a camp is, and how well two of them fit."""
    found, edges = blocs.frustration, network.edges
    friends = sum(edge["sign"] > 0 for edge in edges)
    fewest = (
        f"the fewest, proved, is {found.L} of {len(edges)}"
        if found.optimal
        else f"the fewest lies between {found.lower_bound} and {found.L} of {len(edges)}"
    )
    return (
        f"{len(network.table.rows('rules'))} declared rules make ties of pacts, rivalries, wars, recognitions, borders, "
        f"sanctions and votes: {friends} of friends, {len(edges) - friends} of rivals. Two camps are the split that leaves the "
        f"fewest ties against it (friends apart, rivals together): {fewest}. A camp is arithmetic, not an alliance: it says "
        "which ties would have to turn for the rest to fit, not what anyone chose."
    )


def _open(blocs: Blocs, region: Region) -> str:
    """Who could stand in either camp."""
    every, loose = blocs.partitions, _loose(blocs)
    if every is None:
        return "Whether another split fits as well was not settled in the time given."
    if not loose:
        apart = sum(len(members) > 1 for members in named_components(blocs.network))
        if apart > 1:
            return (
                f"The ties fall into {apart} parts with none between them: within each every place is determined, and "
                "which camp of one goes with which of another is arbitrary."
            )
        return "No other split fits as well: every place is determined."
    count = f"{every.count or f'more than {len(every.partitions)}'} splits"
    names = listed([" with ".join(region.name(code) for code in bound) for bound in loose])
    doubt = "" if every.proved else " Not all were tested in the time given, so more may."
    return f"{count[:1].upper()}{count[1:]} fit equally well; {names} could stand in either camp.{doubt}"


def _disputed(edges: list[Row], region: Region) -> tuple[str, ...]:
    """Pairs on which rules disagree: the sign shown is that of the rule that goes first."""
    pairs = [
        f"{region.name(e['source'])} and {region.name(e['target'])} ({KINDS[e['sign']]} by {_plain(e['rule'])}; against it, "
        f"{_plain(e['against'].split(':')[0])})"
        for e in edges
        if e["against"]
    ]
    return (
        (f"Rules disagree on {listed(pairs)}. Both sides are kept; the rule that goes first gives the sign.",)
        if pairs
        else ()
    )


def _plain(rule: str) -> str:
    return rule.replace("_", " ")


def _against(edges: list[Row], against: set[frozenset[str]], region: Region) -> tuple[Table, ...]:
    """The ties against the camps, each with what it rests on."""
    rows = [edge for edge in edges if frozenset((edge["source"], edge["target"])) in against]
    if not rows:
        return ()
    keys = dict.fromkeys(key for row in rows for key in row["sources"].split("|") if key)
    table = Table(
        columns=("Pair", "Tie", "Since", "Rests on"),
        rows=tuple(
            (
                f"{region.name(row['source'])} and {region.name(row['target'])}",
                KINDS[row["sign"]],
                str(row["from"]),
                row["why"],
            )
            for row in rows
        ),
        caption="Ties against the camps in the split that is drawn.",
        sources=tuple(keys),
        folded=f"{len(rows)} ties against the camps, and what each rests on",
    )
    return (table,)

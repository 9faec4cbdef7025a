"""`multivector blocs`: the camps of a signed network, and what strains them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from multivector.desk.commands.options import Json, Quiet, print_report
from multivector.errors import InputError

if TYPE_CHECKING:
    from multivector.indicators.blocs import Blocs

ALL = 100_000
"""Optimal partitions that `--all-partitions` lists at most."""

Edges = Annotated[Path, typer.Argument(help="A CSV file with the columns source, target, sign (+1 or -1).")]
Around = Annotated[str, typer.Option("--around", help="A state: its triads, its bloc, imported rivalry.")]
Flip = Annotated[
    str,
    typer.Option(
        "--flip",
        help="Two states, as A,B: what if their tie changed its sign? Quote a name with a comma: '\"A, B\",C'.",
    ),
]
All = Annotated[bool, typer.Option("--all-partitions", help="List every optimal partition, not only a few.")]
TimeLimit = Annotated[float, typer.Option("--time-limit", help="Seconds for all searches together, about.")]


def blocs(
    edges: Edges,
    around: Around = "",
    flip: Flip = "",
    all_partitions: All = False,
    time_limit: TimeLimit = 60.0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Exact frustration, all optimal partitions, communities, factions, and the triads around a state."""
    from multivector.indicators.blocs import measure_blocs, read_edges
    from multivector.indicators.blocs.deadline import deadline_after
    from multivector.indicators.blocs.optimal_partitions import FEW
    from multivector.indicators.blocs.words import blocs_text

    network = read_edges(edges)
    pair = _pair(flip)
    if around:
        network.place(around)
    if pair:
        network.tie(*pair)
    deadline = deadline_after(time_limit)
    found = measure_blocs(network, most=ALL if all_partitions else FEW, time_limit=time_limit)
    parts = [({"file": str(edges), **found.as_dict()}, blocs_text(found))]
    if around:
        parts += _around(found, around, pair, deadline)
    elif pair:
        parts.append(_flipped(found, pair, deadline))
    report = {key: value for rows, _ in parts for key, value in rows.items()}
    print_report(report, "\n".join(text for _, text in parts), as_json, quiet)


def _pair(flip: str) -> tuple[str, str] | None:
    if not flip:
        return None
    names = [name.strip() for row in csv.reader([flip], skipinitialspace=True) for name in row]
    if len(names) != 2 or not all(names):
        raise InputError(
            f"{flip!r} is no pair",
            where="--flip",
            repair="write two states, as A,B; quote a name that holds a comma",
        )
    return names[0], names[1]


Part = tuple[dict[str, Any], str]


def _around(found: Blocs, state: str, pair: tuple[str, str] | None, deadline: float) -> list[Part]:
    from multivector.indicators.blocs import imported_rivalry, rank_imported, seen_from, triads_around
    from multivector.indicators.blocs.deadline import seconds_left
    from multivector.indicators.blocs.report import imported_row, tie_row, triads_row
    from multivector.indicators.blocs.words import imported_text, ranking_text, standing_text, triads_text

    triads = triads_around(found.network, state)
    rows = {"state": state, **triads_row(triads), "standing": None}
    if found.partitions is None or not found.partitions.proved:
        why = "standing and imported rivalry need a proved frustration index: give a longer --time-limit"
        return [({"around": rows, "imported": None}, f"{triads_text(triads)}\n{why}")]
    before = seen_from(found.network, state, found.frustration, found.partitions)
    rows["standing"] = dict(before.stands)
    parts: list[Part] = [({"around": rows}, f"{triads_text(triads)}\n{standing_text(before.stands)}")]
    if pair:
        one = imported_rivalry(before, *pair, time_limit=seconds_left(deadline))
        return [*parts, ({"flip": imported_row(one)}, imported_text(one))]
    ranked, left_out = rank_imported(before, time_limit=seconds_left(deadline))
    listed = {
        "imported": [imported_row(one) for one in ranked],
        "imported_left_out": [tie_row(tie) for tie in left_out],
    }
    return [*parts, (listed, ranking_text(ranked, left_out))]


def _flipped(found: Blocs, pair: tuple[str, str], deadline: float) -> Part:
    from multivector.indicators.blocs import frustration
    from multivector.indicators.blocs.deadline import seconds_left
    from multivector.indicators.blocs.report import tie_row

    after = frustration(found.network.flipped(*pair), time_limit=seconds_left(deadline))
    rows = {
        **tie_row(found.network.tie(*pair)),
        "L": found.frustration.L,
        "L_after": after.L,
        "lower_bound_after": after.lower_bound,
        "optimal_after": after.optimal,
        "partition_after": dict(after.partition),
    }
    known = f"{after.L}" if after.optimal else f"between {after.lower_bound} and {after.L}"
    return {"flip": rows}, f"{'-'.join(pair)} flipped: L {found.frustration.L} > {known}"

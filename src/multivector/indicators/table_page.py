"""The balance table for people: as text for a terminal, as HTML for a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multivector.indicators.table import BalanceTable, Row

LAYERS = ("state", "layer", "year", "evenness", "effective_powers", "top", "top_share", "exposure")
STATES = ("state", "worst_layer", "worst", "geometric_mean", "layers_missing")
STRONGEST = 3
"""Powers of which the leverage is printed for each state; the rest stand in the part `leverage`."""


def in_words(row: Mapping[str, Any], name: str) -> str:
    """A cell for people: the number, its bounds where they differ, a dash where nothing is known."""
    value, low, high = row[name], row.get(f"{name}_low"), row.get(f"{name}_high")
    apart = low is not None and high is not None and f"{low:.2f}" != f"{high:.2f}"
    if isinstance(value, float):
        return f"{value:.2f} ({low:.2f} to {high:.2f})" if apart else f"{value:.2f}"
    if value is None and low is not None:
        return f"{low:.2f} to {high:.2f}"
    if name == "top" and value is None:
        return _one_of(row["top_candidates"].split("|"))
    return str(value) if value not in (None, "") else "–"


def _one_of(candidates: Sequence[str]) -> str:
    """Who can be the largest, where the bounds leave several."""
    few = [code for code in candidates if code]
    return " or ".join(few) if 0 < len(few) <= STRONGEST else "–"


def as_text(table: BalanceTable) -> str:
    """Three tables for a terminal: layers, states, the strongest leverage over each state; then the notes."""
    layers = [[in_words(row, name) for name in LAYERS] for row in table.parts["layers"]]
    for cells, row in zip(layers, table.parts["layers"], strict=True):
        if row["missing"]:
            cells[3:] = [f"not known: {row['missing']}"]
    states = [[in_words(row, name) for name in STATES] for row in table.parts["states"]]
    parts = [f"Balance of {table.region} at {table.date}", aligned(LAYERS, layers), aligned(STATES, states)]
    if table.parts["leverage"]:
        parts.append(
            aligned(
                ("state", "strongest leverage, 5 % to 95 % of the draws at the bounds"), _strongest(table)
            )
        )
    return "\n\n".join([*parts, "\n".join(table.notes)])


def _strongest(table: BalanceTable) -> list[list[str]]:
    rows: dict[str, list[Row]] = {}
    for row in table.parts["leverage"]:
        rows.setdefault(row["state"], []).append(row)
    return [
        [
            state,
            ", ".join(
                f"{row['power']} {in_words(row, 'leverage')}"
                for row in sorted(found, key=lambda row: row["leverage_low"], reverse=True)[:STRONGEST]
            ),
        ]
        for state, found in rows.items()
    ]


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; a row that ends early may run on."""
    lines = [[name.replace("_", " ") for name in head], *rows]
    width = [max(len(line[n]) for line in lines if len(line) == len(head)) for n in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(line, width, strict=False)).rstrip() for line in lines
    )


def as_html(table: BalanceTable) -> str:
    """The layers as a small HTML table; escaped, without script."""
    shown = (*LAYERS, "missing")
    head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in shown)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(in_words(row, name))}</td>" for name in shown) + "</tr>"
        for row in table.parts["layers"]
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in table.notes)
    title = escape(f"Balance of {table.region} at {table.date}")
    return f"<div><h3>{title}</h3><table><tr>{head}</tr>{body}</table><ul>{notes}</ul></div>"

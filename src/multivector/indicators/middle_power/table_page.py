"""The middle-power table for people: as text for a terminal, as HTML for a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from multivector.indicators.table_page import aligned

if TYPE_CHECKING:
    from multivector.indicators.middle_power.table import MiddlePowerTable, Row

MOST_MOVED = 6
"""Changes that are printed; the rest stand in the part `moved`."""


def scored(row: Row) -> str:
    """A score with its interval, or a dash."""
    if row["score"] is None:
        return "–"
    return f"{row['score']:.0f} ({row['score_low']:.0f} to {row['score_high']:.0f})"


def ranked(row: Row) -> str:
    """A rank with its interval, or why there is none."""
    if row["rank"] is None:
        return "not scored"
    low, high = row["rank_low"], row["rank_high"]
    return f"{row['rank']}" if low == high else f"{row['rank']} ({low} to {high})"


def as_text(table: MiddlePowerTable) -> str:
    """Tables for a terminal: the whole, the factors, coverage, what moved, what is not available, the notes."""
    parts = [
        f"Middle-power index of {table.region} at {table.date}, 0 to 100 (5 % to 95 % of {table.settings['samples']} draws)",
        aligned(("state", "score", "rank", ""), [_overall(row) for row in _by_rank(table.parts["states"])]),
        _factors(table),
        aligned(
            ("factor", "indicators given", "states with enough", ""),
            [
                [
                    row["title"],
                    f"{row['given']} of {row['defined']}",
                    str(row["states"]),
                    "" if row["scored"] else "not scored",
                ]
                for row in table.parts["coverage"]
            ],
        ),
    ]
    if moved := _moved(table):
        parts.append(aligned(("moved since the year before", "factor", "change", "most by"), moved))
    missing = [[row["indicator"], row["title"], row["needs"]] for row in table.parts["unavailable"]]
    if missing:
        parts.append(aligned(("not available", "", "would come from"), missing))
    return "\n\n".join([*parts, "\n".join(table.notes)])


def _overall(row: Row) -> list[str]:
    return [row["state"], scored(row), ranked(row), row["not_scored"]]


def _by_rank(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0))


def _factors(table: MiddlePowerTable) -> str:
    names = [row["factor"] for row in table.parts["coverage"]]
    cell = {(row["state"], row["factor"]): row for row in table.parts["factors"]}
    lines = [
        [row["state"], *(scored(cell[row["state"], name]) for name in names)]
        for row in _by_rank(table.parts["states"])
    ]
    return aligned(("state", *names), lines)


def _moved(table: MiddlePowerTable) -> list[list[str]]:
    """The factors whose change does not span zero, largest first."""
    sure = [
        row
        for row in table.parts["moved"]
        if row["factor"] and row["change"] is not None and row["change_low"] * row["change_high"] > 0
    ]
    return [
        [
            row["state"],
            row["factor"],
            f"{row['change']:+.1f} ({row['change_low']:+.1f} to {row['change_high']:+.1f})",
            row["main"],
        ]
        for row in sorted(sure, key=lambda row: -abs(row["change"]))[:MOST_MOVED]
    ]


def as_html(table: MiddlePowerTable) -> str:
    """Scores and ranks as a small HTML table; escaped, without script."""
    names = [row["factor"] for row in table.parts["coverage"]]
    cell = {(row["state"], row["factor"]): row for row in table.parts["factors"]}
    head = "".join(f"<th>{escape(name)}</th>" for name in ("state", "score", "rank", *names))
    body = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(text)}</td>"
            for text in (
                row["state"],
                scored(row),
                ranked(row),
                *(scored(cell[row["state"], name]) for name in names),
            )
        )
        + "</tr>"
        for row in _by_rank(table.parts["states"])
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in table.notes)
    title = escape(f"Middle-power index of {table.region} at {table.date}")
    return f"<div><h3>{title}</h3><table><tr>{head}</tr>{body}</table><ul>{notes}</ul></div>"

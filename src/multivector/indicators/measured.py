"""A measure of a region at a date as tables: for the command line, a notebook, the brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import polars as pl

from multivector.errors import InputError
from multivector.indicators.table import Row, number
from multivector.indicators.table_page import aligned

Columns = Mapping[str, tuple[Any, str]]
"""Columns of one part: the type of each and what it means."""


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredTable:
    """What was measured of a region at a date, in parts.

    Attributes
    ----------
    title : what was measured, for a heading.
    region, region_hash, date : of what, and when.
    notes : what a reader must know of this table.
    parts : rows by part. columns : type and meaning of every column, by part.
    shown : the columns for people, by part, each with its format; a column `x` is printed with its
        bounds where `x_low` and `x_high` stand beside it.
    told : for the terminal, which rows of a part are worth a line; all where a part is not named. What is
        missing is counted by its reason instead of told row by row.
    """

    title: str
    region: str
    region_hash: str
    date: str
    notes: tuple[str, ...]
    parts: Mapping[str, Sequence[Row]]
    columns: Mapping[str, Columns]
    shown: Mapping[str, Mapping[str, str]]
    told: Mapping[str, Callable[[Row], bool]] = field(default_factory=dict)

    def rows(self, part: str = "") -> list[Row]:
        """One part (the first when left out) as plain rows that JSON can hold: None where missing.

        Raises
        ------
        InputError : there is no such part; the message names those that there are.
        """
        return [dict(row) for row in self.parts[self._part(part)]]

    def frame(self, part: str = "") -> pl.DataFrame:
        """One part (the first when left out) as a Polars frame; null where a number is missing."""
        name = self._part(part)
        schema = {column: kind for column, (kind, _) in self.columns[name].items()}
        return pl.DataFrame(self.rows(name), schema=schema, orient="row")

    def as_dict(self) -> dict[str, Any]:
        """All of it, for `--json`."""
        return {
            "title": self.title,
            "region": self.region,
            "region_hash": self.region_hash,
            "date": self.date,
            "notes": list(self.notes),
            **{part: self.rows(part) for part in self.parts},
        }

    def text(self) -> str:
        """For a terminal: the parts that have rows, in short, then the notes."""
        parts = [self._part_text(part) for part in self.shown if self.parts[part]]
        return "\n\n".join([self._heading(), *parts, "\n".join(self.notes)])

    def _repr_html_(self) -> str:
        tables = "".join(self._part_html(part) for part in self.shown if self.parts[part])
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<div><h3>{escape(self._heading())}</h3>{tables}<ul>{notes}</ul></div>"

    def _part_html(self, part: str) -> str:
        head = "".join(f"<th>{escape(name.replace('_', ' '))}</th>" for name in self.shown[part])
        body = "".join(
            "<tr>"
            + "".join(f"<td>{escape(in_words(row, *asked))}</td>" for asked in self.shown[part].items())
            + "</tr>"
            for row in self.parts[part]
        )
        return f"<table><tr>{head}</tr>{body}</table>"

    def _heading(self) -> str:
        return f"{self.title} of {self.region} at {self.date}"

    def _part(self, part: str) -> str:
        name = part or next(iter(self.parts))
        if name not in self.parts:
            raise InputError(
                f"no part {name!r}", where="part", repair=f"ask for one of {', '.join(self.parts)}"
            )
        return name

    def _part_text(self, part: str) -> str:
        rows = self.parts[part]
        worth = self.told.get(part, lambda row: True)
        told = [row for row in rows if not row.get("missing") and worth(row)]
        why = Counter(row["missing"] for row in rows if row.get("missing"))
        short = len(rows) - len(told) - why.total()
        shown = {name: form for name, form in self.shown[part].items() if name != "missing"}
        cells = [[in_words(row, name, form) for name, form in shown.items()] for row in told]
        lines = [aligned(list(shown), cells)] if told else []
        lines += [f"{n} of {len(rows)} rows of {part} are missing: {reason}." for reason, n in why.items()]
        lines += [f"{short} more rows of {part} stand in the frame."] if short else []
        return "\n".join(lines)


def in_words(row: Row, name: str, form: str) -> str:
    """A cell for people: the number with its bounds where they differ, a dash where nothing is known."""
    value, low, high = row[name], row.get(f"{name}_low"), row.get(f"{name}_high")
    if value is None or value == "":
        return f"{low:{form}} to {high:{form}}" if low is not None and high is not None else "–"
    if not isinstance(value, float):
        return str(value)
    said = f"{value:{form}}"
    apart = low is not None and high is not None and f"{low:{form}}" != f"{high:{form}}"
    return f"{said} ({low:{form}} to {high:{form}})" if apart else said


def interval(name: str, value: Any, low: Any, high: Any) -> Row:
    """A number with its bounds, None where missing."""
    return {name: number(value), f"{name}_low": number(low), f"{name}_high": number(high)}

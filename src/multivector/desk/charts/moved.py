"""What moved since the year before: changes of score with their intervals about a line of no change."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.interval import interval
from multivector.desk.charts.plain import TOP, grid, page, tick, words
from multivector.desk.charts.theme import WIDTH, without_nan
from multivector.desk.svg import Svg, text_width
from multivector.desk.words import decimals

FAINT = "#a9b3ba"
STEP, LEFT = 46, 8
STEPS = (0.5, 1, 2, 5, 10, 20, 25, 50)


def moved_bars(
    moved: pl.DataFrame, *, title: str, subtitle: str = "", span: float | None = None, prefix: str = "moved"
) -> Svg:
    """Draw one row a change, in the order of the rows.

    Parameters
    ----------
    moved : `name, factor, change, low, high, main`: what changed (`factor` may be empty: the whole score), by how
        many points, the interval, and what moved most. A change whose interval holds zero is muted; a row without
        a change is left out.
    span : how far the axis reaches either way, the same for panels that are compared.
    """
    rows = without_nan(moved, "change", "low", "high").drop_nulls("change").to_dicts()
    ends = [abs(row[end]) for row in rows for end in ("change", "low", "high") if row[end] is not None]
    span = span or max(1.0, 1.05 * max(ends, default=1.0))
    bottom = TOP + STEP * len(rows)

    def x(points: float) -> float:
        return WIDTH / 2 + (WIDTH / 2 - LEFT) * points / span

    step = next((each for each in STEPS if span / each <= 4), STEPS[-1])
    most = math.floor(0.95 * span / step)
    marks = [(x(k * step), f"{k * step:+g}".replace("-", "−") if k else "0") for k in range(-most, most + 1)]
    body = [grid(marks, TOP, bottom)]
    for n, row in enumerate(rows):
        top = TOP + STEP * n
        sure = _sure(row)
        colour = FAINT if not sure else palette.ACCENT if row["change"] > 0 else palette.WARM
        ink = palette.INK if sure else palette.MUTED
        body.append(
            words(
                LEFT,
                top + 14,
                _label(row),
                colour=ink,
                room=WIDTH - 2 * LEFT - 8 - text_width(_said(row), 10.5),
            )
        )
        body.append(words(WIDTH - LEFT, top + 14, _said(row), size=10.5, colour=ink, anchor="end"))
        body.append(tick(x(0), top + 25, palette.INK, 1.4, 15))
        body.append(interval(top + 25, x, row["low"], row["change"], row["high"], colour=colour, fill=colour))
        body.append(words(LEFT, top + 40, _by(row), size=9.5, colour=palette.MUTED, room=WIDTH - 2 * LEFT))
    desc = "; ".join(_words(row) for row in rows) or "No change."
    return page(
        body, prefix=prefix, title=title, subtitle=subtitle, desc=desc, width=WIDTH, height=bottom + 20
    )


def _sure(row: Mapping[str, Any]) -> bool:
    return None not in {row["low"], row["high"]} and row["low"] * row["high"] > 0


def _label(row: Mapping[str, Any]) -> str:
    return f"{row['name']}{' · ' if row['factor'] else ''}{row['factor'] or ''}"


def _said(row: Mapping[str, Any]) -> str:
    change = decimals(row["change"], 1)
    if None in {row["low"], row["high"]}:
        return change
    return f"{change} ({decimals(row['low'], 1)} to {decimals(row['high'], 1)})"


def _by(row: Mapping[str, Any]) -> str:
    return f"most by {row['main']}" if row["main"] else ""


def _words(row: Mapping[str, Any]) -> str:
    doubt = "" if _sure(row) else ", which may be none"
    by = _by(row)
    return f"{_label(row)}: {_said(row)}{doubt}{', ' if by else ''}{by}"

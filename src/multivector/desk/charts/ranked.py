"""Who ranks where on a scale from 0 to 100: a bar, its interval, and the rank with its own interval in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.plain import TOP, dot, grid, line, page, words
from multivector.desk.charts.theme import WIDTH, without_nan
from multivector.desk.svg import Svg, number, text_width

RANK = 64  # pixels for "10 (10 to 12)"
STEP, BAR = 25, 13
NAMES = 110  # at most, for the names


def ranked_bars(scores: pl.DataFrame, *, title: str, subtitle: str = "", prefix: str = "ranked") -> Svg:
    """Draw one bar a row, the best rank first; rows without a score stand below and say why.

    Parameters
    ----------
    scores : `name, value, low, high, rank, rank_low, rank_high, note`. `value` 0 to 100, null where it is not
        scored; `low` and `high` the interval (the thin line). A row with a score and without a rank shows its
        bar alone. `note` says in a few words why a row has no score.
    """
    rows = sorted(without_nan(scores, "value", "low", "high").to_dicts(), key=_order)
    left = min(max((text_width(row["name"], 11.5) for row in rows), default=0.0), NAMES) + 8
    each = (WIDTH - RANK - 10 - left) / 100
    top, bottom = TOP + 10, TOP + 14 + STEP * len(rows)
    marks = [(left + each * at, f"{at}") for at in (0, 25, 50, 75, 100)]
    body = [grid(marks, top, bottom)]
    if any(row["rank"] is not None for row in rows):
        body.append(words(WIDTH - RANK, top - 2, "rank", size=10.5, colour=palette.MUTED))
    for n, row in enumerate(rows):
        y = TOP + 12 + STEP * (n + 0.5)
        body.append(words(left - 8, y + 4, row["name"], size=11.5, anchor="end", room=NAMES))
        body.append(_bar(row, left, each, y))
    desc = "; ".join(_words(row) for row in rows)
    return page(
        body, prefix=prefix, title=title, subtitle=subtitle, desc=desc, width=WIDTH, height=bottom + 20
    )


def rank_in_words(row: Mapping[str, Any]) -> str:
    """A rank with its interval: "2 (1 to 4)"; nothing where there is none."""
    if row["rank"] is None:
        return ""
    low, high = row["rank_low"], row["rank_high"]
    return f"{row['rank']}" if low is None or low == high else f"{row['rank']} ({low} to {high})"


def _bar(row: Mapping[str, Any], left: float, each: float, y: float) -> str:
    if row["value"] is None:
        return words(left + 2, y + 4, _why(row), size=10.5, colour=palette.MUTED, room=WIDTH - left - 4)
    end = left + each * row["value"]
    interval = ""
    if None not in {row["low"], row["high"]}:
        interval = line(left + each * row["low"], left + each * row["high"], y, palette.INK, 1.4)
    return (
        f'<rect x="{number(left)}" y="{number(y - BAR / 2)}" width="{number(end - left)}" height="{BAR}" fill="#9cc5c9"/>'
        f"{interval}{dot(end, y, 2.6, palette.INK)}{words(WIDTH - RANK, y + 4, rank_in_words(row))}"
    )


def _order(row: Mapping[str, Any]) -> tuple[bool, float, float, str]:
    value, rank = row["value"], row["rank"]
    return value is None, rank or 0, -(value or 0.0), row["name"]


def _why(row: Mapping[str, Any]) -> str:
    return f"not scored{': ' if row['note'] else ''}{row['note'] or ''}"


def _words(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return f"{row['name']}: {_why(row)}"
    between = "" if None in {row["low"], row["high"]} else f" ({row['low']:.0f} to {row['high']:.0f})"
    rank = rank_in_words(row)
    return f"{row['name']}: {row['value']:.0f}{between}{', rank ' if rank else ''}{rank}"

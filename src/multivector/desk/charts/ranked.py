"""Who ranks where on a scale from 0 to 100: a bar, its interval, and the rank with its own interval in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg, without_nan
from multivector.desk.svg import Svg

RANKS, ROOM = 112, 150  # points of the score: past 100 the axis makes room for the rank


@drawn
def ranked_bars(
    scores: pl.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    prefix: str = "ranked",
    width: int = WIDTH,
    row_height: int = 25,
) -> Svg:
    """Draw one bar a row, the best rank first; rows without a score stand below and say why.

    Parameters
    ----------
    scores : `name, value, low, high, rank, rank_low, rank_high, note`. `value` 0 to 100, null where it is not
        scored; `low` and `high` the interval (the thin line). A row with a score and without a rank shows its
        bar alone. `note` says in a few words why a row has no score.
    """
    import altair as alt

    known = without_nan(scores, "value", "low", "high")
    rows = sorted(known.to_dicts(), key=_order)
    for row in rows:
        row["said"] = rank_in_words(row)
        row["why"] = (
            "" if row["value"] is not None else f"not scored{': ' if row['note'] else ''}{row['note']}"
        )
    order = [row["name"] for row in rows]
    y = alt.Y("name:N", sort=order, title=None).axis(
        labelColor=palette.INK, labelFontSize=11.5, labelLimit=110
    )
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, ROOM], nice=False))
    x = x.axis(values=[0, 25, 50, 75, 100], grid=True)
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    head = alt.Chart(alt.Data(values=[{"words": "rank" if any(row["said"] for row in rows) else ""}]))
    layers = [
        base.mark_bar(size=13, color="#9cc5c9").encode(x=x),
        base.mark_rule(color=palette.INK, strokeWidth=1.4).encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_point(filled=True, color=palette.INK, size=22, opacity=1).encode(x=x),
        base.mark_text(align="left", fontSize=11).encode(x=alt.datum(RANKS), text="said:N"),
        base.mark_text(align="left", dx=2, fontSize=10.5, color=palette.MUTED, limit=230).encode(
            x=alt.datum(0), text="why:N"
        ),
        head.mark_text(align="left", dy=-7, fontSize=10.5, color=palette.MUTED).encode(
            x=alt.datum(RANKS), y=alt.value(0), text="words:N"
        ),
    ]
    chart = alt.layer(*layers).properties(
        width=width, height=row_height * len(rows) + 74, title=heading_of(title, subtitle, offset=14)
    )
    return to_svg(chart, prefix=prefix, title=title, desc="; ".join(_words(row) for row in rows))


def rank_in_words(row: Mapping[str, Any]) -> str:
    """A rank with its interval: "2 (1 to 4)"; nothing where there is none."""
    if row["rank"] is None:
        return ""
    low, high = row["rank_low"], row["rank_high"]
    return f"{row['rank']}" if low is None or low == high else f"{row['rank']} ({low} to {high})"


def _order(row: Mapping[str, Any]) -> tuple[bool, float, float, str]:
    value, rank = row["value"], row["rank"]
    return value is None, rank or 0, -(value or 0.0), row["name"]


def _words(row: Mapping[str, Any]) -> str:
    if row["why"]:
        return f"{row['name']}: {row['why']}"
    between = "" if None in {row["low"], row["high"]} else f" ({row['low']:.0f} to {row['high']:.0f})"
    return f"{row['name']}: {row['value']:.0f}{between}{', rank ' if row['said'] else ''}{row['said']}"

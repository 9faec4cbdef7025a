"""What moved since the year before: changes of score with their intervals about a line of no change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg, without_nan
from multivector.desk.svg import Svg
from multivector.desk.words import decimals

FAINT = "#a9b3ba"


@drawn
def moved_bars(
    moved: pl.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    span: float | None = None,
    prefix: str = "moved",
    width: int = WIDTH,
    row_height: int = 46,
) -> Svg:
    """Draw one row a change, in the order of the rows.

    Parameters
    ----------
    moved : `name, factor, change, low, high, main`: what changed (`factor` may be empty: the whole score), by how
        many points, the interval, and what moved most. A change whose interval holds zero is muted; a row without
        a change is left out.
    span : how far the axis reaches either way, the same for panels that are compared.
    """
    import altair as alt

    known = without_nan(moved, "change", "low", "high").drop_nulls("change")
    rows = [_shown(row, n) for n, row in enumerate(known.to_dicts())]
    most = [abs(row[end]) for row in rows for end in ("change", "low", "high") if row[end] is not None]
    span = span or max(1.0, 1.08 * max(most, default=1.0))
    y = alt.Y("row:O", title=None, axis=None)
    x = alt.X("change:Q", title=None, scale=alt.Scale(domain=[-span, span], nice=False))
    x = x.axis(grid=True, tickCount=5, labelExpr="datum.value == 0 ? '0' : format(datum.value, '+~g')")
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    colour = alt.Color("fill:N", scale=None)
    edge = {"left": alt.datum(-span), "right": alt.datum(span)}
    layers = [
        base.mark_tick(color=palette.INK, thickness=1.4, size=17, opacity=1, yOffset=3).encode(
            x=alt.datum(0)
        ),
        base.mark_rule(strokeWidth=2.4, yOffset=3).encode(x="low:Q", x2="high:Q", color=colour),
        base.mark_point(filled=True, size=62, opacity=1, yOffset=3).encode(x=x, color=colour),
        base.mark_text(align="left", dy=-11, fontSize=11).encode(
            x=edge["left"], text="label:N", color=alt.Color("ink:N", scale=None)
        ),
        base.mark_text(align="right", dy=-11, fontSize=10.5).encode(
            x=edge["right"], text="said:N", color=alt.Color("ink:N", scale=None)
        ),
        base.mark_text(align="left", dy=16, fontSize=9.5, color=palette.MUTED, limit=width - 10).encode(
            x=edge["left"], text="by:N"
        ),
    ]
    chart = alt.layer(*layers).properties(
        width=width, height=row_height * len(rows) + 74, title=heading_of(title, subtitle)
    )
    return to_svg(
        chart, prefix=prefix, title=title, desc="; ".join(_words(row) for row in rows) or "No change."
    )


def _shown(row: dict[str, Any], place: int) -> dict[str, Any]:
    sure = None not in {row["low"], row["high"]} and row["low"] * row["high"] > 0
    between = (
        ""
        if None in {row["low"], row["high"]}
        else f" ({decimals(row['low'], 1)} to {decimals(row['high'], 1)})"
    )
    return row | {
        "row": place,
        "label": f"{row['name']}{' · ' if row['factor'] else ''}{row['factor'] or ''}",
        "said": f"{decimals(row['change'], 1)}{between}",
        "by": f"most by {row['main']}" if row["main"] else "",
        "fill": FAINT if not sure else palette.ACCENT if row["change"] > 0 else palette.WARM,
        "ink": palette.INK if sure else palette.MUTED,
        "sure": sure,
    }


def _words(row: Mapping[str, Any]) -> str:
    doubt = "" if row["sure"] else ", which may be none"
    return f"{row['label']}: {row['said']}{doubt}{', ' if row['by'] else ''}{row['by']}"

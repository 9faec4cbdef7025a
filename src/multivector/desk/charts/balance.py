"""How evenly a state leans on the powers, with the bounds of what is known and its worst layer."""

from __future__ import annotations

from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg, without_nan
from multivector.desk.svg import Svg


@drawn
def balance_bars(
    balance: pl.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    axis_title: str = "evenness (0 one power, 1 all alike)",
    prefix: str = "balance",
    width: int = WIDTH,
    row_height: int = 34,
) -> Svg:
    """Draw one bar a state, in the order of the rows.

    Parameters
    ----------
    balance : `name, value, low, high, note`; value null without bounds reads "not scored"; `low` and `high` are the
        bounds (the thin line); `note` stands under the bar, for the worst layer.
    """
    import altair as alt

    known = without_nan(balance, "value", "low", "high")
    rows = known.select("name", "value", "low", "high", "note").to_dicts()
    for row in rows:
        row["shown"] = _shown(row)
        row["blank"] = "" if row["shown"] else "not scored"
        row["end"] = max(v for v in (row["value"], row["high"], 0.0) if v is not None)
    data, order = alt.Data(values=rows), [row["name"] for row in rows]
    y = alt.Y("name:N", sort=order, title=None).axis(
        labelColor=palette.INK, labelFontSize=11.5, labelLimit=120, labelOffset=-6
    )
    x = alt.X("value:Q", scale=alt.Scale(domain=[0, 1.45], nice=False), title=axis_title).axis(
        values=[0, 0.2, 0.4, 0.6, 0.8, 1], grid=True, tickCount=5
    )
    base = alt.Chart(data).encode(y=y)
    layers = [
        base.mark_bar(size=12, color="#9cc5c9", yOffset=-6).encode(x=x),
        base.mark_rule(color=palette.INK, strokeWidth=1.4, yOffset=-6).encode(x=alt.X("low:Q"), x2="high:Q"),
        base.mark_point(filled=True, color=palette.INK, size=22, opacity=1, yOffset=-6).encode(x=x),
        base.mark_text(align="left", dx=5, dy=-6, fontSize=10.5).encode(x="end:Q", text="shown:N"),
        base.mark_text(align="left", dx=2, dy=-6, fontSize=10.5, color=palette.MUTED).encode(
            x=alt.datum(0), text="blank:N"
        ),
        base.mark_text(align="left", dy=8, dx=1, fontSize=9.5, color=palette.MUTED, limit=235).encode(
            x=alt.datum(0), text="note:N"
        ),
    ]
    chart = alt.layer(*layers).properties(
        width=width, height=row_height * len(rows) + 74, title=heading_of(title, subtitle)
    )
    words = "; ".join(
        f"{r['name']}: {r['shown'] or 'not scored'}{', ' + r['note'] if r['note'] else ''}" for r in rows
    )
    return to_svg(chart, prefix=prefix, title=title, desc=words)


def _shown(row: dict[str, Any]) -> str:
    """The value, its bounds where only they are known, or nothing."""
    if row["value"] is not None:
        return f"{row['value']:.2f}"
    return "" if None in {row["low"], row["high"]} else f"{row['low']:.2f} to {row['high']:.2f}"

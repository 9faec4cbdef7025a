"""One state's profile: its score on every factor, beside the median of the region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg, without_nan
from multivector.desk.svg import Svg


@drawn
def factor_profile(
    factors: pl.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    prefix: str = "profile",
    width: int = WIDTH,
    row_height: int = 36,
) -> Svg:
    """Draw one row a factor, in the order of the rows: the score, its interval, the median's tick.

    Parameters
    ----------
    factors : `factor, title, value, low, high, median, known, all, scored`. Scores are 0 to 100, `median` that of
        the states scored; `known` of `all` indicators are at hand. A factor that is not `scored` has an empty track.
    """
    import altair as alt

    known = without_nan(factors, "value", "low", "high", "median")
    rows = [_shown(row) for row in known.to_dicts()]
    y = alt.Y("factor:N", sort=[row["factor"] for row in rows], title=None, axis=None)
    x = alt.X("value:Q", title=None, scale=alt.Scale(domain=[0, 100])).axis(
        values=[0, 25, 50, 75, 100], grid=True
    )
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    down = 7  # the track lies below its words
    layers = [
        base.mark_rule(color=palette.RULE, strokeWidth=1, yOffset=down).encode(
            x=alt.datum(0), x2=alt.datum(100), strokeDash=alt.StrokeDash("dash:N", scale=None)
        ),
        base.mark_tick(color=palette.WARM, thickness=2, size=11, opacity=1, yOffset=down).encode(
            x="median:Q"
        ),
        base.mark_rule(color=palette.ACCENT, strokeWidth=2.4, yOffset=down).encode(x="low:Q", x2="high:Q"),
        base.mark_point(filled=True, color="#12566b", size=62, opacity=1, yOffset=down).encode(x=x),
        base.mark_text(align="left", dy=-6, fontSize=11).encode(x=alt.datum(0), text="title:N"),
        base.mark_text(align="right", dy=-6, fontSize=10.5, color=palette.MUTED).encode(
            x=alt.datum(100), text="said:N"
        ),
    ]
    chart = alt.layer(*layers).properties(
        width=width, height=row_height * len(rows) + 74, title=heading_of(title, subtitle)
    )
    return to_svg(chart, prefix=prefix, title=title, desc="; ".join(_words(row) for row in rows))


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its words; what is not scored has neither dot nor interval, and a dashed track."""
    coverage = f"{row['known']} of {row['all']}"
    if row["scored"] and row["value"] is not None:
        return row | {"said": f"{row['value']:.0f}, {coverage} known", "dash": [1, 0]}
    blank = dict.fromkeys(("value", "low", "high"))
    return row | blank | {"said": f"not scored, {coverage} known", "dash": [2, 3]}


def _words(row: Mapping[str, Any]) -> str:
    between = "" if None in {row["low"], row["high"]} else f" ({row['low']:.0f} to {row['high']:.0f})"
    median = "" if row["median"] is None else f", median {row['median']:.0f}"
    said = row["said"].replace(",", f"{between},", 1)
    return f"{row['title']}: {said} indicators{median}"

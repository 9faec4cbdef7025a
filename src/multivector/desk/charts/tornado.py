"""What each assumption does to a judgement: its share of runs as assumed, and with the assumption negated."""

from __future__ import annotations

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg, without_nan
from multivector.desk.svg import Svg


@drawn
def tornado(
    reruns: pl.DataFrame,
    *,
    base: float,
    title: str,
    subtitle: str = "share of runs, as assumed and with each assumption negated",
    prefix: str = "tornado",
    width: int = WIDTH,
    row_height: int = 38,
) -> Svg:
    """Draw one bar an assumption, the largest change first.

    Parameters
    ----------
    reruns : `assumption, p`: the share of runs in which the judgement holds once the assumption is negated.
        A rerun without a share (null or NaN) is left out.
    base : the share as assumed. A change across one half reads "flips".
    """
    import altair as alt

    known = without_nan(reruns, "p").drop_nulls("p")
    runs = sorted(known.select("assumption", "p").iter_rows(), key=lambda run: -abs(run[1] - base))
    rows, order = [_row(words, p, base) for words, p in runs], [words for words, _ in runs]
    y = alt.Y("assumption:N", sort=order, title=None, axis=None)
    x = alt.X("p:Q", title=None, scale=alt.Scale(domain=[0, 1])).axis(format=".0%", grid=True, tickCount=5)
    bars = alt.Chart(alt.Data(values=rows)).encode(y=y)
    layers = [
        bars.mark_bar(size=9, yOffset=9).encode(x=x, x2="base:Q", color=alt.Color("fill:N", scale=None)),
        bars.mark_tick(color=palette.INK, thickness=1.6, size=19, yOffset=9).encode(x="base:Q"),
        bars.mark_text(align="left", dy=-6, fontSize=10.5, limit=width - 95).encode(
            x=alt.datum(0), text="assumption:N"
        ),
        bars.mark_text(align="right", dy=-6, fontSize=10.5, fontWeight=600).encode(
            x=alt.datum(1), text="change:N"
        ),
    ]
    chart = alt.layer(*layers).properties(
        width=width, height=row_height * len(rows) + 70, title=heading_of(title, subtitle)
    )
    words = "; ".join(f"{r['assumption']}: {r['change']} to {r['p']:.0%}" for r in rows)
    return to_svg(chart, prefix=prefix, title=title, desc=f"As assumed {base:.0%}. {words}")


def _row(assumption: str, p: float, base: float) -> dict[str, object]:
    points = round(100 * (p - base))
    flips = (p - 0.5) * (base - 0.5) < 0
    change = f"{points:+d}".replace("-", "−") if points else "±0"
    return {
        "assumption": assumption, "p": p, "base": base, "change": f"{change} flips" if flips else change,
        "fill": palette.WARM if flips else "#4f9fa4",
    }  # fmt: skip

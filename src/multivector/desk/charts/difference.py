"""A paired difference over the years: median, 50 and 80 per cent of the members, and the line of no difference."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg
from multivector.desk.svg import Svg

LEVELS = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}


def difference_quantiles(samples: NDArray[np.float64], years: list[int]) -> pl.DataFrame:
    """A frame `year, p10, p25, p50, p75, p90` of differences [m, y]."""
    quantiles = np.quantile(np.asarray(samples, float), list(LEVELS.values()), axis=0)
    return pl.DataFrame({"year": years, **dict(zip(LEVELS, quantiles, strict=True))})


@drawn
def difference_chart(
    quantiles: pl.DataFrame,
    *,
    title: str,
    subtitle: str,
    prefix: str,
    span: tuple[float, float],
    width: int = WIDTH,
    height: int = 150,
) -> Svg:
    """Draw one difference. `span` is the range of the axis, the same for panels that are compared."""
    import altair as alt

    rows = alt.Chart(alt.Data(values=quantiles.to_dicts()))
    years = quantiles["year"].to_list()
    scale = alt.Scale(domain=[years[0], years[-1]], nice=False)
    x = alt.X("year:Q", scale=scale, title=None).axis(format="d", values=[y for y in years if y % 2 == 0])
    axis = alt.Axis(format="+~g", tickCount=5, title=None)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=list(span)), axis=axis)

    zero = alt.Chart(alt.Data(values=[{"zero": 0.0}]))
    layers = [
        *(
            rows.mark_area(color=palette.ACCENT, opacity=0.24).encode(x=x, y=y(low), y2=f"{high}:Q")
            for low, high in (("p10", "p90"), ("p25", "p75"))
        ),
        zero.mark_rule(color=palette.INK, strokeWidth=1).encode(y=y("zero")),
        rows.mark_line(color="#12566b", strokeWidth=2).encode(x=x, y=y("p50")),
    ]
    chart = alt.layer(*layers).properties(
        width=width, height=height, title=heading_of(title, subtitle, offset=12)
    )
    last = quantiles.row(-1, named=True)
    desc = f"In {last['year']}: median {last['p50']:+.3g}, 80% of members {last['p10']:+.3g} to {last['p90']:+.3g}."
    return to_svg(chart, prefix=prefix, title=title, desc=desc)

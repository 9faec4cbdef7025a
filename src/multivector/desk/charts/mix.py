"""From whom a state's arms (or anything else) came: shares of a moving window over the years."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg, without_nan
from multivector.desk.svg import Svg


@drawn
def supplier_mix(
    shares: pl.DataFrame,
    *,
    title: str,
    order: list[str],
    names: Mapping[str, str],
    colours: Mapping[str, str],
    subtitle: str = "",
    years: tuple[int, int] | None = None,
    prefix: str = "mix",
    width: int = WIDTH,
    height: int = 158,
) -> Svg:
    """Draw one state's panel of the small multiples.

    Parameters
    ----------
    shares : `year, partner, share`; a year without rows is missing and stays blank. Partners that are not
        in `order` are summed as "OTHER".
    order : partners from the bottom of the stack upwards, the same in every panel.
    years : first and last year of the axis, the same in every panel.

    A year is a step as wide as the year, so that a lone year shows and no value is drawn between years.
    """
    import altair as alt

    named = pl.when(pl.col("partner").is_in(order)).then("partner").otherwise(pl.lit("OTHER"))
    known = (
        without_nan(shares, "share")
        .drop_nulls("share")
        .with_columns(named.alias("partner"))
        .group_by("year", "partner")
        .agg(pl.col("share").sum())
    )
    seen = known["year"].to_list()
    first, last = years or (min(seen, default=0), max(seen, default=1))
    stack = [*[name for name in order if name != "OTHER"], "OTHER"]
    steps = _steps(known, stack)
    x = alt.X("x:Q", title=None, scale=alt.Scale(domain=[first - 0.5, last + 0.5], nice=False))
    x = x.axis(format="d", values=[y for y in range(first, last + 1) if y % 5 == 0])
    chart = (
        alt.Chart(alt.Data(values=steps))
        .mark_area(stroke="#fff", strokeWidth=0.4)
        .encode(
            x=x,
            y=alt.Y(
                "low:Q",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", values=[0, 0.5, 1], title=None),
            ),
            y2="high:Q",
            color=alt.Color(
                "partner:N",
                legend=None,
                scale=alt.Scale(domain=stack, range=[colours.get(p, palette.OTHER) for p in stack]),
            ),
            detail="run:N",
        )
        .properties(width=width, height=height, title=heading_of(title, subtitle))
    )
    return to_svg(chart, prefix=prefix, title=title, desc=_words(known, names))


def _steps(known: pl.DataFrame, stack: list[str]) -> list[dict[str, object]]:
    """Lower and upper edge of every layer at both ends of every year; a gap in the years starts a new run."""
    by_year: dict[int, dict[str, float]] = {}
    for year, partner, share in known.select("year", "partner", "share").iter_rows():
        by_year.setdefault(year, {})[partner] = share
    used = [partner for partner in stack if any(partner in row for row in by_year.values())]
    rows, run, before = [], 0, None
    for year in sorted(by_year):
        run += before is not None and year != before + 1
        before, base = year, 0.0
        for partner in used:
            top = base + by_year[year].get(partner, 0.0)
            edge = {"partner": partner, "run": run, "low": round(base, 4), "high": round(top, 4)}
            rows += [{"x": year - 0.5, **edge}, {"x": year + 0.5, **edge}]
            base = top
    return rows


def _words(known: pl.DataFrame, names: Mapping[str, str]) -> str:
    """The last year's shares, largest first."""
    if known.is_empty():
        return "No deliveries in any window."
    year = max(known["year"].to_list())
    last = known.filter(pl.col("year") == year).sort("share", "partner", descending=[True, False])
    listed = ", ".join(
        f"{names.get(p, p.title())} {s:.0%}" for p, s in last.select("partner", "share").iter_rows()
    )
    return f"Shares in the window that ends with {year}: {listed}."

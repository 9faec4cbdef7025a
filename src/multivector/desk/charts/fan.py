"""What was observed, and two fans of what could follow: without the scenario and with it."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.desk import palette
from multivector.desk.charts.theme import WIDTH, drawn, heading_of, to_svg, without_nan
from multivector.desk.svg import Svg

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
COLUMNS = tuple(f"p{round(100 * level):02d}" for level in LEVELS)
BANDS = (("p05", "p95"), ("p10", "p90"), ("p25", "p75"))  # 90, 80 and 50 per cent


def fan_quantiles(samples: NDArray[np.floating[Any]], years: list[int]) -> pl.DataFrame:
    """The fan of an ensemble: quantiles over members, year by year.

    Parameters
    ----------
    samples : (member, year); NaN where a member's quantity does not exist (a share of nothing).
    years : the years of the second axis.

    Returns
    -------
    A frame `year, p05, p10, p25, p50, p75, p90, p95, n`; `n` members had a value, and a year in which
    none had one is left out: it is missing, not zero.
    """
    rows = []
    for year, column in zip(years, np.asarray(samples, dtype=float).T, strict=True):
        known = column[np.isfinite(column)]
        if len(known):
            quantiles = np.quantile(known, LEVELS)
            rows.append(
                {"year": year, **dict(zip(COLUMNS, map(float, quantiles), strict=True)), "n": len(known)}
            )
    schema = {"year": pl.Int64, **dict.fromkeys(COLUMNS, pl.Float64), "n": pl.Int64}
    return pl.DataFrame(rows, schema=schema)


@drawn
def fan_chart(
    history: pl.DataFrame,
    baseline: pl.DataFrame,
    scenario: pl.DataFrame,
    outturn: pl.DataFrame,
    *,
    origin: int,
    title: str,
    subtitle: str = "",
    desc: str = "",
    percent: bool = True,
    ceiling: float | None = None,
    years: tuple[int, int] | None = None,
    prefix: str = "fan",
    width: int = WIDTH,
    height: int = 236,
) -> Svg:
    """Draw the fan chart of one quantity.

    Parameters
    ----------
    history : `year, value` observed up to and including `origin`.
    baseline, scenario : frames of `fan_quantiles`; bands hold 50, 80 and 90 per cent of the members.
    outturn : `year, value` observed after `origin`, which no forecast saw.
    percent : write values as percentages; `ceiling` is the top of the axis (1 for a share).
    years : first and last year of the axis, for panels that are compared. A gap in the history stays a gap.
    """
    import altair as alt

    if ceiling is None and percent:
        ceiling = 1.0
    scale = alt.Scale(domain=[0, ceiling]) if ceiling is not None else alt.Scale(zero=True)
    axis = alt.Axis(format=".0%" if percent else "~s", tickCount=5, title=None)
    history, outturn = (without_nan(frame, "value").drop_nulls("value") for frame in (history, outturn))
    baseline, scenario = (_from_origin(frame, history, origin) for frame in (baseline, scenario))
    shown = [
        origin,
        *(year for frame in (history, baseline, scenario, outturn) for year in frame["year"].to_list()),
    ]
    first, last = years or (min(shown), max(shown))
    x = alt.X("year:Q", scale=alt.Scale(domain=[first, last], nice=False), title=None)
    x = x.axis(format="d", values=_ticks(first, last))

    def bands(frame: pl.DataFrame, colour: str, strength: float) -> list[Any]:
        data = alt.Data(values=frame.to_dicts())
        return [
            alt.Chart(data).mark_area(color=colour, opacity=strength)
            .encode(x=x, y=alt.Y(f"{low}:Q", scale=scale, axis=axis), y2=f"{high}:Q")
            for low, high in BANDS
        ]  # fmt: skip

    def line(frame: pl.DataFrame, field: str, **style: Any) -> Any:
        data = alt.Data(values=frame.to_dicts())
        return alt.Chart(data).mark_line(**style).encode(x=x, y=alt.Y(f"{field}:Q", scale=scale, axis=axis))

    start = alt.Chart(alt.Data(values=[{"year": origin, "words": f"data to {origin}"}]))
    seen = alt.Chart(alt.Data(values=outturn.to_dicts()))
    layers = [
        *bands(baseline, "#87929b", 0.2),
        *bands(scenario, palette.ACCENT, 0.24),
        start.mark_rule(color=palette.MUTED, strokeWidth=0.8, strokeDash=[2, 2]).encode(x=x),
        start.mark_text(dy=-4, baseline="bottom", fontSize=10, color=palette.MUTED)
        .encode(x=x, y=alt.value(0), text="words:N"),
        line(baseline, "p50", color=palette.MUTED, strokeWidth=1.5, strokeDash=[5, 3]),
        line(scenario, "p50", color="#12566b", strokeWidth=2),
        line(_with_gaps(history), "value", color=palette.INK, strokeWidth=2),
        seen.mark_point(filled=True, size=46, color=palette.INK, stroke="#fff", strokeWidth=1.3, opacity=1)
        .encode(x=x, y=alt.Y("value:Q", scale=scale, axis=axis)),
    ]  # fmt: skip
    chart = alt.layer(*layers).properties(
        width=width, height=height, title=heading_of(title, subtitle, offset=20)
    )
    return to_svg(
        chart, prefix=prefix, title=title, desc=desc or _words(origin, baseline, scenario, outturn, percent)
    )


def _from_origin(fan: pl.DataFrame, history: pl.DataFrame, origin: int) -> pl.DataFrame:
    """Let a fan open from the last value that was known, where there is one."""
    known = history.filter(pl.col("year") == origin)["value"].to_list()
    if not known or fan.is_empty():
        return fan
    start = pl.DataFrame([{"year": origin, **dict.fromkeys(COLUMNS, float(known[0]))}])
    return pl.concat([start, fan.select("year", *COLUMNS)])


def _with_gaps(history: pl.DataFrame) -> pl.DataFrame:
    """Years that are missing between the first and the last become rows without a value: the line breaks."""
    if history.is_empty():
        return history
    seen = history["year"].to_list()
    years = pl.DataFrame({"year": list(range(min(seen), max(seen) + 1))})
    return years.join(history.select("year", "value"), on="year", how="left").sort("year")


def _ticks(first: int, last: int) -> list[int]:
    step = 5 if last - first > 12 else 2
    return [year for year in range(first, last + 1) if year % step == 0]


def _words(
    origin: int, baseline: pl.DataFrame, scenario: pl.DataFrame, outturn: pl.DataFrame, percent: bool
) -> str:
    """The chart in words: medians and 90 per cent bands at the last year, and what was observed."""
    pattern = "{:.0%}" if percent else "{:.3g}"

    def last(name: str, frame: pl.DataFrame) -> str:
        if frame.is_empty():
            return f"{name}: no values"
        row = frame.row(-1, named=True)
        low, middle, high = (pattern.format(row[column]) for column in ("p05", "p50", "p95"))
        return f"{name} in {row['year']}: median {middle}, 90% of members {low} to {high}"

    seen = ", ".join(
        f"{year} {pattern.format(value)}" for year, value in outturn.select("year", "value").iter_rows()
    )
    fans = f"{last('Baseline', baseline)}. {last('Scenario', scenario)}."
    return f"Data to {origin}. {fans} Observed since: {seen or 'nothing'}."

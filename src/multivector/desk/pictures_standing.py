"""The section on standing: who ranks where on the middle-power index, why, and what moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl

from multivector.atlas import Region
from multivector.desk.charts.moved import moved_bars
from multivector.desk.charts.profile import factor_profile
from multivector.desk.charts.ranked import ranked_bars
from multivector.desk.context import Figure, LegendItem, Section, Table
from multivector.desk.svg import Svg
from multivector.desk.words import listed, slug
from multivector.indicators.middle_power.definition import factors, indicators
from multivector.indicators.middle_power.table import MiddlePowerTable

Row = dict[str, Any]
MOST_MOVED = 8
SCALE = "score 0–100; line: 5–95% of the draws"
LEGEND = (
    LegendItem("score", "#12566b", "dot"),
    LegendItem("5–95% of the draws", "#1f6f86", "line"),
    LegendItem("median of the states scored", "#b5432f", "tick"),
)
RANKED = {
    "name": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "rank": pl.Int64, "rank_low": pl.Int64, "rank_high": pl.Int64, "note": pl.String,
}  # fmt: skip
PROFILE = {
    "factor": pl.String, "title": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "median": pl.Float64, "known": pl.Int64, "all": pl.Int64, "scored": pl.Boolean,
}  # fmt: skip
MOVED = {
    "name": pl.String, "factor": pl.String, "change": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "main": pl.String,
}  # fmt: skip


def standing_section(table: MiddlePowerTable, region: Region, asked: int | None = None) -> Section:
    """Ranks and factors, each state's profile, what moved, and what no data gives.

    Parameters
    ----------
    table : from `measure_middle_power`. region : the one measured, for names.
    asked : the year that the brief speaks of, where the table may be of an earlier one.
    """
    year = int(table.date[:4])
    titles = {factor.code: factor.title for factor in factors()}
    sources = _sources(table)
    figures = (
        _ranks(table, region, titles, sources),
        _profiles(table, region, titles, sources),
        _moved(table, region, titles, sources, year),
    )
    return Section(
        "standing",
        f"Middle-power index at the end of {year}",
        paragraphs=(*_earlier(year, asked), *_overall(table), _coverage(table), *table.notes),
        figures=tuple(figure for figure in figures if figure and figure.panels),
        tables=_unavailable(table, titles),
    )


def _earlier(year: int, asked: int | None) -> tuple[str, ...]:
    """Why the index is not of the year that the rest of the brief speaks of."""
    if asked is None or asked == year:
        return ()
    return (
        f"Too little of {asked} is published yet for an overall score; {year} is the last year that has one.",
    )


def _overall(table: MiddlePowerTable) -> tuple[str, ...]:
    """Why there is no rank over all factors, where there is none."""
    if any(row["score"] is not None for row in table.rows("states")):
        return ()
    short = [row["title"].lower() for row in table.rows("coverage") if not row["scored"]]
    why = (
        f"no state has enough indicators of {listed(short)}"
        if short
        else "no state has enough of every factor"
    )
    return (f"There is no overall score and no overall rank: {why}. What follows are the factors.",)


def _coverage(table: MiddlePowerTable) -> str:
    """How much of the definition the data give, factor by factor."""
    rows = table.rows("coverage")
    given, defined = (sum(row[name] for row in rows) for name in ("given", "defined"))
    each = "; ".join(
        f"{row['title'].lower()} {row['given']} of {row['defined']}{'' if row['scored'] else ' (not scored)'}"
        for row in rows
    )
    return (
        f"The factors are those by which S. E. Cornell tells a middle power (2024); the indicators are multivector's. "
        f"The data give {given} of {defined} for at least one state: {each}."
    )


def _sources(table: MiddlePowerTable) -> tuple[str, ...]:
    rows = (row for row in table.rows("indicators") if row["value"] is not None)
    keys = dict.fromkeys(key for row in rows for key in row["sources"].split("|") if key)
    return tuple(keys) or ("assumed",)


def _ranks(
    table: MiddlePowerTable, region: Region, titles: dict[str, str], sources: tuple[str, ...]
) -> Figure:
    """The whole where any state has one, then every factor that is scored for some state."""
    by_factor = table.frame("factors")
    lacking: dict[str, list[str]] = {}
    for state, factor in by_factor.filter(pl.col("score").is_null()).select("state", "factor").iter_rows():
        lacking.setdefault(state, []).append(titles[factor].lower())
    panels: list[Svg] = []
    whole = table.rows("states")
    if any(row["score"] is not None for row in whole):
        rows = (_ranked(row, region, _short(lacking.get(row["state"], []))) for row in whole)
        panels.append(_bars(rows, "The whole index", "ranked-all"))
    for code, title in titles.items():
        factor_rows = by_factor.filter(pl.col("factor") == code).to_dicts()
        if any(row["score"] is not None for row in factor_rows):
            panels.append(
                _bars((_ranked(r, region, r["not_scored"]) for r in factor_rows), title, slug("ranked", code))
            )
    return Figure(
        id="ranks",
        title="Who ranks where",
        panels=tuple(panels),
        caption="Bars: score. Lines: 5 to 95 per cent of the draws. The rank stands to the right; in brackets the ranks that "
        "the same share of the draws gives. For the challenges a higher score means fewer of them. Observed data; the "
        "weights behind the scores are assumed.",
        sources=sources,
    )


def _short(lacking: list[str]) -> str:
    return f"too little of {lacking[0]}" if len(lacking) == 1 else f"too little of {len(lacking)} factors"


def _ranked(row: Row, region: Region, note: str) -> Row:
    return {
        "name": region.name(row["state"]),
        **_interval(row, "score"),
        "rank": row["rank"],
        "rank_low": row["rank_low"],
        "rank_high": row["rank_high"],
        "note": note if row["score"] is None else "",
    }


def _interval(row: Row, measure: str) -> Row:
    return {"value": row[measure], "low": row[f"{measure}_low"], "high": row[f"{measure}_high"]}


def _bars(rows: Iterable[Row], title: str, prefix: str) -> Svg:
    return ranked_bars(pl.DataFrame(list(rows), schema=RANKED), title=title, subtitle=SCALE, prefix=prefix)


def _profiles(
    table: MiddlePowerTable, region: Region, titles: dict[str, str], sources: tuple[str, ...]
) -> Figure:
    """Every state's factors beside the region's median."""
    rows = table.rows("factors")
    scores = {
        code: [r["score"] for r in rows if r["factor"] == code and r["score"] is not None] for code in titles
    }
    medians = {code: float(np.median(found)) if found else None for code, found in scores.items()}

    def profile(state: str) -> Svg:
        shown = [
            {
                "factor": row["factor"],
                "title": titles[row["factor"]],
                **_interval(row, "score"),
                "median": medians[row["factor"]],
                "known": row["known"],
                "all": row["defined"],
                "scored": row["score"] is not None,
            }
            for row in rows
            if row["state"] == state
        ]
        frame = pl.DataFrame(shown, schema=PROFILE)
        return factor_profile(frame, title=region.name(state), prefix=slug("profile", state))

    return Figure(
        id="profiles",
        title="Each state's profile",
        panels=tuple(profile(state) for state in region.states),
        caption="Right of each factor: the score and how many of its indicators are known. A dashed track is not scored.",
        sources=sources,
        legend=LEGEND,
    )


def _moved(
    table: MiddlePowerTable, region: Region, titles: dict[str, str], sources: tuple[str, ...], year: int
) -> Figure | None:
    """Changes of the whole, and the largest of the factors' that do not span zero; none where nothing is known."""
    named = titles | {code: each.title for code, each in indicators().items()}
    rows = [
        {
            "name": region.name(row["state"]),
            "factor": titles.get(row["factor"], ""),
            "change": row["change"],
            "low": row["change_low"],
            "high": row["change_high"],
            "main": _lower(named.get(row["main"], "")),
        }
        for row in table.rows("moved")
        if row["change"] is not None
    ]
    rows.sort(key=lambda row: -abs(row["change"]))
    whole = [row for row in rows if not row["factor"]]
    sure = [row for row in rows if row["factor"] and row["low"] * row["high"] > 0]
    years = f"points of the score, {year - 1} to {year}"
    kinds = (
        (whole, "The whole index", "moved-all"),
        (sure[:MOST_MOVED], "Largest changes of a factor", "moved-factors"),
    )
    panels = tuple(
        moved_bars(pl.DataFrame(shown, schema=MOVED), title=title, subtitle=years, prefix=prefix)
        for shown, title, prefix in kinds
        if shown
    )
    if not panels:
        return None
    return Figure(
        id="moved",
        title=f"What moved since {year - 1}",
        panels=panels,
        caption="What moved most is named under each change: of the whole the factor, of a factor the indicator.",
        reading=(
            "Both years stand between the same goalposts, and on the same draws.",
            "Grey: the interval (5 to 95 per cent of the draws) holds zero, so it may have moved either way.",
            _beyond(len(sure)),
        ),
        sources=sources,
    )


def _beyond(sure: int) -> str:
    if not sure:
        return "No factor's change is beyond its interval."
    shown = f", the {MOST_MOVED} largest shown" if sure > MOST_MOVED else ""
    return f"Changes of a factor whose interval does not hold zero: {sure}{shown}."


def _lower(title: str) -> str:
    """A title within a sentence; abbreviations stay."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _unavailable(table: MiddlePowerTable, titles: dict[str, str]) -> tuple[Table, ...]:
    """Indicators that no data gives, with the source that would, folded."""
    rows = table.rows("unavailable")
    if not rows:
        return ()
    needed = Table(
        columns=("Factor", "Indicator", "Would come from"),
        rows=tuple((titles[row["factor"]], row["title"], row["needs"]) for row in rows),
        folded=f"{len(rows)} indicators that are not available, and what would give them",
    )
    return (needed,)

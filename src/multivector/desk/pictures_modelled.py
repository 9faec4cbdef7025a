"""The figures of what is modelled: fans, scores, and what negated assumptions do."""

from __future__ import annotations

from typing import Literal

import numpy as np
import polars as pl

from multivector.desk import palette
from multivector.desk.charts.fan import fan_chart, fan_quantiles
from multivector.desk.charts.score import coverage_chart, score_chart
from multivector.desk.charts.tornado import tornado
from multivector.desk.context import Figure, LegendItem
from multivector.desk.judgements import short_id
from multivector.desk.quantities import condition
from multivector.desk.results import Results
from multivector.desk.words import possessive, slug
from multivector.inference.cells import compare
from multivector.inference.hindcast.baselines.persistence import NAME as PERSISTENCE
from multivector.inference.hindcast.baselines.window import NAME as WINDOW
from multivector.inference.track import MODEL
from multivector.world.inputs import covered_years
from multivector.world.run import WINDOW_YEARS

PAST_SHOWN = 16  # years of history before the fan


def fans(results: Results, sources: tuple[str, ...]) -> Figure | None:
    """Observed share, the two fans, and what happened, for each state in focus."""
    scenario, region = results.scenario, results.region
    if scenario.supplier is None or not scenario.focus:
        return None
    first, last = covered_years(region, "arms")
    start = max(first + WINDOW_YEARS - 1, scenario.start_year - PAST_SHOWN)
    series = {s: _history(results, s, scenario.supplier, start, last) for s in scenario.focus}
    years = results.run.data["year"].to_numpy().tolist()
    panels = []
    for state in scenario.focus:
        cell = results.run.data["arms_share_5y"].sel(state=state, partner=scenario.supplier)
        quantiles = [
            fan_quantiles(cell.sel(scenario=arm).to_numpy(), years) for arm in ("baseline", "scenario")
        ]
        known = series[state]
        panels.append(
            fan_chart(
                known.filter(pl.col("year") <= scenario.start_year),
                quantiles[0],
                quantiles[1],
                known.filter(pl.col("year") > scenario.start_year),
                origin=scenario.start_year,
                years=(start, scenario.end_year),
                title=region.name(state),
                subtitle="share of major arms, five-year windows",
                prefix=slug("fan", state),
            )
        )
    return Figure(
        id="fans",
        title=f"{possessive(region.name(scenario.supplier))} share, with and without {scenario.change}",
        panels=tuple(panels),
        caption=f"Data to {scenario.start_year}; then {results.run.manifest['members']:,} paired runs. Bands hold 50, 80 "
        f"and 90 per cent of the runs that have a share. {results.parameters}",
        sources=sources,
        origin="modelled",
        legend=_fan_legend(scenario.change),
    )


def _fan_legend(change: str) -> tuple[LegendItem, ...]:
    return (
        LegendItem("observed", palette.INK, "line"),
        LegendItem(f"without {change}, median", palette.MUTED, "dash"),
        LegendItem(f"with {change}, median and bands", palette.ACCENT, "area"),
        LegendItem("what happened", palette.INK, "dot"),
    )


def _history(results: Results, state: str, partner: str, first: int, last: int) -> pl.DataFrame:
    shares = [results.register.share(state, partner, year) for year in range(first, last + 1)]
    frame = pl.DataFrame({"year": list(range(first, last + 1)), "value": shares})
    return frame.filter(pl.col("value").is_finite())


def scores(results: Results, sources: tuple[str, ...]) -> tuple[Figure, ...]:
    """Model beside persistence by target year of this run, and by horizon on held-out years."""
    panels = []
    by_year = (
        results.cells.group_by("target", "forecaster")
        .agg(pl.col("crps").mean(), pl.len().alias("n"))
        .pivot("forecaster", index=["target", "n"], values="crps")
        .sort("target")
    )
    if by_year.height:
        frame = by_year.select(
            pl.col("target").cast(pl.String).alias("label"),
            pl.col("baseline").alias("model"),
            pl.col(PERSISTENCE).alias("persistence"),
            pl.col("n").cast(pl.Int64),
        )
        panels.append(
            score_chart(frame, title=f"From {results.scenario.start_year}, by year", prefix="score-year")
        )
    if results.pooled:
        rows = []
        for ahead in results.horizons():
            cells = results.held.filter(pl.col("horizon") == ahead)
            ours = compare(cells, MODEL, WINDOW)
            rows.append(
                {
                    "label": f"{ahead} y",
                    "model": ours.crps,
                    "persistence": ours.crps_rival,
                    "n": ours.n,
                    "cover80": ours.covered_80,
                    "cover90": ours.covered_90,
                }
            )
        frame = pl.DataFrame(rows)
        panels.append(
            score_chart(
                frame.select("label", "model", "persistence", "n"),
                title="Held-out years, by years ahead",
                subtitle="CRPS; persistence here keeps the window's known years",
                prefix="score-horizon",
            )
        )
        panels.append(
            coverage_chart(
                frame.select("label", "cover80", "cover90"),
                title="Do the bands hold?",
                prefix="score-coverage",
            )
        )
    if not panels:
        return ()
    columns: Literal[1, 2, 3] = 3 if len(panels) > 2 else 2
    return (
        Figure(
            id="scores",
            panels=tuple(panels),
            caption="Lower CRPS is better. Only shares above zero at the origin are scored.",
            sources=sources,
            columns=columns,
            origin="modelled",
        ),
    )


def tornados(results: Results, sources: tuple[str, ...]) -> Figure | None:
    """What negating each assumption does to each judgement in the scenario arm."""
    if not results.negated:
        return None
    region, panels = results.region, []
    for verdict in results.judged:
        judgement = verdict.judgement
        rows = [
            {"assumption": n.assumption.negated, "p": n.counts[judgement.id].share}
            for n in results.negated
            if np.isfinite(n.counts[judgement.id].share)
        ]
        if rows:
            base = results.scenario_share(judgement.id, results.negated[0].members)
            panels.append(
                tornado(
                    pl.DataFrame(rows),
                    base=base,
                    title=f"{short_id(results, judgement.id)}: {region.name(judgement.state)}, "
                    f"{region.name(judgement.partner)}",
                    subtitle=condition(judgement),
                    prefix=f"tornado-{judgement.id}",
                )
            )
    return Figure(
        id="tornados",
        title="What if an assumption is wrong?",
        panels=tuple(panels),
        caption=f"Share of runs with {results.scenario.change} in which the judgement holds: as assumed (tick) and with each "
        "assumption negated and run again on the same random numbers.",
        sources=sources,
        origin="modelled",
    )

"""The section on one issue at the bargaining table: who wants what, how it may end, how it gets there, what moves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from multivector.bargaining.analysis.process import bands
from multivector.bargaining.bargain import Bargain
from multivector.desk.bargain.rows import (
    Asked,
    forecast_of,
    levers_of,
    model_rows,
    process_of,
    worth_of,
)
from multivector.desk.bargain.sentences import paragraphs
from multivector.desk.bargain.tables import reach_table, settlements_table, variants_table
from multivector.desk.bargain.wording import cell_name, rested
from multivector.desk.charts.levers import levers_chart
from multivector.desk.charts.moves import moves_chart
from multivector.desk.charts.outcome import outcome_chart
from multivector.desk.charts.stakeholders import Settlement, positions_chart
from multivector.desk.charts.turns import turns_chart
from multivector.desk.charts.waiting import waiting_chart
from multivector.desk.charts.worth import information_chart
from multivector.desk.context import Cells, Figure, Section
from multivector.desk.svg import Svg

Row = Mapping[str, Any]
MOST_CELLS = 8
"""Cells that the picture of what knowing them is worth shows."""
MOST_LEVERS = 10
BELOW = ("compromise", "weighted-median", "pce-mean", "smp-mean", "expected-utility-scholz-mean")
"""Models whose settlement stands below the forecast; the table has all."""


def bargain_section(bargain: Bargain, cells: Cells, sources: tuple[str, ...]) -> Section:
    """Everything that is said of one issue.

    Parameters
    ----------
    bargain : the issue, with what the models make of it.
    cells : the evidence behind its numbers. sources : their keys.
    """
    prefix = f"issue-{bargain.issue.id}"
    return Section(
        prefix,
        bargain.issue.title,
        paragraphs=tuple(paragraphs(bargain)),
        figures=(
            _ends(bargain, sources, prefix),
            _process(bargain, sources, prefix),
            _changes(bargain, sources, prefix),
        ),
        tables=(settlements_table(bargain), variants_table(bargain), reach_table(bargain)),
        cells=cells,
    )


def _ends(bargain: Bargain, sources: tuple[str, ...], prefix: str) -> Figure:
    """Who wants what, how it may end, and of a question of when, by what date."""
    panels = [*_positions(bargain, prefix), *_waiting(bargain, prefix), *_outcomes(bargain, prefix)]
    when = (
        " Lottery: one stakeholder's date is drawn by weight. Effort: all push together, by weight. Consent: all who must "
        "agree have to."
        if bargain.waiting
        else ""
    )
    return Figure(
        f"{prefix}-ends",
        tuple(panels),
        "Positions: the interval of each judgement; the dot's area is capability times salience. Forecast: chances by past "
        "issues, over draws of every cell, with its 80 % interval; below it what models expect in the middle one of the draws."
        + when,
        sources,
        title="Who wants what, and how it may end",
        columns=2 if len(panels) in {2, 4} else 3,
        origin="modelled",
    )


def _process(bargain: Bargain, sources: tuple[str, ...], prefix: str) -> Figure:
    """Positions turn by turn, who moves whom, who ends together."""
    found = process_of(bargain, Asked())
    together = [group for group in found["coalitions"] if len(group["members"]) > 1]
    reading = tuple(
        f"Within {found['within']:g} hundredths of the scale of each other at the end: {', '.join(group['members'])}. "
        f"All of them in {group['all_together']:.0%} of draws, a pair of them on average in {group['together']:.0%}; they hold "
        f"{group['weight']:.0%} of the weight."
        for group in together
    )
    panels = (*_turns(bargain, prefix), *_moves(bargain, prefix))
    return Figure(
        f"{prefix}-process",
        panels,
        f"KTAB's Spatial Model of Politics over {found['draws']} draws of the cells: median positions, and by how much bargains "
        f"with the row moved the column, summed over turns, mean of {rested(found)}. Half of the "
        f"draws take {found['turns']['median']:.0f} turns or fewer. A process that is possible, and has not forecast better.",
        sources,
        title="How it may get there",
        columns=2 if len(panels) == 4 else 3,
        origin="modelled",
        reading=reading,
    )


def _changes(bargain: Bargain, sources: tuple[str, ...], prefix: str) -> Figure:
    """Each actor's most effective move, and what it would be worth to know."""
    panels = (*_levers(bargain, prefix), *_worth(bargain, prefix))
    return Figure(
        f"{prefix}-changes",
        panels,
        f"Moves: the one position or salience that brings the {_moved(bargain)} nearest to what the actor wants, all else as "
        "drawn; who is not shown has no move that helps. Worth: by what share of itself the expected error of the forecast "
        "(CRPS; of a chance, Brier's) would fall were the cell known; cells that draws cannot tell from nothing are left out.",
        sources,
        title="What could move it, and what would be worth knowing",
        columns=2 if len(panels) in {2, 4} else 3,
        origin="modelled",
    )


def _moved(bargain: Bargain) -> str:
    """What the moves are measured on."""
    return bargain.quantity().name if bargain.waiting else "compromise mean"


def _name(bargain: Bargain, what: str, k: int) -> str:
    """A panel's title, with the dimension where there are several."""
    scale = bargain.issue.dimensions[k]
    return f"{what}: {scale.title or scale.name}" if bargain.at_modes.d > 1 else what


def _marks(bargain: Bargain, k: int) -> tuple[tuple[float, str], ...]:
    return tuple((mark.at, mark.means) for mark in bargain.issue.dimensions[k].marks)


def _positions(bargain: Bargain, prefix: str) -> Iterator[Svg]:
    found = forecast_of(bargain, Asked())["dimensions"]
    for k, scale in enumerate(bargain.issue.dimensions):
        cells = [each.position[scale.name] for each in bargain.issue.stakeholders]
        yield positions_chart(
            pl.DataFrame(
                {
                    "name": bargain.at_modes.names,
                    "low": [cell.low for cell in cells],
                    "mode": [cell.mode for cell in cells],
                    "high": [cell.high for cell in cells],
                    "weight": bargain.at_modes.weight[:, k],
                }
            ),
            title=_name(bargain, "Positions", k),
            marks=_marks(bargain, k),
            low=scale.low,
            high=scale.high,
            settlement=None if bargain.waiting else _settlement(bargain, found[k], k),
            prefix=f"{prefix}-positions-{k}",
        )


def _settlement(bargain: Bargain, forecast: Row, k: int) -> Settlement:
    """The forecast and the compromise mean, to be drawn through the positions."""
    compromise = bargain.issue.dimensions[k].from_top(bargain.settlement("compromise")[0][k])
    return Settlement(forecast["median"], forecast["low80"], forecast["high80"], float(compromise))


def _outcomes(bargain: Bargain, prefix: str) -> Iterator[Svg]:
    rows = [row for row in model_rows(bargain, Asked()) if row["model"] in BELOW]
    for k, each in enumerate(forecast_of(bargain, Asked())["dimensions"]):
        yield outcome_chart(
            each["at"],
            each["chance"],
            median=each["median"],
            interval80=(each["low80"], each["high80"]),
            title="As a place on the scale, which is no date"
            if bargain.waiting
            else _name(bargain, "Forecast", k),
            models=[
                (row["model"], row["settlement"]) for row in rows if row["dimension"] == each["dimension"]
            ],
            marks=_marks(bargain, k),
            prefix=f"{prefix}-outcome-{k}",
        )


def _waiting(bargain: Bargain, prefix: str) -> Iterator[Svg]:
    if bargain.waiting:
        first = next(iter(bargain.waiting.values()))
        yield waiting_chart(
            first.years,
            {reading: waiting.cdf for reading, waiting in bargain.waiting.items()},
            {reading: float(waiting.never) for reading, waiting in bargain.waiting.items()},
            as_of=first.as_of,
            title="When",
            prefix=f"{prefix}-waiting",
        )


def _turns(bargain: Bargain, prefix: str) -> Iterator[Svg]:
    low, median, high = bands(bargain.process)
    for k, scale in enumerate(bargain.issue.dimensions):
        yield turns_chart(
            bargain.at_modes.names,
            scale.from_top(median[..., k]),
            scale.from_top(low[..., k]),
            scale.from_top(high[..., k]),
            title=_name(bargain, "Turn by turn", k),
            ends=(scale.low, scale.high),
            prefix=f"{prefix}-turns-{k}",
        )


def _moves(bargain: Bargain, prefix: str) -> Iterator[Svg]:
    moves = bargain.rested.moves()
    for k in range(bargain.at_modes.d):
        yield moves_chart(
            bargain.at_modes.names,
            moves[..., k],
            title=_name(bargain, "Who moves whom", k),
            subtitle="hundredths of the scale; + up, − down; row moved column",
            prefix=f"{prefix}-moves-{k}",
        )


def _levers(bargain: Bargain, prefix: str) -> Iterator[Svg]:
    """Each actor's best move: on the compromise mean, of a question of when on the chance by the day."""
    model = "" if bargain.waiting else "compromise"
    for k, scale in enumerate(bargain.issue.dimensions):
        found = levers_of(bargain, Asked(model=model, dimension=scale.name))
        rows = [row for row in found["moves"] if row["gain"] > 0][:MOST_LEVERS]
        size = 100 if found["is_chance"] else 1
        if rows:
            yield levers_chart(
                pl.DataFrame(
                    [
                        {"actor": row["actor"], "move": row["move"]}
                        | {key: size * row[key] for key in ("gain", "low", "high")}
                        for row in rows
                    ]
                ),
                title=_name(bargain, "Moves", k),
                subtitle=f"how much nearer to its wish; 5–95% of {rows[0]['draws']} draws",
                unit="pp" if found["is_chance"] else found["unit"],
                prefix=f"{prefix}-levers-{k}",
            )


def _worth(bargain: Bargain, prefix: str) -> Iterator[Svg]:
    """What knowing a cell would save, as a share of the expected error."""
    for k, scale in enumerate(bargain.issue.dimensions):
        found = worth_of(bargain, Asked(dimension=scale.name))
        told = [row for row in found["cells"] if row["told"]][:MOST_CELLS]
        if told:
            yield information_chart(
                pl.DataFrame(
                    [
                        {
                            "cell": cell_name(row, False),
                            "saved": 100 * row["saved"] / found["whole"],
                            "error": 100 * row["error"] / found["whole"],
                            "evidence": row["evidence"],
                        }
                        for row in told
                    ]
                ),
                title=_name(bargain, "Worth", k),
                subtitle=f"% of the expected error of the {found['of']}",
                prefix=f"{prefix}-worth-{k}",
            )

"""What a bargain says, as rows that JSON, tables and pages share; positions in the units of the issue's own scale."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from multivector.bargaining.bargain import BLOCK, SMP, Bargain
from multivector.bargaining.stakes import TOP, Floats

if TYPE_CHECKING:
    from multivector.bargaining.analysis.quantity import Quantity
    from multivector.bargaining.waiting import Waiting

Row = dict[str, Any]
RECORD: Final = ("issues", "mae", "crps", "coverage", "width", "difference")
MOVED_AT_LEAST: Final = 1.0
"""Mean moves of fewer hundredths of the scale are not listed."""
WITHIN: Final = 5.0
"""Hundredths of the scale within which actors count as together; ours."""
GRID: Final = 201
"""Points of a scale at which the error of a settlement is summed."""
TOLD_BY_CHANCE: Final = 0.05
"""Chance that any cell is told that is worth nothing."""


@dataclass(frozen=True)
class Asked:
    """What levers, targets and worths are asked of, and what of the models.

    Parameters
    ----------
    model : one model alone; of a question of when, its settlement and not the date.
    dimension : of which dimension; empty for the first.
    by, reading : of a question of when: by which day, and how stakeholders' dates go together. None and empty for
        what `Bargain.quantity` takes.
    lever : an actor, or "all".
    target : an outcome, in the units of the scale or as a chance.
    """

    model: str = ""
    dimension: str = ""
    by: dt.date | None = None
    reading: str = ""
    lever: str = "all"
    target: float = 0.0


def head(bargain: Bargain) -> Row:
    """Which issue, what was drawn, and whether past issues speak for any model of turns or rounds."""
    from multivector.bargaining.calibration.dynamic import dynamic_sentence
    from multivector.bargaining.calibration.record import shipped_record

    issue = bargain.issue
    return {
        "issue": bargain.name,
        "question": issue.question,
        "as_of": issue.as_of.isoformat() if issue.as_of else None,
        "actors": bargain.at_modes.n,
        "dimensions": list(bargain.at_modes.dimensions),
        "scales": {
            each.name: {"unit": each.unit, "low": each.low, "high": each.high} for each in issue.dimensions
        },
        "draws": bargain.draws,
        "seed": bargain.seed,
        "spread": bargain.spread,
        "points_only": all(placed.cell.width == 0 for placed in issue.cells()),
        "dynamic": dynamic_sentence(shipped_record()),
    }


def turn_rows(bargain: Bargain, _: Asked) -> list[Row]:
    """Positions at the modes, turn by turn, in KTAB's columns."""
    scales = bargain.issue.dimensions
    return [
        row | {"position": float(scales[row["dimension_index"]].from_top(row["position"]))}
        for row in bargain.played.rows(bargain.name)
    ]


def model_rows(bargain: Bargain, asked: Asked) -> list[Row]:
    """Each model's settlement at the modes, its quantiles over the draws, and its mean error on past issues.

    Draws in which an election did not settle (Markov elections of the Spatial Model) are left out and counted.
    """
    from multivector.bargaining.calibration.record import shipped_record

    past = {row["model"]: row["mae"] for row in shipped_record().models}
    if asked.model == SMP:
        chosen = [name for name in bargain.models if name.startswith(f"{SMP}-")]
    else:
        chosen = [asked.model] if asked.model else list(bargain.models)
    rows = []
    for name in chosen:
        at_modes, over = bargain.settlement(name)
        settled = over[np.isfinite(over).all(axis=-1)]
        spread = np.quantile(settled, (0.05, 0.5, 0.95), axis=0)
        for k, scale in enumerate(bargain.issue.dimensions):
            low, median, high = (float(x) for x in scale.from_top(spread[:, k]))
            rows.append(
                {
                    "model": name,
                    "dimension": scale.name,
                    "settlement": float(scale.from_top(at_modes[k])),
                    "low": low,
                    "median": median,
                    "high": high,
                    "draws": len(over),
                    "past_error": past.get(name),
                    "unsettled": len(over) - len(settled),
                }
            )
    return rows


def forecast_of(bargain: Bargain, _: Asked) -> Row:
    """The calibrated forecast over the draws, how it did on past issues, and why that does not speak for this one."""
    from multivector.bargaining.calibration.calibrated import interval80
    from multivector.bargaining.calibration.record import shipped_record

    record = shipped_record()
    forecast = bargain.forecast
    low, high = interval80(forecast)
    return {
        "dimensions": [
            {
                "dimension": scale.name,
                "unit": scale.unit,
                "median": float(scale.from_top(forecast.median[k])),
                "mean": float(scale.from_top(forecast.mean[k])),
                "low80": float(scale.from_top(low[k])),
                "high80": float(scale.from_top(high[k])),
                "at": [float(x) for x in scale.from_top(np.arange(101.0))],
                "chance": [float(x) for x in forecast.chance[k]],
            }
            for k, scale in enumerate(bargain.issue.dimensions)
        ],
        "record": {key: record.headline[key] for key in RECORD},
        "domain": record.domain,
        "outside": bargain.outside,
    }


def when_rows(bargain: Bargain, _: Asked) -> list[Row]:
    """Each reading of how stakeholders' dates are put together: share never, and three quantiles of the date."""
    return [_when(reading, waiting) for reading, waiting in bargain.waiting.items()]


def _when(reading: str, waiting: Waiting) -> Row:
    row: Row = {"reading": reading, "never": float(waiting.never)}
    for name, q in (("early", 0.1), ("median", 0.5), ("late", 0.9)):
        years = float(waiting.quantile(q))
        row[name] = waiting.date(years).isoformat() if math.isfinite(years) else None
    return row


def variants_of(bargain: Bargain, _: Asked) -> Row:
    """The settlement where models and their options are drawn along with the cells, and what its spread comes from."""
    found = bargain.variants
    return {"draws": len(found.outcome), "families": found.rows(), "shares": found.shares()}


def process_of(bargain: Bargain, _: Asked) -> Row:
    """Who moves whom, who challenges whom, and who ends together, over the draws of the Spatial Model.

    Moves are summed over the turns of a draw, in hundredths of the scale, with their mean and 10 and 90 % over the
    draws that came to rest: who are pulled to and fro for ever have no move that could be told. Where none came to
    rest, as in a run of one turn, they are those of all draws.
    """
    from multivector.bargaining.analysis.process import challenged, coalitions

    turns, rested, scales = bargain.process, bargain.rested, bargain.issue.dimensions
    names, each = bargain.at_modes.names, rested.each_move()
    mean, (low, high) = each.mean(axis=0), np.quantile(each, (0.1, 0.9), axis=0)
    share, size = challenged(turns), np.abs(mean).max(axis=-1)
    order = sorted(np.argwhere(size >= MOVED_AT_LEAST).tolist(), key=lambda ij: -size[tuple(ij)])
    groups = [
        asdict(group)
        | {"position": [float(s.from_top(x)) for s, x in zip(scales, group.position, strict=True)]}
        for group in coalitions(turns, within=WITHIN)
    ]
    settled = turns.turns[turns.settled]
    return {
        "draws": int(turns.turns.size),
        "unsettled": int(turns.turns.size - settled.size),
        "at_rest": int(turns.quiet.sum()),
        "turns": {"median": float(np.median(settled)), "came_to_rest": float(turns.quiet.mean())},
        "within": WITHIN,
        "moves": [
            {
                "mover": names[i],
                "moved": names[j],
                "points": mean[i, j].tolist(),
                "low": low[i, j].tolist(),
                "high": high[i, j].tolist(),
            }
            for i, j in order
        ],
        "challenges": [
            {"challenger": names[i], "target": names[j], "share": float(share[i, j])}
            for i, j in sorted(np.argwhere(share > 0).tolist(), key=lambda ij: -share[tuple(ij)])
        ],
        "coalitions": groups,
    }


def levers_of(bargain: Bargain, asked: Asked) -> Row:
    """The best move of one actor, or of each; gains in the quantity's own units."""
    from multivector.bargaining.analysis.levers import all_levers, levers

    quantity = bargain.quantity(asked.model, asked.dimension, asked.by, asked.reading)
    at = bargain.dimension(asked.dimension)
    if asked.lever == "all":
        rows = all_levers(bargain.issue, quantity, seed=bargain.seed, dimension=at)
    else:
        rows = levers(bargain.issue, quantity, asked.lever, seed=bargain.seed, dimension=at).rows()
    return _named(quantity) | {"moves": rows}


def reach_of(bargain: Bargain, asked: Asked) -> Row:
    """What would have to be true for the quantity to reach the target."""
    from multivector.bargaining.analysis.reach import reach

    quantity = bargain.quantity(asked.model, asked.dimension, asked.by, asked.reading)
    found = reach(bargain.issue, quantity, asked.target, draws=bargain.draws, seed=bargain.seed).report()
    spans = {scale.name: scale.high - scale.low for scale in bargain.issue.dimensions}
    for row in (*found["cells"], *(found["together"] or {"cells": ()})["cells"]):
        row["span"] = _span(row, spans)
    return _named(quantity) | {"target": asked.target} | found


def _span(row: Row, spans: Mapping[str, float]) -> float:
    """By what length a cell's numbers are told: its scale's, of a capability its own size."""
    if row["attribute"] == "capability":
        return float(row["mode"]) or TOP
    return TOP if row["attribute"] == "salience" else spans[row["dimension"]]


def _named(quantity: Quantity) -> Row:
    return {
        "of": quantity.name,
        "unit": quantity.unit,
        "is_chance": quantity.is_chance,
        "span": quantity.high - quantity.low,
    }


def worth_of(bargain: Bargain, asked: Asked) -> Row:
    """What knowing each cell would save of the expected error, in the unit of the scale; of a chance, Brier's.

    The forecast is the chance by a day for a question of when, else the calibrated headline; naming a model takes
    its settlement instead. A cell is `told` where its worth is above what chance gives the best of as many cells.
    """
    from multivector.bargaining.analysis.information import cells_worth, value_of_information
    from multivector.bargaining.calibration.calibrated import calibrated
    from multivector.bargaining.draws import uniforms

    at = bargain.dimension(asked.dimension)
    scale = bargain.issue.dimensions[at]
    draws = min(bargain.draws, BLOCK)
    drawn = bargain.drawn.at(slice(draws))
    uniform = uniforms(bargain.issue, draws, bargain.seed)
    if bargain.issue.is_when or asked.model:
        quantity = bargain.quantity(asked.model, asked.dimension, asked.by, asked.reading)
        value = quantity.of(drawn)
        known = np.isfinite(value)
        uniform, value = uniform[known], value[known]
        what, step = quantity.name, 1.0
        cdf: Floats = value[:, None]
        if not quantity.is_chance:
            grid = np.linspace(quantity.low, quantity.high, GRID)
            cdf, step = (value[:, None] <= grid).astype(np.float64), float(grid[1] - grid[0])
    else:
        what, cdf, step = "calibrated forecast", calibrated(drawn).cdf[:, at], (scale.high - scale.low) / 100
    found = value_of_information(uniform, cdf, step)
    cells = cells_worth(bargain.issue, found)
    least = NormalDist().inv_cdf(1 - TOLD_BY_CHANCE / len(cells))
    for row in cells:
        row["told"] = row["saved"] > least * row["error"]
    return {"of": what, "draws": len(uniform), "whole": float(found.whole), "cells": cells}


PARTS: Final[Mapping[str, Callable[[Bargain, Asked], Any]]] = {
    "turns": turn_rows,
    "when": when_rows,
    "models": model_rows,
    "forecast": forecast_of,
    "variants": variants_of,
    "process": process_of,
    "levers": levers_of,
    "reach": reach_of,
    "worth": worth_of,
}
"""What can be asked of a bargain, in the order in which it is told."""

"""The index as a recipe with its data: what the composite engine is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from multivector.indicators.middle_power.definition import Factor, factors
from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid

WHOLE = "index"
LEAST = 0.5
"""A factor is scored for a state of which at least this share of the factor's defined indicators is known."""

RECIPE: Mapping[str, Any] = {
    "name": "Middle-power index",
    "about": "Indicators between their least and greatest over all states and years shown, equal weights.",
    "stage": [
        {"do": "normalise", "method": "minmax", "low": 0.0, "high": 100.0, "over": "all"},
        {
            "do": "aggregate",
            "method": "arithmetic",
            "nodes": {WHOLE: {"method": "arithmetic", "least_known": 1.0}},
        },
    ],
    "vary": [
        {"name": "values", "what": "intervals", "shape": "triangular"},
        {"name": "missing values", "what": "missing", "over": "each_time"},
        {"name": "weights", "what": "noise", "share": 0.5},
        {
            "name": "compensation",
            "what": "stage",
            "stage": "aggregate",
            "options": [
                {"nodes": {WHOLE: {"method": "arithmetic"}}},
                {"nodes": {WHOLE: {"method": "generalised", "parameters": {"power": 0.5}}}},
            ],
        },
    ],
}


def meta(given: Mapping[str, Grid], over: tuple[Factor, ...]) -> pl.DataFrame:
    """The hierarchy in the composite engine's columns: given indicators, factors, the whole."""
    rows = [
        _row(1, each.code, each.title, each.direction, factor.code, each.unit, "Indicator")
        for factor in over
        for each in factor.indicators
        if each.code in given
    ]
    rows += [_row(2, f.code, f.title, 1, WHOLE, "score", "Aggregate", f.weight) for f in over]
    rows.append(_row(3, WHOLE, "Middle-power index", 1, None, "score", "Aggregate"))
    return pl.DataFrame(rows, orient="row")


def data(facts: Facts, given: Mapping[str, Grid]) -> pl.DataFrame:
    """Values by state and year."""
    names = [facts.region.name(state) for state in facts.states]
    units = [(s, t) for s in range(len(facts.states)) for t in range(len(facts.years))]
    return pl.DataFrame(
        {
            "uName": [names[s] for s, _ in units],
            "uCode": [facts.states[s] for s, _ in units],
            "Time": [facts.years[t] for _, t in units],
        }
        | {code: [_cell(grid.value[cell]) for cell in units] for code, grid in given.items()}
    )


def scored_factors(grids: Mapping[str, Grid]) -> dict[str, np.ndarray]:
    """Whether each factor is scored [state, year]: at least `LEAST` of its defined indicators are known."""
    return {
        factor.code: np.mean([np.isfinite(grids[each.code].value) for each in factor.indicators], axis=0)
        >= LEAST
        for factor in factors()
    }


def _row(
    level: int,
    code: str,
    name: str,
    direction: int,
    parent: str | None,
    unit: str,
    kind: str,
    weight: float = 1.0,
) -> dict[str, Any]:
    return {
        "Level": level, "iCode": code, "iName": name, "Direction": direction, "Weight": weight, "Unit": unit,
        "Parent": parent, "Type": kind,
    }  # fmt: skip


def _cell(x: float) -> float | None:
    return float(x) if np.isfinite(x) else None

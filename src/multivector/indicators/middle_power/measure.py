"""The middle-power index of a region at a date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from multivector.atlas.dates import last_full_year
from multivector.errors import InputError
from multivector.indicators.middle_power.definition import Factor, factors, indicators
from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Floats, Grid
from multivector.indicators.middle_power.index import LEAST, WHOLE
from multivector.indicators.middle_power.readings import read
from multivector.indicators.middle_power.scores import Scores, score
from multivector.indicators.middle_power.table import MiddlePowerTable, Row
from multivector.indicators.table import number

if TYPE_CHECKING:
    from multivector.atlas import Region

YEARS = 10
SAMPLES = 2000


def measure_middle_power(
    region: Region, at: int | str | date, *, years: int = YEARS, samples: int = SAMPLES, seed: int = 0
) -> MiddlePowerTable:
    """Score the region's states on the factors of a middle power, with intervals of scores and ranks.

    Each indicator lies between its least (0) and greatest (100) over the states and the years shown, turned where
    less is better; a factor is the mean of its indicators, the whole the mean of its factors. The draws vary the
    values within their bounds, the missing ones, the weights, and how far factors make up for one another.

    Parameters
    ----------
    region : from `load_region`.
    at : a year, quarter, month or day; a year that has not ended is left out.
    years : how many years are shown, the last included; goalposts are common to them.
    samples, seed : draws behind the intervals.

    Returns
    -------
    MiddlePowerTable : parts `states`, `factors`, `indicators`, `unavailable`, `moved`, `years`, `coverage`. A factor
    of which less than half is known is not scored, and there is no overall score over it.

    Raises
    ------
    InputError : `at` is not a date, lies before the region's first years, or `years` or `samples` is too small.
    """
    day = region.at(at).date
    last = last_full_year(day)
    if years < 2 or samples < 2:
        raise InputError(
            f"years is {years} and samples {samples}",
            where="measure middle-power",
            repair="ask for at least 2 of each: a change needs two years, an interval two draws",
        )
    if last > region.last_year:
        raise InputError(
            f"{last} is after {region.last_year}, where {region.id} ends",
            where="at",
            repair=f"ask for a date up to the end of {region.last_year}",
        )
    if last - years + 1 < region.first_year:
        raise InputError(
            f"{years} years to {last} begin before {region.first_year}, where {region.id} begins",
            where="at",
            repair=f"ask for a date from {region.first_year + years - 1} on, or for fewer years",
        )
    facts = Facts(region, tuple(range(last - years + 1, last + 1)))
    grids = read(facts)
    scores = score(facts, grids, samples, seed)
    numbers = _numbers(scores, facts.shape)
    return MiddlePowerTable(
        region=region.id,
        region_hash=region.hash,
        date=day.isoformat(),
        settings={"least_known": LEAST, "years": years, "samples": samples, "seed": seed},
        notes=_notes(facts, scores),
        parts={
            "states": [_state_row(facts, scores, numbers, s) for s in range(len(facts.states))],
            "factors": [
                _factor_row(facts, grids, numbers, s, factor)
                for s in range(len(facts.states))
                for factor in factors()
            ],
            "indicators": _indicator_rows(facts, grids, scores),
            "unavailable": [
                {"factor": each.factor, "indicator": code, "title": each.title, "needs": each.needs}
                for code, each in indicators().items()
                if not np.isfinite(grids[code].value[:, -1]).any()
            ],
            "moved": _moved_rows(facts, grids, scores),
            "years": _year_rows(facts, numbers),
            "coverage": [_coverage_row(grids, scores, factor) for factor in factors()],
        },
    )


Numbers = Mapping[str, list[list[Row]]]
"""Score and rank with their intervals, by element, state and year."""


def _numbers(scores: Scores, shape: tuple[int, int]) -> Numbers:
    """See `COLUMNS`; missing where an element is not scored."""
    found = dict[str, list[list[Row]]]()
    for element in scores.parts:
        nominal, score, rank = scores.value(element), scores.quantiles(element), scores.rank(element)
        found[element] = [
            [_cell(nominal[s, t], score[:, s, t], rank[:, s, t]) for t in range(shape[1])]
            for s in range(shape[0])
        ]
    return found


def _cell(nominal: float, score: Floats, rank: Floats) -> Row:
    known = np.isfinite(nominal)
    low, median, high = (number(x) if known else None for x in score)
    best, place, worst = (int(x) if known else None for x in rank)
    return {
        "score": median,
        "score_low": low,
        "score_high": high,
        "nominal": number(nominal),
        "rank": place,
        "rank_low": best,
        "rank_high": worst,
    }


def _state_row(facts: Facts, scores: Scores, numbers: Numbers, s: int) -> Row:
    lacking = [f.title.lower() for f in factors() if not np.isfinite(scores.value(f.code)[s, -1])]
    return {
        "state": facts.states[s],
        **numbers[WHOLE][s][-1],
        "not_scored": f"too little known of {', '.join(lacking)}" if lacking else "",
    }


def _factor_row(facts: Facts, grids: Mapping[str, Grid], numbers: Numbers, s: int, factor: Factor) -> Row:
    known = sum(bool(np.isfinite(grids[each.code].value[s, -1])) for each in factor.indicators)
    defined = len(factor.indicators)
    cell = numbers[factor.code][s][-1]
    return {
        "state": facts.states[s],
        "factor": factor.code,
        **cell,
        "known": known,
        "defined": defined,
        "not_scored": "" if cell["score"] is not None else f"{known} of {defined} indicators known",
    }


def _indicator_rows(facts: Facts, grids: Mapping[str, Grid], scores: Scores) -> list[Row]:
    rows = list[Row]()
    for s, state in enumerate(facts.states):
        for code, each in indicators().items():
            grid = grids[code]
            rows.append(
                {
                    "state": state,
                    "factor": each.factor,
                    "indicator": code,
                    "title": each.title,
                    "value": number(grid.value[s, -1]),
                    "low": number(grid.low[s, -1]),
                    "high": number(grid.high[s, -1]),
                    "unit": each.unit,
                    "direction": each.direction,
                    "score": number(scores.value(code)[s, -1]),
                    "year": int(grid.of[s, -1]) if np.isfinite(grid.of[s, -1]) else None,
                    "sources": str(grid.source[s, -1]),
                    "missing": str(grid.missing[s, -1]),
                }
            )
    return rows


def _moved_rows(facts: Facts, grids: Mapping[str, Grid], scores: Scores) -> list[Row]:
    """The change of the whole and of each factor since the year before, on common draws."""
    changes = {element: scores.change(element) for element in scores.parts}
    return [
        {
            "state": state,
            "factor": "" if element == WHOLE else element,
            **_change(changes[element][:, s], scores, element, s, _came_and_went(grids, element, s)),
        }
        for s, state in enumerate(facts.states)
        for element in scores.parts
    ]


def _change(change: Floats, scores: Scores, element: str, s: int, other: list[str]) -> Row:
    """One change with its interval, or why the two years are not compared."""
    steps = {part: scores.value(part)[s, -1] - scores.value(part)[s, -2] for part in scores.parts[element]}
    known = {part: abs(step) for part, step in steps.items() if np.isfinite(step) and step}
    why = f"known in one of the two years only: {', '.join(other)}" if other else ""
    if not np.isfinite(change).all():
        why = "not scored in both years"
    low, median, high = (None, None, None) if why else (number(x) for x in change)
    return {
        "change": median,
        "change_low": low,
        "change_high": high,
        "main": max(known, key=known.__getitem__) if known and not why else "",
        "not_compared": why,
    }


def _came_and_went(grids: Mapping[str, Grid], element: str, s: int) -> list[str]:
    """Indicators known in one of the last two years only: a change of coverage is no change of the state."""
    return [
        code
        for code, each in indicators().items()
        if element in (WHOLE, each.factor)
        and bool(grids[code].missing[s, -1]) != bool(grids[code].missing[s, -2])
    ]


def _year_rows(facts: Facts, numbers: Numbers) -> list[Row]:
    return [
        {
            "state": state,
            "year": year,
            "factor": "" if element == WHOLE else element,
            **by_state[s][t],
        }
        for s, state in enumerate(facts.states)
        for t, year in enumerate(facts.years)
        for element, by_state in numbers.items()
    ]


def _coverage_row(grids: Mapping[str, Grid], scores: Scores, factor: Factor) -> Row:
    given = [np.isfinite(grids[each.code].value[:, -1]).any() for each in factor.indicators]
    states = int(np.isfinite(scores.value(factor.code)[:, -1]).sum())
    return {
        "factor": factor.code,
        "title": factor.title,
        "given": int(sum(given)),
        "defined": len(factor.indicators),
        "states": states,
        "scored": states > 0,
    }


def _notes(facts: Facts, scores: Scores) -> tuple[str, ...]:
    ranked = int(np.isfinite(scores.value(WHOLE)[:, -1]).sum())
    first, last = facts.years[0], facts.years[-1]
    return (
        f"Scores lie between the least (0) and the greatest (100) of {len(facts.states)} states in {first}-{last}: "
        "they compare these states with one another and say nothing of the world.",
        "Weights are equal and assumed; the draws vary each by half, every value within its bounds, every missing "
        "one over what the other states have that year, and how far factors make up for one another.",
        "A state that publishes little is scored on what is said of it elsewhere: read how many indicators are known "
        "beside each factor.",
        f"A factor of which less than {LEAST:.0%} of the indicators is known is not scored, and there is no overall "
        f"rank over it: {ranked} of {len(facts.states)} states have one.",
    )

"""The values themselves, drawn: within their intervals, and for missing cells from what is observed."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.uncertainty.case import Case
from multivector.indicators.composite.uncertainty.draws import cells, observed, triangular, uniform
from multivector.indicators.composite.uncertainty.plan import Plan
from multivector.indicators.composite.uncertainty.upstream import Fill
from multivector.indicators.composite.vary import VaryIntervals, VaryMissing

Floats = NDArray[np.float64]


def drawn_values(plan: Plan, case: Case, u: Floats) -> Floats:
    """Values `[s, u, i]` of a case at draws `[s, d]`: each with an interval somewhere within it.

    A cell without a value but with an interval is drawn uniformly. A vintage other than the nominal table
    stands as published.
    """
    x = np.repeat(case.sheet.x[None], len(u), axis=0)
    for f, factor in enumerate(plan.recipe.vary):
        if not isinstance(factor, VaryIntervals) or case.vintage:
            continue
        low, high = plan.low[:, case.columns], plan.high[:, case.columns]
        at = high >= low
        q = cells(u[:, f], plan.streams[:, case.columns][at])
        flat = np.isnan(case.sheet.x[at]) | (factor.shape == "uniform")
        peak = np.where(flat, low[at], case.sheet.x[at])
        x[:, at] = np.where(flat, uniform(q, low[at], high[at]), triangular(q, low[at], peak, high[at]))
    return x


def drawn_fill(plan: Plan, case: Case, u: Floats) -> Fill | None:
    """What fills missing cells at draws `[s, d]`; None where the plan leaves that to the recipe.

    Where nobody in the group has a value, the cell stays as missing as it was.
    """
    for f, factor in enumerate(plan.recipe.vary):
        if isinstance(factor, VaryMissing):
            streams = plan.streams[:, case.columns]
            return partial(_filled, u=u[:, f], streams=streams, labels=_labels(plan, factor))
    return None


def _labels(plan: Plan, factor: VaryMissing) -> list[tuple[str, str]]:
    """Units with the same label are drawn from together."""
    if factor.group is not None and factor.group not in plan.data.groups:
        raise InputError(
            f"there is no group column {factor.group!r}",
            where=f"recipe, vary, {factor.name}, group",
            repair=f"name a row of type Group in the meta table; there is {', '.join(plan.data.groups) or 'none'}",
        )
    groups = plan.data.groups[factor.group] if factor.group else ("",) * len(plan.data.codes)
    times = plan.data.times if factor.over == "each_time" else ("",) * len(plan.data.codes)
    return list(zip(groups, times, strict=True))


def _filled(x: Floats, u: Floats, streams: NDArray[np.int64], labels: list[tuple[str, str]]) -> Floats:
    x = x.copy()
    for label in dict.fromkeys(labels):
        block = np.flatnonzero([own == label for own in labels])
        columns = np.flatnonzero(np.isnan(x[:, block]).any(axis=(0, 1)))
        part = x[:, block[:, None], columns]
        q = cells(u, streams[block[:, None], columns])
        x[:, block[:, None], columns] = np.where(np.isnan(part), observed(q, part), part)
    return x

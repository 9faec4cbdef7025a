"""What a plan must hold: every factor has what it reads, and nothing is given that none reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.framework import Framework
from multivector.indicators.composite.recipe import Denominate, Recipe
from multivector.indicators.composite.stages.sheet import require_codes
from multivector.indicators.composite.vary import (
    Vary,
    VaryIntervals,
    VaryMissing,
    VaryNoise,
    VaryStage,
    VaryVintages,
    VaryWeightSets,
)

if TYPE_CHECKING:
    from multivector.indicators.composite.uncertainty.plan import Plan


def require_varied(vary: Sequence[Vary], *, intervals: bool, vintages: bool) -> None:
    """Something varies; intervals and vintages are given if and only if a factor reads them."""
    if not vary:
        raise InputError("nothing varies", where="recipe, vary", repair="add a [[vary]] table")
    for what, kind, there in (
        ("intervals", VaryIntervals, intervals),
        ("vintages", VaryVintages, vintages),
    ):
        readers = [factor.name for factor in vary if isinstance(factor, kind)]
        if there and not readers:
            raise InputError(
                f"{what} are given and no factor varies them",
                where="recipe, vary",
                repair=f'add a [[vary]] table with what = "{what}"',
            )
        if readers and not there:
            raise InputError(
                f"{readers[0]!r} varies {what}, and none are given",
                where="recipe, vary",
                repair=f"give {what}, or remove the table",
            )


def require_named(recipe: Recipe, framework: Framework) -> None:
    """Stages, levels and elements that factors name are there."""
    stages = [stage.do for stage in recipe.stage]
    below = tuple(code for code in framework.codes if code != framework.top)
    levels = sorted({framework.level[code] for code in below})
    for factor in recipe.vary:
        where = f"recipe, vary, {factor.name}"
        match factor:
            case VaryStage() if factor.stage not in stages:
                raise InputError(
                    f"{factor.name!r} varies the stage {factor.stage}, which the recipe does not have",
                    where=where,
                    repair=f"add the stage, or vary one of {', '.join(stages)}",
                )
            case VaryWeightSets():
                for weights in factor.sets:
                    require_codes(weights, below, where, "element")
            case VaryNoise() if strange := sorted(set(factor.levels) - set(levels)):
                raise InputError(
                    f"{factor.name!r} varies weights of level {strange[0]}",
                    where=where,
                    repair=f"levels below the top are {', '.join(map(str, levels))}",
                )


def require_bounds(plan: Plan) -> None:
    """Every value lies within its bounds, and a bound never stands alone."""
    value = np.where(np.isnan(plan.data.values), plan.low, plan.data.values)
    alone = np.isnan(plan.low) != np.isnan(plan.high)
    wrong = np.argwhere(alone | (plan.low > value) | (value > plan.high) | (plan.low > plan.high))
    if len(wrong):
        u, i = wrong[0]
        raise InputError(
            f"{plan.data.values[u, i]:g} in the interval {plan.low[u, i]:g} to {plan.high[u, i]:g}",
            where=f"intervals, unit {plan.units[u]}, indicator {plan.framework.indicators[i]}",
            repair="give low <= value <= high, or neither bound",
        )


def require_missing(plan: Plan) -> None:
    """Where missing values are drawn some are missing, and a unit's group has values to draw from."""
    tables = (plan.data.values, *plan.vintages)
    kept = any(isinstance(stage, Denominate) and stage.missing == "leave" for stage in plan.recipe.stage)
    for factor in (factor for factor in plan.recipe.vary if isinstance(factor, VaryMissing)):
        where = f"recipe, vary, {factor.name}"
        if not kept and not any(np.isnan(table).any() for table in tables):
            raise InputError(
                f"{factor.name!r} draws missing values, and nothing is missing",
                where=where,
                repair="remove the table",
            )
        groups = plan.data.groups.get(factor.group or "", ())
        for group in dict.fromkeys(groups):
            rows = [own == group for own in groups]
            gaps = np.isnan(plan.data.values[rows]) & np.isnan(plan.low[rows])
            for i in np.flatnonzero(gaps.any(axis=0) & np.isnan(plan.data.values[rows]).all(axis=0))[:1]:
                raise InputError(
                    f"no unit of {factor.group} {group!r} has a value of {plan.framework.indicators[i]!r} to draw",
                    where=where,
                    repair="give one a value, draw from another group column, or leave `group` out",
                )

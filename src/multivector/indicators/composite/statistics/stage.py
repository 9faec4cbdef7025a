"""Columns of a built index: which stage holds an element, and which elements can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import Floats
from multivector.indicators.composite.statistics.columns import LEAST_UNITS, varies

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite


def columns(index: Composite, stage: str, codes: Sequence[str]) -> Floats:
    """The values [u, n] of elements in a stage.

    Raises
    ------
    InputError : the index has no such stage, or the stage no such element; the message names what there is.
    """
    if stage not in index.stages:
        there = ", ".join(index.stages)
        raise InputError(f"no stage {stage!r}", where="stage", repair=f"ask for one of {there}")
    held = index.stages[stage]
    place = {str(code): n for n, code in enumerate(held["element"].values)}
    for code in codes:
        if code not in place:
            raise InputError(
                f"no element {code!r} in the stage {stage}",
                where="element",
                repair=f"ask for one of {', '.join(place)}",
            )
    values: Floats = held.values[:, [place[code] for code in codes]]
    return values


def of_level(index: Composite, level: int) -> tuple[str, ...]:
    """The elements of a level, indicators first.

    Raises
    ------
    InputError : there is no such level.
    """
    levels = index.framework.level
    codes = tuple(code for code in index.framework.codes if levels[code] == level)
    if not codes:
        there = ", ".join(str(n) for n in sorted(set(levels.values())))
        raise InputError(f"no level {level}", where="level", repair=f"ask for one of {there}")
    return codes


def scale(index: Composite) -> str:
    """The stage in which indicators are on one scale and in one direction: `Normalised` where there is one."""
    return "Normalised" if "Normalised" in index.stages else "Aggregated"


def unusable(x: Floats) -> NDArray[np.object_]:
    """Why a column of x [u, n] cannot be correlated; an empty text where it can."""
    known = (~np.isnan(x)).sum(axis=0)
    few = [f"known of {n} units" if n < LEAST_UNITS else "" for n in known]
    return np.array(
        [why or ("" if moves else "constant") for why, moves in zip(few, varies(x), strict=True)], object
    )

"""What an element does to the ranks: the index without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import Floats
from multivector.indicators.composite.ranking import ranks
from multivector.indicators.composite.statistics.stage import of_level
from multivector.indicators.composite.weighting.reweighted import reweighted

if TYPE_CHECKING:
    from multivector.indicators.composite.framework import Framework
    from multivector.indicators.composite.result import Composite

NOMINAL = "Nominal"


def remove_elements(index: Composite, level: int = 1, element: str | None = None) -> pl.DataFrame:
    """Mean absolute change of the ranks when each element of a level is left out in turn.

    To leave out is to weigh nothing: siblings carry the weight, and a parent without any other child goes
    with it. All removals are one batch. Units that are not scored without the element count in `unscored`,
    not in the means.

    Parameters
    ----------
    index : from `build`.
    level : of the elements to remove; below that of `element`.
    element : whose ranks; the top unless given.

    Returns
    -------
    level, removed, mean_abs_rank_diff, max_abs_rank_diff, unscored; `Nominal` is the index as it stands.

    Raises
    ------
    InputError : no such level or element, a level that is not below the element, or nothing left.
    """
    framework = index.framework
    top = framework.top if element is None else element
    if top not in framework.nodes:
        raise InputError(
            f"no node {top!r}", where="element", repair=f"ask for one of {', '.join(framework.nodes)}"
        )
    below = _below(framework, top)
    codes = [code for code in of_level(index, level) if code in below]
    if not codes:
        raise InputError(
            f"no element of level {level} is below {top}", where="level", repair="choose a lower level"
        )
    gone = [_whole(framework, index.weights, code, top) for code in codes]
    sets = len(codes) + 1  # the first is the index as it stands
    weights = {code: np.full(sets, index.weights[code]) for code in gone}
    for s, code in enumerate(gone, start=1):
        weights[code][s] = 0.0
    scores = reweighted(index, weights)[top]
    places = _ranks(scores, np.asarray(index.stages["Aggregated"]["Time"].values))
    moved = np.abs(places - places[0])
    lost = np.isnan(places).sum(axis=1) - np.isnan(places[0]).sum()
    known = np.where(np.isnan(moved), 0.0, moved)
    count = np.maximum((~np.isnan(moved)).sum(axis=1), 1)
    return pl.DataFrame(
        {
            "level": [level] * sets,
            "removed": [NOMINAL, *codes],
            "mean_abs_rank_diff": known.sum(axis=1) / count,
            "max_abs_rank_diff": known.max(axis=1),
            "unscored": lost,
        }
    )


def _below(framework: Framework, top: str) -> set[str]:
    children = framework.children(top) if top in framework.nodes else ()
    return {code for child in children for code in (child, *_below(framework, child))}


def _whole(framework: Framework, weights: Mapping[str, float], code: str, top: str) -> str:
    """The element to weigh nothing: the code itself, or the parent that would be left without a child."""

    while True:
        parent = framework.parent[code]
        if parent is None or any(weights[c] > 0 for c in framework.children(parent) if c != code):
            return code
        if parent == top:
            raise InputError(
                f"nothing is left of {top} without {code}",
                where=code,
                repair="give its parents other children, or look at a higher element",
            )
        code = parent


def _ranks(scores: Floats, times: np.ndarray) -> Floats:
    """Ranks [s, u] within each time."""
    places = np.empty_like(scores)
    for time in dict.fromkeys(times):
        at = np.flatnonzero(times == time)
        places[:, at] = ranks(scores[:, at])
    return places

"""Weights of a level by what its elements shall matter in the index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import Floats, Names
from multivector.indicators.composite.statistics.correlation import correlate
from multivector.indicators.composite.statistics.stage import columns, of_level
from multivector.indicators.composite.weighting.optimised import Aim, fit_weights
from multivector.indicators.composite.weighting.reweighted import reweighted

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite


def weights_to_importance(
    index: Composite, level: int, importance: Mapping[str, float] | None = None, aim: Aim = "balance"
) -> pl.DataFrame:
    """Weights of a level's elements under which they correlate with the top as wanted.

    Unlike `optimised`, which sees one node, this changes all weights of a level at once and looks at the
    top, whatever lies between. Each node's method stays. To use them, give OptWeight to the recipe as
    `weights.values`.

    Parameters
    ----------
    index : from `build`.
    level : of the elements to weigh, below the top.
    importance : wanted share of the correlations by element; one that is not named counts 1, all alike
        unless given.
    aim : `balance`, or `infomax` for the highest sum of correlations.

    Returns
    -------
    iCode, Desired, Obtained (both sum to one), OptWeight. Only the proportions among siblings matter; siblings
    together have the share that their number has of the level, so that equal weights are all alike. (A
    sibling of another level keeps its weight in `index.weights`, and the others theirs beside it.)

    Raises
    ------
    InputError : no such level or element; a constant element; see `reweighted`.

    Source: as `optimised`.
    """
    framework = index.framework
    codes = of_level(index, level)
    if framework.top in codes:
        raise InputError("the top has no weight", where="level", repair="choose a lower level")
    wanted = dict(importance or {})
    for code in wanted:
        if code not in codes:
            raise InputError(
                f"no element {code!r} of level {level}",
                where="importance",
                repair=f"use some of {', '.join(codes)}",
            )
    x = columns(index, "Aggregated", codes)
    names = Names("", index.units, codes), Names(children=(framework.top,))

    def correlations(w: Floats) -> Floats:
        top = reweighted(index, {code: w[:, n] for n, code in enumerate(codes)})[framework.top]
        return correlate(x, top.T, names=names).r.T

    shares = [float(wanted.get(code, 1.0)) for code in codes]
    fit = fit_weights(correlations, len(codes), shares, aim, names[0])
    weights = fit.weights.copy()
    parents = np.array([framework.parent[code] for code in codes])
    for parent in dict.fromkeys(parents.tolist()):
        siblings = parents == parent
        if set(framework.children(parent)) <= set(codes):
            weights[siblings] *= siblings.mean() / weights[siblings].sum()
    return pl.DataFrame(
        {"iCode": codes, "Desired": fit.desired, "Obtained": fit.obtained, "OptWeight": weights}
    )

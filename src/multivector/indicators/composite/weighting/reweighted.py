"""Scores of a built index under other weights, all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.aggregating import NEEDS_FRAME, aggregate
from multivector.indicators.composite.aggregating.children import Floats
from multivector.indicators.composite.aggregating.rescaled import rescaled
from multivector.indicators.composite.statistics.stage import columns
from multivector.indicators.composite.weighting import PER_UNIT

if TYPE_CHECKING:
    from multivector.indicators.composite.recipe import Aggregate
    from multivector.indicators.composite.result import Composite


def reweighted(index: Composite, weights: Mapping[str, Floats]) -> dict[str, Floats]:
    """Every node's scores [s, u] under s sets of weights; elements that are not named keep `index.weights`.

    The stages before `Aggregated` stay; each node keeps its method. Weights that the recipe takes from the
    values (entropy, components) are those that it found, not found anew.

    Parameters
    ----------
    index : from `build`.
    weights : by element, [s]; on the scale of `index.weights`, shares of one among siblings, or for all
        siblings on any.

    Raises
    ------
    InputError : an element that is not there; weights of a node's children that are negative or sum to
        zero; a node in which every unit has its own weights.
    """
    framework, held = index.framework, index.stages["Aggregated"]
    for code in weights:
        if code not in framework.codes:
            raise InputError(
                f"there is no element {code!r}", where="weights", repair="use the codes of the meta table"
            )
    option: Aggregate = index.recipe.stage[-1]  # type: ignore[assignment]  # the recipe says so
    lengths = {len(w) for w in weights.values()} or {1}
    if len(lengths) > 1:
        raise InputError(
            f"weights of {', '.join(map(str, sorted(lengths)))} sets",
            where="weights",
            repair="give every element as many weights as there are sets",
        )
    sets = lengths.pop()
    times, units = np.asarray(held["Time"].values), index.units
    values = columns(index, "Aggregated", framework.indicators)
    made = {code: values[None, :, n] for n, code in enumerate(framework.indicators)}
    for node in framework.nodes:
        if index.recipe.weights.option(node).method in PER_UNIT:
            raise InputError(
                "every unit has its own weights here, so there is no set to change",
                where=node,
                repair="weigh the node by a method that gives all units the same weights",
            )
        children, how = framework.children(node), option.option(node, framework.level[node])
        x = np.stack([np.broadcast_to(made[c], (sets, len(times))) for c in children], axis=-1)
        w = np.stack([np.broadcast_to(weights.get(c, index.weights[c]), sets) for c in children], axis=-1)
        made[node] = np.empty((sets, len(times)))
        apart = (how.method in NEEDS_FRAME or how.rescale is not None) and option.over == "each_time"
        for time in dict.fromkeys(times) if apart else [None]:
            block = np.flatnonzero(times == time) if apart else np.arange(len(times))
            scores = aggregate(
                how.method,
                x[:, block],
                w,
                threshold=how.least_known,
                node=node,
                units=[units[u] for u in block],
                children=children,
                **how.parameters,
            )
            made[node][:, block] = rescaled(scores, how.rescale, node)
    return {node: made[node] for node in framework.nodes}

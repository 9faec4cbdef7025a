"""Outranking: on how much of the weight one unit is above another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.copeland import margins
from multivector.indicators.composite.statistics.stage import columns

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite


def outranking(index: Composite, node: str | None = None) -> pl.DataFrame:
    """Every ordered pair of units: uCode, over, share, dominates.

    share = (1 + m) / 2, m from `aggregating.margins` over the children of the node (the top unless given): the
    weight on which the unit is above the other, half of it where they tie. It dominates where it is above
    on all of it: no weights change their order. In a panel units are named with their time.

    Raises
    ------
    InputError : no such node.
    """
    framework = index.framework
    chosen = framework.top if node is None else node
    if chosen not in framework.nodes:
        there = ", ".join(framework.nodes)
        raise InputError(f"no node {chosen!r}", where="node", repair=f"ask for one of {there}")
    children = framework.children(chosen)
    w = np.array([index.weights[child] for child in children])
    share = (1.0 + margins(columns(index, "Aggregated", children), w)) / 2.0
    apart = ~np.eye(len(share), dtype=bool)
    units = np.array(index.units)
    first, second = np.nonzero(apart)
    return pl.DataFrame(
        {
            "uCode": units[first].tolist(),
            "over": units[second].tolist(),
            "share": share[apart],
            "dominates": share[apart] >= 1.0 - 1e-12,
        }
    )

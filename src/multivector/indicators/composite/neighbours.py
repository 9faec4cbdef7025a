"""How firmly each unit stands above the next: the least change of weights that makes the two tie."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from multivector.errors import InputError

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite
    from multivector.indicators.composite.uncertainty import Uncertainty

COLUMNS = ("upper", "lower", "distance", "iCode", "before", "after", "change", "why_not")
NUMBERS = ("distance", "before", "after", "change")


def neighbour_swaps(index: Composite, spread: Uncertainty) -> pl.DataFrame:
    """A row per pair of neighbours in the ranking of the top, within each time, and element whose weight changes.

    `before` and `after` are shares of the elements right below the top; `distance` is between them (L2), and
    missing where no weights make the two tie: `why_not` says so.
    """
    scores, rows = index.scores.sel(element=index.framework.top), list[dict[str, Any]]()
    for time in dict.fromkeys(scores["Time"].values.tolist()):
        of_time = scores[(scores["Time"] == time).values & np.isfinite(scores.values)]
        order = of_time["unit"].values[np.argsort(-of_time.values, kind="stable")].tolist()
        for upper, lower in pairwise(order):
            rows += _pair(spread, upper, lower)
    types = {name: pl.Float64 if name in NUMBERS else pl.String for name in COLUMNS}
    return pl.DataFrame(rows, schema=types)


def _pair(spread: Uncertainty, upper: str, lower: str) -> list[dict[str, Any]]:
    pair = {"upper": upper, "lower": lower}
    try:
        swap = spread.swap(upper, lower)
    except InputError as error:
        return [{**pair, "why_not": error.what}]
    found = {"distance": swap.distance if swap.possible else None, "why_not": swap.why_not}
    return [{**pair, **found, **row} for row in swap.frame().to_dicts()]

"""Ways of making one number of a node's children: one file a method, chosen by name.

Every method takes x [..., u, n] (u units, n children, missing NaN) and weights w [..., n] (relative: they
need not sum to one) and gives [..., u]. Missing children are left out and the other weights carry theirs;
`aggregate` adds the threshold below which a unit is not scored, and names what does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.arithmetic import arithmetic
from multivector.indicators.composite.aggregating.benefit_of_the_doubt import benefit_of_the_doubt
from multivector.indicators.composite.aggregating.children import (
    NAMELESS,
    Floats,
    Names,
    enough,
    ranges,
    require_spread,
    require_weights,
    weighed,
)
from multivector.indicators.composite.aggregating.copeland import copeland, margins
from multivector.indicators.composite.aggregating.generalised import generalised, require_not_negative
from multivector.indicators.composite.aggregating.geometric import geometric, require_positive
from multivector.indicators.composite.aggregating.harmonic import harmonic
from multivector.indicators.composite.aggregating.mazziotta_pareto import (
    adjusted_mazziotta_pareto,
    mazziotta_pareto,
)
from multivector.indicators.composite.aggregating.median import median
from multivector.indicators.composite.aggregating.parameters import Kind, require_parameters


class Aggregation(Protocol):
    """x [..., u, n], w [..., n] -> [..., u]; some take parameters by name."""

    def __call__(self, x: Floats, w: Floats, /) -> Floats: ...


AGGREGATE: Mapping[str, Aggregation] = MappingProxyType(
    {
        "arithmetic": arithmetic,
        "geometric": geometric,
        "harmonic": harmonic,
        "generalised": generalised,
        "median": median,
        "copeland": copeland,
        "mazziotta_pareto": mazziotta_pareto,
        "adjusted_mazziotta_pareto": adjusted_mazziotta_pareto,
        "benefit_of_the_doubt": benefit_of_the_doubt,
    }
)
"""Every method by its name in a recipe."""

NEEDS_FRAME = frozenset({"copeland", "mazziotta_pareto", "adjusted_mazziotta_pareto", "benefit_of_the_doubt"})
"""Methods in which a unit's score depends on the other units."""

POSITIVE = frozenset({"geometric", "harmonic"})
NOT_NEGATIVE = frozenset({"generalised", "benefit_of_the_doubt"})
"""What the values must be (a generalised mean with a power of zero or less needs positive ones)."""

PARAMETERS: Mapping[str, Mapping[str, Kind]] = MappingProxyType(
    {
        "generalised": {"power": "number"},
        "mazziotta_pareto": {"penalty": ("minus", "plus")},
        "adjusted_mazziotta_pareto": {"penalty": ("minus", "plus"), "low": "numbers", "high": "numbers"},
        "benefit_of_the_doubt": {"low": "number", "high": "number"},
    }
)
"""What a method takes by name beside values and weights, and of what kind."""


def aggregate(
    method: str,
    x: Floats,
    w: Floats,
    *,
    threshold: float = 0.0,
    node: str = "",
    units: Sequence[str] = (),
    children: Sequence[str] = (),
    **parameters: object,
) -> Floats:
    """One node's scores [..., u] from its children x [..., u, n] and weights w [..., n].

    A unit that knows less than `threshold` of the children's weight is missing (NaN), and takes no part in
    a method that reads across units. `node`, `units` and `children` are names for the errors.

    Raises
    ------
    InputError : no such method or parameter; a negative weight or weights that sum to zero; a value that
        the method cannot take, with its unit and child.
    """
    x, w = np.asarray(x, float), np.asarray(w, float)
    check(method, x, w, parameters, Names(node, units, children))
    scored = x
    if np.isnan(x).any():
        scored = np.where(enough(x, w, threshold)[..., None], x, np.nan)
    return AGGREGATE[method](scored, w, **parameters)


def check(
    method: str, x: Floats, w: Floats, parameters: Mapping[str, object], names: Names = NAMELESS
) -> None:
    """What `aggregate` raises, without aggregating: a fault is named before the numbers are made."""
    where = names.node or "aggregate"
    if method not in AGGREGATE:
        repair = f"choose one of {', '.join(AGGREGATE)}"
        raise InputError(f"no way of aggregating {method!r}", where=where, repair=repair)
    require_parameters(method, PARAMETERS.get(method, {}), parameters, w.shape[-1], where)
    require_weights(w, names)
    power = parameters.get("power", 1.0)
    if method in POSITIVE or (isinstance(power, int | float) and power <= 0):
        require_positive(weighed(x, w), names)
    elif method in NOT_NEGATIVE:
        require_not_negative(weighed(x, w), names)
    elif method == "mazziotta_pareto" or (method == "adjusted_mazziotta_pareto" and not parameters):
        require_spread(*ranges(weighed(x, w)), names)


__all__ = [
    "AGGREGATE",
    "NEEDS_FRAME",
    "PARAMETERS",
    "Aggregation",
    "Names",
    "adjusted_mazziotta_pareto",
    "aggregate",
    "arithmetic",
    "benefit_of_the_doubt",
    "check",
    "copeland",
    "enough",
    "generalised",
    "geometric",
    "harmonic",
    "margins",
    "mazziotta_pareto",
    "median",
    "require_weights",
]

"""Ways of weighing a node's children from their values: one file a method, chosen by name.

Every method takes x [u, n] (u units, n children in one direction, missing NaN) and gives relative weights
[n]; the benefit of the doubt gives each unit its own, [u, n] (`PER_UNIT`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.aggregating.parameters import Kind, require_parameters
from multivector.indicators.composite.weighting.benefit_of_the_doubt import (
    benefit_of_the_doubt_weights,
)
from multivector.indicators.composite.weighting.critic import critic
from multivector.indicators.composite.weighting.entropy import entropy
from multivector.indicators.composite.weighting.equal import equal
from multivector.indicators.composite.weighting.optimised import optimised
from multivector.indicators.composite.weighting.pca import against, pca

WEIGH: Mapping[str, Callable[..., Floats]] = MappingProxyType(
    {
        "equal": lambda x, _: equal(x),
        "pca": pca,
        "entropy": entropy,
        "critic": critic,
        "optimised": optimised,
        "benefit_of_the_doubt": benefit_of_the_doubt_weights,
    }
)
"""Every method by its name in a recipe: (x, names) and the method's parameters."""

PER_UNIT = frozenset({"benefit_of_the_doubt"})
"""Methods that give each unit its own weights, [u, n]."""

PARAMETERS: Mapping[str, Mapping[str, Kind]] = MappingProxyType(
    {
        "optimised": {"importance": "numbers", "aim": ("balance", "infomax")},
        "benefit_of_the_doubt": {"low": "number", "high": "number"},
    }
)
"""What a method takes by name beside values, and of what kind."""


@dataclass(frozen=True, eq=False)
class Weighed:
    """Weights, and what a reader must know of them."""

    weights: Floats
    said: tuple[str, ...] = ()


def weigh(method: str, x: Floats, names: Names = NAMELESS, **parameters: Any) -> Weighed:
    """Weights of a node's children from their values x [u, n].

    Raises
    ------
    InputError : no such method or parameter; values that the method cannot take, with the child's name.
    """
    where = names.node or "weights"
    if method not in WEIGH:
        repair = f"choose one of {', '.join(WEIGH)}"
        raise InputError(f"no way of weighing {method!r}", where=where, repair=repair)
    x = np.asarray(x, float)
    require_parameters(method, PARAMETERS.get(method, {}), parameters, x.shape[-1], where)
    weights = WEIGH[method](x, names, **parameters)
    return Weighed(weights, against(x, names) if method == "pca" else ())


__all__ = [
    "PARAMETERS",
    "PER_UNIT",
    "WEIGH",
    "Weighed",
    "against",
    "benefit_of_the_doubt_weights",
    "critic",
    "entropy",
    "equal",
    "optimised",
    "pca",
    "weigh",
]

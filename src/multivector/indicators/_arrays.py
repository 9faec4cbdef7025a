"""What lets one function serve NumPy arrays and JAX arrays inside a compiled step."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = Any
"""A NumPy array, a JAX array or tracer, or anything NumPy can read as an array."""


def namespace(*arrays: Array) -> Any:
    """The array-API namespace of the first argument that has one beside NumPy's own; else NumPy.

    JAX arrays and tracers name `jax.numpy`, so JAX itself is never imported here.
    """
    for array in arrays:
        found = getattr(array, "__array_namespace__", None)
        if found is not None and not isinstance(array, np.ndarray | np.generic):
            return found()
    return np


def floating(xp: Any, array: Array) -> Array:
    """`array` as floating point, so that whole numbers divide as numbers do."""
    array = xp.asarray(array)
    return array if xp.issubdtype(array.dtype, xp.floating) else xp.asarray(array, dtype=float)


def ratio(xp: Any, above: Array, below: Array) -> Array:
    """`above / below`, missing (NaN) where `below` is not positive; no warning, and a finite gradient."""
    positive = below > 0
    return xp.where(positive, above / xp.where(positive, below, 1.0), xp.nan)


def times_log(xp: Any, x: Array, argument: Array) -> Array:
    """`x ln(argument)`, which is 0 where x is 0 and infinite (with x's sign) where only the argument is."""
    usable = (x > 0) & (argument > 0)
    product = x * xp.log(xp.where(usable, argument, 1.0))
    infinite = (x > 0) & (argument == 0)
    return xp.where(infinite, -xp.inf, xp.where(usable | ~(x > 0), product, xp.nan))

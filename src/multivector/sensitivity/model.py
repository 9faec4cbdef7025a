"""A model as its sensitivity is measured: a function of uniform numbers, many rows at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from multivector.errors import ComputationError, InputError

MOST_SAMPLES = 2**16  # rows of a design; some fifty times as many runs

Array = NDArray[np.float64]
Model = Callable[[Array], Array]
"""f(u [n, d] in [0, 1)) -> y [n] or [n, s]; NaN where the output says nothing."""


def evaluate(f: Model, u: Array) -> Array:
    """Outputs [n, s] of the rows of `u`.

    Raises
    ------
    ComputationError : the model gave another number of rows, or an infinite output.
    """
    y = np.asarray(f(u), np.float64)
    y = y[:, None] if y.ndim == 1 else y
    if y.ndim != 2 or len(y) != len(u):
        raise ComputationError(
            f"the model gave outputs of shape {y.shape} for {len(u)} rows", repair="return [n] or [n, s]"
        )
    if np.isinf(y).any():
        raise ComputationError("the model gave an infinite output", repair="bound the output, or mark it NaN")
    return y


def require_design(names: Sequence[str], n: int) -> None:
    """Refuse a design that cannot be drawn."""
    if not names:
        raise InputError("there is no factor to vary", repair="name at least one")
    if len(set(names)) < len(names):
        raise InputError("two factors have the same name", repair="give each its own")
    if n < 2:
        raise InputError(f"samples is {n}", repair="ask for at least 2")
    if n > MOST_SAMPLES:
        raise InputError(f"samples is {n}", repair=f"ask for at most {MOST_SAMPLES:,}")

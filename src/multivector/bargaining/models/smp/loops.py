"""What NumPy and JAX say differently: loops that carry something along. The rest of the form is one text for both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from multivector.bargaining.models.smp.formulas import Array, namespace

Carry = TypeVar("Carry")


def is_numpy(array: Array) -> bool:
    """Whether it is a NumPy array, and not one of JAX."""
    return namespace(array) is np


def scan(step: Callable[[Carry, tuple[Array, ...]], Carry], start: Carry, rows: tuple[Array, ...]) -> Carry:
    """`start` carried through `step` over the first axis of `rows`: a loop in NumPy, one compiled step in JAX."""
    if is_numpy(rows[0]):
        for row in zip(*rows, strict=True):
            start = step(start, row)
        return start
    import jax

    found: Carry = jax.lax.scan(lambda carry, row: (step(carry, row), None), start, rows)[0]
    return found


def computed(array: Array) -> Array:
    """The array, which JAX then computes once however often it is used."""
    if is_numpy(array):
        return array
    import jax

    return jax.lax.optimization_barrier(array)


def each(function: Callable[..., Array], rows: tuple[Array, ...]) -> Array:
    """`function` of every row of the arrays, one after the other (JAX)."""
    import jax

    return jax.lax.map(lambda row: function(*row), rows)


def repeated(
    step: Callable[[Carry], Carry], start: Carry, going: Callable[[Carry], Array], most: int
) -> Carry:
    """`step` upon `step` while the carry is `going`, so many times at most (JAX)."""
    import jax

    found: tuple[Carry, Array] = jax.lax.while_loop(
        lambda carry: going(carry[0]) & (carry[1] < most),
        lambda carry: (step(carry[0]), carry[1] + 1),
        (start, 0),
    )
    return found[0]

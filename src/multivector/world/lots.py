"""Random numbers in one piece: a single call for many lots, cut to shape.

Threefry is long code, compiled anew wherever it is called; one call a quarter keeps compilation short and
lets the loop vectorise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import jax
import jax.numpy as jnp


def uniforms(key: jax.Array, shapes: Mapping[str, tuple[int, ...]], dtype: jnp.dtype) -> dict[str, jax.Array]:
    """Numbers in [0, 1) for each name, in the shape asked."""
    sizes = [math.prod(shape) for shape in shapes.values()]
    numbers = jax.random.uniform(key, (sum(sizes),), dtype)
    starts = [sum(sizes[:k]) for k in range(len(sizes))]
    return {
        name: numbers[start : start + size].reshape(shape)
        for (name, shape), start, size in zip(shapes.items(), starts, sizes, strict=True)
    }


def normal(uniform: jax.Array) -> jax.Array:
    """Standard normal quantiles of uniform numbers; finite at 0 too."""
    least = jnp.nextafter(jnp.asarray(-1.0, uniform.dtype), jnp.asarray(0.0, uniform.dtype))
    centred = jnp.maximum(2.0 * uniform - 1.0, least)
    return math.sqrt(2.0) * jax.lax.erf_inv(centred)


def gumbel(uniform: jax.Array) -> jax.Array:
    """Standard Gumbel quantiles of uniform numbers; finite at 0 too."""
    least = jnp.finfo(uniform.dtype).tiny
    return -jnp.log(-jnp.log(jnp.maximum(uniform, least)))

"""Pairs of actors as matrices: symmetric, with nothing on the diagonal.

Axes: a, b actors (the region's states, then its powers), p pair of actors, i state, g power.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np


def on_pairs(of_states: jax.Array) -> jax.Array:
    """A matrix [i, g] of states and powers as pairs of actors [a, b], on both places; zero elsewhere."""
    states, powers = of_states.shape
    corner = jnp.zeros((states, states), of_states.dtype)
    other = jnp.zeros((powers, powers), of_states.dtype)
    return jnp.block([[corner, of_states], [of_states.T, other]])


def number_of_pairs(actors: int) -> int:
    """How many numbers `of_pairs` takes."""
    return actors * (actors - 1) // 2


def of_pairs(numbers: jax.Array, actors: int) -> jax.Array:
    """One number a pair, [p], as a symmetric matrix [a, b] with zeros on its diagonal."""
    rows, columns = np.triu_indices(actors, 1)
    place = np.full((actors, actors), len(rows))
    place[rows, columns] = place[columns, rows] = np.arange(len(rows))
    return jnp.append(numbers, 0.0)[place]


def no_self(pairs: jax.Array) -> jax.Array:
    """The matrix [a, b] with zeros on its diagonal: nobody has a tie to itself."""
    return pairs * (1.0 - jnp.eye(pairs.shape[-1], dtype=pairs.dtype))

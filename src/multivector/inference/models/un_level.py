"""A level that follows its series by a share of each surprise: the form of the model of UN positions.

    error[t, a] = y[t, a] - level[t-1, a]
    level[t, a] = level[t-1, a] + gain * error[t, a]
    error[t, a] ~ Student(freedom, 0, scale[a])

Gain 1 is a random walk, gain 0 a constant. With normal errors this is the local level model in its steady
state (signal ratio q/r = gain^2 / (1 - gain)), whose Kalman filter it needs no more; heavy tails cost
nothing here, while a Kalman filter would need mixtures.
Source: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing (Springer), ch. 3.

Axes: t year, a actor, m member. Unit: that of the series.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_UNROLLED = 2  # steps of the loop compiled as one: more runs no quicker and compiles longer


def follow(values: Any, known: Any, gain: Any) -> tuple[Any, Any, Any]:
    """Level [a] after the last year, errors [t, a] and which of them count [t, a] (JAX arrays).

    An actor's first known value sets its level and is no surprise; a missing year moves nothing.
    """
    import jax
    import jax.numpy as jnp

    def step(state: Any, year: Any) -> Any:
        level, seen = state
        value, there = year
        error = value - level
        moved = jnp.where(there, jnp.where(seen, level + gain * error, value), level)
        return (moved, seen | there), (error, there & seen)

    blank = jnp.zeros(values.shape[1], values.dtype)
    begin = (blank, jnp.zeros(values.shape[1], bool))
    (level, _), (errors, counted) = jax.lax.scan(step, begin, (values, known), unroll=_UNROLLED)
    return level, errors, counted


def log_density(errors: Any, counted: Any, scale: Any, freedom: Any) -> Any:
    """Log density [t, a] of the errors; zero where they do not count."""
    import jax.numpy as jnp
    from numpyro.distributions import StudentT

    return jnp.where(counted, StudentT(freedom, 0.0, scale).log_prob(errors), 0.0)


def simulate(
    level: Floats, gain: Floats, scale: Floats, freedom: Floats, horizons: Sequence[int], seed: int
) -> dict[int, Floats]:
    """Future values [m, a] by horizon, one path a member.

    Parameters
    ----------
    level, scale : [m, a]. gain, freedom : [m].
    """
    rng = np.random.default_rng(seed)
    paths: dict[int, Floats] = {}
    now = level.copy()
    for ahead in range(1, max(horizons) + 1):
        error = scale * rng.standard_t(np.broadcast_to(freedom[:, None], scale.shape))
        if ahead in horizons:
            paths[ahead] = now + error
        now = now + gain[:, None] * error
    return paths

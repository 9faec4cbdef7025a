"""Forcings: what levers do to the inputs of every quarter, in the arms that feel them.

A lever of size f changes its input by a share of f - 1 while it is active; afterwards that gap closes by
half-lives. An event happens in its first quarter with impulse f; a pact is shared to the degree f while it
lasts. In the baseline arm every input is as if there were no lever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp

from multivector.world.engine import Fields

if TYPE_CHECKING:
    from multivector.world.draws import Draws

FORCED = ("capacity", "demand_factor", "effort", "institutions", "impulse", "shared_change")
"""Inputs that differ by arm."""


def forcings(draws: Draws) -> Fields:
    """Paths [t, s, ...] of every name in `FORCED`.

    Capacity [j], demand [i] and effort [g, i] are multiples of normal, institutions [g, i] their number,
    impulses [k, a, b] steps of magnitude, shared_change [a, b] the degree to which a pair has come to share
    a pact.
    """
    arrays = draws.arrays
    multiples = (arrays.on_capacity, arrays.on_demand, arrays.on_effort, arrays.on_institution)
    capacity, demand, effort, institutions = (_path(draws, like, 1.0) for like in multiples)
    impulse, shared = (_path(draws, like, 0.0) for like in (arrays.on_pair, arrays.on_pact))
    for n, kind in enumerate(draws.program.levers):
        factor, recovery = draws.lever(n)
        gap = arrays.active[n] * (factor - 1.0) * 0.5 ** (arrays.after[n] / recovery)
        lasts = arrays.active[n] * (arrays.after[n] == 0)
        match kind:
            case "capacity":
                capacity = capacity * (1.0 + _felt(draws, gap, arrays.on_capacity[n]))
            case "demand":
                demand = demand * (1.0 + _felt(draws, gap, arrays.on_demand[n]))
            case "effort":
                effort = effort * (1.0 + _felt(draws, gap, arrays.on_effort[n]))
            case "institution":
                institutions = institutions * (1.0 + _felt(draws, gap, arrays.on_institution[n]))
            case "event":
                impulse = impulse + _felt(draws, factor * arrays.starting[n], arrays.on_pair[n])
            case "pact":
                shared = shared + _felt(draws, factor * lasts, arrays.on_pact[n])
    paths = (capacity, demand, effort, institutions * arrays.diplomacy.institutions, impulse, shared)
    return dict(zip(FORCED, paths, strict=True))


def _path(draws: Draws, like: jax.Array, value: float) -> jax.Array:
    """The path without levers: [t, s] and the axes of what levers act on."""
    quarters, arms = draws.program.quarters, len(draws.arrays.arms)
    return jnp.full((quarters, arms, *like.shape[1:]), value, draws.arrays.history.dtype)


def _felt(draws: Draws, by_quarter: jax.Array, on: jax.Array) -> jax.Array:
    """A change [t] of whatever a lever acts on, in the arms that feel it: [t, s, ...]."""
    return jnp.einsum("t,s,...->ts...", by_quarter, draws.arrays.arms, on)

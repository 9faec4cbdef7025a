"""One member of the ensemble: draw its parameters, data and levers, then run every quarter.

The baseline and the scenario of a member run side by side on the same random numbers, so their
difference holds the effect of the levers and nothing else.
"""

from __future__ import annotations

import zlib
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from multivector.world.parameters import triangular
from multivector.world.step import WINDOW_QUARTERS, Draw, Member, Record, begin, draw_shocks, step


class Arrays(NamedTuple):
    """Everything that a compiled member reads; arguments, so that one compilation serves many plans.

    history [y, i, j], observed [y], pull [i, j], belongs [j, g] as in `Inputs`; priors [p, 3] (low, mode,
    high); factor, recovery [n, 3] of the levers; active, after [n, t] (1 from the lever's first quarter;
    years since its last); on_partner [n, j], on_state [n, i] (whose capacity or demand it changes);
    arms [s] (how much of the levers each arm feels: 0 baseline, 1 scenario); first: index of quarter 0.
    """

    history: Any
    observed: Any
    pull: Any
    belongs: Any
    priors: Any
    factor: Any
    recovery: Any
    active: Any
    after: Any
    on_partner: Any
    on_state: Any
    arms: Any
    first: Any


def simulate(names: tuple[str, ...], arrays: Arrays, seed_key: jax.Array, number: jax.Array) -> Record:
    """All quarters of member `number`: a Record whose arrays begin with [s, t].

    Parameters
    ----------
    names : of the parameters, in the order of `arrays.priors`.
    seed_key : key of the seed; the member's own key is folded from it.
    """
    key = jax.random.fold_in(seed_key, number)
    once = jax.random.fold_in(key, 0)  # draws made once a member; quarters use their own index, far above
    history, member = _draw_member(names, arrays, once)
    state, member = begin(once, history, arrays.observed, member)
    capacity, demand = _forcings(arrays, once)
    _, states, partners = history.shape
    both = jax.tree.map(lambda leaf: jnp.broadcast_to(leaf, (len(arrays.arms), *leaf.shape)), state)

    def quarter(state: Any, at: tuple[jax.Array, jax.Array, jax.Array]) -> tuple[Any, Record]:
        t, capacity_now, demand_now = at
        shocks = draw_shocks(key, arrays.first + t, states, partners, history.dtype)
        return jax.vmap(step, in_axes=(0, None, 0, 0, None, None))(
            state, member, capacity_now, demand_now, shocks, t % WINDOW_QUARTERS
        )

    _, record = jax.lax.scan(quarter, both, (jnp.arange(len(capacity)), capacity, demand))
    return Record(*(jnp.swapaxes(leaf, 0, 1) for leaf in record))


def _draw(key: jax.Array, name: str, spread: jax.Array) -> jax.Array:
    """A triangular draw that depends on the key and the name alone."""
    uniform = jax.random.uniform(jax.random.fold_in(key, zlib.crc32(name.encode())), (), spread.dtype)
    return triangular(uniform, spread[0], spread[1], spread[2])


def _draw_member(names: tuple[str, ...], arrays: Arrays, key: jax.Array) -> tuple[jax.Array, Member]:
    """The member's history (the register as it may be revised), parameters, demand and openness."""
    p: Draw = {name: _draw(key, name, arrays.priors[k]) for k, name in enumerate(names)}
    revision, level, openness = jax.random.split(jax.random.fold_in(key, 2), 3)
    years, states, partners = arrays.history.shape
    dtype = arrays.history.dtype
    # One draw of the whole panel: a revised register changes a pair in all its years.
    factor = jnp.exp(p["register_revision"] * jax.random.normal(revision, (states, partners), dtype))
    history = arrays.history * factor
    age = jnp.arange(years - 1, -1, -1, dtype=dtype)
    weight = arrays.observed * 0.5 ** (age / p["demand_half_life"])
    volume = jnp.tensordot(weight, history, axes=1).sum(-1) / weight.sum()
    spread = p["demand_spread"] * jax.random.normal(level, (states,), dtype)
    demand = jnp.maximum(volume, p["demand_floor"]) * jnp.exp(spread)
    logit = jnp.log(p["openness"] / (1.0 - p["openness"]))
    own = jax.nn.sigmoid(logit + p["openness_spread"] * jax.random.normal(openness, (states,), dtype))
    no_benefit_yet = jnp.zeros((states, arrays.belongs.shape[1]), dtype)
    return history, Member(p, demand, own, arrays.pull, arrays.belongs, no_benefit_yet)


def _forcings(arrays: Arrays, key: jax.Array) -> tuple[jax.Array, jax.Array]:
    """Capacity [t, s, j] and demand [t, s, i]: ones, but for the levers of the scenario arm.

    While a lever lasts its factor holds; afterwards the gap to one closes by half-lives.
    """
    arms = arrays.arms[:, None]
    quarters = arrays.active.shape[1]
    capacity = jnp.ones((quarters, len(arrays.arms), arrays.on_partner.shape[1]), arrays.history.dtype)
    demand = jnp.ones((quarters, len(arrays.arms), arrays.on_state.shape[1]), arrays.history.dtype)
    for n in range(len(arrays.factor)):
        factor = _draw(key, f"lever {n} factor", arrays.factor[n])
        recovery = _draw(key, f"lever {n} recovery", arrays.recovery[n])
        gap = (arrays.active[n] * (factor - 1.0) * 0.5 ** (arrays.after[n] / recovery))[:, None, None]
        capacity = capacity * (1.0 + gap * arms * arrays.on_partner[n])
        demand = demand * (1.0 + gap * arms * arrays.on_state[n])
    return capacity, demand

"""One quarter of the world: deliveries -> leverage -> rebalancing -> orders.

Each mechanism reads the state of the quarter before where the loop would close, so a step is one pass.
Random numbers come from (seed, member, quarter) alone: baseline and scenario of a member share them, and
a member is the same whatever chunk, thread or run it is computed in.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp

from multivector.mechanisms.deliveries import STAGES, deliver
from multivector.mechanisms.leverage import arms_leverage
from multivector.mechanisms.orders import order_weights, place_orders
from multivector.mechanisms.rebalancing import benefit_behind, best_split, follow

WINDOW_QUARTERS = 20

Draw = dict[str, jax.Array]


class State(NamedTuple):
    """What the world carries from one quarter to the next.

    backlog [k, i, j], memory [i, j], ring [20, i, j] (deliveries by quarter, for the five-year window),
    ability [j], attention [i, g].
    """

    backlog: jax.Array
    memory: jax.Array
    ring: jax.Array
    ability: jax.Array
    attention: jax.Array


class Member(NamedTuple):
    """What stays the same for one member through all quarters and is shared by baseline and scenario."""

    parameters: Draw
    demand: jax.Array
    openness: jax.Array
    pull: jax.Array
    belongs: jax.Array
    benefit: jax.Array


class Record(NamedTuple):
    """What a step reports: deliveries [i, j], backlog [i, j], leverage [i, g], attention [i, g]."""

    deliveries: jax.Array
    backlog: jax.Array
    leverage: jax.Array
    attention: jax.Array


class Shocks(NamedTuple):
    """The random numbers of one quarter, drawn once for baseline and scenario."""

    lag: jax.Array
    timing: jax.Array
    size: jax.Array
    choice: jax.Array


def draw_shocks(key: jax.Array, quarter: jax.Array, states: int, partners: int, dtype: jnp.dtype) -> Shocks:
    """Random numbers of one member in one quarter; `quarter` is the absolute index of the quarter."""
    lag, timing, size, choice = jax.random.split(jax.random.fold_in(key, quarter), 4)
    return Shocks(
        lag=jax.random.uniform(lag, (STAGES, states, partners), dtype),
        timing=jax.random.uniform(timing, (states,), dtype),
        size=jax.random.normal(size, (states,), dtype),
        choice=jax.random.gumbel(choice, (states, partners), dtype),
    )


def begin(key: jax.Array, history: jax.Array, observed: jax.Array, member: Member) -> tuple[State, Member]:
    """The state at the origin, and the member with the benefit under which nothing moves by itself.

    The backlog is not in the data. A pair that received arms lately has orders under way: each stage
    holds a batch with probability `backlog_chance`, with mean rate * lag * `backlog_scale` / K.
    """
    p = member.parameters
    age = jnp.arange(history.shape[0] - 1, -1, -1, dtype=history.dtype)
    memory = jnp.tensordot(observed * 0.5 ** (age / p["memory_half_life"]), history, axes=1)
    recent = observed * 0.5 ** (age / p["backlog_half_life"])
    rate = jnp.tensordot(recent, history, axes=1) / recent.sum()
    present, size = jax.random.split(jax.random.fold_in(key, 1))
    shape = (STAGES, *rate.shape)
    spread = p["size_spread"]
    batch = jnp.exp(spread * jax.random.normal(size, shape, history.dtype) - 0.5 * spread**2)
    waiting = jax.random.uniform(present, shape, history.dtype) < p["backlog_chance"]
    scale = p["lag"] * p["backlog_scale"] / (STAGES * p["backlog_chance"])
    quarters = jnp.repeat(history[-WINDOW_QUARTERS // 4 :] / 4.0, 4, axis=0)
    states, powers = history.shape[1], member.belongs.shape[1]
    attention = jnp.full((states, powers), 1.0 / powers, history.dtype)
    state = State(
        backlog=jnp.where(waiting, rate * scale * batch, 0.0),
        memory=memory,
        ring=quarters,
        ability=jnp.ones(history.shape[2], history.dtype),
        attention=attention,
    )
    leverage = arms_leverage(quarters.sum(0), _weights(state, member), member.belongs, p["arms_importance"])
    benefit = benefit_behind(
        attention, leverage, risk_weight=p["risk_weight"], temperature=p["attention_temperature"]
    )
    return state, member._replace(benefit=benefit)


def step(
    state: State, member: Member, capacity: jax.Array, demand: jax.Array, shocks: Shocks, slot: jax.Array
) -> tuple[State, Record]:
    """One quarter. `slot` is the place in the ring of the quarter that leaves the five-year window."""
    p = member.parameters
    backlog, delivered = deliver(state.backlog, shocks.lag, capacity, p["lag"])
    ring = state.ring.at[slot].set(delivered)
    memory = state.memory * 0.5 ** (0.25 / p["memory_half_life"]) + delivered
    ability = follow(state.ability, capacity, p["ability_half_life"])
    state = State(backlog, memory, ring, ability, state.attention)
    weights = _weights(state, member)
    leverage = arms_leverage(ring.sum(0), weights, member.belongs, p["arms_importance"])
    target = best_split(
        member.benefit, leverage, risk_weight=p["risk_weight"], temperature=p["attention_temperature"]
    )
    attention = follow(state.attention, target, p["attention_half_life"])
    orders = place_orders(
        weights,
        member.demand * demand,
        shocks.timing,
        shocks.size,
        shocks.choice,
        frequency=p["order_frequency"],
        size_spread=p["size_spread"],
    )
    backlog = backlog.at[0].add(orders)
    record = Record(delivered, backlog.sum(0), leverage, attention)
    return State(backlog, memory, ring, ability, attention), record


def _weights(state: State, member: Member) -> jax.Array:
    p = member.parameters
    start = 1.0 / member.belongs.shape[1]
    # A supplier that belongs to no power keeps ratio one: nobody rebalances towards it.
    ratio = (state.attention / start) @ member.belongs.T + (1.0 - member.belongs.sum(-1))
    return order_weights(
        state.memory,
        member.pull,
        state.ability,
        ratio,
        openness=member.openness[:, None],
        steadiness=p["steadiness"],
        ability_weight=p["ability_weight"],
        rebalancing=p["rebalancing"],
    )

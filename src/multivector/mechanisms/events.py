"""Events: what happens between two actors moves their tie at once and is forgotten by half-lives.

    memory[k,a,b] <- memory[k,a,b] * 0.5 ** (dt / h[k]) + impulse[k,a,b]
    level[a,b]     = sum_k effect[k] * memory[k,a,b]

An impulse is sign times magnitude (1 routine, 2 binds, 3 makes or ends a tie), with one kind of event a
layer of memory, because a visit is forgotten in weeks and a war in years. The world's memory starts empty:
what came before the origin is part of where the ties start from.

Axes: k kind of event, a, b actors. Unit: impulse and memory in steps of magnitude, level and effect in z
(artanh of affinity); half-lives in years.
Source: events scaled from conflict to cooperation and decayed by half-lives, Goldstein 1992, J. Conflict
Resolution 36(2):369-385; the short life of visits, Goldsmith, Horiuchi & Matush 2021, APSR 115(4):1342-1357.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from multivector.mechanisms.mechanism import Mechanism

QUARTER = 0.25


def remember_events(memory: jax.Array, impulse: jax.Array, half_life: jax.Array) -> jax.Array:
    """Memory [k, a, b] one quarter later, with the quarter's impulses in it; half_life [k] in years."""
    return memory * (0.5 ** (QUARTER / half_life))[:, None, None] + impulse


def level_of(memory: jax.Array, effect: jax.Array) -> jax.Array:
    """The level [a, b] in z to which remembered events have moved each pair; effect [k] z a step."""
    return jnp.tensordot(effect, memory, axes=1)


def past_level(impulses: jax.Array, age: jax.Array, half_life: jax.Array, effect: jax.Array) -> jax.Array:
    """The level [a, b] that past events have left: impulses [q, k, a, b] of quarters [q], age in years."""
    left = effect * 0.5 ** (age[:, None] / half_life)
    return jnp.tensordot(left, impulses, axes=((0, 1), (0, 1)))


def _happen(event_memory: Any, impulse: Any, event_half_life: Any, event_effect: Any) -> Any:
    memory = remember_events(event_memory, impulse, event_half_life)
    level = level_of(memory, event_effect)
    return memory, level, level - level_of(event_memory, event_effect)


EVENTS = Mechanism(
    name="events",
    title="dated events move pairs, and are forgotten by half-lives",
    reads=("event_memory", "impulse", "event_half_life", "event_effect"),
    writes=("event_memory", "event_level", "event_push"),
    apply=_happen,
)

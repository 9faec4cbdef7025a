"""Events: what happens between two actors moves their tie at once and is forgotten by half-lives.

    memory[k,a,b] <- memory[k,a,b] * 0.5 ** (dt / h[k]) + impulse[k,a,b]
    level[a,b]     = sum_k effect[k] * memory[k,a,b]

An impulse is sign times magnitude (1 routine, 2 binds, 3 makes or ends a tie). Each kind of event has a
layer of memory of its own, because a visit is forgotten in weeks and a war in years. The world's memory starts empty:
what came before the origin is part of where the ties start from.

What the data say: positions in the UN show no trace of events (a coefficient of -0.01, standard error 0.14,
where 1 would confirm the modes of the priors; `tools/measure_affinity_priors.py`), so most priors begin at
zero: an event moves the tie that is simulated and is not known to move votes.

Axes: k kind of event, a, b actors. Unit: impulse and memory in steps of magnitude, level and effect in z
(artanh of affinity); half-lives in years.
Source: events weighted on one scale from conflict to cooperation, Goldstein 1992, J. Conflict Resolution
36(2):369-385.
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


def past_level(
    pairs: jax.Array, kind: jax.Array, age: jax.Array, half_life: jax.Array, effect: jax.Array
) -> jax.Array:
    """The level [a, b] in z that past events have left by now.

    Parameters
    ----------
    pairs : [e, a, b] impulse of each event on each pair. kind : [e] place of its kind. age : [e] in years.
    half_life, effect : [k].
    """
    left = effect[kind] * 0.5 ** (age / half_life[kind])
    return jnp.tensordot(left, pairs, axes=1)


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

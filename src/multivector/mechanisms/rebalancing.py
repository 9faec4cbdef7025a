"""Rebalancing: a state that is not passive moves attention away from the power that holds most leverage.

Each state splits a limited effort over the powers. It weighs benefit against exposure, with an entropic
term that keeps some effort everywhere; the best split has a closed form,

    a*[i,g] = softmax_g((benefit[i,g] - r * leverage[i,g]) / tau)

and attention follows it with a half-life. Limits: r = 0 gives the split by benefit alone; r without bound
puts all effort on the least-exposed powers; tau without bound gives the even split.

Axes: i state, g power. Unit: shares of effort, each row sums to one.
Source: entropic choice as rational inattention, Matejka & McKay 2015, AER 105(1):272-298.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from multivector.mechanisms.mechanism import Mechanism


def best_split(
    benefit: jax.Array, leverage: jax.Array, *, risk_weight: jax.Array, temperature: jax.Array
) -> jax.Array:
    """The split of effort [i, g] that is best for given benefit and leverage."""
    return jax.nn.softmax((benefit - risk_weight * leverage) / temperature, axis=-1)


def benefit_behind(
    attention: jax.Array, leverage: jax.Array, *, risk_weight: jax.Array, temperature: jax.Array
) -> jax.Array:
    """The benefit [i, g] under which `attention` is the best split: nothing moves without a change."""
    return temperature * jnp.log(attention) + risk_weight * leverage


def follow(value: jax.Array, target: jax.Array, half_life: jax.Array) -> jax.Array:
    """The value one quarter later: half of the gap to the target closes in `half_life` years."""
    return value + (1.0 - 0.5 ** (0.25 / half_life)) * (target - value)


def _rebalance(attention: Any, benefit: Any, leverage: Any, **parameters: Any) -> Any:
    target = best_split(
        benefit,
        leverage,
        risk_weight=parameters["risk_weight"],
        temperature=parameters["attention_temperature"],
    )
    return follow(attention, target, parameters["attention_half_life"])


REBALANCING = Mechanism(
    name="rebalancing",
    title="states turn attention away from the power that holds most leverage",
    reads=(
        "attention",
        "benefit",
        "leverage",
        "risk_weight",
        "attention_temperature",
        "attention_half_life",
    ),
    writes=("attention",),
    apply=_rebalance,
)

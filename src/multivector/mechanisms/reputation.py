"""Reputation: buyers take time to believe that a supplier's ability to deliver has changed.

    ability[j] <- ability[j] + (1 - 0.5 ** (1 / (4 h))) * (capacity[j] - ability[j])

with half-life h in years. Axes: j partner (supplier). Unit: share of the normal rate, 0 to 1.
Source: adaptive expectations, Nerlove 1958, Quarterly Journal of Economics 72(2):227-240.
"""

from __future__ import annotations

import jax

from multivector.mechanisms.mechanism import Mechanism
from multivector.mechanisms.rebalancing import follow


def learn(ability: jax.Array, capacity: jax.Array, ability_half_life: jax.Array) -> jax.Array:
    """Ability [j] as buyers see it one quarter later."""
    return follow(ability, capacity, ability_half_life)


REPUTATION = Mechanism(
    name="reputation",
    title="buyers learn how a supplier delivers",
    reads=("ability", "capacity", "ability_half_life"),
    writes=("ability",),
    apply=learn,
)

"""Memory: what deliveries leave behind, for buyers and for the five-year window.

    memory[i,j] <- memory[i,j] * 0.5 ** (1 / (4 h)) + delivered[i,j]

with half-life h in years: the stock, training and spares that pull the next order to the same supplier.
The ring holds the deliveries of the last 20 quarters, the window on which SIPRI reports dependence.

Axes: i state (recipient), j partner (supplier). Unit: TIV, million.
Source: past transfers as the inertia of arms ties, Thurner, Schmid, Cranmer & Kauermann 2019, J. Conflict
Resolution 63(7):1736-1764; the corrigendum codes this variable anew, doi:10.1177/0022002720926418.
"""

from __future__ import annotations

import jax

from multivector.mechanisms.mechanism import Mechanism

WINDOW_QUARTERS = 20


def remember(
    memory: jax.Array,
    ring: jax.Array,
    deliveries: jax.Array,
    quarter: jax.Array,
    memory_half_life: jax.Array,
) -> tuple[jax.Array, jax.Array]:
    """Memory [i, j] and ring [20, i, j] with a quarter's deliveries [i, j] in them.

    `quarter` counts from 0 and says which quarter of the ring falls out of the window.
    """
    ring = ring.at[quarter % WINDOW_QUARTERS].set(deliveries)
    return memory * 0.5 ** (0.25 / memory_half_life) + deliveries, ring


MEMORY = Mechanism(
    name="memory",
    title="deliveries leave stocks, training and the five-year window",
    reads=("memory", "ring", "deliveries", "quarter", "memory_half_life"),
    writes=("memory", "ring"),
    apply=remember,
)

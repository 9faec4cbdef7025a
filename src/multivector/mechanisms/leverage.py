"""Leverage: what others hold over a state, from what it takes from them.

    share[i,j]            = window[i,j] / sum_j window[i,j]
    substitutability[i,j] = 1 - w[i,j]          (the chance that the next order can go elsewhere)
    dependence[i,j]       = share[i,j] * importance * (1 - substitutability[i,j])
    leverage[i,g]         = sum_j dependence[i,j] * belongs[j,g]

so a supplier holds leverage where it filled the last five years *and* is likely to fill the next order.
`window` are deliveries of the last five years, as SIPRI reports dependence on arms.

Axes: i state, j partner (supplier), g power. Unit: share of importance, 0 to 1.
Source: Hirschman 1945, National Power and the Structure of Foreign Trade (dependence as the cost of going
elsewhere).
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from multivector.mechanisms.mechanism import Mechanism


def arms_leverage(
    window: jax.Array, order_weights: jax.Array, belongs: jax.Array, importance: jax.Array
) -> jax.Array:
    """Leverage [i, g] of each power over each state through arms; zero where the window holds nothing.

    Parameters
    ----------
    window : [i, j] TIV delivered in the last five years.
    order_weights : [i, j] probability that the next order goes to j.
    belongs : [j, g] one where supplier j is (or is a member of) power g.
    importance : how much the layer matters to the state, 0 to 1.
    """
    total = window.sum(-1, keepdims=True)
    share = jnp.where(total > 0, window / jnp.where(total > 0, total, 1.0), 0.0)
    return importance * (share * order_weights) @ belongs


LEVERAGE = Mechanism(
    name="leverage",
    title="dependence on arms becomes leverage of powers",
    reads=("ring", "order_weights", "belongs", "arms_importance"),
    writes=("leverage",),
    apply=lambda ring, order_weights, belongs, arms_importance: arms_leverage(
        ring.sum(0), order_weights, belongs, arms_importance
    ),
)

"""Deliveries: orders wait in a backlog and leave it after a lag with a distribution.

An order passes K stages, and in a quarter the content of a stage of one pair moves on as a batch with
probability

    p[j] = min(1, K * c[j] / (4 * L))

so a stage lasts 1/p quarters on average, and the lag is the sum of K geometric waits: the discrete
counterpart of an Erlang distribution. L is the mean lag in years at full capacity (at least K/4 years: a
stage takes a quarter), c[j] in [0, 1] the supplier's capacity. With c = 1 the mean lag is L; a shortfall
lowers the delivery rate and lengthens lags at once. Batches rather than a trickle, because major arms come in lots: most supplier
years in the SIPRI register hold nothing.

Axes: k stage, i state (recipient), j partner (supplier). Unit: SIPRI trend-indicator value (TIV), million.
Source: Erlang stages ("linear chain trick"), e.g. Hurtado & Kirosingh 2019, J. Math. Biol. 79:1831-1883.
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from multivector.mechanisms.mechanism import Mechanism

STAGES = 3


def deliver(
    backlog: jax.Array, lag_draw: jax.Array, capacity: jax.Array, lag: jax.Array
) -> tuple[jax.Array, jax.Array]:
    """Move the backlog on by one quarter.

    Parameters
    ----------
    backlog : [k, i, j] TIV ordered and not delivered, by stage.
    lag_draw : [k, i, j] draws in [0, 1).
    capacity : [j] share of its normal rate at which a supplier delivers, 0 to 1.
    lag : mean years from order to delivery at full capacity, K/4 or more.

    Returns
    -------
    backlog : [k, i, j] what still waits; its first stage is free for new orders.
    delivered : [i, j] TIV delivered in the quarter. What leaves the backlog is what is delivered.
    """
    moves = lag_draw < STAGES * capacity / (4.0 * lag)
    return _move_on(backlog, jnp.where(moves, backlog, 0.0))


def deliver_expected(backlog: jax.Array, capacity: jax.Array, lag: jax.Array) -> tuple[jax.Array, jax.Array]:
    """The mean of `deliver` over its draws: each stage moves on at its rate. Smooth in every argument."""
    return _move_on(backlog, jnp.minimum(STAGES * capacity / (4.0 * lag), 1.0) * backlog)


def _move_on(backlog: jax.Array, moving: jax.Array) -> tuple[jax.Array, jax.Array]:
    arriving = jnp.concatenate([jnp.zeros_like(moving[:1]), moving[:-1]])
    return backlog - moving + arriving, moving[-1]


DELIVERIES = Mechanism(
    name="deliveries",
    title="orders leave the backlog in batches",
    reads=("backlog", "lag_draw", "capacity", "lag"),
    writes=("backlog", "deliveries"),
    apply=deliver,
)

EXPECTED_DELIVERIES = Mechanism(
    name="expected deliveries",
    title="orders leave the backlog at their mean rate",
    reads=("backlog", "capacity", "lag"),
    writes=("backlog", "deliveries"),
    apply=deliver_expected,
)

"""Orders: when a state orders arms, how much, and from whom.

Timing and size. At most one order a quarter, with probability 1 - exp(-lambda / 4); sizes are log-normal
with the mean that makes the expected yearly volume equal the state's demand. Few, large orders are what
the register shows.

Supplier. One supplier an order, by a logit (Gumbel-max) over

    w[i,j] = ((1 - o) * s[i,j] + o * b[i,j]) ** rho * q[j] ** kappa * (a[i,g] / a0[i,g]) ** eta
             * exp(theta * (z[i,g] - z0[i,g]))

    s  share of the decayed memory of deliveries (inertia: stocks, training, spares)
    b  pull of the supplier [i,j] on a state that has no history with it: its share in the region's imports
    o  openness: how far a state looks beyond its suppliers
    q  perceived ability to deliver, which follows true capacity with a delay
    a  attention given to the power that the supplier belongs to (rebalancing), a0 the same at the start
    z  tie to that power (artanh of affinity), z0 the same at the start

so that with full capacity, unchanged attention and unchanged ties the choice is inertia and pull alone.

Axes: i state (recipient), j partner (supplier). Unit: TIV, million.
Sources: logit choice, McFadden 1974; inertia and pull as predictors of arms ties, Thurner, Schmid, Cranmer &
Kauermann 2019, J. Conflict Resolution 63(7):1736-1764, and its corrigendum, doi:10.1177/0022002720926418.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from multivector.mechanisms.affinity import z_of
from multivector.mechanisms.alignment import toward_powers
from multivector.mechanisms.mechanism import Mechanism

_TINY = 1e-9  # keeps the logarithm finite; far below the smallest pull


def order_weights(
    memory: jax.Array,
    pull: jax.Array,
    ability: jax.Array,
    attention_ratio: jax.Array,
    tie_change: jax.Array,
    *,
    openness: jax.Array,
    steadiness: jax.Array,
    ability_weight: jax.Array,
    rebalancing: jax.Array,
    affinity_pull: jax.Array,
) -> jax.Array:
    """Probability [i, j] that the next order of i goes to j; each row sums to one.

    Parameters
    ----------
    memory : [i, j] decayed deliveries, TIV.
    pull : [i, j] each row sums to one; zero where j cannot supply i.
    ability : [j] perceived capacity, 0 to 1.
    attention_ratio : [i, j] attention now over attention at the start, for j's power; 1 where j has none.
    tie_change : [i, j] z now less z at the start, for j's power; 0 where j has none.
    openness, steadiness (rho), ability_weight (kappa), rebalancing (eta), affinity_pull (theta) : scalars.
    """
    total = memory.sum(-1, keepdims=True)
    share = jnp.where(total > 0, memory / jnp.maximum(total, _TINY), pull)
    utility = (
        steadiness * jnp.log((1.0 - openness) * share + openness * pull + _TINY)
        + ability_weight * jnp.log(ability + _TINY)
        + rebalancing * jnp.log(attention_ratio)
        + affinity_pull * tie_change
    )
    return jax.nn.softmax(utility, axis=-1)


def place_orders(
    weights: jax.Array,
    demand: jax.Array,
    uniform: jax.Array,
    normal: jax.Array,
    gumbel: jax.Array,
    *,
    frequency: jax.Array,
    size_spread: jax.Array,
) -> jax.Array:
    """Orders [i, j] of one quarter, TIV.

    Parameters
    ----------
    weights : [i, j] from `order_weights`.
    demand : [i] expected orders, TIV a year.
    uniform, normal : [i] draws for timing and size. gumbel : [i, j] draws for the choice.
    frequency : orders a year (lambda). size_spread : standard deviation of log size.
    """
    probability = -jnp.expm1(-frequency / 4.0)
    size = demand / (4.0 * probability) * jnp.exp(size_spread * normal - 0.5 * size_spread**2)
    chosen = jnp.argmax(jnp.log(weights + _TINY) + gumbel, axis=-1)
    placed = jnp.where(uniform < probability, size, 0.0)
    return jax.nn.one_hot(chosen, weights.shape[-1], dtype=weights.dtype) * placed[:, None]


def expected_orders(weights: jax.Array, demand: jax.Array) -> jax.Array:
    """The mean of `place_orders` over its draws, [i, j]: demand split by weight. Smooth in both."""
    return weights * demand[:, None] / 4.0


def attention_ratio(attention: jax.Array, belongs: jax.Array) -> jax.Array:
    """Attention [i, j] to the power that j belongs to, over an even split; one where j belongs to none."""
    return attention * attention.shape[-1] @ belongs.T + (1.0 - belongs.sum(-1))


def tie_change(affinity: jax.Array, affinity0: jax.Array, belongs: jax.Array) -> jax.Array:
    """Change of the tie [i, j] to the power that j belongs to, in z; zero where it belongs to none."""
    powers = belongs.shape[-1]
    moved = z_of(toward_powers(affinity, powers)) - z_of(toward_powers(affinity0, powers))
    return moved @ belongs.T


def _preference(
    attention: Any, affinity: Any, affinity0: Any, belongs: Any, own_openness: Any, **fields: Any
) -> Any:
    return order_weights(
        fields["memory"],
        fields["pull"],
        fields["ability"],
        attention_ratio(attention, belongs),
        tie_change(affinity, affinity0, belongs),
        openness=own_openness[:, None],
        steadiness=fields["steadiness"],
        ability_weight=fields["ability_weight"],
        rebalancing=fields["rebalancing"],
        affinity_pull=fields["affinity_pull"],
    )


def _order(backlog: Any, order_weights: Any, yearly_demand: Any, demand_factor: Any, **fields: Any) -> Any:
    orders = place_orders(
        order_weights,
        yearly_demand * demand_factor,
        fields["timing_draw"],
        fields["size_draw"],
        fields["choice_draw"],
        frequency=fields["order_frequency"],
        size_spread=fields["size_spread"],
    )
    return _queue(backlog, orders)


def _order_expected(backlog: Any, order_weights: Any, yearly_demand: Any, demand_factor: Any) -> Any:
    return _queue(backlog, expected_orders(order_weights, yearly_demand * demand_factor))


def _queue(backlog: jax.Array, orders: jax.Array) -> tuple[jax.Array, jax.Array]:
    backlog = backlog.at[0].add(orders)
    return backlog, backlog.sum(0)


PREFERENCE = Mechanism(
    name="preference",
    title="inertia, pull, ability, attention and ties weigh suppliers",
    reads=(
        "memory",
        "pull",
        "ability",
        "attention",
        "affinity",
        "affinity0",
        "belongs",
        "own_openness",
        "steadiness",
        "ability_weight",
        "rebalancing",
        "affinity_pull",
    ),
    writes=("order_weights",),
    apply=_preference,
)

ORDERS = Mechanism(
    name="orders",
    title="states order arms: few, large, one supplier each",
    reads=(
        "backlog",
        "order_weights",
        "yearly_demand",
        "demand_factor",
        "timing_draw",
        "size_draw",
        "choice_draw",
        "order_frequency",
        "size_spread",
    ),
    writes=("backlog", "on_order"),
    apply=_order,
)

EXPECTED_ORDERS = Mechanism(
    name="expected orders",
    title="states order arms at their mean rate",
    reads=("backlog", "order_weights", "yearly_demand", "demand_factor"),
    writes=("backlog", "on_order"),
    apply=_order_expected,
)

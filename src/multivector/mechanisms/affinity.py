"""Affinity: the signed tie of two actors, in [-1, 1], moved by leverage, third parties, pacts and events.

On the scale z = artanh(A), where shifts add up and no sum leaves the bounds,

    dz = [ pull * (L - L0) + balance * (A @ A - A0 @ A0) / n + common * C ] dt
         + (1 - 0.5 ** (dt / h)) * (z0 + E + G - z) + dE + noise

    L   leverage of a power over a state, on both places of the pair     C  change of shared pacts and rivals
    E   level to which events after the origin have moved the pair       G  the same for engagement:
    h   half-life of the way back to the anchor z0 + E + G               engagement_effect * ln(K / K0)
                                                                         + attention_effect * (V - 1)

Since dA = (1 - A^2) dz, the balance term is Marvel's A @ A, n-th part, bounded by the factor (1 - A^2): the
bound is the change of scale and not a further assumption. Each drift is a deviation from its value at the
origin, so without a shock nothing moves but by the noise. An event shifts z at once and leaves with its own
half-life; the anchor moves with it and takes nothing twice. Tie to oneself: 0.

Stability: on the region's own ties the balance term feeds back at up to 0.55 * balance a year, and the anchor
takes ln 2 / h: with balance up to 0.1 and h up to 9 years the ties return. Votes would give a stronger term
(0.88 a year, `tools/measure_affinity_priors.py`), but on the one dimension that they are read on the friend
of a friend is near by construction: that is no evidence, and the prior stays small.

Axes: a, b actors (the region's states, then its powers), p pair of actors, i state, g power. Unit: 1; rates by year.
Sources: balance, Marvel and others 2011 (`structural_balance`); z as the scale on which bounded signed
measures add, Fisher 1921, Metron 1:3-32; leverage, Hirschman 1945.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from multivector.mechanisms.mechanism import Mechanism
from multivector.mechanisms.pairs import no_self, of_pairs, on_pairs
from multivector.mechanisms.structural_balance import structural_balance

QUARTER = 0.25
LIMIT = 1.0 - 1e-5
"""Largest tie that float32 can take to the z scale and back."""
LEAST_STOCK = 0.05
"""Years of median effort below which a stock of engagement cannot be told from none."""


def z_of(affinity: jax.Array) -> jax.Array:
    """artanh of a tie, finite at the bounds."""
    inside = jnp.clip(affinity, -LIMIT, LIMIT)
    return 0.5 * jnp.log((1.0 + inside) / (1.0 - inside))  # half the time of jnp.arctanh


def drift(
    affinity: jax.Array,
    affinity0: jax.Array,
    leverage_change: jax.Array,
    shared_change: jax.Array,
    *,
    leverage_pull: jax.Array,
    balance_pull: jax.Array,
    common_pull: jax.Array,
) -> jax.Array:
    """Change of z [a, b] a year by leverage, third parties and shared pacts, each against the origin."""
    third = structural_balance(affinity) - structural_balance(affinity0)
    return (
        leverage_pull * leverage_change
        + balance_pull * third / affinity.shape[-1]
        + common_pull * shared_change
    )


def engagement_shift(
    engagement: jax.Array,
    engagement0: jax.Array,
    visibility: jax.Array,
    *,
    engagement_effect: jax.Array,
    attention_effect: jax.Array,
) -> jax.Array:
    """Where engagement moves the anchor, as pairs [a, b] in z; arguments [g, i], visibility 1 at baseline."""
    ratio = (engagement + LEAST_STOCK) / (engagement0 + LEAST_STOCK)
    shift = engagement_effect * jnp.log(ratio) + attention_effect * (visibility - 1.0)
    return on_pairs(shift.T)


def move(
    affinity: jax.Array,
    affinity0: jax.Array,
    rate: jax.Array,
    shift: jax.Array,
    event_level: jax.Array,
    event_push: jax.Array,
    noise: jax.Array,
    *,
    half_life: jax.Array,
) -> jax.Array:
    """Affinity [a, b] one quarter later.

    Parameters
    ----------
    rate : [a, b] from `drift`, z a year. shift : [a, b] from `engagement_shift`, z.
    event_level, event_push : [a, b] z by events now, and its change in the quarter.
    noise : [a, b] z of the quarter.
    """
    before = z_of(affinity) - z_of(affinity0) - (event_level - event_push)
    back = 1.0 - 0.5 ** (QUARTER / half_life)
    gap = before + back * (shift - before) + QUARTER * rate + noise
    return no_self(jnp.tanh(z_of(affinity0) + event_level + gap))


def _affinity(affinity: Any, affinity_normal: Any, affinity_noise: Any, **fields: Any) -> Any:
    noise = affinity_noise * QUARTER**0.5 * of_pairs(affinity_normal, affinity.shape[-1])
    return _expected_affinity(affinity, noise=noise, **fields)


def _expected_affinity(
    affinity: Any,
    affinity0: Any,
    leverage: Any,
    leverage0: Any,
    shared_change: Any,
    noise: Any = 0.0,
    **fields: Any,
) -> Any:
    rate = drift(
        affinity,
        affinity0,
        on_pairs(leverage - leverage0),
        shared_change,
        **{name: fields[name] for name in ("leverage_pull", "balance_pull", "common_pull")},
    )
    named = ("engagement", "engagement0", "visibility", "engagement_effect", "attention_effect")
    shift = engagement_shift(**{name: fields[name] for name in named})
    levels = fields["event_level"], fields["event_push"]
    return move(affinity, affinity0, rate, shift, *levels, noise, half_life=fields["affinity_half_life"])


_READS = (
    "affinity",
    "affinity0",
    "leverage",
    "leverage0",
    "shared_change",
    "engagement",
    "engagement0",
    "visibility",
    "event_level",
    "event_push",
    "leverage_pull",
    "balance_pull",
    "common_pull",
    "engagement_effect",
    "attention_effect",
    "affinity_half_life",
)

AFFINITY = Mechanism(
    name="affinity",
    title="leverage, third parties, pacts, events and engagement move signed ties",
    reads=(*_READS, "affinity_normal", "affinity_noise"),
    writes=("affinity",),
    apply=_affinity,
)

EXPECTED_AFFINITY = Mechanism(
    name="expected affinity",
    title="the same without noise",
    reads=_READS,
    writes=("affinity",),
    apply=_expected_affinity,
)

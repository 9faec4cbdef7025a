"""Engagement: what a power invests in a state builds ties that outlast the effort, and fade without it.

    K[g,i] <- (1 - delta) * K[g,i] + phi[g,i] * effort[g,i] * dt,   delta = 1 - 0.5 ** (dt / h)
    phi[g,i] = 1 - (1 - phi0) * 0.5 ** n[g,i]
    V[g,i] <- c * V[g,i] + (1 - c) * effort[g,i] / effort0[g,i],    c = 0.5 ** (13 / w)

Two decays: attention V (weeks w), ties K (years h). Inattention is the decay. phi is how much of an effort
becomes a tie: n counts the standing institutions that carry it (a bureau, a summit that meets again, an
envoy), and each halves what is lost without them.

The baseline effort is the one behind the present stock, under which it stands still:

    effort0[g,i] = delta * K0[g,i] / (phi[g,i] * dt)

so without a change of effort nothing moves. Scenarios give effort as a multiple of it: 1 as before, 0 none.

Axes: g power, i state, y year. Units: effort in multiples of the power's own median, a year; K in years of
it; V as a multiple of its baseline.
Source: a stock of goodwill that spending builds and time wears off, Nerlove & Arrow 1962, Economica
29:129-142. That effort is volatile and ties are slow is measured on eight states: aid has a half-life of
0.66 years, positions in the UN one of 3.3.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from multivector.mechanisms.mechanism import Mechanism

QUARTER = 0.25
WEEKS = 13.0
"""Weeks in a quarter."""


def effectiveness(institutions: jax.Array, alone: jax.Array) -> jax.Array:
    """Share of an effort that becomes a tie: `alone` without institutions, each halves what is lost."""
    return 1.0 - (1.0 - alone) * 0.5**institutions


def fading(half_life: jax.Array) -> jax.Array:
    """Share of the stock that is lost in a quarter; half-life in years."""
    return 1.0 - 0.5 ** (QUARTER / half_life)


def engage(engagement: jax.Array, effort: jax.Array, phi: jax.Array, half_life: jax.Array) -> jax.Array:
    """The stock [g, i] one quarter later; effort [g, i] by year."""
    return (1.0 - fading(half_life)) * engagement + phi * effort * QUARTER


def effort_behind(engagement: jax.Array, phi: jax.Array, half_life: jax.Array) -> jax.Array:
    """The effort [g, i] a year under which the stock stands still."""
    return fading(half_life) * engagement / (phi * QUARTER)


def stock_of(
    effort: jax.Array, known: jax.Array, phi: jax.Array, prior: jax.Array, half_life: jax.Array
) -> jax.Array:
    """The stock [g, i] that past effort has left.

    The mean of the known years, weighted by what is left of each, as if it had gone on for ever; where no
    year is known, the same of a prior effort.

    Parameters
    ----------
    effort : [y, g, i] by year, the last year last; anything where unknown.
    known : [y, g, i] one where data give the effort.
    phi : [g, i] from `effectiveness`. prior : [g, i] effort a year where no year is known.
    half_life : of ties, years.
    """
    age = jnp.arange(effort.shape[0] - 1, -1, -1, dtype=effort.dtype)
    weight = known * (0.5 ** (age / half_life))[:, None, None]
    total = weight.sum(0)
    past = (weight * jnp.where(known > 0, effort, 0.0)).sum(0) / jnp.where(total > 0, total, 1.0)
    return phi * jnp.where(total > 0, past, prior) * QUARTER / fading(half_life)


def attend(visibility: jax.Array, effort_multiple: jax.Array, half_life: jax.Array) -> jax.Array:
    """Attention [g, i] one quarter later, as a multiple of its baseline; half-life in weeks."""
    stays = 0.5 ** (WEEKS / half_life)
    return stays * visibility + (1.0 - stays) * effort_multiple


def _engage(engagement: Any, visibility: Any, effort: Any, effort0: Any, institutions: Any, **p: Any) -> Any:
    phi = effectiveness(institutions, p["effectiveness_alone"])
    return (
        engage(engagement, effort * effort0, phi, p["ties_half_life"]),
        attend(visibility, effort, p["visit_half_life"]),
    )


ENGAGEMENT = Mechanism(
    name="engagement",
    title="powers' efforts build ties that fade without them",
    reads=(
        "engagement",
        "visibility",
        "effort",
        "effort0",
        "institutions",
        "effectiveness_alone",
        "ties_half_life",
        "visit_half_life",
    ),
    writes=("engagement", "visibility"),
    apply=_engage,
)

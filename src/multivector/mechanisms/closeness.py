"""Closeness: where signed ties start, from votes, treaties, rivalries and what has happened so far.

    A0[a,b] = tanh(closeness + alliance_shift * obligation - rivalry_shift * rivalry + events)

Votes alone are no friendship: enemies vote alike on most of the agenda. So treaties and rivalries, which are
about the pair itself, shift what the votes say.

Axes: a, b actors. Unit: z (artanh of affinity).
"""

from __future__ import annotations

import jax
import jax.numpy as jnp

from multivector.mechanisms.pairs import no_self

NEAREST = 0.01
"""Least distance of a pair, as a part of chance: it keeps z finite where positions are given without errors."""


def closeness_of(position: jax.Array, error: jax.Array) -> jax.Array:
    """Closeness z [a, b] of positions [a] on one dimension: half the log of chance distance over distance.

        z[a,b] = ln(chance / d[a,b]) / 2,   d^2 = (p[a] - p[b])^2 + error[a]^2 + error[b]^2

    with chance the mean distance of all pairs, so that A = tanh(z) = (chance - d) / (chance + d): 0 where a
    pair is as far apart as any two are by chance, 1 where it stands on one spot, -1 beyond all measure. A
    pair is never measured closer than the errors [a] of its positions, nor than a hundredth of chance.

    Sources: distance of ideal points rather than shares of agreement, which move with the agenda, Bailey,
    Strezhnev & Voeten 2017, J. Conflict Resolution 61(2):430-456; zero at chance, Haege 2011, Political
    Analysis 19(3):287-305.
    """
    apart = position[:, None] - position[None, :]
    number = position.shape[0]
    chance = jnp.abs(apart).sum() / (number * (number - 1))
    square = apart**2 + error[:, None] ** 2 + error[None, :] ** 2
    distance = jnp.sqrt(jnp.maximum(square, (NEAREST * chance) ** 2))
    return no_self(0.5 * jnp.log(chance / distance))


def starting_affinity(
    closeness: jax.Array,
    obligation: jax.Array,
    rivalry: jax.Array,
    event_level: jax.Array,
    *,
    alliance_shift: jax.Array,
    rivalry_shift: jax.Array,
) -> jax.Array:
    """Affinity [a, b] at the origin: tanh(closeness + obligation * shift - rivalry * shift + events).

    Parameters
    ----------
    closeness : [a, b] z from votes. obligation : [a, b] 0 to 1. rivalry : [a, b] 0 or 1.
    event_level : [a, b] what past events have left, in z.
    alliance_shift, rivalry_shift : z of a full obligation, of a rivalry; 0 or more.
    """
    z = closeness + alliance_shift * obligation - rivalry_shift * rivalry + event_level
    return no_self(jnp.tanh(z))

"""Alignment: how a state's affinity is shared out over the powers.

    alignment[i,g] = softmax_g(affinity[i,g] / temperature)

Affinity can be negative, so its plain share is no share: with one friend and one enemy it would divide by
zero or leave the bounds, and cutting at zero would make all enemies equal. The logit keeps the order and the
difference of two ties, and takes any sign. Limits: temperature towards 0 gives all to the closest power,
without bound the even split; adding the same to all ties of a state changes nothing: alignment is a choice
among powers, and how close a state is to all of them stands in its affinities.

Axes: a, b actors (states, then powers), i state, g power. Unit: shares, each row sums to one.
Source: choice probabilities by logit, McFadden 1974, in Zarembka (ed.), Frontiers in Econometrics, 105-142.
"""

from __future__ import annotations

from typing import Any

import jax

from multivector.mechanisms.mechanism import Mechanism


def toward_powers(affinity: jax.Array, powers: int) -> jax.Array:
    """The ties [i, g] of the states to the powers, out of all pairs [a, b]: the powers come last."""
    states = affinity.shape[-1] - powers
    return affinity[:states, states:]


def share_out(ties: jax.Array, temperature: jax.Array) -> jax.Array:
    """The share [i, g] of each power in a state's affinity, from ties [i, g]."""
    return jax.nn.softmax(ties / temperature, axis=-1)


def _align(affinity: Any, leverage: Any, alignment_temperature: Any) -> Any:
    # Leverage [i, g] is read for its shape alone: it says how many of the actors are powers.
    ties = toward_powers(affinity, leverage.shape[-1])
    return ties, share_out(ties, alignment_temperature)


ALIGNMENT = Mechanism(
    name="alignment",
    title="a state's affinity is shared out over the powers",
    reads=("affinity", "leverage", "alignment_temperature"),
    writes=("ties", "alignment"),
    apply=_align,
)

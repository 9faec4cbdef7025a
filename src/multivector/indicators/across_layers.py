"""One reading over several layers, and how much of a state's ties is with the powers at all."""

from __future__ import annotations

from multivector.indicators._arrays import Array, floating, namespace

FLOOR = 0.01
"""An evenness below this counts as this in the geometric mean, so that one layer cannot erase the rest."""


def worst_layer(balance: Array, axis: int = -1) -> Array:
    """The least balanced layer: min_l E_l, in [0, 1]. One captive layer is leverage enough.

    Missing where a layer is missing: the worst may be the one that nobody measured.
    """
    xp = namespace(balance)
    return xp.min(floating(xp, balance), axis=axis)


def geometric_mean(balance: Array, axis: int = -1, floor: float = FLOOR) -> Array:
    """Geometric mean of the layers: exp(mean_l ln max(E_l, floor)), in [floor, 1].

    Partly non-compensatory: a balanced layer makes up for a captive one only in part. Missing where a
    layer is missing.
    """
    xp = namespace(balance)
    return xp.exp(xp.mean(xp.log(xp.clip(floating(xp, balance), floor, None)), axis=axis))


def exposure(share: Array, axis: int = -1) -> Array:
    """The part of a state's ties that is with the powers: sum_g share_g, in [0, 1].

    `share` is of all partners, not of the powers alone. Balance without exposure says nothing: a state
    may split evenly what is hardly there.
    """
    xp = namespace(share)
    return xp.sum(floating(xp, share), axis=axis)

"""Leverage: what a power could withdraw from a state, over all layers."""

from __future__ import annotations

from multivector.indicators._arrays import Array, floating, namespace


def leverage(dependence: Array, weight: Array) -> Array:
    """A power's leverage over a state: its dependence on that power, weighed over layers.

    leverage[i,g] = sum_l weight[l] * dependence[l,i,g]

    Parameters
    ----------
    dependence : axes [..., l, i, g].
    weight : axes [..., l], not negative; they add to 1 where leverage is to lie in [0, 1].

    Returns
    -------
    Axes [..., i, g]; missing where the dependence of a layer with a weight is missing. What a layer
    without data could add at most is told by `measure_balance`, not guessed here.
    """
    xp = namespace(dependence, weight)
    weight = floating(xp, weight)[..., None, None]
    weighed = xp.where(weight == 0, 0.0, weight * floating(xp, dependence))
    return xp.sum(weighed, axis=-3)


def leverage_asymmetry(leverage: Array, reverse: Array) -> Array:
    """Leverage of the power over the state, less that of the state over the power; in [-1, 1].

    Axes [..., i, g] both. What counts is the asymmetry: two that can hurt one another equally are
    interdependent, and neither has a hold.

    Source: A. O. Hirschman, National Power and the Structure of Foreign Trade (1945).
    """
    xp = namespace(leverage, reverse)
    return floating(xp, leverage) - floating(xp, reverse)

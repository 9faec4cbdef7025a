"""Evenness: how broadly a state spreads its ties over a fixed list of powers."""

from __future__ import annotations

import math

from multivector.errors import InputError
from multivector.indicators._arrays import Array, namespace, times_log
from multivector.indicators.concentration import hhi
from multivector.indicators.dependence import share


def shannon(ties: Array, axis: int = -1) -> Array:
    """Shannon entropy of the mix, in nats: H = -sum_j p_j ln p_j, in [0, ln k].

    `ties` may be shares or any amounts: they are divided by their sum over the k powers along `axis`.
    Missing where that sum is not positive or a tie is missing.
    """
    xp = namespace(ties)
    p = share(ties, axis)
    return -xp.sum(times_log(xp, p, p), axis=axis)


def evenness(ties: Array, axis: int = -1) -> Array:
    """Pielou's evenness: E = H / ln k over a fixed list of k powers, in [0, 1]; 1 is perfect balance.

    The list must be fixed beforehand: dropping powers without ties changes k, and values over
    different k cannot be compared. Missing where k is 1 (there is nothing to balance).

    Source: E. C. Pielou, J. Theoretical Biology 13 (1966) 131-144.
    """
    xp = namespace(ties)
    entropy, k = shannon(ties, axis), xp.asarray(ties).shape[axis]
    return entropy / math.log(k) if k > 1 else xp.full_like(entropy, xp.nan)


def hill_number(ties: Array, order: int, axis: int = -1) -> Array:
    """The number of equally used powers that would give the same mix; in [1, k].

    order 0: powers used at all;  order 1: exp(H);  order 2: 1 / HHI

    Source: M. O. Hill, Ecology 54 (1973) 427-432.
    """
    xp = namespace(ties)
    if order == 0:
        p = share(ties, axis)
        return xp.sum(xp.where(xp.isnan(p), p, p > 0), axis=axis)
    if order == 1:
        return xp.exp(shannon(ties, axis))
    if order == 2:
        return 1.0 / hhi(ties, axis)
    raise InputError(f"a Hill number of order {order}", where="order", repair="choose 0, 1 or 2")

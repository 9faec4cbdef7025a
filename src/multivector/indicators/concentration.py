"""Concentration: how much of a layer rests on few powers."""

from __future__ import annotations

from multivector.indicators._arrays import Array, namespace
from multivector.indicators.dependence import share


def hhi(ties: Array, axis: int = -1) -> Array:
    """Herfindahl-Hirschman index: sum_j p_j^2 over k powers, in [1/k, 1]; 1 is one power alone.

    `ties` may be shares or any amounts: they are divided by their sum along `axis`. Missing where that
    sum is not positive or a tie is missing.

    Source: A. O. Hirschman (1945); O. C. Herfindahl (1950); A. O. Hirschman, American Economic Review
    54 (1964) 761-762.
    """
    xp = namespace(ties)
    return xp.sum(share(ties, axis) ** 2, axis=axis)


def hhi_normalised(ties: Array, axis: int = -1) -> Array:
    """HHI freed from the number of powers: (HHI - 1/k) / (1 - 1/k), in [0, 1]; 0 is an even mix.

    Missing where k is 1 or the HHI is.
    """
    xp = namespace(ties)
    index, k = hhi(ties, axis), xp.asarray(ties).shape[axis]
    return (index - 1.0 / k) / (1.0 - 1.0 / k) if k > 1 else xp.full_like(index, xp.nan)


def top_share(ties: Array, axis: int = -1) -> Array:
    """The largest share: max_j p_j, in [1/k, 1]."""
    xp = namespace(ties)
    return xp.max(share(ties, axis), axis=axis)


def gini(ties: Array, axis: int = -1) -> Array:
    """Gini coefficient over the k powers: sum_r (2r - k - 1) p_(r) / k, in [0, 1 - 1/k]; 0 is an even mix.

    p_(r) is the r-th smallest share.

    Source: C. Gini, Variabilità e mutabilità (1912); the ranked form is the standard one.
    """
    xp = namespace(ties)
    p = xp.sort(xp.moveaxis(share(ties, axis), axis, -1), axis=-1)
    k = p.shape[-1]
    rank = xp.arange(1, k + 1)
    return xp.sum((2.0 * rank - k - 1.0) * p, axis=-1) / k

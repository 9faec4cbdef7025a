"""Distance of a mix to a reference mix: what geography or size alone would predict, or an even mix."""

from __future__ import annotations

from multivector.indicators._arrays import Array, namespace, times_log
from multivector.indicators.dependence import share


def _mixes(ties: Array, target: Array | None, axis: int) -> tuple[Array, Array]:
    """Both mixes as shares; an even target where none is given."""
    xp = namespace(ties, target)
    p = share(ties, axis)
    even = xp.full_like(p, 1.0 / p.shape[axis])
    return p, even if target is None else share(target, axis) + xp.zeros_like(p)


def kl_divergence(ties: Array, target: Array | None = None, axis: int = -1) -> Array:
    """Kullback-Leibler divergence KL(p, u) = sum_j p_j ln(p_j / u_j), in nats, in [0, inf].

    Infinite where a power is used that the target leaves out. `target` defaults to an even mix; both
    are divided by their sums.

    Source: S. Kullback, R. A. Leibler, Annals of Mathematical Statistics 22 (1951) 79-86.
    """
    p, u = _mixes(ties, target, axis)
    xp = namespace(p)
    return xp.sum(times_log(xp, p, p) - times_log(xp, p, u), axis=axis)


def js_distance(ties: Array, target: Array | None = None, axis: int = -1) -> Array:
    """Jensen-Shannon distance: sqrt(KL(p, m)/2 + KL(u, m)/2), m = (p + u)/2, in [0, sqrt(ln 2)].

    A metric: symmetric, 0 only for equal mixes. `target` defaults to an even mix.

    Source: D. M. Endres, J. E. Schindelin, IEEE Trans. Information Theory 49 (2003) 1858-1860.
    """
    p, u = _mixes(ties, target, axis)
    xp = namespace(p)
    middle = (p + u) / 2.0
    terms = times_log(xp, p, p) + times_log(xp, u, u) - 2.0 * times_log(xp, middle, middle)
    # Rounding may leave -1e-17 where the mixes are equal.
    return xp.sqrt(xp.clip(xp.sum(terms, axis=axis) / 2.0, 0.0, None))


def tv_distance(ties: Array, target: Array | None = None, axis: int = -1) -> Array:
    """Total variation: sum_j |p_j - u_j| / 2, in [0, 1]: the part of the mix that would have to move."""
    p, u = _mixes(ties, target, axis)
    xp = namespace(p)
    return xp.sum(xp.abs(p - u), axis=axis) / 2.0

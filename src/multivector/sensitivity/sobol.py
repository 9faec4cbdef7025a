"""Sobol' indices: the share of an output's variance that goes with one factor, alone or with others.

    first order   S_k = V(E(y | u_k)) / V(y)          what knowing k alone would take away
    total order   T_k = 1 - V(E(y | u_-k)) / V(y)     what is left when all but k are known

On two independent sets of points A and B, and A with column k from B (AB_k), n rows each:

    S_k = mean((f(B) - c) (f(AB_k) - f(A))) / V       centred, c the mean over A and B
    T_k = mean((f(A) - f(AB_k))^2) / (2 V)            Jansen's

Sources: Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018, table 2 (b, f); Jansen 1999,
doi:10.1016/S0010-4655(98)00154-4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.errors import InputError
from multivector.sensitivity.model import Array, Model, evaluate, require_design


@dataclass(frozen=True)
class SobolEffects:
    """Indices [s, k] by output and factor, with bootstrap intervals [2, s, k] and standard errors [s, k].

    An output that does not vary has no indices: NaN. `rows` [s] counts the rows used: those in which the output
    says something at every point.
    """

    names: tuple[str, ...]
    first: Array
    first_error: Array
    first_interval: Array
    total: Array
    total_error: Array
    total_interval: Array
    variance: Array
    rows: Array
    evaluations: int


def sobol_effects(
    f: Model,
    names: Sequence[str],
    n: int,
    seed: int,
    *,
    resamples: int = 500,
    level: float = 0.9,
) -> SobolEffects:
    """Indices from n (d + 2) evaluations at scrambled Sobol' points; `n` is a power of two.

    The bootstrap resamples rows as if they were independent. Scrambled points fill the cube more
    evenly than that, so the intervals are on the wide side.

    Raises
    ------
    InputError : `n` is no power of two, or there is no factor.
    """
    from scipy.stats import qmc

    require_design(names, n)
    if n & (n - 1):
        raise InputError(f"samples is {n}", repair="ask for a power of two: 256, 512, 1024")
    d = len(names)
    rng = np.random.default_rng(seed)
    # 64 bits may round up to 1 itself.
    points = np.minimum(qmc.Sobol(2 * d, rng=rng, bits=64).random(n), np.nextafter(1.0, 0.0))
    a, b = points[:, :d], points[:, d:]
    mixed = np.repeat(a[None], d, axis=0)
    for k in range(d):
        mixed[k, :, k] = b[:, k]
    y = evaluate(f, np.concatenate([a, b, mixed.reshape(-1, d)])).reshape(d + 2, n, -1)
    known = np.asarray(np.isfinite(y).all(axis=0), float)  # [n, s]
    y = _centred(y, known)

    first, total, variance = _indices(np.full((1, n), 1.0), y, known)
    lots = rng.multinomial(n, np.full(n, 1 / n), resamples).astype(float)
    firsts, totals, _ = _indices(lots, y, known)
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    return SobolEffects(
        names=tuple(names),
        first=first[0],
        first_error=_spread(firsts),
        first_interval=_quantiles(firsts, tails),
        total=total[0],
        total_error=_spread(totals),
        total_interval=_quantiles(totals, tails),
        variance=variance[0],
        rows=known.sum(axis=0),
        evaluations=n * (d + 2),
    )


def _centred(y: Array, known: Array) -> Array:
    """Outputs less their mean (a large mean would eat the digits of the variance), zero where unknown."""
    rows = np.maximum(known.sum(axis=0), 1.0)
    y = np.where(known > 0, y, 0.0)
    centre = y[:2].sum(axis=(0, 1)) / (2 * rows)
    # What does not vary leaves exact zeros, not rounding errors of which shares could be taken.
    same = (np.where(known > 0, y, y.max(axis=(0, 1))) == y.max(axis=(0, 1))).all(axis=(0, 1))
    return np.asarray(np.where((known > 0) & ~same, y - centre, 0.0), float)


def _indices(weights: Array, y: Array, known: Array) -> tuple[Array, Array, Array]:
    """First [r, s, k], total [r, s, k] and variance [r, s] under each of r weightings [r, n] of the rows."""
    y_a, y_b, moved = y[0], y[1], y[2:] - y[0]  # [n, s], [n, s], [k, n, s]
    rows = weights @ known

    def mean(terms: Array) -> Array:
        """Weighted over rows: [r, s] of [n, s], [r, k, s] of [k, n, s]."""
        sums = np.tensordot(weights, terms, axes=(1, -2))
        return np.asarray(sums / (rows if terms.ndim == 2 else rows[:, None]), float)

    with np.errstate(invalid="ignore", divide="ignore"):
        centre = mean((y_a + y_b) / 2)
        variance = mean((y_a**2 + y_b**2) / 2) - centre**2
        scale = np.where(variance > 0, variance, np.nan)[:, None]
        first = (mean(y_b * moved) - centre[:, None] * mean(moved)) / scale
        total = mean(moved**2) / 2 / scale
    return np.swapaxes(first, 1, 2), np.swapaxes(total, 1, 2), variance


def _spread(drawn: Array) -> Array:
    """Standard deviation over resamples; a resample in which the output does not vary says nothing."""
    sets = np.ma.masked_invalid(drawn)
    return np.asarray(sets.std(axis=0, ddof=1).filled(np.nan), float)


def _quantiles(drawn: Array, tails: Array) -> Array:
    result = np.full((len(tails), *drawn.shape[1:]), np.nan)
    for s in range(drawn.shape[1]):
        kept = np.isfinite(drawn[:, s]).all(axis=-1)
        if kept.any():
            result[:, s] = np.quantile(drawn[kept, s], tails, axis=0)
    return result

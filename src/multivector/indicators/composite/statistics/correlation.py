"""Correlation of columns, pair by pair over the units that both know, with p-values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy import special

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.ranking import TIE, ascending_ranks, ranks
from multivector.indicators.composite.statistics.columns import require_varied
from multivector.indicators.composite.statistics.ties import snapped

PAIRS_HELD = 2**22
"""Pairs of units, times columns, that Kendall's tau compares at once."""


@dataclass(frozen=True, eq=False)
class Correlations:
    """r, p and the number of units, [a, b]; NaN where the units that both know do not vary, or are under 3."""

    r: Floats
    p: Floats
    units: Floats


def correlate(
    a: Floats,
    b: Floats,
    method: str = "pearson",
    *,
    ties: float = TIE,
    names: tuple[Names, Names] = (NAMELESS, NAMELESS),
) -> Correlations:
    """Correlation of each column of a [u, a] with each of b [u, b], over the units known of both.

    `pearson`, `spearman` (Pearson's of the ranks) or `kendall` (tau-b). p-values are two-sided: Student's t
    with units - 2 degrees of freedom, and for Kendall the normal approximation with its correction for
    ties. For ranks, values closer than `ties` of the column's range are equal (0 compares bit by bit, as
    R's `cor` does).

    Raises
    ------
    InputError : no such method; a column that is constant or known of fewer than three units, by its name.

    Source: M. G. Kendall, Rank Correlation Methods (1970), chapters 3 and 4.
    """
    if method not in CORRELATE:
        raise InputError(
            f"no correlation {method!r}", where="correlation", repair=f"choose one of {', '.join(CORRELATE)}"
        )
    for x, called in zip((a, b), names, strict=True):
        require_varied(x, "correlation", called)
    if method != "pearson":
        a, b = snapped(a, ties), snapped(b, ties)
    return CORRELATE[method](a, b)


def _pearson(a: Floats, b: Floats) -> Correlations:
    """Sums over the shared units as products of matrices; scaled first, so that nothing cancels."""
    known_a, known_b = (~np.isnan(a)).astype(float), (~np.isnan(b)).astype(float)
    a, b = _scaled(a), _scaled(b)
    units = known_a.T @ known_b
    n = np.maximum(units, 1.0)
    sum_a, sum_b = a.T @ known_b, known_a.T @ b
    square_a = (a**2).T @ known_b - sum_a**2 / n
    square_b = known_a.T @ b**2 - sum_b**2 / n
    return _with_t(a.T @ b - sum_a * sum_b / n, square_a, square_b, units)


def _spearman(a: Floats, b: Floats) -> Correlations:
    """Ranks are taken anew over the units that a pair shares; once for all where nothing is missing."""
    if not (np.isnan(a).any() or np.isnan(b).any()):
        return _pearson(_mean_ranks(a), _mean_ranks(b))
    return _by_blocks(_spearman_block, a, b)


def _spearman_block(a: Floats, b: Floats) -> Correlations:
    """A unit's mean rank about its centre is half of how many shared units it is above less below."""
    known_a, known_b = (~np.isnan(a)).astype(float), (~np.isnan(b)).astype(float)
    above_a = _over_shared(_signs(a), known_a, known_b)
    above_b = np.swapaxes(_over_shared(_signs(b), known_b, known_a), 0, 2)
    cross, square_a, square_b = (
        (one * other).sum(axis=1)
        for one, other in ((above_a, above_b), (above_a, above_a), (above_b, above_b))
    )
    return _with_t(cross, square_a, square_b, known_a.T @ known_b)


def _over_shared(each: Floats, known: Floats, other: Floats) -> Floats:
    """Sum of each [a, u, v] over the units v that another column knows: [a, u, b], 0 where u is not shared."""
    shared: Floats = (each @ other) * known.T[:, :, None] * other[None, :, :]
    return shared


def _mean_ranks(x: Floats) -> Floats:
    """Ranks of each column of x [u, n] without missing values; ties share their mean rank."""
    first, last = ascending_ranks(x.T, tie=0.0), len(x) + 1 - ranks(x.T, tie=0.0)
    return ((first + last) / 2.0).T


def _kendall(a: Floats, b: Floats) -> Correlations:
    """tau-b, by blocks."""
    return _by_blocks(_kendall_block, a, b)


def _by_blocks(block_of: Callable[[Floats, Floats], Correlations], a: Floats, b: Floats) -> Correlations:
    """A block of columns against a block of columns, so that pairs of units need not all be held at once."""
    units_held = max(len(a), 1)
    step = max(1, min(PAIRS_HELD // units_held**2, math.isqrt(PAIRS_HELD // units_held)))
    blocks = [
        [block_of(a[:, n : n + step], b[:, m : m + step]) for m in range(0, b.shape[1], step)]
        for n in range(0, a.shape[1], step)
    ]
    r, p, units = (
        np.block([[getattr(block, part) for block in row] for row in blocks]) for part in ("r", "p", "units")
    )
    return Correlations(r, p, units)


def _kendall_block(a: Floats, b: Floats) -> Correlations:
    """tau-b: agreeing less disagreeing pairs of units, over the pairs that neither column ties."""
    sign_a, sign_b = (_signs(x).reshape(x.shape[1], -1) for x in (a, b))
    known_a, known_b = (~np.isnan(a)).astype(float), (~np.isnan(b)).astype(float)
    pairs_a, pairs_b = _pairs(known_a), _pairs(known_b)
    agree = sign_a @ sign_b.T / 2.0
    untied_a, untied_b = np.abs(sign_a) @ pairs_b.T / 2.0, pairs_a @ np.abs(sign_b).T / 2.0
    units = known_a.T @ known_b
    usable = (untied_a > 0) & (untied_b > 0) & (units >= 3)
    scale = np.sqrt(np.where(usable, untied_a * untied_b, 1.0))
    r = np.where(usable, agree / scale, np.nan)
    deviation = np.sqrt(np.where(usable, _variance(a, b, units), 1.0))
    p = np.where(usable, 2.0 * special.ndtr(-np.abs(agree) / deviation), np.nan)
    return Correlations(r, p, units)


def _variance(a: Floats, b: Floats, units: Floats) -> Floats:
    """Variance of agreeing less disagreeing pairs when the columns are independent, given their ties."""
    known_a, known_b = (~np.isnan(a)).astype(float), (~np.isnan(b)).astype(float)
    ties_a = _over_shared(_same(a), known_a, known_b)
    ties_b = np.swapaxes(_over_shared(_same(b), known_b, known_a), 0, 2)
    n = units
    total = n * (n - 1) * (2 * n + 5)
    for ties in (ties_a, ties_b):
        total = total - _over(ties, lambda t: (t - 1) * (2 * t + 5))
    pairs = _over(ties_a, lambda t: t - 1) * _over(ties_b, lambda t: t - 1)
    triples = _over(ties_a, lambda t: (t - 1) * (t - 2)) * _over(ties_b, lambda t: (t - 1) * (t - 2))
    more = np.maximum(n, 3.0)
    variance: Floats = (
        total / 18 + pairs / (2 * more * (more - 1)) + triples / (9 * more * (more - 1) * (more - 2))
    )
    return variance


def _same(x: Floats) -> Floats:
    """Which units have a unit's own value, itself among them, [n, u, u]; 0 where one is missing."""
    same: Floats = (x.T[:, :, None] == x.T[:, None, :]).astype(float)
    return same


def _over(ties: Floats, term: Callable[[Floats], Floats]) -> Floats:
    """Sum over the groups of ties [a, u, b] of t times the term: each of its t units brings the term once."""
    result: Floats = np.where(ties > 0, term(ties), 0.0).sum(axis=1)
    return result


def _signs(x: Floats) -> Floats:
    """Which of two units is higher, [n, u, u]; 0 where they tie or one is missing."""
    gap = x.T[:, :, None] - x.T[:, None, :]
    result: Floats = np.nan_to_num(np.sign(gap))
    return result


def _pairs(known: Floats) -> Floats:
    result: Floats = (known.T[:, :, None] * known.T[:, None, :]).reshape(known.shape[1], -1)
    return result


def _scaled(x: Floats) -> Floats:
    """Centred and scaled to a range of one, 0 where missing."""
    low, high = np.fmin.reduce(x, axis=0), np.fmax.reduce(x, axis=0)
    scaled: Floats = np.nan_to_num((x - (low + high) / 2.0) / np.where(high > low, high - low, 1.0))
    return scaled


def _with_t(cross: Floats, square_a: Floats, square_b: Floats, units: Floats) -> Correlations:
    usable = (units >= 3) & (square_a > 1e-14) & (square_b > 1e-14)
    r = np.where(usable, cross / np.sqrt(np.where(usable, square_a * square_b, 1.0)), np.nan)
    r = np.clip(r, -1.0, 1.0)
    left = np.maximum(1.0 - r**2, 1e-300)
    t = np.abs(r) * np.sqrt(np.maximum(units - 2, 0) / left)
    p = np.where(usable, 2.0 * special.stdtr(np.maximum(units - 2, 1), -t), np.nan)
    return Correlations(r, p, units)


CORRELATE: Mapping[str, Callable[[Floats, Floats], Correlations]] = MappingProxyType(
    {"pearson": _pearson, "spearman": _spearman, "kendall": _kendall}
)

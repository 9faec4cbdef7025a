"""Random numbers of the analysis: points of the design, and a number for each cell behind one of them.

A factor that moves many cells at once (every value within its interval, every weight) is one uniform number
u. The numbers of its cells are a stream started at u's bits: the same u gives the same cells, whatever the
batch, so a point of a Sobol' design can be evaluated anywhere and again.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)


def points(n: int, d: int, seed: int) -> Floats:
    """The first n scrambled Sobol' points in [0, 1)^d, `[n, d]`.

    Source: I. M. Sobol', USSR Comput. Math. Math. Phys. 7 (1967) 86-112; scrambled as in J. Matoušek,
    J. Complexity 14 (1998) 527-556.
    """
    from scipy.stats import qmc

    sequence = qmc.Sobol(d, rng=np.random.default_rng(seed), bits=64)
    drawn = sequence.random_base2((n - 1).bit_length())[:n]
    return np.asarray(np.minimum(drawn, np.nextafter(1.0, 0.0)))  # 64 bits may round up to 1 itself


def cells(u: Floats, ids: Whole) -> Floats:
    """A uniform number in [0, 1) for every cell of every sample: u `[s]`, ids `[...]` -> `[s, ...]`.

    Cells with one id share their number. SplitMix64, started at the bits of u and read at place `id`.

    Source: G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014, doi:10.1145/2660193.2660195.
    """
    start = _mixed(np.ascontiguousarray(u, float).view(np.uint64))
    place = (ids.astype(np.uint64) + np.uint64(1)) * _STEP
    state = _mixed(start.reshape(-1, *(1,) * ids.ndim) + place)
    return np.asarray((state >> np.uint64(11)) * 2.0**-53, float)


def _mixed(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    for shift, factor in _MIX:
        z = (z ^ (z >> shift)) * factor
    return z ^ (z >> np.uint64(31))


def name_id(*names: str) -> int:
    """The id of a cell by what it is called: its number does not hang on who else is there, nor in what order."""
    return int.from_bytes(blake2b("\0".join(names).encode(), digest_size=7).digest(), "big")


def triangular(q: Floats, low: Floats, mode: Floats, high: Floats) -> Floats:
    """The q-quantile of the triangular distribution from low to high with its peak at mode."""
    span = high - low
    peak = (mode - low) / np.where(span > 0, span, 1.0)
    rising = low + np.sqrt(q * span * (mode - low))
    falling = high - np.sqrt((1.0 - q) * span * (high - mode))
    return np.where(q < peak, rising, falling)


def uniform(q: Floats, low: Floats, high: Floats) -> Floats:
    """The q-quantile of the uniform distribution from low to high."""
    return low + q * (high - low)


def observed(q: Floats, x: Floats) -> Floats:
    """The observed value at q of each indicator: q `[..., u, i]`, x `[..., v, i]` -> `[..., u, i]`.

    Every known value of x is equally likely; missing where none is known.
    """
    ordered = np.sort(x, axis=-2)  # NaN sorts last
    known = (~np.isnan(x)).sum(axis=-2, keepdims=True)
    return np.take_along_axis(ordered, (q * known).astype(np.int64), axis=-2)

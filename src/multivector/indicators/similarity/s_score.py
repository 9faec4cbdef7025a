"""S: how near two states' portfolios of ties lie to one another."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.errors import InputError

DISTANCES = {"absolute": 1, "squared": 2}
"""Exponent of each distance between two entries."""


def s_score(
    a: ArrayLike, b: ArrayLike, *, greatest: float, distance: str = "absolute", axis: int = -1
) -> NDArray[np.float64]:
    """Signorino and Ritter's S of two portfolios, unweighted.

        S = 1 - 2 sum_j |a_j - b_j|^p / (n d^p),   p = 1 absolute, 2 squared

    over the n entries that both have; d is the greatest distance that two entries can have on the
    scale, not in the data. S is 1 for like portfolios, -1 for wholly opposed ones.

    Parameters
    ----------
    a, b : portfolios along `axis`, broadcast against one another; an entry not covered is NaN.
    greatest : d, 3 for obligations from 0 to 3, 1 for two values or votes as 0, 0.5, 1.
    distance : "absolute" or "squared".

    Returns
    -------
    array in [-1, 1] : NaN where no entry is covered on both sides; never zero for want of data.

    Raises
    ------
    InputError : an unknown distance, a `greatest` that is not positive, or entries further apart.

    Source: C. S. Signorino, J. M. Ritter, "Tau-b or Not Tau-b", International Studies Quarterly 43:1
    (1999) 115-144, doi:10.1111/0020-8833.00113.
    """
    if distance not in DISTANCES:
        raise InputError(
            f"no distance {distance!r}", where="distance", repair=f"choose one of {', '.join(DISTANCES)}"
        )
    if not greatest > 0:
        raise InputError(
            f"a greatest distance of {greatest:g}", where="greatest", repair="give the length of the scale"
        )
    apart = np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))
    known = np.isfinite(apart)
    apart = np.where(known, apart, 0.0)
    if (apart > greatest * (1 + 1e-12)).any():
        raise InputError(
            f"two entries lie {apart.max():g} apart, on a scale of length {greatest:g}",
            where="greatest",
            repair="give the length of the whole scale",
        )
    n = known.sum(axis=axis)
    total = ((apart / greatest) ** DISTANCES[distance]).sum(axis=axis)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(n > 0, 1 - 2 * total / n, np.nan))

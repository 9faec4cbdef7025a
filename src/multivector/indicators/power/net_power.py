"""Net power: what a state has after feeding, policing and defending its own people."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.errors import InputError

Floats = NDArray[np.float64]


def net_power(gdp: ArrayLike, population: ArrayLike) -> Floats:
    """Output times output a head: P[u] = Y[u] * Y[u] / N[u].

    Output alone counts what a large poor population consumes at once; times output a head it is a first
    measure of what is left over.

    Parameters
    ----------
    gdp : [..., u], in one currency and price base for all; the unit of the result is its square a head.
    population : [..., u], persons, positive.

    Returns
    -------
    array [..., u] : NaN where either is missing.

    Raises
    ------
    InputError : a population is not positive, or an output is negative.

    Source: M. Beckley, "The Power of Nations: Measuring What Matters", International Security 43:2
    (2018) 7-44, doi:10.1162/isec_a_00328.
    """
    output, heads = np.asarray(gdp, dtype=float), np.asarray(population, dtype=float)
    for wrong, name in ((heads <= 0, "a population is not positive"), (output < 0, "an output is negative")):
        if wrong.any():
            raise InputError(
                name,
                where=f"state {int(np.argwhere(wrong)[0][-1])}",
                repair="write NaN where it is not known",
            )
    return np.asarray(output * output / heads)


def share_of_group(power: ArrayLike) -> Floats:
    """Each state's share of the group's net power: P[u] / sum_v P[v] over those that are known.

    The group is whoever stands along the last axis: shares in a region and in the world are different
    numbers. A state that is missing has no share, and leaves the others' too large by what it would have.
    """
    p = np.asarray(power, dtype=float)
    total = np.where(np.isfinite(p), p, 0.0).sum(axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(total > 0, p / total, np.nan))

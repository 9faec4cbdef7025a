"""Likeness of two states' alliance portfolios."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.indicators.similarity.chance_corrected import cohens_kappa, scotts_pi
from multivector.indicators.similarity.s_score import s_score
from multivector.indicators.similarity.tau_b import tau_b

SCALE = (0.0, 1.0, 2.0, 3.0)
"""None; non-aggression; neutrality or consultation; defence or offence."""
TIED = (0.0, 1.0)

Floats = NDArray[np.float64]


class AllianceSimilarity(NamedTuple):
    """Measures of likeness of two alliance portfolios, and on how many partners they rest.

    n : partners whose ties with both are known.
    s, s_squared, s_binary : S with absolute and squared distances, and on whether there is any tie.
    pi, pi_binary : Scott's pi over the four obligations, and over tie and no tie.
    kappa : Cohen's kappa with squared weights over the whole scale; `kappa_present` over the ranks of the
        obligations that the two have; `kappa_nominal` without weights; `kappa_binary` over tie and no tie.
    tau_b : Kendall's tau-b over the four obligations.
    """

    n: NDArray[np.int64]
    s: Floats
    s_squared: Floats
    s_binary: Floats
    pi: Floats
    pi_binary: Floats
    kappa: Floats
    kappa_present: Floats
    kappa_nominal: Floats
    kappa_binary: Floats
    tau_b: Floats


def alliance_similarity(a: ArrayLike, b: ArrayLike, axis: int = -1) -> AllianceSimilarity:
    """Likeness of two portfolios of obligations over all the states of a system.

    Parameters
    ----------
    a, b : obligations from 0 to 3 towards each state along `axis`, broadcast against one another. A
        state's obligation to itself is 3, by convention. Not covered is NaN, never 0: a source that ends
        in a year says nothing of later ones.

    Returns
    -------
    AllianceSimilarity : NaN throughout where n is 0. Likeness is over those n states alone: values from
        systems of different size cannot be compared.

    Raises
    ------
    InputError : an obligation that is not 0, 1, 2 or 3.

    Source: the ordinal scale is that of Chiba et al. (2022) on the ATOP data, as svmiller/fpsim applies
    it; for the choice of measure F. M. Haege, Political Analysis 19:3 (2011) 287-305,
    doi:10.1093/pan/mpr023.
    """
    x, y = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
    kappa = cohens_kappa(x, y, SCALE, axis, weights="squared")
    any_x, any_y = (np.where(np.isfinite(e), e > 0, np.nan) for e in (x, y))
    return AllianceSimilarity(
        n=(np.isfinite(x) & np.isfinite(y)).sum(axis=axis),
        s=s_score(x, y, greatest=SCALE[-1], axis=axis),
        s_squared=s_score(x, y, greatest=SCALE[-1], distance="squared", axis=axis),
        s_binary=s_score(any_x, any_y, greatest=1.0, axis=axis),
        pi=scotts_pi(x, y, SCALE, axis),
        pi_binary=scotts_pi(any_x, any_y, TIED, axis),
        kappa=kappa,
        kappa_present=cohens_kappa(x, y, SCALE, axis, weights="squared", present_only=True),
        kappa_nominal=cohens_kappa(x, y, SCALE, axis),
        kappa_binary=cohens_kappa(any_x, any_y, TIED, axis),
        tau_b=tau_b(x, y, axis),
    )

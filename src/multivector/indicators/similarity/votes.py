"""Likeness of two states' votes: yes, abstention, no; absences are left out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.indicators.similarity.chance_corrected import cohens_kappa, scotts_pi
from multivector.indicators.similarity.s_score import s_score

YES, ABSTAIN, NO, ABSENT = 1.0, 0.5, 0.0, np.nan
SCALE = (NO, ABSTAIN, YES)

Floats = NDArray[np.float64]


class VoteSimilarity(NamedTuple):
    """Measures of likeness of two states' votes, and on how many votes they rest.

    n : votes that both cast.
    agreement : share of them that were alike.
    s, s_squared : S with absolute and with squared distances; an abstention lies half-way.
    pi : Scott's pi over the three kinds of vote.
    kappa : Cohen's kappa with squared weights; nominal in `kappa_nominal`.
    """

    n: NDArray[np.int64]
    agreement: Floats
    s: Floats
    s_squared: Floats
    pi: Floats
    kappa: Floats
    kappa_nominal: Floats


def vote_similarity(a: ArrayLike, b: ArrayLike, axis: int = -1) -> VoteSimilarity:
    """Likeness of two voting records over the votes that both cast.

    Most resolutions pass with few against, so that any two records agree often by chance: pi and kappa
    take that chance off, agreement and S do not.

    Parameters
    ----------
    a, b : votes along `axis`, broadcast against one another: 1 yes, 0.5 abstention, 0 no; NaN absent or
        not covered. An absence is no abstention.

    Returns
    -------
    VoteSimilarity : NaN throughout where n is 0, so that the end of coverage never reads as a number.

    Raises
    ------
    InputError : a vote that is none of these.

    Source: for chance, F. M. Haege, Political Analysis 19:3 (2011) 287-305, doi:10.1093/pan/mpr023; for
    S on votes, Signorino and Ritter (1999).
    """
    x, y = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
    both = np.isfinite(x) & np.isfinite(y)
    n = both.sum(axis=axis)
    alike = (both & (x == y)).sum(axis=axis)
    # Chance-corrected measures first: they refuse votes that are not on the scale.
    pi = scotts_pi(x, y, SCALE, axis)
    return VoteSimilarity(
        n=n,
        agreement=np.where(n > 0, alike / np.maximum(n, 1), np.nan),
        s=s_score(x, y, greatest=YES - NO, axis=axis),
        s_squared=s_score(x, y, greatest=YES - NO, distance="squared", axis=axis),
        pi=pi,
        kappa=cohens_kappa(x, y, SCALE, axis, weights="squared"),
        kappa_nominal=cohens_kappa(x, y, SCALE, axis),
    )

"""Which of some options is elected, given who would vote how: coalitions and a Condorcet election (NumPy)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.models.smp import formulas
from multivector.bargaining.models.smp.options import PCE, Victory, Vote
from multivector.errors import ComputationError

Array = NDArray[np.float64]

MOST_ROUNDS: Final = 1000
UNIFORM_SETTLED: Final = 1e-6
INCENTIVE_SETTLED: Final = 1e-8


def coalitions(rule: Vote, weight: Array, utility: Array) -> Array:
    """C [o, o']: strength of those who prefer option o to o', from weights [k] and utilities [k, o].

    C_oo' = 1e-8 + sum_k max(v_k(o:o'), 0) for o' < o, and C_o'o the same of -v_k: for a rule that is not
    symmetric (ASymProsp) the order of the options matters, as it does in KTAB. Actors are added in their
    order, so that the sums are KTAB's to the last bit.
    """
    m = utility.shape[1]
    towards, against = (np.full((m, m), formulas.LEAST_COALITION) for _ in range(2))
    for w, u in zip(weight, utility, strict=True):
        votes = formulas.vote(rule, w, u[:, None] - u[None, :])
        towards += np.maximum(votes, 0)
        against += np.maximum(-votes, 0)
    strengths: Array = np.where(np.tri(m, k=-1, dtype=bool), towards, against.T)
    return strengths


def beats(model: Victory, strengths: Array) -> Array:
    """p [o, o']: probability that option o beats o'; 1/2 against itself."""
    p: Array = formulas.victory(model, strengths, strengths.T)
    np.fill_diagonal(p, 0.5)
    return p


def elected(model: PCE, p: Array, strengths: Array) -> Array:
    """P [o]: probability that each option is the one elected.

    Conditional: P_o = prod_o' p_oo', scaled to a sum of 1. The two Markov models repeat P <- (P + y)/2, where
    y is the distribution after a challenger, drawn uniformly or by incentive, has met the favourite.

    Raises
    ------
    ComputationError : a Markov model has not settled after 1,000 rounds (KTAB stops there too).
    """
    m = len(p)
    if model == "Conditional":
        return _product(p)
    favoured: Array = np.full(m, 1 / m)
    incentive = strengths * p + formulas.LEAST_INCENTIVE * np.eye(m)
    challenges = incentive / incentive.sum(axis=0)
    settled = UNIFORM_SETTLED if model == "MarkovUniform" else INCENTIVE_SETTLED
    for _ in range(MOST_ROUNDS):
        if model == "MarkovUniform":
            after = (p * (favoured[:, None] + favoured[None, :])).sum(axis=1) / m
        else:
            meets = favoured[:, None] * challenges.T
            after = (p * (meets + meets.T)).sum(axis=1)
        change = np.abs(after - favoured).max()
        favoured = (favoured + after) / 2
        if change <= settled:
            return favoured
    raise ComputationError(
        f"the {model} election has not settled after {MOST_ROUNDS:,} rounds",
        repair="use the Conditional election, or look for capabilities that differ by many orders of magnitude",
    )


def _product(p: Array) -> Array:
    """prod_j p_ij, scaled to a sum of 1; powers of two are taken out on the way, so that many options do not underflow."""
    chance = np.ones(len(p))
    for column in p.T:
        chance = chance * column
        chance = np.ldexp(chance, -np.frexp(chance.max())[1])
    scaled: Array = chance / chance.sum()
    return scaled

"""Which of some options is elected, given who would vote how: coalitions and a Condorcet election (NumPy)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.models.smp import formulas
from multivector.bargaining.models.smp.options import PCE, Victory, Vote
from multivector.errors import ComputationError

Array = NDArray[np.float64]
Truths = NDArray[np.bool_]

MOST_ROUNDS: Final = 1000
UNIFORM_SETTLED: Final = 1e-6
INCENTIVE_SETTLED: Final = 1e-8
_DOUBLINGS: Final = 5
"""Of the rounds that are computed together: 32."""


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

    Conditional: P_o = prod_o' p_oo', scaled to a sum of 1. The Markov models: see `markov`.

    Raises
    ------
    ComputationError : a Markov model has not settled.
    """
    if model == "Conditional":
        return _product(p)
    chance, settled = markov(model, p[None], strengths[None], np.ones((1, len(p)), bool))
    if not settled.all():
        raise unsettled(model)
    found: Array = chance[0]
    return found


def markov(model: PCE, p: Array, strengths: Array, on: Truths) -> tuple[Array, Truths]:
    """P [q, o] of elections q among the options that are `on` [q, o] the table, and which have settled [q].

    P <- (P + y)/2, where y is the distribution after a challenger, drawn uniformly or by incentive, has met the
    favourite, until P and y agree; after 1,000 rounds it gives up, as KTAB does. Every round is one matrix,
    P <- S P: with its powers many rounds are computed together, and the first at which it rests is taken.
    """
    drawn = (on[:, None] & on[:, :, None]).astype(
        np.float64
    )  # who challenges the favourite [q, challenger, favourite]
    same = np.eye(p.shape[-1])
    if model == "MarkovIncentive":
        drawn *= strengths * p + formulas.LEAST_INCENTIVE * same
    drawn /= np.maximum(drawn.sum(axis=1, keepdims=True), ~on[:, None])
    holds = np.einsum("qij,qji->qi", p, drawn)
    step = (p * drawn + same * (1 + holds[:, None])) / 2
    enough = UNIFORM_SETTLED if model == "MarkovUniform" else INCENTIVE_SETTLED
    found, settled = on / on.sum(axis=1, keepdims=True), np.zeros(len(on), bool)
    going, path, leap = np.arange(len(on)), found[:, :, None], step
    for _ in range(_DOUBLINGS):
        path, leap = np.concatenate((path, leap @ path), axis=2), leap @ leap
    for first in range(0, MOST_ROUNDS, path.shape[2]):
        after = (step @ path)[:, :, : MOST_ROUNDS - first]
        rests = 2 * np.abs(after - path[:, :, : after.shape[2]]).max(axis=1) <= enough  # [q, round]
        rest = rests.any(axis=1)
        found[going] = after[np.arange(len(going)), :, np.where(rest, rests.argmax(axis=1), -1)]
        settled[going] = rest
        if rest.all():
            break
        going, path, leap, step = (each[~rest] for each in (going, path, leap, step))
        path = leap @ path
    return found, settled


def unsettled(model: PCE, where: str = "") -> ComputationError:
    """The error of an election that goes on and on."""
    return ComputationError(
        f"the {model} election has not settled after {MOST_ROUNDS:,} rounds",
        where=where,
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

"""Which of some options is elected, given who would vote how: coalitions and a Condorcet election (NumPy)."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.models.smp import formulas
from multivector.bargaining.models.smp.options import PCE, Victory, Vote
from multivector.errors import ComputationError

Array = NDArray[np.float64]
Settled = NDArray[np.bool_]

MOST_ROUNDS: Final = 1000
UNIFORM_SETTLED: Final = 1e-6
INCENTIVE_SETTLED: Final = 1e-8
_AT_ONCE: Final = 10
"""Rounds between looks at whether an election has settled: looking costs more than a round."""


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
    """P [o]: probability that each option is the one elected, see `elections`.

    Raises
    ------
    ComputationError : a Markov model has not settled.
    """
    chance, settled = elections(model, p[..., None], strengths[..., None])
    if not settled.all():
        raise unsettled(model)
    return chance[:, 0]


def elections(model: PCE, p: Array, strengths: Array, table: Settled | None = None) -> tuple[Array, Settled]:
    """P [o, q]: probability that each option is the one elected, of elections q, and which of them have settled.

    A Markov election may be among some of the options only: those that `table` [o, q] holds.

    Conditional: P_o = prod_o' p_oo', scaled to a sum of 1. The two Markov models repeat P <- (P + y)/2, where
    y is the distribution after a challenger, drawn uniformly or by incentive, has met the favourite; after
    1,000 rounds they give up, as KTAB does.
    """
    if model == "Conditional":
        return _product(p), np.ones(p.shape[2], bool)
    on = np.ones(p.shape[1:], bool) if table is None else table
    both = on[:, None] & on
    drawn = 1.0 * both  # who challenges the favourite [challenger, favourite, q]
    if model == "MarkovIncentive":
        drawn *= strengths * p + formulas.LEAST_INCENTIVE * np.eye(len(p))[..., None]
    drawn /= np.maximum(drawn.sum(axis=0), ~on)
    own = np.einsum("ijq,jiq->iq", p, drawn)
    step = (p * drawn + np.eye(len(p))[..., None] * (1 + own)) / 2
    enough = UNIFORM_SETTLED if model == "MarkovUniform" else INCENTIVE_SETTLED
    found, settled = on / on.sum(axis=0), np.zeros(on.shape[1], bool)
    going = np.arange(on.shape[1])
    for _ in range(0, MOST_ROUNDS, _AT_ONCE):
        path = np.empty((_AT_ONCE + 1, len(p), going.size))
        path[0] = found[:, going]
        for t in range(_AT_ONCE):
            np.einsum("ijq,jq->iq", step, path[t], out=path[t + 1])
        rests = 2 * np.abs(np.diff(path, axis=0)).max(axis=1) <= enough  # [t, q]
        settled[going] = rests.any(axis=0)
        last = np.where(settled[going], rests.argmax(axis=0), _AT_ONCE - 1)
        found[:, going] = path[last + 1, :, np.arange(going.size)].T
        step, going = step[..., ~settled[going]], going[~settled[going]]
        if not going.size:
            break
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
    chance = np.ones((len(p), p.shape[2]))
    for column in np.moveaxis(p, 1, 0):
        chance = chance * column
        chance = np.ldexp(chance, -np.frexp(chance.max(axis=0))[1])
    scaled: Array = chance / chance.sum(axis=0)
    return scaled

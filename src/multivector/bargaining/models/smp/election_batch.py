"""Coalitions and Condorcet elections of many draws at once, on NumPy and on JAX arrays; draws on the last axis."""

from __future__ import annotations

import numpy as np

from multivector.bargaining.models.smp import formulas
from multivector.bargaining.models.smp.election import (
    INCENTIVE_SETTLED,
    MOST_ROUNDS,
    UNIFORM_SETTLED,
    markov,
)
from multivector.bargaining.models.smp.formulas import Array, namespace
from multivector.bargaining.models.smp.loops import each, is_numpy, repeated, scan
from multivector.bargaining.models.smp.options import PCE, Victory, Vote


def coalitions(rule: Vote, weight: Array, utility: Array) -> Array:
    """C [o, o', m] from weights [k, m] and utilities [k, o, m]. Voter by voter: what a step needs stays in a core's cache."""
    xp = namespace(utility)
    options = np.arange(utility.shape[1])

    def over(own: Array, option: Array) -> Array:
        """Coalitions for some options [..., o', m] over all, from utilities [k, ..., m] of them."""

        def add(strengths: Array, voter: tuple[Array, ...]) -> Array:
            w, u, u_own = voter
            votes = formulas.vote(rule, w, u_own - u)
            if rule == "ASymProsp":  # the one rule that is not the negative of itself the other way round
                votes = xp.where(option > options[:, None], votes, -formulas.vote(rule, w, u - u_own))
            return strengths + xp.maximum(votes, 0.0)

        return scan(add, xp.full_like(own[0] - utility[0], formulas.LEAST_COALITION), (weight, utility, own))

    if is_numpy(utility):
        return over(utility[:, :, None], options[:, None, None])
    return each(over, (xp.swapaxes(utility, 0, 1), options))


def chances(model: PCE, rule: Victory, strengths: Array, table: Array) -> tuple[Array, Array]:
    """P [o, k, m]: chance of each option among those that `table` [o, k, m] has for k; and whether all settled [m]."""
    xp = namespace(strengths)
    same = np.eye(len(strengths), dtype=bool)[:, :, None]
    p = xp.where(same, 0.5, formulas.victory(rule, strengths, xp.swapaxes(strengths, 0, 1)))
    if model == "Conditional":
        scores = _sum_over(xp.log(p), table)
        scores = xp.where(table, scores, -np.inf)
        scores = xp.exp(scores - scores.max(axis=0))
        return scores / scores.sum(axis=0), xp.ones(strengths.shape[2], bool)
    if is_numpy(p):
        return _by_size(model, p, strengths, table)
    return _markov(model, p, strengths, table)


def _by_size(model: PCE, p: Array, strengths: Array, table: Array) -> tuple[Array, Array]:
    """Tables of about the same size together, since most are small; compiled forms, of fixed shapes, take them whole."""
    table = np.broadcast_to(table, (*table.shape[:2], p.shape[2]))
    size = table.sum(axis=0)  # [k, m]
    on_it_first = np.argsort(~table, axis=0, kind="stable")
    found, settled = np.zeros(table.shape), np.ones(p.shape[2], bool)
    bucket = np.ceil(np.log2(size))
    for power in np.unique(bucket):
        k, draw = np.nonzero(bucket == power)
        options = on_it_first[: int(2**power), k, draw].T  # [q, o]
        square = options[:, :, None], options[:, None], draw[:, None, None]
        on = options, k[:, None], draw[:, None]
        found[on], fine = markov(model, p[square], strengths[square], table[on])
        settled[draw[~fine]] = False
    return found, settled


def _sum_over(matrix: Array, table: Array) -> Array:
    """sum_o' matrix[o, o', m] table[o', k, m]."""
    xp = namespace(matrix)
    if table.shape[1] == 1:
        return (matrix * xp.swapaxes(table, 0, 1)).sum(axis=1, keepdims=True)
    return xp.einsum("oqm,qkm->okm", matrix, table.astype(matrix.dtype))


def _markov(model: PCE, p: Array, strengths: Array, table: Array) -> tuple[Array, Array]:
    """The Markov models, every k's election until it has settled."""
    xp = namespace(p)
    on = xp.broadcast_to(table, (len(p), table.shape[1], p.shape[2])).astype(p.dtype)
    options = on.sum(axis=0)
    if model == "MarkovUniform":
        wins = xp.einsum("oqm,qkm->okm", p, on)

        def after(favoured: Array) -> Array:
            return on * (favoured * wins + xp.einsum("oqm,qkm->okm", p, favoured)) / options

    else:
        same = np.eye(len(p))[:, :, None]
        incentive = strengths * p + formulas.LEAST_INCENTIVE * same
        total = xp.einsum("oqm,okm->qkm", incentive, on)  # over challengers of q that k has on its table
        attack = p * incentive
        defend = p * xp.swapaxes(incentive, 0, 1)
        held = xp.einsum("oqm,qkm->okm", defend, on)

        def after(favoured: Array) -> Array:
            share = favoured / total
            return on * (share * held + xp.einsum("oqm,qkm->okm", attack, share))

    settled = UNIFORM_SETTLED if model == "MarkovUniform" else INCENTIVE_SETTLED

    def once(carry: tuple[Array, Array]) -> tuple[Array, Array]:
        favoured, moving = carry
        then = after(favoured)
        change = xp.abs(then - favoured).max(axis=0)
        favoured = xp.where(moving, (favoured + then) / 2, favoured)
        return favoured, moving & (change > settled)

    start = (on / options, xp.ones(options.shape, bool))
    favoured, moving = repeated(once, start, lambda carry: carry[1].any(), MOST_ROUNDS)
    return favoured, ~moving.any(axis=0)

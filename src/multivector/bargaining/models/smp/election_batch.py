"""Coalitions and Condorcet elections of many draws at once, in JAX; draws on the last axis (see `election`)."""

from __future__ import annotations

import jax
import jax.numpy as jnp

from multivector.bargaining.models.smp import formulas
from multivector.bargaining.models.smp.election import INCENTIVE_SETTLED, MOST_ROUNDS, UNIFORM_SETTLED
from multivector.bargaining.models.smp.options import PCE, Victory, Vote

Array = jax.Array


def coalitions(rule: Vote, weight: Array, utility: Array) -> Array:
    """C [o, o', m] from weights [k, m] and utilities [k, o, m].

    Option by option and voter by voter: the arrays of a step stay in a core's cache, which is worth a factor
    of four.
    """
    options = jnp.arange(utility.shape[1])
    none = jnp.full(utility.shape[1:], formulas.LEAST_COALITION)

    def of_one(_: None, option: Array) -> tuple[None, Array]:
        own = jax.lax.dynamic_index_in_dim(utility, option, 1, keepdims=False)

        def add(strengths: Array, voter: tuple[Array, Array, Array]) -> tuple[Array, None]:
            w, u, u_own = voter
            votes = formulas.vote(rule, w, u_own - u)
            if rule == "ASymProsp":  # the one rule that is not the negative of itself the other way round
                votes = jnp.where(option > options[:, None], votes, -formulas.vote(rule, w, u - u_own))
            return strengths + jnp.maximum(votes, 0.0), None

        return None, jax.lax.scan(add, none, (weight, utility, own))[0]

    return jax.lax.scan(of_one, None, options)[1]


def chances(model: PCE, rule: Victory, strengths: Array, table: Array) -> tuple[Array, Array]:
    """P [o, k, m]: chance of each option among those that `table` [o, k, m] has for k; and whether all settled [m]."""
    o = len(strengths)
    same = jnp.eye(o, dtype=bool)[:, :, None]
    p = jnp.where(same, 0.5, formulas.victory(rule, strengths, jnp.swapaxes(strengths, 0, 1)))
    if model == "Conditional":
        scores = _sum_over(jnp.log(p), table)
        scores = jnp.where(table, scores, -jnp.inf)
        scores = jnp.exp(scores - scores.max(axis=0))
        return scores / scores.sum(axis=0), jnp.ones(strengths.shape[2], bool)
    return _markov(model, p, strengths, table)


def _sum_over(matrix: Array, table: Array) -> Array:
    """sum_o' matrix[o, o', m] table[o', k, m]."""
    if table.shape[1] == 1:
        return (matrix * jnp.swapaxes(table, 0, 1)).sum(axis=1, keepdims=True)
    return jnp.einsum("oqm,qkm->okm", matrix, table.astype(matrix.dtype))


def _markov(model: PCE, p: Array, strengths: Array, table: Array) -> tuple[Array, Array]:
    """The Markov models, every k's election until it has settled."""
    on = jnp.broadcast_to(table, (len(p), table.shape[1], p.shape[2])).astype(p.dtype)
    options = on.sum(axis=0)
    if model == "MarkovUniform":
        wins = jnp.einsum("oqm,qkm->okm", p, on)

        def after(favoured: Array) -> Array:
            return on * (favoured * wins + jnp.einsum("oqm,qkm->okm", p, favoured)) / options

    else:
        same = jnp.eye(len(p))[:, :, None]
        incentive = strengths * p + formulas.LEAST_INCENTIVE * same
        total = jnp.einsum("oqm,okm->qkm", incentive, on)  # over challengers of q that k has on its table
        attack = p * incentive
        defend = p * jnp.swapaxes(incentive, 0, 1)
        held = jnp.einsum("oqm,qkm->okm", defend, on)

        def after(favoured: Array) -> Array:
            share = favoured / total
            return on * (share * held + jnp.einsum("oqm,qkm->okm", attack, share))

    settled = UNIFORM_SETTLED if model == "MarkovUniform" else INCENTIVE_SETTLED

    def going(carry: tuple[Array, Array, Array]) -> Array:
        _, moving, rounds = carry
        return moving.any() & (rounds < MOST_ROUNDS)

    def once(carry: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
        favoured, moving, rounds = carry
        then = after(favoured)
        change = jnp.abs(then - favoured).max(axis=0)
        favoured = jnp.where(moving, (favoured + then) / 2, favoured)
        return favoured, moving & (change > settled), rounds + 1

    start = (on / options, jnp.ones(options.shape, bool), jnp.asarray(0))
    favoured, moving, _ = jax.lax.while_loop(going, once, start)
    return favoured, ~moving.any(axis=0)

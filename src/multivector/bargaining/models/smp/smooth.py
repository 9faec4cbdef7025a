"""A smooth form of the Spatial Model of Politics: choices are mixtures, nothing is rounded, and slopes exist."""

from __future__ import annotations

from functools import partial
from typing import Any, Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.models.smp import formulas
from multivector.bargaining.models.smp.options import SMPOptions
from multivector.bargaining.stakes import TOP, Stakes
from multivector.errors import InputError

Array = jax.Array
Float = float | Array
Floats = NDArray[np.float64]

LEAST_SHARE: Final = 1e-300
"""So that the logarithm of a share that underflows exists."""


class _View(NamedTuple):
    """As in the plain form: distance [k, j], risk [h, k], weight and care [k]."""

    distance: Array
    risk: Array
    weight: Array
    care: Array


def run_smooth(
    stakes: Stakes, options: SMPOptions | None = None, *, temperature: float = 0.02, turns: int = 10
) -> Floats:
    """Positions [..., t, n, d] on 0 to 100 of the smooth form, for stakes with any leading axes; turn 0 is the start.

    Raises
    ------
    InputError : an option that the smooth form lacks, or a temperature that is not above 0.
    """
    options = _smoothable(options or SMPOptions(), temperature)
    n, d = stakes.n, stakes.d
    with jax.enable_x64(True):
        found = _batch(
            jnp.asarray(stakes.capability.reshape(-1, n)),
            jnp.asarray(stakes.position.reshape(-1, n, d)),
            jnp.asarray(stakes.salience.reshape(-1, n, d)),
            options, temperature, turns,
        )  # fmt: skip
    return np.asarray(found, np.float64).reshape(*stakes.batch, turns + 1, n, d)


def smooth_slopes(
    stakes: Stakes, options: SMPOptions | None = None, *, temperature: float = 0.02, turns: int = 10
) -> tuple[Floats, dict[str, Floats]]:
    """The forecast of the smooth form and its slopes, for one draw.

    Returns
    -------
    outcome [d] : mean of the final positions by capability and salience, on 0 to 100.
    slopes : "capability" [d, n], "position" and "salience" [d, n, d]: points of the outcome for a unit of
        an actor's capability, a point of its position, a point of its salience.

    Raises
    ------
    InputError : more than one draw, an option that the smooth form lacks, or a temperature that is not above 0.
    """
    options = _smoothable(options or SMPOptions(), temperature)
    if stakes.batch:
        raise InputError(
            f"the stakes have draws {stakes.batch}", repair="give one draw: stakes.at(0), or loop over them"
        )
    with jax.enable_x64(True):
        given = tuple(jnp.asarray(each) for each in (stakes.capability, stakes.position, stakes.salience))
        outcome, slopes = _slopes(*given, options, temperature, turns)
    names = ("capability", "position", "salience")
    return np.asarray(outcome), {name: np.asarray(slope) for name, slope in zip(names, slopes, strict=True)}


def smooth_positions(
    capability: Array,
    position: Array,
    salience: Array,
    options: SMPOptions,
    temperature: Float,
    turns: int,
) -> Array:
    """Positions [t, n, d] on 0 to 100 of one draw; a JAX function, differentiable in its three arrays.

    At a temperature T every actor challenges all others at once, with shares softmax(gain / T) among them and
    none; its bargain is the mixture of those bargains, on each target's table in proportion to its share; and
    every actor moves by the mean of the options, weighed by (share on its table times chance of election)^(1/T).
    Votes that are steps become tanh(gap / T). As T falls the mixtures become choices: the plain form without
    rounding. A fixed number of turns is played, since a rule that stops has no slope. Arrays are O(n^3).
    """
    s = salience / TOP

    @jax.checkpoint
    def step(x: Array, _: None) -> tuple[Array, Array]:
        after = _turn(capability, s, options, x, temperature)
        return after, after

    start = position / TOP
    _, later = jax.lax.scan(step, start, None, length=turns)
    return TOP * jnp.concatenate((start[None], later))


# The newer fusions of the processor's compiler take twice as long to compile for this and do not run faster.
_QUICKER: Final = {"xla_cpu_use_fusion_emitters": False}


@partial(jax.jit, static_argnames=("options", "turns"), compiler_options=_QUICKER)
def _batch(c: Array, x: Array, s: Array, options: SMPOptions, temperature: float, turns: int) -> Array:
    def one(given: tuple[Array, Array, Array]) -> Array:
        capability, position, salience = given
        return smooth_positions(capability, position, salience, options, temperature, turns)

    found: Array = jax.lax.map(one, (c, x, s), batch_size=min(16, len(c)))
    return found


@partial(jax.jit, static_argnames=("options", "turns"), compiler_options=_QUICKER)
def _slopes(c: Array, x: Array, s: Array, options: SMPOptions, temperature: float, turns: int) -> Any:
    def outcome(c: Array, x: Array, s: Array) -> tuple[Array, Array]:
        weight = c[:, None] * s
        final = smooth_positions(c, x, s, options, temperature, turns)[-1]
        mean = (weight * final).sum(axis=0) / weight.sum(axis=0)
        return mean, mean

    slopes, mean = jax.jacrev(outcome, argnums=(0, 1, 2), has_aux=True)(c, x, s)
    return mean, slopes


def _turn(c: Array, s: Array, options: SMPOptions, x: Array, temperature: Float) -> Array:
    """Positions [n, d] after a turn."""
    vote = partial(formulas.vote, options.vote, step=lambda gap: jnp.tanh(gap / temperature))
    n = len(x)
    d = formulas.distance(x[:, None] - x[None], s[:, None], axis=-1)
    care = s.sum(axis=1)
    p = _beats(options, _strengths(vote, c, formulas.utility(d, 0.0)))
    attitudes = formulas.risk(options.risk, jax.nn.softmax(jnp.log(p).sum(axis=1)))
    view = _View(
        d, formulas.estimate(options.comparison, attitudes[:, None], attitudes[None]), c * care, care
    )
    p, gains = _contests(options, vote, view, own_eyes=True)
    gains = jnp.where(jnp.eye(n, dtype=bool), -jnp.inf, gains)
    among = jax.nn.softmax(gains / temperature, axis=1)
    nobody = jnp.full((n, 1), formulas.LEAST_GAIN)
    shares = jax.nn.softmax(jnp.concatenate((gains, nobody), axis=1) / temperature, axis=1)[:, :n]

    at_i, at_j = _bargains(options, vote, view, (x, s, c), p)  # [v, i, j, d]
    mine = (among[..., None] * at_i).sum(axis=2)  # [v, i, d]
    change = _change(attitudes, view.distance, (x, s), among, mine, at_j)  # [a, v, i]
    worth = jnp.concatenate((jnp.zeros((n, 1)), change.reshape(n, -1)), axis=1)
    scores = jnp.log(_beats(options, _strengths(vote, c, worth)))

    own = jnp.eye(n) * shares.sum(axis=1)
    table = jnp.concatenate((jnp.ones((1, n)), jnp.tile(own + shares, (options.views, 1))))
    taken = jax.nn.softmax((scores @ table + jnp.log(jnp.maximum(table, LEAST_SHARE))) / temperature, axis=0)
    goes = jnp.where(jnp.eye(n, dtype=bool)[..., None], mine[:, :, None], at_j).reshape(-1, n, x.shape[1])
    return taken[0][:, None] * x + (taken[1:][..., None] * goes).sum(axis=0)


def _strengths(vote: partial[Array], weight: Array, utility: Array) -> Array:
    """C [o, o'] from weights [k] and utilities [k, o]."""
    later = jnp.tri(utility.shape[1], k=-1, dtype=bool)
    gap, w = utility[:, :, None] - utility[:, None], weight[:, None, None]
    votes = jnp.where(later, vote(w, gap), -vote(w, -gap))
    return formulas.LEAST_COALITION + jnp.maximum(votes, 0.0).sum(axis=0)


def _beats(options: SMPOptions, strengths: Array) -> Array:
    return jnp.where(
        jnp.eye(len(strengths), dtype=bool), 0.5, formulas.victory(options.victory, strengths, strengths.T)
    )


def _contests(
    options: SMPOptions, vote: partial[Array], view: _View, *, own_eyes: bool
) -> tuple[Array, Array]:
    """p and gain [i, j] of i challenging j, in the eyes of i or of j."""

    d, each = view.distance, jnp.arange(len(view.care))
    eyes = (each[:, None], each[None])[0 if own_eyes else 1]
    risk_i, risk_j = view.risk[eyes, each[:, None]], view.risk[eyes, each[None]]
    itself = jnp.diagonal(d)
    i_of_i, i_of_j = formulas.utility(itself[:, None], risk_i), formulas.utility(d, risk_i)
    j_of_i, j_of_j = formulas.utility(d.T, risk_j), formulas.utility(itself[None], risk_j)
    by_i, by_j = vote(view.weight[:, None], i_of_i - i_of_j), vote(view.weight[None], j_of_i - j_of_j)
    sides = (
        formulas.LEAST_SIDE + jnp.maximum(by_i, 0) + jnp.maximum(by_j, 0),
        formulas.LEAST_SIDE + jnp.maximum(-by_i, 0) + jnp.maximum(-by_j, 0),
    )

    credited = view.risk.T[:, :, None] if own_eyes else view.risk.T[:, None]  # [k, i, 1] or [k, 1, j]
    own = formulas.utility(itself[:, None, None], credited)
    loss = own - formulas.utility(d[:, :, None], credited), own - formulas.utility(d[:, None], credited)
    k = each[:, None, None]
    third = jnp.where((each[:, None] == k) | (each == k), 0.0, view.weight[:, None, None])
    votes = formulas.third_party(options.vote, options.commitment, third, sides, loss, vote.keywords["step"])
    for_i = sides[0] + jnp.maximum(votes, 0.0).sum(axis=0)
    for_j = sides[1] + jnp.maximum(-votes, 0.0).sum(axis=0)
    p = for_i / (for_i + for_j)
    return p, formulas.gain(i_of_i, i_of_j, view.care[None], p)


def _bargains(
    options: SMPOptions, vote: partial[Array], view: _View, actors: tuple[Array, Array, Array], p: Array
) -> tuple[Array, Array]:
    """Where i and j would stand [v, i, j, d] by every bargain that i could make with j."""
    x, s, c = actors

    def between(chance: Array) -> Array:
        both = ((x[:, None], x[None]), (s[:, None], s[None]))
        return jnp.stack(formulas.interpolate(options.interpolation, *both, chance[..., None], rounded=False))

    own = between(p)
    if not options.sees_receiver:
        return own[0][None], own[1][None]
    seen, gain_seen = _contests(options, vote, view, own_eyes=False)
    theirs = between(gain_seen if "gain_for_probability" in options.defects else seen)
    if options.bargaining == "InitRcvrInterp":
        return jnp.stack((own[0], theirs[0])), jnp.stack((own[1], theirs[1]))
    twice = "initiator_weight_twice" in options.defects
    w_i, w_j = view.weight[:, None], (c[:, None] if twice else c[None]) * view.care[None]
    w_i, w_j = w_i[..., None], w_j[..., None]
    mean = (w_i * own + w_j * theirs) / (w_i + w_j)
    return mean[0][None], mean[1][None]


def _change(
    attitudes: Array, d: Array, actors: tuple[Array, Array], among: Array, mine: Array, at_j: Array
) -> Array:
    """Change of mean utility [a, v, i] to each actor of i's bargain, a mixture `among` [i, j] of targets."""
    x, s = actors
    u = formulas.utility(d, attitudes[:, None])

    def worth(at: Array) -> Array:
        """Utility [a, ...] of positions [..., d]."""
        rest = (1,) * (at.ndim - 1)
        ideal, salience = x.reshape(len(x), *rest, -1), s.reshape(len(x), *rest, -1)
        away = formulas.distance(ideal - at[None], salience, axis=-1)
        found: Array = formulas.utility(away, attitudes.reshape(-1, *rest))
        return found

    of_targets = ((worth(at_j) - u[:, None, None]) * among).sum(axis=-1)
    change: Array = (worth(mine) - u[:, None] + of_targets) / len(x)
    return change


def _smoothable(options: SMPOptions, temperature: float) -> SMPOptions:
    if not temperature > 0:
        raise InputError(f"the temperature is {temperature!r}", repair="give a number above 0, such as 0.02")
    if options.pce != "Conditional" or options.choice != "Deterministic":
        raise InputError(
            f"the smooth form knows no {options.pce} election and {options.choice} choice",
            repair="use the Conditional election and the Deterministic choice; temperature 1 mixes by chance",
        )
    return options

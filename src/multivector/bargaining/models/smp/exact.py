"""One turn of the Spatial Model of Politics for one draw, in NumPy: the plain form that the others are held against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.models.smp import formulas
from multivector.bargaining.models.smp.contest import Array, Indices, View, contest, supporters
from multivector.bargaining.models.smp.election import beats, coalitions, elected
from multivector.bargaining.models.smp.options import SMPOptions


@dataclass(frozen=True)
class Actors:
    """One draw of stakes as shares of 1: capability [n], salience [n, d], and who follows whom [n, n] (or nobody does)."""

    capability: Array
    salience: Array
    follow: Array | None = None


@dataclass(frozen=True)
class Bargains:
    """Bargains [b] on the table: who proposed to whom, and where each of the two would stand [b, d]."""

    initiator: Indices
    receiver: Indices
    at_initiator: Array
    at_receiver: Array


@dataclass(frozen=True)
class Turn:
    """What happened in a turn: `n` actors, `v` views a challenge.

    risk [n]; target [n], -1 where nobody was challenged; probability and gain [n] of the challenge, NaN
    without one; bargain [n, v, 2, d]: where the initiator and its target would stand; votes [n, n]: of
    each actor in the initiator's contest; taken [n]: the bargain that each actor took, initiator * v + view,
    -1 for the status quo; chance [n] that it is elected; position [n, d] afterwards.
    """

    risk: Array
    target: Indices
    probability: Array
    gain: Array
    bargain: Array
    votes: Array
    taken: Indices
    chance: Array
    position: Array


def turn(actors: Actors, options: SMPOptions, x: Array, ideal: Array, luck: Array | None) -> Turn:
    """The turn after positions x [n, d] and ideals [n, d]; `luck` [n] in [0, 1) draws stochastic choices."""
    n = len(x)
    view, attitudes = look(actors, options, x, ideal)
    each = np.arange(n)
    p, gains = contest(view, options, each[:, None], each[None, :], each[:, None])
    np.fill_diagonal(gains, -np.inf)
    best = formulas.first_best(gains, axis=1)
    i = each[gains[each, best] > formulas.LEAST_GAIN]
    target, bargain = np.full(n, -1), np.full((n, options.views, 2, x.shape[1]), np.nan)
    target[i] = best[i]
    bargain[i] = propose(actors, options, view, x, i, best[i], p[i, best[i]])
    votes = np.full((n, n), np.nan)
    votes[i] = supporters(view, options, i, best[i])
    taken, chance = choose(actors, options, view, ideal, target, bargain, luck)
    return Turn(
        risk=attitudes, target=target,
        probability=np.where(target < 0, np.nan, p[each, best]),
        gain=np.where(target < 0, np.nan, gains[each, best]),
        bargain=bargain, votes=votes, taken=taken, chance=chance,
        position=moved(x, target, bargain, taken, options.views),
    )  # fmt: skip


def look(actors: Actors, options: SMPOptions, x: Array, ideal: Array) -> tuple[View, Array]:
    """How the actors see each other, and their risk attitudes [n].

    Attitudes follow from the chance of each actor's position in an election in which all are neutral to risk
    and vote with their capabilities; salience counts from then on.
    """
    d = formulas.distance(ideal[:, None] - x[None], actors.salience[:, None], axis=-1)
    strengths = coalitions(options.vote, actors.capability, formulas.utility(d, 0.0))
    chances = elected(options.pce, beats(options.victory, strengths), strengths)
    attitudes = formulas.risk(options.risk, chances)
    care = actors.salience.sum(axis=1)
    credited = formulas.estimate(options.comparison, attitudes[:, None], attitudes[None])
    return View(d, credited, actors.capability * care, care), attitudes


def propose(
    actors: Actors, options: SMPOptions, view: View, x: Array, i: Indices, j: Indices, p: Array
) -> Array:
    """Bargains [m, v, 2, d] of challengers i [m] with their targets j, given i's estimates p of prevailing."""

    def between(chance: Array) -> Array:
        s = actors.salience[i], actors.salience[j]
        return np.stack(formulas.interpolate(options.interpolation, (x[i], x[j]), s, chance[:, None]), axis=1)

    own = between(p)
    if not options.sees_receiver:
        return own[:, None]
    seen, gain_seen = contest(view, options, i, j, j)
    theirs = between(gain_seen if "gain_for_probability" in options.defects else seen)
    if options.bargaining == "InitRcvrInterp":
        return np.stack((own, theirs), axis=1)
    w_i = view.weight[i]
    w_j = (
        actors.capability[i] if "initiator_weight_twice" in options.defects else actors.capability[j]
    ) * view.care[j]
    w_i, w_j = w_i[:, None, None], w_j[:, None, None]
    mean: Array = (w_i * own + w_j * theirs) / (w_i + w_j)
    return mean[:, None]


def choose(
    actors: Actors,
    options: SMPOptions,
    view: View,
    ideal: Array,
    target: Indices,
    bargain: Array,
    luck: Array | None,
) -> tuple[Indices, Array]:
    """What each actor takes of its own bargain, those proposed to it and the status quo, and that option's chance.

    Every option is worth to an actor the mean utility of all positions once it is carried out, by the actor's
    own risk attitude. All actors vote, with their capabilities.
    """
    n, views = bargain.shape[:2]
    initiator = np.repeat(np.flatnonzero(target >= 0), views)
    receiver = target[initiator]
    at = bargain[target >= 0].reshape(len(initiator), 2, bargain.shape[-1])
    worth = _worth(actors, view, ideal, Bargains(initiator, receiver, at[:, 0], at[:, 1]))
    strengths = coalitions(options.vote, actors.capability, worth)
    p = beats(options.victory, strengths)
    number = np.concatenate(([-1], initiator * views + np.tile(np.arange(views), len(initiator) // views)))
    taken, chance = np.full(n, -1), np.ones(n)
    for k in range(n):
        mine = np.concatenate(([0], 1 + np.flatnonzero((initiator == k) | (receiver == k))))
        square = np.ix_(mine, mine)
        chances = elected(options.pce, p[square], strengths[square])
        pick = int(formulas.first_best(chances, axis=0)) if luck is None else draw(chances, float(luck[k]))
        taken[k], chance[k] = number[mine[pick]], chances[pick]
    return taken, chance


def _worth(actors: Actors, view: View, ideal: Array, on: Bargains) -> Array:
    """Mean utility [a, 1 + b] to each actor of all positions under the status quo and under each bargain, less the former.

    Votes see gaps only. As differences, bargains that change nothing are worth exactly nothing; in KTAB, which
    adds up all positions, the order of the sum decides on them.
    """
    own = np.diagonal(view.risk)[:, None]  # everybody credits itself with its own attitude
    u = formulas.utility(view.distance, own)
    change = np.zeros((len(u), len(on.initiator)))
    for who, at in ((on.initiator, on.at_initiator), (on.receiver, on.at_receiver)):
        d = formulas.distance(ideal[:, None] - at[None], actors.salience[:, None], axis=-1)
        change += formulas.utility(d, own) - u[:, who]
    return np.concatenate((np.zeros((len(u), 1)), change / len(u)), axis=1)


def draw(chances: Array, luck: float) -> int:
    """The option within whose share of [0, 1) the number `luck` falls."""
    return min(int((np.cumsum(chances) <= luck).sum()), len(chances) - 1)


def moved(x: Array, target: Indices, bargain: Array, taken: Indices, views: int) -> Array:
    """Positions [n, d] when each actor has gone to its own side of what it took."""
    after = x.copy()
    for k in np.flatnonzero(taken >= 0):
        initiator, which = divmod(int(taken[k]), views)
        after[k] = bargain[initiator, which, 0 if initiator == k else 1]
    return after


def follow(actors: Actors, x: NDArray[np.float64], ideal: Array) -> Array:
    """Ideals after a turn: q_i' = sum_j a_ij x_j + (1 - sum_j a_ij) q_i; without `follow` they are the positions."""
    if actors.follow is None:
        return x
    share = actors.follow.sum(axis=1, keepdims=True)
    shifted: Array = actors.follow @ x + (1 - np.minimum(share, 1.0)) * ideal
    return shifted

"""Turns of many draws at once, on NumPy and on JAX arrays alike; the formulas of the plain form, draws on the last axis.

Draws lie last so that a processor's vector lanes hold draws. Sums over third parties and voters are scans
over one actor at a time, so that memory is O(n^2) a draw and time O(n^3) a turn. An initiator has at most one
challenge a turn: bargain b belongs to it, and one matrix of the options (the status quo and every bargain)
serves all actors, each through a mask of what is on its own table.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from multivector.bargaining.models.smp import formulas
from multivector.bargaining.models.smp.election_batch import chances, coalitions
from multivector.bargaining.models.smp.formulas import Array, namespace
from multivector.bargaining.models.smp.loops import computed, scan
from multivector.bargaining.models.smp.luck import luck
from multivector.bargaining.models.smp.options import SMPOptions


class Actors(NamedTuple):
    """Draws of stakes as shares of 1: capability [n, m], salience [n, d, m], who follows whom [n, n] or nobody."""

    capability: Array
    salience: Array
    follow: Array | None


class State(NamedTuple):
    """Where draws stand: position and ideal [n, d, m]; [m]: first turn's movement, turns played, whether done,
    whether that was because movement ceased, and whether every election settled.
    """

    position: Array
    ideal: Array
    first: Array
    turns: Array
    done: Array
    quiet: Array
    settled: Array


class View(NamedTuple):
    """As in the plain form, with draws: distance [k, j, m], risk [h, k, m], weight and care [k, m]."""

    distance: Array
    risk: Array
    weight: Array
    care: Array


def step(
    actors: Actors, state: State, numbers: Array, options: SMPOptions, process: bool
) -> tuple[State, dict[str, Array]]:
    """One further turn of draws `numbers` [m]; draws that are done stay where they are.

    Returns the state, and "position" [n, d, m] with, where asked for, what else happened (see `exact.Turn`).
    """
    found = turn(actors, options, state, numbers, process)
    state = _after(actors, options, state, found)
    record = {**found, "position": state.position} if process else {"position": state.position}
    record.pop("settled", None)
    return state, record


def _after(actors: Actors, options: SMPOptions, state: State, found: dict[str, Array]) -> State:
    """The state after a turn. The run of a draw ends where its movement falls below a share of the first turn's."""
    xp = namespace(state.position)
    position = xp.where(state.done, state.position, found["position"])
    number = xp.where(state.done, state.turns, state.turns + 1)
    movement = xp.sqrt(((position - state.position) ** 2).sum(axis=1)).sum(axis=0)
    first = xp.where(number == 1, movement, state.first)
    rests = (number >= 2) & (movement < options.quiet * (first + formulas.LEAST_MOVEMENT))
    quiet = xp.where(state.done, state.quiet, rests)
    settled = state.settled & (state.done | found["settled"])
    return State(
        position,
        follow(actors, position, state.ideal),
        first,
        number,
        state.done | rests | (number >= options.turns) | ~settled,
        quiet & settled,
        settled,
    )


def follow(actors: Actors, x: Array, ideal: Array) -> Array:
    """Ideals after a turn, see the plain form."""
    xp = namespace(x)
    if actors.follow is None:
        return x
    share = actors.follow.sum(axis=1)[:, None, None]
    return xp.einsum("ij,jdm->idm", actors.follow, x) + (1 - xp.minimum(share, 1.0)) * ideal


def turn(
    actors: Actors, options: SMPOptions, state: State, numbers: Array, process: bool
) -> dict[str, Array]:
    """What happens in the turn after `state`, by the names of `exact.Turn`; votes only where the `process` is asked for."""
    xp = namespace(state.position)
    x, ideal = state.position, state.ideal
    n = len(x)
    view, attitudes, settled = look(actors, options, x, ideal)
    p, gains = all_contests(view, options)
    each = np.arange(n)
    gains = xp.where((each[:, None] == each)[:, :, None], -np.inf, gains)
    best = formulas.first_best(gains, axis=1)
    most = _at(gains, best)
    challenges = most > formulas.LEAST_GAIN
    chance_of = _at(p, best)
    bargain = propose(actors, options, view, x, best, chance_of)
    target = xp.where(challenges, best, -1)
    lot = None if options.choice == "Deterministic" else luck(options.seed, numbers, state.turns, n)
    taken, chance, settled_too = choose(actors, options, view, ideal, target, bargain, lot)
    nothing = np.nan
    votes = {"votes": supporters(view, options, best)} if process else {}
    return {
        "risk": attitudes,
        "target": target,
        "probability": xp.where(challenges, chance_of, nothing),
        "gain": xp.where(challenges, most, nothing),
        "bargain": xp.where(challenges[:, None, None, None], bargain, nothing),
        **{name: xp.where(challenges[:, None], each, nothing) for name, each in votes.items()},
        "taken": taken,
        "chance": chance,
        "position": moved(x, target, bargain, taken, options.views),
        "settled": settled & settled_too,
    }


def look(actors: Actors, options: SMPOptions, x: Array, ideal: Array) -> tuple[View, Array, Array]:
    """How the actors see each other, their risk attitudes [n, m], and whether the election behind those settled [m]."""
    xp = namespace(x)
    d = formulas.distance(ideal[:, None] - x[None], actors.salience[:, None], axis=2)
    strengths = coalitions(options.vote, actors.capability, formulas.utility(d, 0.0))
    everything = xp.ones((len(x), 1, 1), bool)
    elected, settled = chances(options.pce, options.victory, strengths, everything)
    attitudes = formulas.risk(options.risk, elected[:, 0])
    care = actors.salience.sum(axis=1)
    credited = formulas.estimate(options.comparison, attitudes[:, None], attitudes[None])
    return View(d, credited, actors.capability * care, care), attitudes, settled


def all_contests(view: View, options: SMPOptions) -> tuple[Array, Array]:
    """p and gain [i, j, m] of every challenge in the challenger's own eyes."""
    xp = namespace(view.care)
    n = len(view.weight)
    d = view.distance
    own_risk = xp.diagonal(view.risk).T  # [i, m]
    own = formulas.utility(xp.diagonal(d).T, own_risk)  # [i, m]: utility to i of where it stands
    to_i = formulas.utility(d, own_risk[:, None])  # [i, j, m]: of where j stands
    j_of_i = formulas.utility(xp.swapaxes(d, 0, 1), view.risk)  # [i, j, m]: to j of where i stands
    j_of_j = formulas.utility(xp.diagonal(d).T[None], view.risk)
    sides = _alone(options, (view.weight[:, None], view.weight[None]), (own[:, None] - to_i, j_of_i - j_of_j))

    # What does not vary over all of i, j and k is computed before the scan, and the two principals vote with
    # weight 0 in it: this loop is most of a run's time.
    credited = xp.swapaxes(view.risk, 0, 1)  # [k, i, m], in the eyes of i
    itself = formulas.utility(xp.diagonal(d).T[:, None], credited)
    other = 1.0 - np.eye(n)[:, :, None]
    rows = (
        view.weight[:, None] * other, other, 1 - d, xp.minimum(d, 1.0), credited,
        itself, itself - formulas.utility(d, credited),
    )  # fmt: skip

    def add(sums: tuple[Array, Array], one: tuple[Array, ...]) -> tuple[Array, Array]:
        weight, not_j, near, far, credit, stays, loss_i = one
        loss_j = stays[:, None] - near[None] * (1 + far[None] * credit[:, None])
        weight = weight[:, None] * not_j[None]
        votes = formulas.third_party(
            options.vote, options.commitment, weight, sides, (loss_i[:, None], loss_j)
        )
        votes = computed(votes)  # or the compiler computes them once for each sum
        return sums[0] + xp.maximum(votes, 0.0), sums[1] + xp.maximum(-votes, 0.0)

    for_i, for_j = scan(add, sides, rows) if options.commitment == "SemiCommit" else sides
    p = for_i / (for_i + for_j)
    return p, formulas.gain(own[:, None], to_i, view.care[None], p)


def _alone(options: SMPOptions, weight: tuple[Array, Array], gap: tuple[Array, Array]) -> tuple[Array, Array]:
    """Strengths of the two sides without third parties, from the gaps of utility to i and to j."""
    xp = namespace(gap[0])
    by_i, by_j = (formulas.vote(options.vote, w, g) for w, g in zip(weight, gap, strict=True))
    least = formulas.LEAST_SIDE
    return (
        least + xp.maximum(by_i, 0) + xp.maximum(by_j, 0),
        least + xp.maximum(-by_i, 0) + xp.maximum(-by_j, 0),
    )


def _third_votes(
    view: View, options: SMPOptions, target: Array, eyes: Array
) -> tuple[Array, tuple[Array, Array]]:
    """Votes [i, k, m] in i's contest with its target in the eyes of actor `eyes` [i, m], and the sides without third parties."""
    xp = namespace(target)
    n = len(target)
    each = np.arange(n)
    credited = _rows(view.risk, eyes)  # [i, k, m]
    d_i = xp.swapaxes(view.distance, 0, 1)  # [i, k, m]: from k to i
    d_j = _rows(d_i, target)
    d_k = xp.diagonal(view.distance).T[None]
    of_i, of_j, itself = (formulas.utility(d, credited) for d in (d_i, d_j, d_k))
    is_j = each[None, :, None] == target[:, None]
    is_i = (each[:, None] == each)[:, :, None]
    gap = of_i - of_j
    gaps = xp.where(is_i, gap, 0.0).sum(axis=1), xp.where(is_j, gap, 0.0).sum(axis=1)
    sides = _alone(options, (view.weight, _rows(view.weight[:, None], target)[:, 0]), gaps)
    loss = itself - of_i, itself - of_j
    both = sides[0][:, None], sides[1][:, None]
    third = formulas.third_party(options.vote, options.commitment, view.weight[None], both, loss)
    principal = is_i | is_j
    return xp.where(principal, formulas.vote(options.vote, view.weight[None], gap), third), sides


def supporters(view: View, options: SMPOptions, target: Array) -> Array:
    """Votes [i, k, m] of every actor in i's contest with its target, in the eyes of i."""
    xp = namespace(target)
    each = xp.broadcast_to(np.arange(len(target))[:, None], target.shape)
    return _third_votes(view, options, target, each)[0]


def seen_by_target(view: View, options: SMPOptions, target: Array) -> tuple[Array, Array]:
    """The target's estimates [i, m] of the probability that i prevails over it, and of i's gain."""
    xp = namespace(target)
    votes, _ = _third_votes(view, options, target, target)
    least = formulas.LEAST_SIDE
    for_i = least + xp.maximum(votes, 0.0).sum(axis=1)
    for_j = least + xp.maximum(-votes, 0.0).sum(axis=1)
    p = for_i / (for_i + for_j)
    credited = xp.diagonal(_rows(view.risk, target)).T  # [i, m]
    of_i = formulas.utility(xp.diagonal(view.distance).T, credited)
    of_j = formulas.utility(_at(view.distance, target), credited)
    return p, formulas.gain(of_i, of_j, _rows(view.care[:, None], target)[:, 0], p)


def propose(actors: Actors, options: SMPOptions, view: View, x: Array, target: Array, p: Array) -> Array:
    """Bargains [i, v, 2, d, m] of every actor with its best target."""
    xp = namespace(x)
    x_j, s_j = _rows(x, target), _rows(actors.salience, target)

    def between(chance: Array) -> Array:
        both = formulas.interpolate(options.interpolation, (x, x_j), (actors.salience, s_j), chance[:, None])
        return xp.stack(both, axis=1)

    own = between(p)
    if not options.sees_receiver:
        return own[:, None]
    seen, gain_seen = seen_by_target(view, options, target)
    theirs = between(gain_seen if "gain_for_probability" in options.defects else seen)
    if options.bargaining == "InitRcvrInterp":
        return xp.stack((own, theirs), axis=1)
    care_j = _rows(view.care[:, None], target)[:, 0]
    capability_j = _rows(actors.capability[:, None], target)[:, 0]
    twice = "initiator_weight_twice" in options.defects
    w_i = view.weight[:, None, None]
    w_j = ((actors.capability if twice else capability_j) * care_j)[:, None, None]
    return ((w_i * own + w_j * theirs) / (w_i + w_j))[:, None]


def choose(
    actors: Actors,
    options: SMPOptions,
    view: View,
    ideal: Array,
    target: Array,
    bargain: Array,
    lot: Array | None,
) -> tuple[Array, Array, Array]:
    """What each actor takes [k, m] (initiator * views + view, -1 the status quo), its chance, and whether that settled."""
    xp = namespace(ideal)
    n, v = bargain.shape[:2]
    each = np.arange(n)
    worth = _worth(actors, view, ideal, target, bargain)
    strengths = coalitions(options.vote, actors.capability, worth)
    party = (each[:, None, None] == each[None, :, None]) | (
        target[:, None] == each[None, :, None]
    )  # [b, k, m]
    table = xp.repeat(party & (target >= 0)[:, None], v, axis=0)
    table = xp.concatenate((xp.ones_like(table[:1]), table))  # [1 + b * v, k, m]
    elected, settled = chances(options.pce, options.victory, strengths, table)
    if lot is None:
        pick = formulas.first_best(elected, axis=0)
    else:
        # An option off the table has a share of nothing; the last one on it takes what rounding leaves.
        last = len(elected) - 1 - xp.flip(table, axis=0).argmax(axis=0)
        pick = xp.minimum((xp.cumsum(elected, axis=0) <= lot).sum(axis=0), last)
    chance = xp.take_along_axis(elected, pick[None], axis=0)[0]
    return pick - 1, chance, settled


def _worth(actors: Actors, view: View, ideal: Array, target: Array, bargain: Array) -> Array:
    """Mean utility [a, 1 + b * v, m] to each actor of all positions, less that of the status quo (votes see gaps only)."""
    xp = namespace(ideal)
    n, v, _, d, m = bargain.shape
    own = xp.diagonal(view.risk).T[:, None]  # everybody credits itself with its own attitude
    u = formulas.utility(view.distance, own)  # [a, j, m]
    change = xp.zeros((n, n * v, m), u.dtype)
    for side, left in ((0, u), (1, xp.swapaxes(_rows(xp.swapaxes(u, 0, 1), target), 0, 1))):
        at = bargain[:, :, side].reshape(n * v, d, m)
        away = formulas.distance(ideal[:, None] - at[None], actors.salience[:, None], axis=2)
        change = change + (formulas.utility(away, own) - xp.repeat(left, v, axis=1))
    return xp.concatenate((xp.zeros_like(change[:, :1]), change / n), axis=1)


def moved(x: Array, target: Array, bargain: Array, taken: Array, views: int) -> Array:
    """Positions [n, d, m] when each actor has gone to its own side of what it took."""
    xp = namespace(x)
    n, _, _, d, m = bargain.shape
    each = np.arange(n)[:, None]
    at = xp.maximum(taken, 0)
    sides = xp.swapaxes(bargain, 1, 2)  # [b, side, v, d, m]
    flat = sides.reshape(n, 2, views, d, m).swapaxes(1, 2).reshape(n * views, 2, d, m)
    chosen = xp.take_along_axis(flat, at[:, None, None], axis=0)
    is_initiator = (at // views == each)[:, None]
    goes = xp.where(is_initiator, chosen[:, 0], chosen[:, 1])
    return xp.where((taken >= 0)[:, None], goes, x)


def _at(table: Array, column: Array) -> Array:
    """table[i, column[i], m] as [i, m]."""
    xp = namespace(table)
    return xp.take_along_axis(table, column[:, None], axis=1)[:, 0]


def _rows(table: Array, row: Array) -> Array:
    """table[row[i], :, m] as [i, :, m]."""
    xp = namespace(table)
    return xp.take_along_axis(table, xp.maximum(row, 0)[:, None], axis=0)

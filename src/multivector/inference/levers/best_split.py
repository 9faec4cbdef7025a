"""The effort split that does best across the ensemble, found by a seeded cross-entropy search.

Candidates are drawn around a current best, all are run on the same random numbers, and the draw closes in on
those that did best:

    theta ~ N(mu, diag(sd^2)),   w = within(softmax(theta), now, budget),   value = mean_m objective(w)
    mu, sd <- mean, standard deviation of theta over the best fifth

The best of many candidates on some members flatters itself: what it gives is therefore told on other
members, which took no part in the search. Source: Rubinstein & Kroese 2004, The Cross-Entropy Method.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from multivector.errors import ComputationError
from multivector.inference.levers.budget import Array, alone, require_split, within

Objective = Callable[[Array], Array]
"""What is wanted [k, m] of each split [k, g] in each member; NaN where a member cannot say."""

ELITE = 0.2
FLOOR = 1e-6  # an effort of nothing has no logarithm
LEVEL = 0.9
Z = 1.6448536269514722  # of a 90 % interval


@dataclass(frozen=True)
class Gain:
    """What a split gives over the present one, in the objective's unit.

    Attributes
    ----------
    mean, error, low, high : mean over members, its standard error and 90 % interval.
    helps : share of members in which it gives more than the present split; half of the ties count.
    sure : the chance that the mean is above zero, were more and more members run.
    members : those in which both splits could say.
    """

    split: Array
    mean: float
    error: float
    helps: float
    members: int

    @property
    def low(self) -> float:
        return self.mean - Z * self.error

    @property
    def high(self) -> float:
        return self.mean + Z * self.error

    @property
    def sure(self) -> float:
        if self.error == 0:
            return 0.5 if self.mean == 0 else float(self.mean > 0)
        return 0.5 * math.erfc(-self.mean / self.error / math.sqrt(2))


@dataclass(frozen=True)
class BestSplit:
    """The best split with its gain, and the gain of each lever pulled alone with the same budget."""

    now: Array
    budget: float
    best: Gain
    alone: tuple[Gain, ...]
    evaluations: int


def best_split(
    search: Objective,
    appraise: Objective,
    now: Array,
    budget: float,
    *,
    seed: int,
    rounds: int = 12,
    candidates: int = 30,
) -> BestSplit:
    """The split within the budget that does best, and what it and each lever alone give.

    Parameters
    ----------
    search : the objective on the members that choose. appraise : on others, which tell the gain.
    now : [g] the present split. budget : share of the effort that may move.

    Raises
    ------
    InputError : `now` is no split, or the budget no share. ComputationError : no member can say.
    """
    now = np.asarray(now, float)
    require_split(now, budget)
    rng = np.random.default_rng(seed)
    mu, sd = np.log(np.maximum(now, FLOOR)), np.full(len(now), 2.0)
    single = alone(now, budget)
    # Start from what is known: the present, each lever alone.
    known = np.concatenate([now[None], single])
    best, best_value = now, -math.inf
    for number in range(rounds):
        theta = mu + sd * rng.standard_normal((candidates, len(now)))
        splits = within(_softmax(theta), now, budget)
        if number == 0:
            splits, theta = np.concatenate([splits, known]), np.concatenate([theta, _log(known)])
        values = _means(search(splits))
        order = np.argsort(-values, kind="stable")
        if values[order[0]] > best_value:
            best, best_value = splits[order[0]], float(values[order[0]])
        elite = theta[order[: max(2, math.ceil(ELITE * candidates))]]
        elite = elite - elite.mean(axis=1, keepdims=True)  # softmax does not see a common shift
        mu, sd = elite.mean(axis=0), elite.std(axis=0) + 0.02
    told = appraise(np.concatenate([now[None], best[None], single]))
    gains = [gain_of(split, row, told[0]) for split, row in zip((best, *single), told[1:], strict=True)]
    evaluations = rounds * candidates + len(known) + len(told)
    return BestSplit(now, budget, gains[0], tuple(gains[1:]), evaluations)


def gain_of(split: Array, values: Array, present: Array) -> Gain:
    """Gain of a split from its values [m] and those of the present split [m], member by member."""
    more = (values - present)[np.isfinite(values) & np.isfinite(present)]
    n = len(more)
    if n < 2:
        raise ComputationError(
            "fewer than two members can say what a split gives",
            repair="run more members, or ask for a year and a state with data",
        )
    helps = float(((more > 0) + (more == 0) / 2).mean())
    return Gain(split, float(more.mean()), float(more.std(ddof=1) / math.sqrt(n)), helps, n)


def _means(values: Array) -> Array:
    """Mean over the members that can say under every candidate, so that all are compared on the same ones."""
    known = np.isfinite(values).all(axis=0)
    if not known.any():
        raise ComputationError(
            "no member can say what the splits give", repair="run more members, or ask for another year"
        )
    return np.asarray(values[:, known].mean(axis=1))


def _softmax(theta: Array) -> Array:
    weight = np.exp(theta - theta.max(axis=-1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))


def _log(splits: Array) -> Array:
    return np.asarray(np.log(np.maximum(splits, FLOOR)))

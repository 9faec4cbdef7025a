"""Forecasts scored on issues that they did not learn from, and the choice among them made without those."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.calibration.distribution import POINTS, Distribution, Floats
from multivector.bargaining.calibration.errors import standard_error
from multivector.bargaining.calibration.methods.method import Method
from multivector.bargaining.calibration.predictors import Predictors

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Record:
    """Past issues as the methods see them: predictors, outcomes `[k]` and the proposal of each."""

    x: Predictors
    y: Floats
    proposals: NDArray[np.str_]

    def at(self, index: Mask) -> Record:
        """The issues at `index`."""
        return Record(self.x.at(index), self.y[index], self.proposals[index])


def folds(proposals: NDArray[np.str_], count: int | None = None, *, seed: int = 0) -> list[Mask]:
    """Masks of test issues: whole proposals, shuffled into `count` folds; one proposal a fold without it."""
    names = np.unique(proposals)
    np.random.default_rng(seed).shuffle(names)
    parts = np.array_split(names, len(names) if count is None else count)
    return [np.isin(proposals, part) for part in parts]


def cross_validated(method: Method, record: Record, tests: Sequence[Mask]) -> Distribution:
    """The forecast `[k, 101]` of every issue by `method` as learnt from the other folds."""
    cdf = np.empty((record.y.size, POINTS.size))
    for test in tests:
        train = record.at(~test)
        cdf[test] = method.fit(train.x, train.y)(record.x.at(test)).cdf
    return Distribution(cdf)


def simplest_of_best(scores: Sequence[Floats], proposals: NDArray[np.str_]) -> int:
    """The first of `scores` (each `[k]`, simplest method first) that is not clearly worse than the best.

    Not clearly worse: the mean of the paired difference to the best is within one standard error of it, with
    proposals as clusters (Breiman et al. 1984, section 3.4.3, on paired differences).
    """
    best = min(scores, key=lambda each: float(each.mean()))
    for k, each in enumerate(scores):
        gap = each - best
        if gap.mean() <= standard_error(gap, proposals):
            return k
    raise AssertionError("the best is never worse than itself")


def level_that_covers(forecast: Distribution, y: Floats, target: float = 0.8) -> float:
    """The level, in hundredths, from which on the shortest intervals hold `target` of outcomes `y`.

    A conformal correction (Romano, Patterson & Candes 2019), made on forecasts of issues that were not learnt
    from. Found by bisection, as higher levels give longer intervals.
    """

    def covers(hundredth: int) -> bool:
        low, high = forecast.interval(hundredth / 100.0)
        return bool(np.mean((low <= y) & (y <= high)) >= target)

    return (1 + bisect.bisect_left(range(1, 100), True, key=covers)) / 100.0


@dataclass(frozen=True, eq=False)
class Nested:
    """Forecasts `[k, 101]` whose method and level were chosen inside the training folds.

    `chosen` names the method of each outer fold and `low`, `high` `[k]` are the 80 % intervals at the level
    found there.
    """

    forecast: Distribution
    low: Floats
    high: Floats
    chosen: tuple[str, ...]
    levels: tuple[float, ...]


def nested(
    methods: Sequence[Method], record: Record, tests: Sequence[Mask], *, inner: int = 10, seed: int = 0
) -> Nested:
    """Choose, learn and forecast anew for every outer fold of `tests`, so that the score of the choice is honest.

    In each outer training set: every method is cross-validated over `inner` folds of proposals, the simplest
    of the best taken, the level of its 80 % interval set on the same inner forecasts, and the method learnt
    again from the whole training set.
    """
    cdf = np.empty((record.y.size, POINTS.size))
    low, high = np.empty(record.y.size), np.empty(record.y.size)
    chosen, levels = [], []
    for test in tests:
        train = record.at(~test)
        within = folds(train.proposals, inner, seed=seed)
        forecasts = [cross_validated(method, train, within) for method in methods]
        pick = simplest_of_best([each.crps(train.y) for each in forecasts], train.proposals)
        level = level_that_covers(forecasts[pick], train.y)
        made = methods[pick].fit(train.x, train.y)(record.x.at(test))
        cdf[test] = made.cdf
        low[test], high[test] = made.interval(level)
        chosen.append(methods[pick].name)
        levels.append(level)
    return Nested(Distribution(cdf), low, high, tuple(chosen), tuple(levels))

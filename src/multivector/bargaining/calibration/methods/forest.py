"""A small quantile regression forest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.calibration.distribution import POINTS, Distribution, Floats
from multivector.bargaining.calibration.methods.method import Forecaster
from multivector.bargaining.calibration.predictors import Predictors

Members = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Node:
    """The past issues that came here; where they were split, the predictor, the cut and both sides."""

    members: Members
    feature: int = -1
    cut: float = 0.0
    sides: tuple[_Node, _Node] | None = None


@dataclass(frozen=True)
class Forest:
    """Past outcomes, weighted by how often trees put the past issue into the leaf of the new one.

    Trees are grown on bootstrap samples, each split the best by squared error among `tried` predictors drawn
    anew, with `leaf` issues at least on each side (Meinshausen 2006, JMLR 7:983-999).
    """

    trees: int = 100
    leaf: int = 12
    tried: int = 3
    seed: int = 0
    name: str = "forest"

    def fit(self, x: Predictors, y: Floats) -> Forecaster:
        """Grow the trees."""
        rng = np.random.default_rng(self.seed)
        facts = _facts(x)
        grown = [self._grow(facts, y, rng.integers(0, y.size, y.size), rng) for _ in range(self.trees)]
        below = (y[:, None] <= POINTS).astype(np.float64)

        def forecast(new: Predictors) -> Distribution:
            cdf = np.zeros((len(new), POINTS.size))
            for tree in grown:
                _add_leaves(tree, _facts(new), np.arange(len(new)), below, cdf)
            return Distribution(cdf / self.trees)

        return forecast

    def _grow(self, facts: Floats, y: Floats, members: Members, rng: np.random.Generator) -> _Node:
        tried = rng.choice(facts.shape[1], self.tried, replace=False)
        gain, cut, feature = max((*self._best_cut(facts[members, f], y[members]), int(f)) for f in tried)
        if gain <= 0:
            return _Node(members)
        left = facts[members, feature] <= cut
        sides = tuple(self._grow(facts, y, members[side], rng) for side in (left, ~left))
        return _Node(members, feature, cut, (sides[0], sides[1]))

    def _best_cut(self, fact: Floats, y: Floats) -> tuple[float, float]:
        """How much the best cut lowers the sum of squares, and where it lies; 0 where none is allowed."""
        order = np.argsort(fact, kind="stable")
        value, total = fact[order], np.cumsum(y[order] - y.mean())
        size = np.arange(1, y.size + 1)
        allowed = (size >= self.leaf) & (y.size - size >= self.leaf)
        allowed[:-1] &= value[:-1] < value[1:]
        if not allowed.any():
            return 0.0, 0.0
        rest = np.maximum(y.size - size, 1)
        gain = np.where(allowed, total**2 / size + total**2 / rest, 0.0)
        best = int(np.argmax(gain))
        return float(gain[best]), float(value[best])


def _add_leaves(node: _Node, facts: Floats, here: Members, below: Floats, cdf: Floats) -> None:
    """Add to `cdf` the shares of each new issue's leaf."""
    if node.sides is None:
        cdf[here] += below[node.members].mean(axis=0)
        return
    left = facts[here, node.feature] <= node.cut
    for side, part in zip(node.sides, (here[left], here[~left]), strict=True):
        _add_leaves(side, facts, part, below, cdf)


def _facts(x: Predictors) -> Floats:
    return np.stack(
        [
            x.compromise,
            x.median,
            x.support[:, 0],
            x.support[:, -1],
            x.spread,
            x.polarisation,
            x.places,
            x.reference[:, 0],
        ],
        axis=-1,
    )

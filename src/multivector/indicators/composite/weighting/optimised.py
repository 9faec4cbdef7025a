"""Optimised weights: what a child weighs follows from how much it shall matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from multivector.errors import ComputationError, InputError
from multivector.indicators.composite.aggregating.arithmetic import arithmetic
from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.statistics.columns import require_varied
from multivector.indicators.composite.statistics.correlation import correlate

Aim = Literal["balance", "infomax"]
Correlate: TypeAlias = Callable[[Floats], Floats]
LEAST = 1e-9  # a weight so small is none; at zero itself the search could not tell which way is up
STEP = 1e-7


@dataclass(frozen=True, eq=False)
class Fit:
    """Weights [n] summing to one, the importance wanted and the one obtained (shares of the correlations)."""

    weights: Floats
    desired: Floats
    obtained: Floats

    @property
    def error(self) -> float:
        """Mean squared gap of the obtained importances from the desired."""
        return float(np.mean((self.obtained - self.desired) ** 2))


def optimised(
    x: Floats, names: Names = NAMELESS, *, importance: Sequence[float] | None = None, aim: Aim = "balance"
) -> Floats:
    """Weights [n] under which the weighted arithmetic mean of x [u, n] correlates with its children as wanted.

    `balance`: Pearson correlations of the children with the mean in the proportion of `importance` (all
    alike unless given); `infomax`: their sum as high as can be. Weights are zero or more.

    Raises
    ------
    InputError : a child that is constant or known of fewer than three units; importances that do not fit.

    Source: W. Becker, M. Saisana, P. Paruolo and I. Vandecasteele, Ecological Indicators 80 (2017) 12-22.
    """
    require_varied(x, "optimised weight", names)

    def correlations(w: Floats) -> Floats:
        y = arithmetic(x[None], w)
        return correlate(x, y.T, names=(names, Names(names.node))).r.T

    return fit_weights(correlations, x.shape[1], importance, aim, names).weights


def fit_weights(
    correlations: Correlate,
    n: int,
    importance: Sequence[float] | None = None,
    aim: Aim = "balance",
    names: Names = NAMELESS,
) -> Fit:
    """The search itself, over any `correlations(w [k, n]) -> r [k, n]` of n elements with an index.

    balance:  min_w sum_n (r_n / sum r - t_n)^2,   infomax:  max_w sum_n r_n,   w >= 0, sum_n w_n = 1

    Started from the importances and from a point beside them; the better end is taken. It is a search
    over a smooth surface that may have several valleys: `Fit.error` says how near it came. A derivative is
    one batch of n + 1 sets of weights.
    """
    desired = _importance(importance, n, names)
    if aim not in ("balance", "infomax"):
        raise InputError(f"an aim {aim!r}", where="aim", repair="choose balance or infomax")
    search = _balance if aim == "balance" else _infomax
    ends = [search(correlations, desired, start) for start in (desired, (desired + 1.0 / n) / 2.0)]
    weights, _ = min(ends, key=lambda end: end[1])
    if not (np.isfinite(weights).all() and weights.sum() > 0):
        raise ComputationError("no weights were found", where=names.node or "optimised weights")
    weights = weights / weights.sum()
    r = correlations(weights[None])[0]
    return Fit(weights, desired, r / r.sum())


def _importance(importance: Sequence[float] | None, n: int, names: Names) -> Floats:
    wanted = np.ones(n) if importance is None else np.asarray(importance, float)
    if wanted.shape != (n,) or not (np.isfinite(wanted).all() and (wanted >= 0).all() and wanted.sum() > 0):
        raise InputError(
            f"importances {np.ravel(wanted).tolist()} for {n} elements",
            where=names.node or "importance",
            repair="give one number of zero or more for each element, not all zero",
        )
    share: Floats = wanted / wanted.sum()
    return share


def _balance(correlations: Correlate, desired: Floats, start: Floats) -> tuple[Floats, float]:
    from scipy import optimize

    def residuals(w: Floats) -> Floats:
        """[k, n + 1]: the gaps, and that of the weights' sum from one."""
        r, total = correlations(w / w.sum(axis=1, keepdims=True)), w.sum(axis=1, keepdims=True)
        whole = r.sum(axis=1, keepdims=True)
        gap = np.where(whole > 0, r / np.where(whole > 0, whole, 1.0) - desired, 1e3)
        return np.concatenate([gap, total - 1.0], axis=1)

    found = optimize.least_squares(
        lambda w: residuals(w[None])[0],
        start,
        jac=lambda w: _derivative(residuals, w),
        bounds=(LEAST, 1.0),
        xtol=1e-10,
        ftol=1e-12,
        gtol=1e-10,
    )
    return np.where(found.x <= 2 * LEAST, 0.0, found.x), float(found.cost)


def _infomax(correlations: Correlate, desired: Floats, start: Floats) -> tuple[Floats, float]:
    from scipy import optimize

    def loss(w: Floats) -> Floats:
        total: Floats = -correlations(w / w.sum(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
        return total

    found = optimize.minimize(
        lambda w: loss(w[None])[0, 0],
        start,
        jac=lambda w: _derivative(loss, w)[0],
        method="SLSQP",
        bounds=[(0.0, 1.0)] * len(desired),
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1.0},
        options={"ftol": 1e-12, "maxiter": 500},
    )
    return np.clip(found.x, 0.0, None), float(found.fun)


def _derivative(function: Callable[[Floats], Floats], w: Floats) -> Floats:
    """Forward differences of a batched function [k, n] -> [k, m], as [m, n]."""
    values = function(np.vstack([w, w + STEP * np.eye(len(w))]))
    slope: Floats = ((values[1:] - values[0]) / STEP).T
    return slope

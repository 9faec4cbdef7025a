"""Optimised weights: what a child weighs follows from how much it shall matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import optimize

from multivector.errors import ComputationError, InputError
from multivector.indicators.composite.aggregating.arithmetic import arithmetic
from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.statistics.columns import require_varied
from multivector.indicators.composite.statistics.correlation import correlate

Aim = Literal["balance", "infomax"]


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
        y = arithmetic(x, w)
        return correlate(x, y[:, None], names=(names, Names(names.node))).r[:, 0]

    return fit_weights(correlations, x.shape[1], importance, aim, names).weights


def fit_weights(
    correlations: Callable[[Floats], Floats],
    n: int,
    importance: Sequence[float] | None = None,
    aim: Aim = "balance",
    names: Names = NAMELESS,
) -> Fit:
    """The search itself, over any `correlations(w) -> r [n]` of n elements with an index.

    balance:  min_w sum_n (r_n / sum r - t_n)^2,   infomax:  max_w sum_n r_n,   w >= 0, sum_n w_n = 1

    Started from the importances and from a point beside them; the better end is taken. It is a search
    over a smooth surface that may have several valleys: `Fit.error` says how near it came.
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
    r = correlations(weights)
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


def _balance(
    correlations: Callable[[Floats], Floats], desired: Floats, start: Floats
) -> tuple[Floats, float]:
    def residuals(w: Floats) -> Floats:
        r = correlations(w / w.sum())
        total = r.sum()
        gap = r / total - desired if total > 0 else np.full(len(r), 1e3)
        return np.append(gap, w.sum() - 1.0)

    found = optimize.least_squares(residuals, start, bounds=(1e-9, 1.0), xtol=1e-12, ftol=1e-14, gtol=1e-12)
    return np.where(found.x <= 2e-9, 0.0, found.x), float(found.cost)


def _infomax(
    correlations: Callable[[Floats], Floats], desired: Floats, start: Floats
) -> tuple[Floats, float]:
    found = optimize.minimize(
        lambda w: -correlations(w / w.sum()).sum(),
        start,
        method="SLSQP",
        bounds=[(0.0, 1.0)] * len(desired),
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1.0},
        options={"ftol": 1e-12, "maxiter": 500},
    )
    return np.clip(found.x, 0.0, None), float(found.fun)

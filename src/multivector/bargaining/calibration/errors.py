"""How far forecasts of past issues were off, and whether two of them really differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

NEAR: Final = 10.0
"""A forecast within so many points of the outcome is a hit."""

RESAMPLES: Final = 4000
_SLACK = 1e-9
"""An error of 10 that rounding made 10.000000000000002 is still a hit."""


Groups: TypeAlias = Sequence[str] | NDArray[np.str_]
"""Names `[k]` of what is drawn as a whole: the proposal of each issue."""


class PointErrors(NamedTuple):
    """Errors of `n` point forecasts, in points of the scale; lower is better but for `hit10`.

    `mae` mean absolute error, `rmse` root of the mean squared error, `medae` median absolute error, `hit10`
    share of forecasts within ten points of the outcome.
    """

    n: int
    mae: float
    rmse: float
    medae: float
    hit10: float


def point_errors(forecast: ArrayLike, outcome: ArrayLike) -> PointErrors:
    """Errors of `forecast` `[k]` against `outcome` `[k]`."""
    off = np.abs(np.asarray(forecast, dtype=np.float64) - np.asarray(outcome, dtype=np.float64))
    return PointErrors(
        off.size,
        float(off.mean()),
        float(np.sqrt(np.mean(off**2))),
        float(np.median(off)),
        float(np.mean(off <= NEAR + _SLACK)),
    )


class Difference(NamedTuple):
    """A mean difference of scores with its 95 % interval; below 0 the first forecast is better."""

    mean: float
    low: float
    high: float

    @property
    def settled(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def difference(
    first: ArrayLike, second: ArrayLike, groups: Groups | None = None, *, seed: int = 1
) -> Difference:
    """Mean of `first - second`, scores `[k]` of the same issues, with a percentile bootstrap interval.

    `groups` `[k]` names what is drawn as a whole: the proposals that issues belong to, as those of one
    proposal are not independent. Without groups, issues are drawn. 4,000 resamples; Efron & Tibshirani 1993.
    """
    gap = np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64)
    _, member = np.unique(np.arange(gap.size) if groups is None else np.asarray(groups), return_inverse=True)
    total, size = np.bincount(member, gap), np.bincount(member)
    drawn = np.random.default_rng(seed).integers(0, size.size, (RESAMPLES, size.size))
    means: NDArray[np.float64] = total[drawn].sum(axis=1) / size[drawn].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return Difference(float(gap.mean()), float(low), float(high))


def standard_error(gap: ArrayLike, groups: Groups) -> float:
    """Standard error of the mean of `gap` `[k]` when whole groups are drawn (linearised)."""
    values = np.asarray(gap, dtype=np.float64)
    _, member = np.unique(np.asarray(groups), return_inverse=True)
    total = np.bincount(member, values - values.mean())
    count = total.size
    return float(np.sqrt(np.sum(total**2) * count / (count - 1)) / values.size)

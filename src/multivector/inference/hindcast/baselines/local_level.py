"""Local level: the series is a random walk seen through noise.

y[t] = level[t] + e, level[t+1] = level[t] + u, var e = s^2, var u = q s^2. The signal ratio q is the one of
a grid that maximises the concentrated likelihood, with a diffuse start and missing years skipped.
Source: Harvey 1989, Forecasting, Structural Time Series Models and the Kalman Filter, ch. 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.baselines.quantiles import normal
from multivector.inference.hindcast.family import Family, Floats

RATIOS: Floats = np.logspace(-3, 3, 25)  # quarter decades; the likelihood is flat between them
_NEVER_STILL = 1e-300  # a series that never moved has no error; its likelihood must not be log 0


@dataclass(frozen=True)
class Levels:
    """The filter at every year, q chosen from the data to that year: `mean` h years on stays level[y, c].

    The variance h years on is `scale` * (`spread` + h * `ratio` + 1), all [y, c].
    """

    level: Floats
    scale: Floats
    spread: Floats
    ratio: Floats

    def sd(self, t: int, horizon: int) -> Floats:
        """Standard deviation [c] of the observation `horizon` years after row t."""
        return np.asarray(np.sqrt(self.scale[t] * (self.spread[t] + horizon * self.ratio[t] + 1.0)))


def levels(values: Floats) -> Levels:
    """Filter values [y, c] at every ratio at once and choose the best ratio of each year and series.

    The scale is the sum of squared standardised errors over their count less one, for the ratio chosen.
    """
    n_years, n_cells = values.shape
    q = RATIOS[:, None]
    level, spread = np.zeros((len(RATIOS), n_cells)), np.zeros((len(RATIOS), n_cells))
    squares, logs = np.zeros_like(level), np.zeros_like(level)
    count, begun = np.zeros(n_cells), np.zeros(n_cells, bool)
    kept = np.full((4, n_years, n_cells), np.nan)
    for t, now in enumerate(values):
        known = np.isfinite(now)
        spread = np.where(begun, spread + q, spread)
        update, start = known & begun, known & ~begun
        variance = spread + 1.0
        error = np.where(update, now - level, 0.0)
        squares += error**2 / variance
        logs += np.where(update, np.log(variance), 0.0)
        count += update
        gain = spread / variance
        level = np.where(start, now, level + gain * error)
        spread = np.where(start, 1.0, np.where(update, spread * (1.0 - gain), spread))
        begun |= start
        kept[:, t] = _best(level, spread, squares, logs, count, begun)
    return Levels(*kept)


def _best(
    level: Floats, spread: Floats, squares: Floats, logs: Floats, count: Floats, begun: np.ndarray
) -> Floats:
    """Level, scale, spread and ratio [4, c] at the ratio with the highest concentrated likelihood."""
    mean_square = squares / np.where(count > 0, count, 1.0)
    best = np.argmin(count * np.log(np.maximum(mean_square, _NEVER_STILL)) + logs, axis=0)
    cell = np.arange(level.shape[1])
    scale = squares[best, cell] / np.where(count > 1, count - 1.0, np.nan)
    chosen = np.stack([level[best, cell], scale, spread[best, cell], RATIOS[best]])
    return np.where(begun, chosen, np.nan)


@dataclass(frozen=True)
class LocalLevel:
    """Normal(level[T], s^2 (P[T] + h q + 1))."""

    name: str = "local_level"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        fit = levels(family.values)
        return {h: family.clip(normal(fit.level[-1], fit.sd(-1, h))) for h in horizons}

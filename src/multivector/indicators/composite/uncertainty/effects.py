"""What a score, a rank, or the ranking as a whole hangs on: shares of its variance by factor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.indicators.composite.uncertainty.evaluate import evaluate, nominal_scores, ranked
from multivector.indicators.composite.uncertainty.plan import Plan
from multivector.sensitivity import ShapleyEffects, SobolEffects, shapley_effects, sobol_effects

Floats = NDArray[np.float64]
TARGET = "mean_abs_rank_change"


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Sobol' indices and Shapley effects of each output `s`: the whole ranking, then scores, then ranks.

    The first output is the mean absolute change of the ranks from the nominal ones, over all units.
    """

    sobol: SobolEffects
    shapley: ShapleyEffects
    units: tuple[tuple[str, str], ...]

    @property
    def ranking(self) -> pl.DataFrame:
        """A row per factor for the whole ranking: first and total order, Shapley, with standard errors."""
        return self._rows([0])

    @property
    def by_unit(self) -> pl.DataFrame:
        """A row per unit, of (score or rank) and factor."""
        return self._rows(range(1, 1 + 2 * len(self.units)))

    def _rows(self, outputs: range | list[int]) -> pl.DataFrame:
        columns = {
            "first": self.sobol.first,
            "first_error": self.sobol.first_error,
            "total": self.sobol.total,
            "total_error": self.sobol.total_error,
            "shapley": self.shapley.share,
            "shapley_error": self.shapley.share_error,
        }
        rows = []
        for s in outputs:
            of = ("", "", TARGET) if not s else (*self.units[(s - 1) % len(self.units)], self._kind(s))
            for k, factor in enumerate(self.sobol.names):
                numbers = {name: float(values[s, k]) for name, values in columns.items()}
                rows.append({"uCode": of[0], "Time": of[1], "of": of[2], "factor": factor, **numbers})
        frame = pl.DataFrame(rows).with_columns(pl.col(*columns).fill_nan(None))
        return _without_empty(frame)

    def _kind(self, s: int) -> str:
        return "score" if s <= len(self.units) else "rank"


def sensitivity_of(plan: Plan, samples: int, seed: int) -> Sensitivity:
    """Effects of the plan's factors on the top's scores and ranks.

    Sobol' indices take samples (d + 2) evaluations, `samples` a power of two; Shapley effects
    samples (d + 1). A unit that the recipe leaves without a score has no effects.
    """
    nominal = ranked(plan, nominal_scores(plan))[:, -1]
    scored = np.isfinite(nominal)

    def outputs(u: Floats) -> Floats:
        found = evaluate(plan, u)
        scores, ranks = found.scores[..., -1], found.ranks[..., -1]
        changed = np.abs(ranks[:, scored] - nominal[scored]).mean(axis=1)
        return np.concatenate([changed[:, None], scores, ranks], axis=1)

    return Sensitivity(
        sobol=sobol_effects(outputs, plan.factors, samples, seed),
        shapley=shapley_effects(outputs, plan.factors, samples, seed),
        units=tuple(zip(plan.data.codes, plan.data.times, strict=True)),
    )


def _without_empty(frame: pl.DataFrame) -> pl.DataFrame:
    """Without the columns that say nothing here: the unit of the whole ranking, the time of a single one."""
    return frame.drop(column for column in ("uCode", "Time") if (frame[column] == "").all())

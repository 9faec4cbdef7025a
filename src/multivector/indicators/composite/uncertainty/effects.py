"""What a score, a rank, a difference of ranks, or the ranking as a whole hangs on: shares of its variance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.indicators.composite.uncertainty.evaluate import evaluate, nominal_scores, ranked
from multivector.indicators.composite.uncertainty.plan import Plan
from multivector.sensitivity import ShapleyEffects, SobolEffects, shapley_effects, sobol_effects

Floats = NDArray[np.float64]
TARGET, SCORE, RANK, DIFFERENCE = "mean_abs_rank_change", "score", "rank", "rank_difference"


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Sobol' indices and Shapley effects of each output `s`, which `labels` name.

    The first output is the mean absolute change of the ranks from the nominal ones, over all units; then the
    scores and the ranks of the units, and the differences of ranks of the pairs asked for.
    """

    sobol: SobolEffects
    shapley: ShapleyEffects
    labels: tuple[dict[str, str], ...]

    @property
    def ranking(self) -> pl.DataFrame:
        """A row per factor for the whole ranking: first and total order, Shapley, with standard errors."""
        return self._rows(TARGET)

    @property
    def by_unit(self) -> pl.DataFrame:
        """A row per unit, of (score or rank) and factor."""
        return self._rows(SCORE, RANK)

    @property
    def by_pair(self) -> pl.DataFrame:
        """A row per pair of units and factor: what the difference of their ranks hangs on."""
        return self._rows(DIFFERENCE)

    def _rows(self, *of: str) -> pl.DataFrame:
        """Null where the output does not vary: there is nothing to explain."""
        columns = {
            "first": self.sobol.first,
            "first_error": self.sobol.first_error,
            "total": self.sobol.total,
            "total_error": self.sobol.total_error,
            "shapley": self.shapley.share,
            "shapley_error": self.shapley.share_error,
        }
        rows = [
            {**label, "factor": factor, **{name: float(found[s, k]) for name, found in columns.items()}}
            for s, label in enumerate(self.labels)
            if label["of"] in of
            for k, factor in enumerate(self.sobol.names)
        ]
        return pl.DataFrame(rows).with_columns(pl.selectors.float().fill_nan(None))


def sensitivity_of(plan: Plan, samples: int, seed: int, pairs: Sequence[tuple[str, str]] = ()) -> Sensitivity:
    """Effects of the plan's factors on the top's scores and ranks.

    Sobol' indices take samples (d + 2) evaluations, Shapley effects samples (d + 1). A unit that the recipe
    leaves without a score has no effects.

    Parameters
    ----------
    samples : rows of the design, a power of two.
    pairs : units whose difference of ranks is explained too.

    Raises
    ------
    InputError : `samples` is no power of two, or a unit is unknown.
    MultivectorError : a sample fails.
    """
    nominal = ranked(plan, nominal_scores(plan))[:, -1]
    scored = np.isfinite(nominal)
    ends = np.array([[plan.unit(name) for name in pair] for pair in pairs], np.int64).reshape(-1, 2)

    def outputs(u: Floats) -> Floats:
        found = evaluate(plan, u)
        scores, ranks = found.scores[..., -1], found.ranks[..., -1]
        changed = np.abs(ranks[:, scored] - nominal[scored]).mean(axis=1)
        apart = ranks[:, ends[:, 1]] - ranks[:, ends[:, 0]]
        return np.concatenate([changed[:, None], scores, ranks, apart], axis=1)

    return Sensitivity(
        sobol=sobol_effects(outputs, plan.factors, samples, seed),
        shapley=shapley_effects(outputs, plan.factors, samples, seed),
        labels=_labels(plan, pairs),
    )


def _labels(plan: Plan, pairs: Sequence[tuple[str, str]]) -> tuple[dict[str, str], ...]:
    data = plan.data
    units = [
        {"uCode": code, **({"Time": time} if data.panel else {})}
        for code, time in zip(data.codes, data.times, strict=True)
    ]
    return (
        {"of": TARGET},
        *({**unit, "of": kind} for kind in (SCORE, RANK) for unit in units),
        *({"a": a, "b": b, "of": DIFFERENCE} for a, b in pairs),
    )

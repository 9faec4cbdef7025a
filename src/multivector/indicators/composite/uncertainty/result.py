"""An index over its samples: quantiles, probabilities of ranks and of order, changes over time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.uncertainty.case import option_said
from multivector.indicators.composite.uncertainty.effects import Sensitivity, sensitivity_of
from multivector.indicators.composite.uncertainty.evaluate import ranked
from multivector.indicators.composite.uncertainty.nearest_tie import Norm
from multivector.indicators.composite.uncertainty.plan import Plan
from multivector.indicators.composite.uncertainty.spread import (
    order_probabilities,
    quantiles,
    rank_probabilities,
)
from multivector.indicators.composite.uncertainty.swap import Swap, swap_of

Floats = NDArray[np.float64]
LEVELS = (0.05, 0.5, 0.95)
NAMES = ("q5", "median", "q95")
EFFECT_SAMPLES = 1024


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """Made by `assess`.

    Attributes
    ----------
    plan : what was varied, with units and elements.
    draws : the points evaluated, `[s, d]`.
    nominal : scores of the recipe as written, `[u, e]`; e are the plan's elements, the top last.
    scores, ranks : of every sample, `[s, u, e]`; a unit that the recipe does not score may be missing.
    """

    plan: Plan
    seed: int
    draws: Floats
    nominal: Floats
    scores: Floats
    ranks: Floats

    @property
    def nominal_ranks(self) -> Floats:
        """Ranks of the recipe as written, `[u, e]`."""
        return ranked(self.plan, self.nominal)

    @cached_property
    def rank_probabilities(self) -> Floats:
        """Probability of each rank of the top, `[u, r]`, r from 0 for the first; ties share their ranks."""
        return rank_probabilities(self.ranks[..., -1], self.plan.data.times)

    @cached_property
    def sensitivity(self) -> Sensitivity:
        """What the top hangs on: Sobol' indices and Shapley effects from samples of their own."""
        return sensitivity_of(self.plan, EFFECT_SAMPLES, self.seed)

    def difference(self, a: str, b: str) -> pl.DataFrame:
        """What the difference of two units' ranks (b less a) hangs on, a row per factor."""
        return sensitivity_of(self.plan, EFFECT_SAMPLES, self.seed, [(a, b)]).by_pair

    def swap(self, a: str, b: str, level: int | None = None, norm: Norm = "L2") -> Swap:
        """The smallest change of weights that makes two units change places; see `swap_of`."""
        return swap_of(self.plan, a, b, level, norm)

    def frame(self, name: str = "ranks") -> pl.DataFrame:
        """One table.

        `scores`, `ranks`: iCode, uCode, nominal, mean, q5, median, q95, known (share of samples that score).
        `rank_probabilities`: uCode, rank, probability. `pairs`: upper, lower, nominal, mean, q5, median, q95
        of the difference of ranks, above, tie, below (probabilities). `changes` (panel): uCode, from, to,
        the same of the change of score, up (probability). `sensitivity`, `unit_sensitivity`: first, total,
        shapley by factor. `samples`: sample, iCode, uCode, score, rank. `design`: sample, a column per factor.
        In a panel with a column `Time`.

        Raises
        ------
        InputError : there is no such table; the message names those that there are.
        """
        tables: dict[str, Callable[[], pl.DataFrame]] = {
            "scores": lambda: self._spread(self.nominal, self.scores),
            "ranks": lambda: self._spread(self.nominal_ranks, self.ranks),
            "rank_probabilities": self._rank_rows,
            "pairs": self._pairs,
            "changes": self._changes,
            "sensitivity": lambda: self.sensitivity.ranking,
            "unit_sensitivity": lambda: self.sensitivity.by_unit,
            "samples": self._samples,
            "design": self._design,
        }
        if name not in tables:
            raise InputError(
                f"no table {name!r}", where="frame", repair=f"ask for one of {', '.join(tables)}"
            )
        return tables[name]()

    def _units(self, elements: int = 1) -> dict[str, list[str]]:
        """Columns that say which unit a row is of, units running fastest."""
        data = self.plan.data
        times = {"Time": list(data.times) * elements} if data.panel else {}
        return {"uCode": list(data.codes) * elements, **times}

    def _spread(self, nominal: Floats, samples: Floats) -> pl.DataFrame:
        elements = self.plan.elements
        codes = [code for code in elements for _ in self.plan.units]
        values = samples.reshape(len(samples), -1, len(elements)).swapaxes(1, 2).reshape(len(samples), -1)
        return pl.DataFrame(
            {"iCode": codes, **self._units(len(elements)), **_summary(nominal.T.ravel(), values)}
        ).with_columns(pl.selectors.float().fill_nan(None))

    def _rank_rows(self) -> pl.DataFrame:
        found = self.rank_probabilities
        places = found.shape[1]
        rows = {name: np.repeat(column, places) for name, column in self._units().items()}
        ranks = np.tile(np.arange(1, places + 1), len(found))
        return pl.DataFrame({**rows, "rank": ranks, "probability": found.ravel()})

    def _pairs(self) -> pl.DataFrame:
        """Pairs of units of one time, the nominally higher first."""
        nominal, ranks, times = self.nominal_ranks[:, -1], self.ranks[..., -1], self.plan.data.times
        order = sorted(np.flatnonzero(np.isfinite(nominal)), key=lambda u: (times[u], nominal[u]))
        pairs = [(a, b) for n, a in enumerate(order) for b in order[n + 1 :] if times[a] == times[b]]
        if not pairs:
            return pl.DataFrame()
        upper, lower = np.array(pairs).T
        codes = np.array(self.plan.data.codes)
        above, tie, below = order_probabilities(ranks, upper, lower)
        summary = [
            _summary(np.atleast_1d(nominal[b] - nominal[a]), (ranks[:, b] - ranks[:, a])[:, None])
            for a, b in pairs
        ]
        numbers = {name: np.concatenate([np.atleast_1d(one[name]) for one in summary]) for name in summary[0]}
        when = {"Time": [times[u] for u in upper]} if self.plan.data.panel else {}
        chances = {"above": above, "tie": tie, "below": below}
        return pl.DataFrame({"upper": codes[upper], "lower": codes[lower], **when, **numbers, **chances})

    def _changes(self) -> pl.DataFrame:
        """From each time of a unit to its next, sample by sample: both ends are of the same draws."""
        data = self.plan.data
        if not data.panel:
            raise InputError(
                "the data have one time, so nothing changes", where="frame", repair="give data with Time"
            )
        moments = data.moments
        before, after = [], []
        for code in dict.fromkeys(data.codes):
            own = sorted((u for u, c in enumerate(data.codes) if c == code), key=lambda u: moments[u])
            before += own[:-1]
            after += own[1:]
        moved = self.scores[:, after, -1] - self.scores[:, before, -1]
        up = np.where(np.isnan(moved), 0.0, moved > 0).sum(axis=0) / np.maximum(
            (~np.isnan(moved)).sum(axis=0), 1
        )
        where = {
            "uCode": [data.codes[u] for u in after],
            "from": [data.times[u] for u in before],
            "to": [data.times[u] for u in after],
        }
        numbers = _summary(self.nominal[after, -1] - self.nominal[before, -1], moved)
        known = ~np.isnan(moved).all(axis=0)
        frame = pl.DataFrame({**where, **numbers, "up": np.where(known, up, np.nan)})
        return frame.with_columns(pl.selectors.float().fill_nan(None))

    def _samples(self) -> pl.DataFrame:
        n, u, e = self.scores.shape
        units = {name: np.tile(np.repeat(column, e), n) for name, column in self._units().items()}
        return pl.DataFrame(
            {
                "sample": np.repeat(np.arange(n), u * e),
                "iCode": np.tile(np.array(self.plan.elements), n * u),
                **units,
                "score": self.scores.ravel(),
                "rank": self.ranks.ravel(),
            }
        )

    def _design(self) -> pl.DataFrame:
        chosen = self.plan.chosen(self.draws)
        columns = {
            factor.name: [option_said(factor, int(option)) for option in chosen[:, f]]
            for f, factor in enumerate(self.plan.recipe.vary)
        }
        return pl.DataFrame({"sample": np.arange(len(chosen)), **columns})


def _summary(nominal: Floats, samples: Floats) -> dict[str, Floats]:
    """Columns of a table from nominal values `[k]` and samples `[s, k]`."""
    known = ~np.isnan(samples)
    count = known.sum(axis=0)
    mean = np.where(known, samples, 0.0).sum(axis=0) / np.where(count > 0, count, np.nan)
    spread = dict(zip(NAMES, quantiles(samples, LEVELS), strict=True))
    return {"nominal": nominal, "mean": mean, **spread, "known": count / len(samples)}

"""Scores and ranks of the index, and what they are in the draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from multivector.indicators.composite import build
from multivector.indicators.composite.ranking import ranks
from multivector.indicators.composite.uncertainty.draws import points
from multivector.indicators.composite.uncertainty.evaluate import evaluate
from multivector.indicators.composite.uncertainty.plan import plan_of
from multivector.indicators.middle_power.definition import Factor, factors
from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Floats, Grid
from multivector.indicators.middle_power.index import RECIPE, WHOLE, data, meta, scored_factors

TAILS = (0.05, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Scores of every element, nominal and drawn.

    Attributes
    ----------
    nominal : [state, year] by element: an indicator, a factor, the whole; missing where it is not scored.
    draws : [sample, state, year] of each factor that is scored and of the whole; missing as in `nominal`.
    parts : what each factor and the whole consist of.
    """

    nominal: Mapping[str, Floats]
    draws: Mapping[str, Floats]
    parts: Mapping[str, tuple[str, ...]]

    def value(self, element: str) -> Floats:
        """Score with every value as it stands, of what is known, at equal weights [state, year]."""
        return self.nominal[element]

    def quantiles(self, element: str) -> Floats:
        """Lower end, median and upper end of the score [3, state, year].

        The median is the headline: what is missing is drawn there and not passed over.
        """
        return _quantiles(self.draws[element])

    def change(self, element: str) -> Floats:
        """Lower end, median and upper end of the last year's change [3, state], draw by draw."""
        drawn = self.draws[element]
        return _quantiles(drawn[..., -1] - drawn[..., -2])

    def rank(self, element: str) -> Floats:
        """Rank of the median with its interval: lower end, rank, upper end [3, state, year]; 1 is highest."""
        drawn = np.swapaxes(ranks(np.swapaxes(self.draws[element], -1, -2)), -1, -2)
        low, high = np.quantile(drawn, TAILS, axis=0, method="inverted_cdf")
        return np.stack([low, ranks(self.quantiles(element)[1].T).T, high])


def _quantiles(drawn: Floats) -> Floats:
    """Over the samples; missing where the samples are."""
    return np.asarray(np.quantile(drawn, (TAILS[0], 0.5, TAILS[1]), axis=0))


def score(facts: Facts, grids: Mapping[str, Grid], samples: int, seed: int) -> Scores:
    """Build the index, and evaluate it on the draws.

    A factor that no state may be scored on stays out of the build; where only some may, the others' scores are
    taken off afterwards, and the whole with them.
    """
    allowed = scored_factors(grids)
    over = tuple(factor for factor in factors() if allowed[factor.code].any())
    given = {
        each.code: grids[each.code]
        for factor in over
        for each in factor.indicators
        if _varies(grids[each.code])
    }
    blank = np.full(facts.shape, np.nan)
    parts = {f.code: tuple(each.code for each in f.indicators) for f in factors()}
    parts[WHOLE] = tuple(f.code for f in factors())
    nominal = {code: blank for group in parts.values() for code in group} | {WHOLE: blank}
    draws = {element: np.full((samples, *facts.shape), np.nan) for element in parts}
    if over:
        built, drawn = _evaluated(facts, given, over, samples, seed)
        whole = np.all([allowed[factor.code] for factor in factors()], axis=0)
        may = {**allowed, WHOLE: whole}
        for element, number in built.items():
            nominal[element] = np.where(may.get(element, True), number, np.nan)
        for element, numbers in drawn.items():
            draws[element] = np.where(may[element], numbers, np.nan)
    return Scores(nominal, draws, parts)


def _evaluated(
    facts: Facts, given: Mapping[str, Grid], over: tuple[Factor, ...], samples: int, seed: int
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Nominal scores [state, year] of every element, and drawn ones [sample, state, year] of the nodes."""
    built = build(RECIPE, data(facts, given), meta(given, over))
    stage = built.stages["Aggregated"]
    nominal = {
        str(element): stage.sel(element=element).to_numpy().reshape(facts.shape)
        for element in stage["element"].to_numpy()
    }
    low, high = (_bounds(given, built.framework.indicators, end) for end in ("low", "high"))
    plan = plan_of(
        built.recipe, built.framework, built.data, low=low, high=high, elements=[f.code for f in over]
    )
    drawn = evaluate(plan, points(samples, len(plan.factors), seed)).scores
    nodes = {element: drawn[..., e].reshape(samples, *facts.shape) for e, element in enumerate(plan.elements)}
    return nominal, nodes


def _bounds(given: Mapping[str, Grid], codes: tuple[str, ...], end: str) -> Floats:
    """The lower or upper bounds as the engine has its values: [state and year, indicator]."""
    return np.stack([getattr(given[code], end).reshape(-1) for code in codes], axis=1)


def _varies(grid: Grid) -> bool:
    """Whether states or years differ: what is the same for all has no place between least and greatest."""
    known = grid.value[np.isfinite(grid.value)]
    return bool(known.size and known.max() > known.min())

"""Assess an index: what its scores and ranks could have been, and what they hang on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from multivector.errors import InputError
from multivector.indicators.composite.build import named_denominators
from multivector.indicators.composite.inputs import read_data, read_framework
from multivector.indicators.composite.recipe import Recipe
from multivector.indicators.composite.recipe_file import read_recipe
from multivector.indicators.composite.uncertainty.draws import points
from multivector.indicators.composite.uncertainty.evaluate import evaluate, nominal_scores
from multivector.indicators.composite.uncertainty.intervals import read_intervals, read_vintage
from multivector.indicators.composite.uncertainty.plan import Plan, plan_of
from multivector.indicators.composite.uncertainty.result import Uncertainty

MOST_SAMPLES = 2**20


def read_plan(
    recipe: str | Path | Mapping[str, Any] | Recipe,
    data: Any,
    meta: Any,
    *,
    intervals: Any = None,
    vintages: Sequence[Any] = (),
    elements: Sequence[str] = (),
) -> Plan:
    """What `assess` evaluates: takes what `build` takes, and the tables of the values' own uncertainty.

    Raises
    ------
    InputError : something given does not hold; it names the element, the place and the repair.
    """
    what = read_recipe(recipe)
    framework = read_framework(meta)
    units = read_data(data, framework, named_denominators(what))
    low, high = (None, None) if intervals is None else read_intervals(intervals, framework, units)
    others = [read_vintage(table, framework, units) for table in vintages]
    return plan_of(what, framework, units, low=low, high=high, vintages=others, elements=elements)


def assess(
    recipe: str | Path | Mapping[str, Any] | Recipe,
    data: Any,
    meta: Any,
    samples: int = 1000,
    seed: int = 1,
    *,
    intervals: Any = None,
    vintages: Sequence[Any] = (),
    elements: Sequence[str] = (),
) -> Uncertainty:
    """Evaluate an index over what its recipe varies, at scrambled Sobol' points.

    Parameters
    ----------
    recipe, data, meta : as `build` takes them; the recipe's `[[vary]]` tables say what varies.
    samples, seed : how many points, of which scrambling; the same give the same result.
    intervals : bounds of values, a table `uCode, iCode, low, high` (`Time` too in a panel).
    vintages : the data as published at other times, tables like `data`.
    elements : aggregates to score beside the top.

    Returns
    -------
    Uncertainty : scores and ranks of every sample, their quantiles and probabilities, what they hang on.

    Raises
    ------
    InputError : something given does not hold; it names the element, the place and the repair.
    MultivectorError : a sample fails; with the sample, its options, node and unit. None is left out.

    Examples
    --------
    >>> import multivector.indicators.composite.uncertainty as un
    >>> found = un.assess("recipe.toml", "data.csv", "meta.csv", samples=1000)  # doctest: +SKIP
    >>> found.frame("ranks")  # doctest: +SKIP

    Source: M. Saisana, A. Saltelli and S. Tarantola, J. Royal Statistical Society A 168 (2005) 307-323.
    """
    if not 2 <= samples <= MOST_SAMPLES:
        raise InputError(f"samples is {samples}", where="samples", repair=f"ask for 2 to {MOST_SAMPLES:,}")
    what = read_plan(recipe, data, meta, intervals=intervals, vintages=vintages, elements=elements)
    draws = points(samples, len(what.factors), seed)
    found = evaluate(what, draws)
    return Uncertainty(what, seed, draws, nominal_scores(what), found.scores, found.ranks)

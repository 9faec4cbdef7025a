"""The reference's sensitivity design run by run, the exact indices, and the error of our estimators."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
import pytest

from multivector.indicators.composite.recipe_file import read_recipe
from multivector.indicators.composite.uncertainty import (
    Evaluation,
    Plan,
    evaluate,
    nominal_scores,
    read_plan,
    sensitivity_of,
)
from multivector.indicators.composite.uncertainty.evaluate import ranked
from multivector.indicators.composite.uncertainty.spread import quantiles
from multivector.sensitivity import sobol_effects

pytestmark = pytest.mark.reference
EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "asem"
SHAPE = (5, 2, 100, 2)  # winmax, normalisation, weight set, aggregation
RUNS = 100
OPTION = {"minmax_1_100": 0, "zscore_10_2": 1, "a_amean": 0, "a_gmean": 1}
NAMES = ("Winmax", "Normalisation", "Weights", "Aggregation")
Table = Callable[[str], pl.DataFrame]


class Design(NamedTuple):
    """The reference's runs: the matrices A, B, and A with one column of B at a time."""

    plan: Plan
    found: Evaluation
    table: pl.DataFrame


def number(frame: pl.DataFrame, column: str) -> np.ndarray:
    return frame[column].cast(pl.Float64).to_numpy()


@pytest.fixture(scope="module")
def plan(reference: Table) -> Plan:
    rows = reference("sa/noisy_weights").filter(pl.col("iCode") != "Index")
    sets: list[dict[str, float]] = [{} for _ in range(SHAPE[2])]
    for row in rows.iter_rows(named=True):
        sets[int(row["weight_set"]) - 1][row["iCode"]] = float(row["Weight"])
    vary: list[dict[str, Any]] = [
        {"what": "stage", "stage": "treat", "options": [{"winmax": n} for n in range(1, 6)]},
        {
            "what": "stage",
            "stage": "normalise",
            "options": [
                {"method": "minmax", "low": 1.0, "high": 100.0},
                {"method": "zscore", "mean": 10.0, "sd": 2.0},
            ],
        },
        {"what": "weight_sets", "sets": sets},
        {
            "what": "stage",
            "stage": "aggregate",
            "options": [{"method": "arithmetic"}, {"method": "geometric"}],
        },
    ]
    named = [{"name": name, **factor} for name, factor in zip(NAMES, vary, strict=True)]
    recipe = {**read_recipe(EXAMPLE / "recipe.toml").plain(), "vary": named}
    return read_plan(recipe, EXAMPLE / "data.csv", EXAMPLE / "meta.csv")


@pytest.fixture(scope="module")
def design(plan: Plan, reference: Table) -> Design:
    table = reference("sa/sa_n100_design")
    chosen = [
        [int(r["winmax"]) - 1, OPTION[r["norm"]], int(r["weight_set"]) - 1, OPTION[r["agg"]]]
        for r in table.iter_rows(named=True)
    ]
    return Design(plan, evaluate(plan, (np.array(chosen) + 0.5) / SHAPE), table)


@pytest.fixture(scope="module")
def factorial(plan: Plan) -> np.ndarray:
    """Mean absolute rank change of every combination, `[5, 2, 100, 2]`."""
    every = (np.array(list(product(*map(range, SHAPE)))) + 0.5) / SHAPE
    return targets(plan, evaluate(plan, every)).reshape(SHAPE)


def targets(plan: Plan, found: Evaluation) -> np.ndarray:
    nominal = ranked(plan, nominal_scores(plan))[:, 0]
    return np.abs(found.ranks[..., 0] - nominal).mean(axis=1)


def by_run(design: Design, table: pl.DataFrame, column: str) -> np.ndarray:
    """The reference's `[run, unit]` in the order of the plan's units."""
    units = {code: u for u, code in enumerate(design.plan.data.codes)}
    out = np.full(design.found.scores.shape[:2], np.nan)
    runs = table["run"].cast(pl.Int64).to_numpy() - 1
    out[runs, [units[code] for code in table["uCode"]]] = number(table, column)
    return out


def test_every_run_has_the_references_scores_and_ranks(design: Design, reference: Table) -> None:
    table = reference("sa/sa_n100_scores")
    assert design.found.scores[..., 0] == pytest.approx(by_run(design, table, "score"), abs=1e-9)
    assert (design.found.ranks[..., 0] == by_run(design, table, "rank")).all()


def test_mean_absolute_rank_change_of_every_run(design: Design, reference: Table) -> None:
    theirs = number(reference("sa/sa_n100_target"), "mean_abs_rank_change")
    assert targets(design.plan, design.found) == pytest.approx(theirs, abs=1e-12)


def test_rank_statistics_over_the_runs_of_a_and_b(design: Design, reference: Table) -> None:
    table = reference("sa/sa_n100_rankstats").sort(
        pl.col("uCode").cast(pl.Enum(list(design.plan.data.codes)))
    )
    ranks = design.found.ranks[: 2 * RUNS, :, 0]
    assert ranks.mean(axis=0) == pytest.approx(number(table, "Mean"), abs=1e-12)
    for ours, column in zip(quantiles(ranks, (0.5, 0.05, 0.95)), ("Median", "Q5", "Q95"), strict=True):
        assert ours == pytest.approx(number(table, column), abs=1e-9)
    nominal = ranked(design.plan, nominal_scores(design.plan))[:, 0]
    assert (nominal == number(table, "Nominal")).all()


def test_the_references_own_estimators_on_its_target(reference: Table) -> None:
    """Uncentred Si and Jansen's STi, as COINr writes them: the design is read as it was meant."""
    y = number(reference("sa/sa_n100_target"), "mean_abs_rank_change").reshape(6, RUNS)
    a, b, mixed = y[0], y[1], y[2:]
    variance = np.concatenate([a, b]).var(ddof=1)
    table = reference("sa/sa_n100_sensitivity")
    assert table["Variable"].to_list() == list(NAMES)
    assert (b * (mixed - a)).mean(axis=1) / variance == pytest.approx(number(table, "Si"), abs=1e-12)
    assert ((a - mixed) ** 2).mean(axis=1) / 2 / variance == pytest.approx(number(table, "STi"), abs=1e-12)


def exact(y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and total order by enumeration: the variance of conditional means."""
    axes = range(y.ndim)
    first = [y.mean(axis=tuple(a for a in axes if a != k)).var() for k in axes]
    total = [y.var() - y.mean(axis=k).var() for k in axes]
    return np.array(first) / y.var(), np.array(total) / y.var()


def test_exact_indices_over_all_combinations(factorial: np.ndarray, reference: Table) -> None:
    table = reference("sa/sobol_exact_full_factorial")
    assert factorial.size == int(table["n_combinations"][0])
    assert factorial.var() == pytest.approx(float(table["variance"][0]), rel=1e-12)
    first, total = exact(factorial)
    assert first == pytest.approx(number(table, "Si_exact"), abs=1e-12)
    assert total == pytest.approx(number(table, "STi_exact"), abs=1e-12)


def looked_up(factorial: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    return lambda u: factorial[tuple((u * SHAPE).astype(int).T)]


def test_error_over_fifty_scrambles_is_at_most_0_012(factorial: np.ndarray) -> None:
    first, total = exact(factorial)
    effects = [sobol_effects(looked_up(factorial), NAMES, 1024, seed, resamples=2) for seed in range(50)]
    for ours, truth in (("first", first), ("total", total)):
        errors = np.array([getattr(one, ours)[0] for one in effects]) - truth
        assert np.sqrt(np.mean(errors**2)) <= 0.012


def test_sensitivity_of_a_plan_is_that_of_its_combinations(plan: Plan, factorial: np.ndarray) -> None:
    found = sensitivity_of(plan, 256, seed=3)
    looked = sobol_effects(looked_up(factorial), NAMES, 256, seed=3)
    assert found.sobol.first[0] == pytest.approx(looked.first[0], abs=1e-12)
    assert found.ranking["factor"].to_list() == list(NAMES)
    assert found.ranking["shapley"].sum() == pytest.approx(1.0)
    assert found.by_unit.group_by("uCode", "of").len()["len"].to_list() == [len(NAMES)] * 51 * 2

"""Laws of the uncertainty analysis: the fast form is the plain one, probabilities sum, names do not matter."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from multivector.indicators.composite import build
from multivector.indicators.composite.uncertainty import (
    assess,
    evaluate,
    points,
    rank_probabilities,
    read_plan,
)
from multivector.indicators.composite.uncertainty.draws import cells, observed, triangular
from multivector.indicators.composite.uncertainty.evaluate import Evaluation
from multivector.indicators.composite.uncertainty.plan import Plan
from multivector.indicators.composite.uncertainty.values import drawn_fill, drawn_values

UNITS = [f"u{n}" for n in range(12)]
PILLARS = {"a": "P", "b": "P", "c": "P", "d": "Q", "e": "Q", "P": "T", "Q": "T", "T": ""}
STAGES = [
    {"do": "denominate"},
    {"do": "impute", "method": "group_mean", "group": "region"},
    {"do": "screen", "least_available": 0.5},
    {"do": "treat", "winmax": 3},
    {"do": "normalise", "low": 1.0, "high": 100.0},
    {"do": "aggregate"},
]
TREAT = {
    "name": "treatment",
    "what": "stage",
    "stage": "treat",
    "options": [{"winmax": 1}, {"winmax": 4, "then": "box_cox"}, {"rule": "none"}],
}
NORMALISE = {
    "name": "scale",
    "what": "stage",
    "stage": "normalise",
    "options": [
        {"method": "minmax", "low": 1.0, "high": 100.0},
        {"method": "zscore", "mean": 100.0, "sd": 5.0},
        {
            "method": "percentile_rank",
            "indicators": {"a": {"method": "goalposts", "low": -99.0, "high": 99.0}},
        },
        {
            "method": "distance_to_target",
            "target": 500.0,
            "indicators": {"b": {"method": "distance_to_target", "target": 0.0}},
        },
    ],
}
IMPUTE = {
    "name": "filling",
    "what": "stage",
    "stage": "impute",
    "options": [{"method": "median"}, {"method": "constant", "value": 2.0}],
}
AGGREGATE = {
    "name": "mean",
    "what": "stage",
    "stage": "aggregate",
    "options": [
        {"method": "arithmetic"},
        {"method": "generalised", "parameters": {"power": 2.0}},
        {"method": "copeland"},
        {"nodes": {"P": {"method": "median"}}},
    ],
}
WEIGH = {
    "name": "weights",
    "what": "weights",
    "options": [{"method": "given"}, {"nodes": {"P": {"method": "critic"}}}],
}
NOISE = {"name": "noise", "what": "noise", "share": 0.5, "levels": [1, 2]}
INTERVALS = {"name": "values", "what": "intervals"}
MISSING = {"name": "missing", "what": "missing", "group": "region"}
DROP = {"name": "without", "what": "drop", "elements": ["a", "Q"]}
ALL = [TREAT, NORMALISE, IMPUTE, AGGREGATE, WEIGH, NOISE, INTERVALS, DROP]


def tables(times: tuple[str, ...] = ("",)) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Data with outliers and gaps, meta, and an interval for every other value."""
    rng = np.random.default_rng(7)
    rows, bounds = [], []
    for time in times:
        for n, unit in enumerate(UNITS):
            row: dict[str, Any] = {"uCode": unit, "region": "north" if n % 2 else "south", "size": 1.0 + n}
            for i, code in enumerate("abcde"):
                value = float(np.exp(rng.normal(1.0, 1.2)))
                gap = (n + 3 * i) % 11 == 4
                row[code] = None if gap else value
                if not gap and (n + i) % 2:
                    cell = {"uCode": unit, "iCode": code, "low": 0.7 * value, "high": 1.6 * value}
                    bounds.append({**cell, "Time": time})
            rows.append({**row, "Time": time})
    meta = [
        {
            "iCode": code,
            "Parent": parent,
            "Type": "Aggregate" if code.isupper() else "Indicator",
            "Direction": -1 if code == "b" else 1,
            "Weight": 1.0 + (code in "aQ"),
            "Denominator": "size" if code == "d" else "",
        }
        for code, parent in PILLARS.items()
    ]
    meta += [{"iCode": c, "Parent": "", "Type": t} for c, t in (("size", "Denominator"), ("region", "Group"))]
    frames = [pl.DataFrame(each, infer_schema_length=None) for each in (rows, meta, bounds)]
    return frames[0], frames[1], frames[2]


def a_plan(*vary: dict[str, Any], times: tuple[str, ...] = ("",), stages: Any = STAGES) -> Plan:
    data, meta, bounds = tables(times)
    intervals = bounds if any(factor["what"] == "intervals" for factor in vary) else None
    recipe = {"name": "laws", "stage": stages, "vary": list(vary)}
    return read_plan(recipe, data, meta, intervals=intervals, elements=["P", "Q"])


def rebuilt(plan: Plan, u: np.ndarray) -> np.ndarray:
    """One sample as a build of its own, from a recipe, data and a hierarchy: scores `[u]` of the top."""
    chosen = plan.chosen(u[None])
    case = plan.case(tuple(plan.only(chosen, frozenset({"upstream", "aggregation"}))[0]))
    content = dict(case.recipe.plain())
    framework = case.sheet.framework
    values = drawn_values(plan, case, u[None])[0]
    if fill := drawn_fill(plan, case, u[None]):
        assert content["stage"][0]["do"] != "denominate"
        values = fill(values[None])[0]
    noise = [k for k, factor in enumerate(plan.recipe.vary) if factor.what == "noise"]
    if noise:
        from multivector.indicators.composite.uncertainty.nodes import Weighing

        base = build(case.recipe, _with(case.sheet.data, values), framework).weights
        times = Weighing.of(plan, u[None], chosen).times
        content["weights"] = {"values": {c: base[c] * float(times[c][0]) for c in base if c in times}}
    index = build(content, _with(case.sheet.data, values), framework)
    out = np.full(len(plan.units), np.nan)
    out[[plan.units.index(str(unit)) for unit in index.units]] = index.scores.sel(element="T").values
    return out


def _with(data: Any, values: np.ndarray) -> Any:
    from dataclasses import replace

    return replace(data, values=values)


def same(ours: Evaluation, other: Evaluation) -> None:
    assert np.array_equal(ours.scores, other.scores, equal_nan=True)
    assert np.array_equal(ours.ranks, other.ranks, equal_nan=True)


@pytest.mark.parametrize("times", [("",), ("2020", "2021")])
def test_a_batch_is_a_rebuild_of_each_sample(times: tuple[str, ...]) -> None:
    plan = a_plan(*ALL, times=times)
    draws = points(16, len(ALL), seed=5)
    found = evaluate(plan, draws).scores[..., -1]
    for u, ours in zip(draws, found, strict=True):
        assert ours == pytest.approx(rebuilt(plan, u), rel=1e-12, nan_ok=True)


def test_missing_cells_drawn_are_a_rebuild_of_each_sample() -> None:
    plan = a_plan(MISSING, INTERVALS, NORMALISE, stages=STAGES[3:])
    draws = points(12, 3, seed=6)
    found = evaluate(plan, draws).scores[..., -1]
    for u, ours in zip(draws, found, strict=True):
        assert ours == pytest.approx(rebuilt(plan, u), rel=1e-12)


def test_chunks_change_nothing() -> None:
    plan = a_plan(*ALL, MISSING)
    draws = points(32, 9, seed=2)
    same(evaluate(plan, draws), evaluate(plan, draws, cells=1))
    same(evaluate(plan, draws), evaluate(a_plan(*ALL, MISSING), draws, cells=300))


def test_the_order_of_units_changes_nothing() -> None:
    data, meta, bounds = tables()
    recipe = {"name": "laws", "stage": STAGES, "vary": [*ALL, MISSING]}
    order = np.random.default_rng(1).permutation(len(UNITS))
    draws = points(32, 9, seed=2)
    found = evaluate(read_plan(recipe, data, meta, intervals=bounds), draws)
    turned = evaluate(read_plan(recipe, data[order.tolist()], meta, intervals=bounds), draws)
    assert turned.scores == pytest.approx(found.scores[:, order], rel=1e-12)
    assert (turned.ranks == found.ranks[:, order]).all()


def test_what_cannot_vary_does_not_spread() -> None:
    data, meta, bounds = tables()
    factors = [
        {**TREAT, "options": [{"winmax": 3}, {"winmax": 3}]},
        {**NORMALISE, "options": [{"low": 1.0}, {"high": 100.0}]},
        {"name": "sets", "what": "weight_sets", "sets": [{"P": 1.0}, {"a": 2.0}]},
        INTERVALS,
    ]
    middle = bounds.join(
        data.unpivot(index="uCode", on=list("abcde"), variable_name="iCode"), on=["uCode", "iCode"]
    )
    still = middle.select("uCode", "iCode", low="value", high="value")
    recipe = {"name": "still", "stage": STAGES, "vary": factors}
    found = assess(recipe, data, meta, samples=64, intervals=still)
    assert np.array_equal(found.scores, np.broadcast_to(found.nominal, found.scores.shape))
    rows = found.frame("ranks")
    assert (rows["q5"] == rows["nominal"]).all()
    assert (rows["q95"] == rows["nominal"]).all()
    assert found.frame("sensitivity")["total"].null_count() == len(factors)


@settings(max_examples=60, deadline=None)
@given(arrays(np.float64, (9, 6), elements=st.sampled_from([1.0, 2.0, 3.0, 4.0])))
def test_probabilities_of_ranks_sum_to_one_by_unit_and_by_rank(scores: np.ndarray) -> None:
    found = rank_probabilities(stats.rankdata(-scores, method="min", axis=1), ["2020"] * 6)
    assert found.min() >= -1e-12
    assert found.sum(axis=0) == pytest.approx(1.0)
    assert found.sum(axis=1) == pytest.approx(1.0)
    expected = (np.arange(1, 7) * found).sum(axis=1)
    assert expected == pytest.approx(stats.rankdata(-scores, method="average", axis=1).mean(axis=0))


def test_probabilities_of_ranks_within_each_time() -> None:
    plan_times = ("2020", "2021")
    data, meta, bounds = tables(plan_times)
    recipe = {"name": "panel", "stage": STAGES, "vary": [INTERVALS, MISSING]}
    found = assess(recipe, data, meta, samples=64, intervals=bounds)
    assert found.rank_probabilities.shape == (24, 12)
    assert found.rank_probabilities.sum(axis=1) == pytest.approx(1.0)
    assert found.rank_probabilities[:12].sum(axis=0) == pytest.approx(1.0)
    pairs = found.frame("pairs")
    assert len(pairs) == 2 * 12 * 11 / 2
    assert (pairs["above"] + pairs["tie"] + pairs["below"]).to_numpy() == pytest.approx(1.0)


def test_a_change_between_years_is_taken_on_common_draws() -> None:
    """Equal values with equal intervals in both years err alike, so nothing changed in any sample."""
    data, meta, bounds = tables(("2020",))
    both = [pl.concat([frame, frame.with_columns(Time=pl.lit("2021"))]) for frame in (data, bounds)]
    recipe = {"name": "panel", "stage": STAGES, "vary": [INTERVALS, MISSING]}
    found = assess(recipe, both[0], meta, samples=32, intervals=both[1])
    changes = found.frame("changes")
    assert len(changes) == 12
    assert changes["q95"].abs().max() == 0
    assert found.scores[..., -1].std(axis=0).min() > 0


def test_drawn_cells_are_uniform_and_independent() -> None:
    u = points(4096, 1, seed=3)[:, 0]
    drawn = cells(u, np.arange(40))
    assert drawn.shape == (4096, 40)
    assert stats.kstest(drawn.ravel(), "uniform").pvalue > 0.01
    between = np.corrcoef(np.column_stack([u, drawn]).T)[np.triu_indices(41, 1)]
    assert np.abs(between).max() < 5 / np.sqrt(4096)
    assert np.array_equal(cells(u[7:8], np.array([3]))[0, 0], drawn[7, 3])


def test_triangular_draws_have_scipys_quantiles() -> None:
    q = np.linspace(0.0, 1.0, 41)
    for low, mode, high in ((0.0, 1.0, 4.0), (-2.0, -2.0, 1.0), (3.0, 5.0, 5.0)):
        theirs = stats.triang((mode - low) / (high - low), loc=low, scale=high - low).ppf(q)
        assert triangular(q, *map(np.array, (low, mode, high))) == pytest.approx(theirs, abs=1e-12)


def test_missing_values_are_drawn_equally_from_what_is_observed() -> None:
    x = np.array([[3.0], [np.nan], [1.0], [2.0]])
    q = (np.arange(300)[:, None] + 0.5) / 300
    drawn = observed(q, x)
    assert [int((drawn == value).sum()) for value in (1.0, 2.0, 3.0)] == [100, 100, 100]

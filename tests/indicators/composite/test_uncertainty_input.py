"""What an uncertainty analysis refuses, and samples that fail: named, never missing columns."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

from multivector.errors import ComputationError, InputError, MultivectorError
from multivector.indicators.composite.uncertainty import Uncertainty, assess, evaluate, read_plan

META = pl.DataFrame(
    [
        {"iCode": code, "Parent": parent, "Type": kind, "Direction": 1, "Weight": 1}
        for code, parent, kind in (
            ("a", "P", "Indicator"),
            ("b", "P", "Indicator"),
            ("c", "Q", "Indicator"),
            ("P", "T", "Aggregate"),
            ("Q", "T", "Aggregate"),
            ("T", "", "Aggregate"),
        )
    ]
)
DATA = pl.DataFrame(
    {
        "uCode": ["u1", "u2", "u3", "u4"],
        "a": [0.0, 1.0, 2.0, 4.0],
        "b": [10.0, 20.0, 30.0, 50.0],
        "c": [5.0, None, 9.0, 6.0],
    }
)
NORMALISE, AGGREGATE = {"do": "normalise", "low": 1.0}, {"do": "aggregate"}
NOISE = {"name": "noise", "what": "noise", "share": 0.25}
INTERVALS = {"name": "values", "what": "intervals"}
BOUNDS = {"uCode": "u1", "iCode": "b", "low": 9.0, "high": 11.0}


def assessed(*vary: dict[str, Any], stages: Any = (NORMALISE, AGGREGATE), **how: Any) -> Uncertainty:
    recipe = {"name": "small", "stage": list(stages), "vary": list(vary)}
    return assess(recipe, how.pop("data", DATA), META, how.pop("samples", 32), **how)


def stage(name: str, where: str, *options: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "what": "stage", "stage": where, "options": list(options)}


def test_a_zero_in_a_geometric_mean_names_sample_options_node_and_unit() -> None:
    scale = stage("scale", "normalise", {"low": 1.0}, {"low": 0.0})
    mean = stage("mean", "aggregate", {"method": "arithmetic"}, {"method": "geometric"})
    with pytest.raises(InputError) as raised:
        assessed(scale, mean)
    assert raised.value.where.startswith("sample ")
    assert "(scale: low 0.0, mean: method geometric), a of P, u1" in raised.value.where
    assert "a zero or negative value" in raised.value.what
    assert "1 to 100" in raised.value.repair


def test_a_value_that_a_stage_cannot_take_names_sample_and_cell() -> None:
    """The nominal values of b have a logarithm; some within the interval have none."""
    skewed = DATA.with_columns(b=pl.Series([1.0, 2.0, 3.0, 5000.0]))
    treat = {"do": "treat", "then": "log", "winmax": 0, "skew": 1.0, "kurtosis": 0.1}
    bounds = pl.DataFrame([{**BOUNDS, "low": -5.0, "high": 1.5}])
    with pytest.raises(InputError, match="log of 'b' cannot be taken: u1 has -") as raised:
        assessed(INTERVALS, stages=(treat, NORMALISE, AGGREGATE), data=skewed, intervals=bounds)
    assert raised.value.where.startswith("sample ")
    assert "(values: drawn), data, unit u1, column b" in raised.value.where


def test_a_sample_that_leaves_a_unit_without_score_is_no_missing_number() -> None:
    screen = stage("screen", "screen", {"least_available": 0.1}, {"least_available": 0.9})
    with pytest.raises(ComputationError, match="u2 has no score for T") as raised:
        assessed(screen, stages=({"do": "screen", "least_available": 0.1}, NORMALISE, AGGREGATE))
    assert "screen: least_available 0.9" in raised.value.where


def test_an_option_that_is_no_recipe_names_the_factor() -> None:
    with pytest.raises(InputError, match="unknown key") as raised:
        assessed(stage("scale", "normalise", {"low": 1.0}, {"lowest": 0.0}))
    assert "scale: lowest 0.0" in raised.value.where
    with pytest.raises(InputError, match="does not read 'mean'"):
        assessed(stage("scale", "normalise", {"method": "minmax", "mean": 3.0}, {"method": "zscore"}))


@pytest.mark.parametrize(
    ("vary", "how", "message"),
    [
        ([], {}, "nothing varies"),
        ([NOISE, NOISE], {}, r"two \[\[vary\]\] tables have the same name"),
        ([{**NOISE, "levels": [7]}], {}, "weights of level 7"),
        ([{**NOISE, "share": 1.5}], {}, "vary.0.noise.share: must be 1 or less"),
        (
            [stage("s", "treat", {"winmax": 1}, {"winmax": 2})],
            {},
            "'s' varies the stage treat, which the recipe",
        ),
        ([{"name": "w", "what": "weight_sets", "sets": [{"a": 1.0}, {"x": 1.0}]}], {}, "no element 'x'"),
        (
            [{"name": "w", "what": "weight_sets", "sets": [{"a": 1.0}, {"a": -1.0}]}],
            {},
            "must be 0 or more",
        ),
        (
            [{"name": "w", "what": "weight_sets", "sets": [{"P": 1.0}, {"P": 0.0, "Q": 0.0}]}],
            {},
            "sum to zero",
        ),
        ([{"name": "d", "what": "drop", "elements": ["x"]}], {}, "no element 'x' to leave out"),
        ([{"name": "d", "what": "drop", "elements": ["T"]}], {}, "no element 'T' to leave out"),
        ([{"name": "m", "what": "missing", "group": "g"}], {}, "no group column 'g'"),
        (
            [{"name": "m", "what": "missing"}],
            {"data": DATA.with_columns(c=pl.lit(1.0) * pl.col("a"))},
            "'m' draws missing values, and nothing is missing",
        ),
        ([INTERVALS], {}, "'values' varies intervals, and none are given"),
        ([NOISE], {"intervals": pl.DataFrame([BOUNDS])}, "intervals are given and no factor varies them"),
        ([NOISE], {"vintages": [DATA]}, "vintages are given and no factor varies them"),
        (
            [INTERVALS],
            {"intervals": pl.DataFrame([{**BOUNDS, "low": 10.5}])},
            "10 in the interval 10.5 to 11",
        ),
        ([INTERVALS], {"intervals": pl.DataFrame([{**BOUNDS, "iCode": "x"}])}, "no cell 'u1 x'"),
        ([INTERVALS], {"intervals": pl.DataFrame([{**BOUNDS, "high": "?"}])}, "'.' is no number"),
        ([INTERVALS], {"intervals": pl.DataFrame([BOUNDS, BOUNDS])}, "an interval already"),
        ([INTERVALS], {"intervals": pl.DataFrame([{"uCode": "u1"}])}, "the column iCode is missing"),
        ([{"name": "v", "what": "vintages"}], {"vintages": [DATA.head(3)]}, "no unit 'u4'"),
        ([NOISE], {"samples": 1}, "samples is 1"),
        ([NOISE], {"elements": ["a"]}, "no aggregate 'a'"),
    ],
)
def test_what_does_not_hold_is_said(vary: list[Any], how: dict[str, Any], message: str) -> None:
    with pytest.raises(MultivectorError, match=message) as raised:
        assessed(*vary, **how)
    assert raised.value.repair


def test_draws_that_do_not_fit() -> None:
    plan = read_plan({"name": "s", "stage": [NORMALISE, AGGREGATE], "vary": [NOISE]}, DATA, META)
    with pytest.raises(InputError, match="for 1 factors"):
        evaluate(plan, np.zeros((4, 2)))
    with pytest.raises(InputError, match=r"outside \[0, 1\)"):
        evaluate(plan, np.ones((4, 1)))
    with pytest.raises(InputError, match="no table 'rank'"):
        assessed(NOISE).frame("rank")
    with pytest.raises(InputError, match="one time"):
        assessed(NOISE).frame("changes")


def test_a_vintage_is_one_of_the_tables() -> None:
    later = DATA.with_columns(a=pl.Series([4.0, 2.0, 1.0, 0.0]))
    found = assessed({"name": "data", "what": "vintages"}, vintages=[later])
    first = found.frame("design")["data"] == "nominal data"
    other = assessed(NOISE, data=later).nominal
    assert 0 < first.sum() < 32
    assert (found.scores[first.to_numpy()] == found.nominal).all()
    assert (found.scores[~first.to_numpy()] == other).all()


def test_an_element_left_out_is_a_hierarchy_without_it() -> None:
    found = assessed({"name": "without", "what": "drop", "elements": ["b", "Q"]}, elements=["P", "Q"])
    design = found.frame("design")["without"]
    normal = {name: found.scores[(design == name).to_numpy()][0] for name in design.unique()}
    a = (DATA["a"].to_numpy() / 4.0) * 99.0 + 1.0
    assert normal["without b"][:, 0] == pytest.approx(a)
    assert normal["without Q"][:, 2] == pytest.approx(normal["all elements"][:, 0])
    assert np.isnan(normal["without Q"][:, 1]).all()


def test_tables_have_a_row_for_each_unit() -> None:
    found = assessed(NOISE, elements=["P"])
    for name, rows in (
        ("scores", 8),
        ("ranks", 8),
        ("rank_probabilities", 16),
        ("pairs", 6),
        ("samples", 256),
    ):
        assert found.frame(name).height == rows
    spread = found.frame("scores")
    assert (spread["q5"] <= spread["median"]).all()
    assert (spread["median"] <= spread["q95"]).all()
    assert found.frame("unit_sensitivity").height == 8


def test_a_difference_of_ranks_hangs_on_what_moves_it() -> None:
    """u1 and u4 are mirrored in a and b: only the noise on those weights decides between them."""
    mirrored = DATA.with_columns(b=pl.Series([50.0, 20.0, 30.0, 10.0]), c=pl.Series([5.0, 7.0, 9.0, 5.0]))
    still = stage("scale", "normalise", {"low": 1.0}, {"low": 1.0, "high": 100.0})
    found = assessed({**NOISE, "levels": [1]}, still, data=mirrored)
    rows = found.difference("u1", "u4")
    assert rows["factor"].to_list() == ["noise", "scale"]
    assert rows["shapley"].to_list() == pytest.approx([1.0, 0.0])
    assert rows["total"][1] == 0
    pair = found.frame("pairs").filter(
        pl.col("upper").is_in(["u1", "u4"]) & pl.col("lower").is_in(["u1", "u4"])
    )
    assert 0.2 < pair["above"].item() < 0.8
    with pytest.raises(InputError, match="no unit 'x'"):
        found.difference("u1", "x")

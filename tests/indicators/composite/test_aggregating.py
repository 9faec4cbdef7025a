"""Ways of aggregating: the reference's values, laws, and what each refuses."""

from __future__ import annotations

import itertools
import warnings
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from multivector.errors import InputError
from multivector.indicators.composite.aggregating import (
    AGGREGATE,
    NEEDS_FRAME,
    Names,
    aggregate,
    check,
    margins,
)

TOLERANCE = 1e-9
PILLARS = ("Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin")
OTHER = {"Conn": PILLARS[:5], "Sust": PILLARS[5:], "Index": ("Conn", "Sust")}
PARAMETERS = {"generalised": {"power": 2.0}}
values = arrays(float, (6, 3), elements=st.integers(1, 100).map(float))
weights = arrays(float, 3, elements=st.integers(1, 9).map(float))


@pytest.fixture(scope="module")
def composite_folder(shared: Path) -> Path:
    return shared / "reference" / "composite"


@pytest.fixture(scope="module")
def asem(composite_folder: Path) -> tuple[dict[str, np.ndarray], dict[str, tuple[str, ...]], list[str]]:
    """Indicators on 1-100, the children of each node, and the units."""
    wide = (
        pl.read_csv(composite_folder / "normalisation_methods.csv")
        .filter(pl.col("method") == "minmax_1_100")
        .pivot(index="uCode", on="iCode", values="value")
        .sort("uCode")
    )
    meta = pl.read_csv(composite_folder / "ASEM_iMeta.csv")
    below = {p: tuple(meta.filter(pl.col("Parent") == p)["iCode"]) for p in PILLARS} | OTHER
    return {c: wide[c].to_numpy() for c in wide.columns[1:]}, below, wide["uCode"].to_list()


@pytest.fixture(scope="module")
def methods(composite_folder: Path) -> pl.DataFrame:
    return pl.read_csv(composite_folder / "aggregation_methods.csv").sort("uCode")


@pytest.mark.reference
@pytest.mark.parametrize(
    ("name", "by_level", "parameters"),
    [
        ("amean", ("arithmetic",) * 3, {}),
        ("gmean", ("geometric",) * 3, {}),
        ("hmean", ("harmonic",) * 3, {}),
        ("genmean_p2", ("generalised",) * 3, {"power": 2}),
        ("genmean_pm1", ("generalised",) * 3, {"power": -1}),
        ("copeland_all", ("copeland",) * 3, {}),
        ("copeland_top", ("arithmetic", "arithmetic", "copeland"), {}),
        ("amean_gmean_gmean", ("arithmetic", "geometric", "geometric"), {}),
    ],
)
def test_every_node_of_the_reference(asem, methods, name, by_level, parameters) -> None:  # type: ignore[no-untyped-def]
    indicators, below, units = asem
    found = dict(indicators)
    for node, children in below.items():
        method = by_level[0 if node in PILLARS else 2 if node == "Index" else 1]
        x = np.stack([found[c] for c in children], axis=-1)
        names = {"node": node, "units": units, "children": children}
        found[node] = aggregate(method, x, np.ones(len(children)), **names, **parameters)
    rows = methods.filter(pl.col("method") == name)
    for node in below:
        expected = rows.filter(pl.col("iCode") == node)["value"].to_numpy()
        np.testing.assert_allclose(found[node], expected, rtol=0, atol=TOLERANCE)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("name", "method", "parameters"),
    [
        ("mpi_minus", "mazziotta_pareto", {}),
        ("mpi_plus", "mazziotta_pareto", {"penalty": "plus"}),
        ("ampi_minus", "adjusted_mazziotta_pareto", {}),
        ("bod", "benefit_of_the_doubt", {}),
        ("bod_share_5_40", "benefit_of_the_doubt", {"low": 0.05, "high": 0.4}),
    ],
)
def test_the_pillars_under_further_methods(composite_folder, name, method, parameters) -> None:  # type: ignore[no-untyped-def]
    stages = pl.scan_csv(composite_folder / "stages.csv").filter(pl.col("stage") == "Aggregated").collect()
    x = stages.pivot(index="uCode", on="iCode", values="value").sort("uCode").select(PILLARS).to_numpy()
    extra = pl.read_csv(composite_folder / "extra_methods_pillars.csv").filter(pl.col("method") == name)
    found = aggregate(method, x, np.ones(8), **parameters)
    np.testing.assert_allclose(found, extra.sort("uCode")["value"].to_numpy(), rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("method", sorted(set(AGGREGATE) - {"benefit_of_the_doubt"}))
@settings(max_examples=25)
@given(x=arrays(float, (2, 5, 3), elements=st.integers(1, 50).map(float)), w=weights)
def test_a_batch_is_its_parts(method: str, x: np.ndarray, w: np.ndarray) -> None:
    if (np.ptp(x, axis=1) == 0).any():
        return
    both = np.stack([w, w[::-1]])
    parts = [aggregate(method, x[k], both[k]) for k in range(2)]
    np.testing.assert_allclose(aggregate(method, x, both), np.stack(parts), rtol=1e-13)


@pytest.mark.parametrize("method", ["arithmetic", "geometric", "harmonic", "generalised", "median"])
@settings(max_examples=30)
@given(x=values, w=weights)
def test_a_mean_lies_within_its_children_and_ignores_the_scale_of_weights(
    method: str, x: np.ndarray, w: np.ndarray
) -> None:
    found = aggregate(method, x, w, **PARAMETERS.get(method, {}))
    assert (found >= x.min(axis=-1) - 1e-9).all()
    assert (found <= x.max(axis=-1) + 1e-9).all()
    np.testing.assert_allclose(found, aggregate(method, x, 7.0 * w, **PARAMETERS.get(method, {})), rtol=1e-12)


@settings(max_examples=30)
@given(x=values, w=weights)
def test_power_means_rise_with_the_power(x: np.ndarray, w: np.ndarray) -> None:
    rising = [aggregate("generalised", x, w, power=p) for p in (-2, -1, 0, 0.5, 1, 3)]
    for lower, higher in itertools.pairwise(rising):
        assert (lower <= higher * (1 + 1e-12)).all()
    np.testing.assert_allclose(rising[1], aggregate("harmonic", x, w), rtol=1e-12)
    np.testing.assert_allclose(rising[2], aggregate("geometric", x, w), rtol=1e-12)
    np.testing.assert_allclose(rising[4], aggregate("arithmetic", x, w), rtol=1e-12)


@given(x=arrays(float, (7, 5), elements=st.floats(-9, 9)))
def test_equal_weights_give_the_usual_median(x: np.ndarray) -> None:
    np.testing.assert_allclose(aggregate("median", x, np.full(5, 0.1)), np.median(x, axis=-1))
    np.testing.assert_allclose(aggregate("median", x[:, :4], np.ones(4)), np.median(x[:, :4], axis=-1))


def test_the_median_counts_weight_not_children() -> None:
    x = np.array([[1.0, 2.0, 10.0]])
    assert aggregate("median", x, np.array([1.0, 1.0, 3.0]))[0] == 10.0
    assert aggregate("median", x, np.array([1.0, 1.0, 2.0]))[0] == 6.0


@settings(max_examples=30)
@given(x=values, w=weights)
def test_copeland_is_a_tournament(x: np.ndarray, w: np.ndarray) -> None:
    m = margins(x, w)
    np.testing.assert_allclose(m, -m.T, atol=1e-15)
    score = aggregate("copeland", x, w)
    assert score.sum() == 0
    above = (x[:, None, :] > x[None, :, :]).all(axis=-1).any(axis=-1)
    assert (score[(x >= x.max(axis=0)).all(axis=-1) & above] > 0).all()


def test_equals_stay_equal_through_rescaling() -> None:
    """Both 5.1: min-max leaves them 7.1e-15 apart (coinr_defects.csv, ulp_ties), which must not be a win."""
    raw = np.array([[9.8], [5.1], [5.1], [1.1]])
    apart = raw + np.array([[0.0], [0.0], [7.1e-15], [0.0]])
    np.testing.assert_array_equal(aggregate("copeland", apart, np.ones(1)), [3.0, 0.0, 0.0, -3.0])


@pytest.mark.parametrize("method", sorted(AGGREGATE))
def test_a_missing_child_leaves_the_others_and_too_few_leave_nothing(method: str) -> None:
    rng = np.random.default_rng(3)
    x = rng.uniform(1, 100, (6, 3))
    x[0, 2], x[1] = np.nan, np.nan
    w = np.array([1.0, 2.0, 3.0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = aggregate(method, x, w)
        strict = aggregate(method, x, w, threshold=0.6)
    assert np.isnan(found).tolist() == [False, True, False, False, False, False]
    assert np.isnan(strict).tolist() == [True, True, False, False, False, False]
    if method not in NEEDS_FRAME:  # COINr's generalised mean gives NA here (coinr_defects.csv, genmean_na)
        np.testing.assert_allclose(found[0], aggregate(method, x[:1, :2], w[:2])[0], rtol=1e-13)
    else:  # who is not scored takes no part
        np.testing.assert_allclose(strict[2:], aggregate(method, x[2:], w), rtol=1e-12)


def test_exactly_the_threshold_is_enough() -> None:
    x = np.array([[1.0, np.nan, 1.0, 1.0, np.nan, 1.0, 1.0, np.nan, 1.0, 1.0]])
    assert aggregate("arithmetic", x, np.full(10, 0.1), threshold=0.7)[0] == pytest.approx(1.0)


def test_mazziotta_pareto_by_hand() -> None:
    """Two units, one above by one standard deviation in each child: z is 110 and 90, without spread."""
    x = np.array([[3.0, 30.0], [1.0, 10.0]])
    np.testing.assert_allclose(aggregate("mazziotta_pareto", x, np.ones(2)), [110.0, 90.0])
    np.testing.assert_allclose(aggregate("adjusted_mazziotta_pareto", x, np.ones(2)), [130.0, 70.0])
    crossed = np.array([[3.0, 10.0], [1.0, 30.0]])  # z is 110 and 90 within each unit: 100 - 10^2 / 100
    np.testing.assert_allclose(aggregate("mazziotta_pareto", crossed, np.ones(2)), [99.0, 99.0])
    posts = {"low": [0.0, 0.0], "high": [4.0, 40.0]}
    np.testing.assert_allclose(aggregate("adjusted_mazziotta_pareto", x, np.ones(2), **posts), [115.0, 85.0])


def test_the_doubt_benefits_who_leads_anywhere() -> None:
    x = np.array([[10.0, 1.0], [1.0, 10.0], [5.0, 5.0], [0.0, 0.0]])
    np.testing.assert_allclose(
        aggregate("benefit_of_the_doubt", x, np.ones(2)), [1, 1, 10 / 11, 0], atol=1e-12
    )


@settings(max_examples=15)
@given(x=values)
def test_limits_on_shares_never_raise_a_score(x: np.ndarray) -> None:
    free = aggregate("benefit_of_the_doubt", x, np.ones(3))
    bound = aggregate("benefit_of_the_doubt", x, np.ones(3), low=0.2, high=0.5)
    assert (bound <= free + 1e-9).all()
    assert free.max() == pytest.approx(1.0)


NAMES = Names("Trade", ("AAA", "BBB", "CCC"), ("Goods", "Tariff"))
X = np.array([[1.0, 2.0], [3.0, 0.0], [5.0, -4.0]])


@pytest.mark.parametrize("method", ["geometric", "harmonic"])
def test_zero_is_named_before_it_is_multiplied(method: str) -> None:
    with pytest.raises(InputError) as raised:
        check(method, X, np.ones(2), {}, NAMES)
    assert raised.value.where == "Tariff of Trade, BBB"
    assert raised.value.what == "a zero or negative value in a mean that needs positive ones: 0 (and 1 more)"
    assert "1 to 100" in raised.value.repair
    with pytest.raises(InputError, match="child 1, unit 1"):
        AGGREGATE[method](X, np.ones(2))
    aggregate(method, X, np.array([1.0, 0.0]))  # what weighs nothing is not multiplied


@pytest.mark.parametrize(
    ("method", "parameters", "what", "where"),
    [
        ("generalised", {"power": 2}, "a negative value in a method that needs values from zero: -4", "Tariff of Trade, CCC"),
        ("generalised", {"power": -1}, "a zero or negative value", "Tariff of Trade, BBB"),
        ("generalised", {"power": float("inf")}, "power is inf", "Trade"),
        ("benefit_of_the_doubt", {}, "a negative value", "Tariff of Trade, CCC"),
        ("mazziotta_pareto", {"penalty": "up"}, "penalty is 'up'", "Trade"),
        ("generalised", {"power": "two"}, "power is 'two'", "Trade"),
        ("adjusted_mazziotta_pareto", {"low": [0.0], "high": [9.0, 9.0]}, "low is [0.0]", "Trade"),
        ("benefit_of_the_doubt", {"low": [0.1, 0.2]}, "low is [0.1, 0.2]", "Trade"),
        ("mode", {}, "no way of aggregating 'mode'", "Trade"),
        ("median", {"power": 2}, "median takes no parameter 'power'", "Trade"),
    ],
)  # fmt: skip
def test_what_a_method_cannot_take_is_named(method, parameters, what, where) -> None:  # type: ignore[no-untyped-def]
    names = {"node": NAMES.node, "units": NAMES.units, "children": NAMES.children}
    with pytest.raises(InputError) as raised:
        aggregate(method, X, np.ones(2), **names, **parameters)
    assert what in raised.value.what
    assert raised.value.where == where
    assert raised.value.repair


def test_a_constant_child_cannot_be_standardised() -> None:
    same = np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]])
    for method in ("mazziotta_pareto", "adjusted_mazziotta_pareto"):
        with pytest.raises(InputError, match="Tariff of Trade: 5 in every unit"):
            check(method, same, np.ones(2), {}, NAMES)
    with pytest.raises(InputError, match="child 1: 1 in every unit"):
        aggregate("adjusted_mazziotta_pareto", X, np.ones(2), low=[1, 1], high=[2, 1])


@pytest.mark.parametrize(
    ("w", "what", "where"),
    [
        ([1.0, -0.5], "a weight of -0.5", "Tariff of Trade"),
        ([np.nan, 1.0], "a weight of nan", "Goods of Trade"),
        ([0.0, 0.0], "the weights of the children sum to zero", "Trade"),
    ],
)
def test_weights_that_cannot_weigh(w: list[float], what: str, where: str) -> None:
    with pytest.raises(InputError) as raised:
        check("arithmetic", X, np.array(w), {}, NAMES)
    assert (raised.value.what, raised.value.where) == (what, where)


def test_shares_that_cannot_sum_to_one() -> None:
    with pytest.raises(InputError, match=r"between 0\.6 and 1 cannot sum to one over 2 children"):
        aggregate("benefit_of_the_doubt", np.ones((3, 2)), np.ones(2), low=0.6)

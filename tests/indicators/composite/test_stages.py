"""The stages' array functions: the reference's values, laws, and the defects that the reference has."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import polars as pl
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from multivector.errors import InputError
from multivector.indicators.composite import build
from multivector.indicators.composite.ranking import ascending_ranks, ranks
from multivector.indicators.composite.stages import fills
from multivector.indicators.composite.stages.outliers import (
    TRANSFORM,
    kurtosis,
    outlying,
    skewness,
    treat_outliers,
    winsorise,
)
from multivector.indicators.composite.stages.scales import NORMALISE
from multivector.indicators.composite.stages.screen import share_available, share_nonzero

from .conftest import EXAMPLE, META, small, wide

TOLERANCE = 1e-9
NORMALISED: dict[str, tuple[str, dict[str, Any]]] = {
    "minmax_0_100": ("minmax", {}),
    "minmax_1_100": ("minmax", {"low": 1.0}),
    "zscore_0_1": ("zscore", {}),
    "zscore_10_2": ("zscore", {"mean": 10.0, "sd": 2.0}),
    "scaled_0_100": ("scaled", {}),
    "rank": ("rank", {"tie": 0.0}),
    "borda": ("borda", {"tie": 0.0}),
    "prank": ("percentile_rank", {"tie": 0.0}),
    "dist2max": ("distance_to_maximum", {}),
    "dist2ref_KAZ": ("distance_to_reference", {}),
    "fracmax": ("fraction_of_maximum", {}),
}
tables = arrays(float, (7, 3), elements=st.integers(-40, 40).map(lambda n: n / 4))


@pytest.fixture(scope="module")
def turned(built) -> np.ndarray:
    """ASEM after treatment, directions turned, `[u, i]`."""
    return built.stages["Treated"].values * built.framework.directions


@pytest.mark.reference
@pytest.mark.parametrize("name", NORMALISED)
def test_normalisation_is_the_references(built, reference, turned, name):
    method, parameters = NORMALISED[name]
    units, codes = list(built.units), list(built.framework.indicators)
    if method == "distance_to_reference":
        parameters = {"reference": turned[units.index("KAZ")]}
    table = reference("normalisation_methods").filter(method=name)
    theirs = wide(table, units, codes)
    ours = NORMALISE[method](turned, **parameters)
    finite = np.isfinite(theirs)
    assert finite.mean() > 0.9
    assert np.abs(ours[finite] - theirs[finite]).max() <= TOLERANCE
    assert not np.isfinite(ours[~finite]).any()


@pytest.mark.reference
def test_the_reference_parts_equal_values_by_rounding_and_we_do_not(built, reference, turned):
    """5.1 and 5.1, 3.4 and 3.4 differ in the last binary place only: it ranks them apart."""
    units, codes = list(built.units), list(built.framework.indicators)
    theirs = wide(reference("normalisation_methods").filter(method="rank"), units, codes)
    apart = {(units[u], codes[i]) for u, i in np.argwhere(NORMALISE["rank"](turned) != theirs)}
    assert apart == {("BGR", "TolMin"), ("CZE", "TolMin"), ("NOR", "TolMin")}
    values = built.stages["Raw"].sel(element="TolMin").values
    assert {round(values[units.index(unit)], 12) for unit, _ in apart} == {5.1, 3.4}


@pytest.mark.reference
def test_distance_to_target_is_the_references(built, reference, turned):
    theirs = wide(reference("normalisation_dist2targ"), list(built.units), list(built.framework.indicators))
    targets = np.array([built.framework.target[code] for code in built.framework.indicators])
    ours = NORMALISE["distance_to_target"](turned, target=targets * built.framework.directions)
    assert np.abs(ours - theirs).max() <= TOLERANCE


@pytest.mark.reference
def test_the_recipe_reaches_the_methods_too(built, reference):
    stages = [stage.model_dump(exclude_unset=True) for stage in built.recipe.stage]
    stages[-2] = {"do": "normalise", "method": "distance_to_target"}
    index = build({"name": "targets", "stage": stages}, EXAMPLE / "data.csv", EXAMPLE / "meta.csv")
    theirs = wide(reference("normalisation_dist2targ"), list(index.units), list(index.framework.indicators))
    assert np.abs(index.stages["Normalised"].values - theirs).max() <= TOLERANCE


@pytest.mark.reference
def test_fraction_of_maximum_of_what_is_better_low_is_upside_down_in_the_reference(built, reference):
    """It divides a negative value by a negative maximum: the worst unit gets the highest score. We refuse."""
    units, codes = list(built.units), list(built.framework.indicators)
    theirs = wide(reference("normalisation_methods").filter(method="fracmax"), units, codes)
    co2, raw = theirs[:, codes.index("CO2")], built.stages["Treated"].sel(element="CO2").values
    assert built.framework.direction["CO2"] == -1
    assert np.argmax(co2) == np.argmax(raw)
    stages = [{"do": "normalise", "method": "fraction_of_maximum"}, {"do": "aggregate"}]
    with pytest.raises(InputError, match=r"not positive .*less is better turns the sign"):
        small(*stages)


@pytest.mark.reference
def test_treatment_is_the_references(built, reference):
    theirs = reference("treat_details")
    ours = built.frame("treatment")
    assert ours["iCode"].to_list() == theirs["iCode"].to_list()
    for mine, name in (
        ("skew_before", "check_SkewKurt0.Skew"),
        ("kurtosis_before", "check_SkewKurt0.Kurt"),
        ("skew_after", "check_SkewKurt1.Skew"),
        ("kurtosis_after", "check_SkewKurt1.Kurt"),
    ):
        given = theirs[name].replace("", None).cast(pl.Float64)
        assert (ours[mine] - given).abs().max() <= TOLERANCE
    assert ours["pass_before"].to_list() == [text == "TRUE" for text in theirs["check_SkewKurt0.Pass"]]
    assert ours["winsorised"].to_list() == [int(text or 0) for text in theirs["winsorise.nwin"]]


@pytest.mark.reference
def test_the_cells_that_are_winsorised_are_the_references(built, reference):
    log = built.frame("log").filter(action="winsorised")
    ends = {True: "winhi", False: "winlo"}
    ours = {(r["iCode"], r["uCode"], ends[r["after"] < r["before"]]) for r in log.iter_rows(named=True)}
    assert ours == set(reference("treated_points").select("iCode", "uCode", "treatment").iter_rows())


@pytest.mark.reference
@pytest.mark.parametrize(
    ("table", "stage"), [("data_availability", "Imputed"), ("data_availability_raw", "Raw")]
)
def test_availability_is_the_references(built, reference, table, stage):
    x = dict(zip(built.units, built.stages[stage].values, strict=True))
    for row in reference(table).iter_rows(named=True):
        of_unit = x[row["uCode"]]
        assert int(row["N_missing"]) == np.isnan(of_unit).sum()
        assert int(row["N_zero"]) == (of_unit == 0).sum()
        assert float(row["Dat_Avail"]) == pytest.approx(share_available(of_unit), abs=1e-12)
        assert float(row["Non_Zero"]) == pytest.approx(share_nonzero(of_unit), abs=1e-12)


@pytest.mark.reference
def test_availability_by_node_is_the_references(built, reference):
    raw = built.stages["Raw"]
    table = reference("data_availability_raw_bygroup")
    for node in table["iCode"].unique():
        below = raw.sel(element=list(built.framework.leaves(node)))
        ours = dict(zip(built.units, share_available(below.values), strict=True))
        for unit, share in table.filter(iCode=node).select("uCode", "value").iter_rows():
            assert float(share) == pytest.approx(ours[unit], abs=1e-12)


@pytest.mark.reference
def test_the_screens_table_is_the_references(built, reference):
    theirs = reference("data_availability").drop("source")
    ours = built.frame("availability").select(
        pl.when(pl.col(name)).then(pl.lit("TRUE")).otherwise(pl.lit("FALSE")).alias(name)
        for name in ("LowData", "LowNonZero", "LowDatOrZeroFlag", "Included")
    )
    assert ours.height == theirs.height
    for name in ours.columns:
        assert ours[name].unique().to_list() == theirs[name].unique().to_list()


@given(tables)
@settings(max_examples=40, deadline=None)
def test_skewness_and_kurtosis_are_scipys(x):
    for column in range(x.shape[1]):
        values = x[:, column]
        if np.ptp(values) == 0:
            assert np.isnan(skewness(x)[column])
            continue
        assert skewness(x)[column] == pytest.approx(scipy.stats.skew(values, bias=False), abs=1e-9)
        assert kurtosis(x)[column] == pytest.approx(scipy.stats.kurtosis(values, bias=False), abs=1e-9)


@given(tables)
@settings(max_examples=40, deadline=None)
def test_ranks_are_scipys(x):
    theirs = scipy.stats.rankdata(x, method="min", axis=0)
    assert NORMALISE["rank"](x).tolist() == theirs.tolist()
    assert ranks(x[:, 0]).tolist() == scipy.stats.rankdata(-x[:, 0], method="min").tolist()


@given(tables, st.integers(0, 6), st.integers(0, 2))
@settings(max_examples=40, deadline=None)
def test_what_is_missing_stays_missing_and_touches_nobody(x, u, i):
    x[u, i] = np.nan
    without = np.delete(x, u, axis=0)
    for name in ("minmax", "zscore", "rank", "percentile_rank", "distance_to_maximum"):
        if np.nanmax(np.delete(x[:, i], u)) == np.nanmin(np.delete(x[:, i], u)):
            continue
        scaled = NORMALISE[name](x)[:, i]
        assert np.isnan(scaled[u])
        assert np.delete(scaled, u) == pytest.approx(NORMALISE[name](without)[:, i], nan_ok=True)


@given(tables, st.floats(0.1, 50), st.floats(-100, 100))
@settings(max_examples=40, deadline=None)
def test_units_of_measurement_do_not_matter(x, scale, shift):
    for name in ("minmax", "zscore", "rank", "distance_to_maximum"):
        before, after = NORMALISE[name](x), NORMALISE[name](x * scale + shift)
        finite = np.isfinite(before)
        assert after[finite] == pytest.approx(before[finite], abs=1e-6)


@given(arrays(float, (4, 9, 3), elements=st.sampled_from([0.0, 1, 2, 3, 4, 5, 60, 200, -300, np.nan])))
@settings(max_examples=60, deadline=None)
def test_a_batch_is_its_samples(x):
    done = treat_outliers(x, winmax=2)
    for n, sample in enumerate(x):
        alone = treat_outliers(sample, winmax=2)
        np.testing.assert_allclose(done.values[n], alone.values)
        assert done.lowered[n].tolist() == alone.lowered.tolist()
        np.testing.assert_allclose(fills.mean(x)[n], fills.mean(sample))
        np.testing.assert_allclose(fills.median(x)[n], fills.median(sample))
        for name in ("minmax", "zscore", "rank", "borda", "percentile_rank", "fraction_of_maximum"):
            np.testing.assert_allclose(NORMALISE[name](x)[n], NORMALISE[name](sample))


def test_winsorising_takes_both_ends_in_turn_and_stops_at_the_most_points():
    x = np.r_[np.arange(30.0), 900, 1000][:, None]
    y, raised, lowered = winsorise(x, winmax=1)
    assert (y.max(), lowered.sum(), raised.sum()) == (900, 1, 0)
    y, _, lowered = winsorise(x)
    assert (y.max(), lowered.sum()) == (29, 2)
    y, raised, lowered = winsorise(-x)
    assert (y.min(), raised.sum(), lowered.sum()) == (-29, 2, 0)


def test_a_transform_undoes_the_winsorising_unless_they_combine():
    x = np.r_[np.arange(20.0), 1e3, 1e4, 1e5, 1e6][:, None]
    alone = treat_outliers(x, winmax=2, then="log_ct_plus")
    assert alone.transformed.all() and not alone.lowered.any()  # noqa: PT018 (one fact)
    assert alone.values[:, 0] == pytest.approx(np.log(x[:, 0] + 1))
    both = treat_outliers(x, winmax=2, then="log_ct_plus", combine=True)
    assert both.lowered.sum() == 2
    assert both.values.max() == pytest.approx(math.log(1e4 + 1))
    kept = treat_outliers(x, winmax=2, then="none")
    assert kept.values.max() == 1e4


def test_transforms_by_their_equations():
    x = np.array([[2.0], [4.0], [10.0]])
    by_hand = {
        "log": np.log([2, 4, 10]),
        "log_ct": np.log([0.08, 2.08, 8.08]),
        "log_ct_plus": np.log([1, 3, 9]),
        "log_gii": np.log([1, 9 * 2 / 8 + 1, 10]),
        "box_cox": (np.array([1.0, 9, 81]) - 1) / 2,
    }
    for name, values in by_hand.items():
        assert TRANSFORM[name](x, 2.0)[:, 0] == pytest.approx(values)
    assert TRANSFORM["box_cox"](x, 0.0)[:, 0] == pytest.approx(np.log([1, 3, 9]))


def test_each_rule_has_its_thresholds():
    """Skewness of 2.1: out by the JRC's rule, in by the Global Innovation Index's."""
    values = [0.0] * 12 + [1, 1, 2, 2, 3, 3, 4, 5, 7, 11]
    data = pl.DataFrame([{"uCode": f"u{n}", "a": v, "b": n, "c": n} for n, v in enumerate(values)])
    assert 2 < scipy.stats.skew(values, bias=False) < 2.25
    assert scipy.stats.kurtosis(values, bias=False) > 3.5
    out = {
        rule: not build(
            {"name": "x", "stage": [{"do": "treat", "rule": rule}, {"do": "normalise"}, {"do": "aggregate"}]},
            data,
            pl.DataFrame(META),
        )
        .frame("log")
        .filter(action="winsorised")
        .is_empty()
        for rule in ("coinr", "jrc", "gii", "none")
    }
    assert out == {"coinr": True, "jrc": True, "gii": False, "none": False}


def test_constants_have_no_outliers():
    x = np.full((8, 1), 0.1)
    assert not outlying(skewness(x), kurtosis(x)).any()


def test_filling_by_group_and_what_stays_missing():
    x = np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, 5.0], [np.nan, 7.0]])
    groups = ["east", "east", "east", "west"]
    filled = fills.by_group(x, groups, fills.mean)
    assert filled[:3, 0].tolist() == [2.0, 2.0, 2.0]
    assert np.isnan(filled[3, 0])
    assert filled[3, 1] == 7.0


def test_ranks_keep_missing_and_batches():
    x = np.array([[3.0, np.nan, 1.0, 3.0], [np.nan] * 4])
    assert ascending_ranks(x)[0].tolist()[::2] == [2.0, 1.0]
    assert ranks(x)[0].tolist()[::3] == [1.0, 1.0]
    assert np.isnan(ranks(x)[1]).all()

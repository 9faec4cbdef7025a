"""Statistics of a built index against the reference, laws, and what is said where there is no number."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.errors import InputError
from multivector.indicators.composite import Composite
from multivector.indicators.composite.aggregating import Names
from multivector.indicators.composite.statistics import (
    availability,
    availability_by_group,
    components,
    correlate,
    correlation_flags,
    correlations,
    cronbach,
    cronbach_alpha,
    denominator_correlations,
    describe,
    describe_stage,
    effective_weights,
    frames,
    outranking,
    principal_components,
    trends,
)

from .conftest import META, small

TOLERANCE = 1e-9
METHODS = ("pearson", "spearman", "kendall")
NAMES = Names("Trade", (), ("Goods", "Tariff"))


def numbers(table: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return table.with_columns(pl.col(columns).cast(pl.Float64))


# --- against the reference


@pytest.mark.reference
@pytest.mark.parametrize("stage", ["Raw", "Treated", "Normalised"])
def test_description_of_every_indicator(built: Composite, reference, stage: str) -> None:  # type: ignore[no-untyped-def]
    """The reference rounds to three digits: ours lie within half a unit of the third.

    TolMin apart: its raw values hold 4.8 and 4.7999999999999998 and the like, which COINr counts as
    different (42 values in Raw, 41 in Normalised, of the same 51 units); they are 40.
    """
    theirs, ours = reference(f"stats_{stage}"), describe_stage(built, stage)
    assert theirs.columns[:-1] == ours.columns
    assert theirs["iCode"].to_list() == ours["iCode"].to_list()
    off = []
    for column in ours.columns[2:]:
        for code, a, b in zip(ours["iCode"], ours[column], theirs[column], strict=True):
            if column.startswith("Flag"):
                same = a == b
            else:
                digit = 10.0 ** (math.floor(math.log10(abs(float(b)))) - 2) if float(b) else 1e-9
                same = abs(a - float(b)) <= 0.5000001 * digit
            if not same:
                off.append((code, column))
    assert off == [("TolMin", "N.Unique"), ("TolMin", "Frc.Unique")]
    tolmin = ours.filter(iCode="TolMin")
    raw = built.stages["Raw"].sel(element="TolMin").values
    assert tolmin["N.Unique"].item() == len(set(raw.round(6))) == 40


@pytest.mark.reference
def test_what_is_known_of_each_unit(built: Composite, reference) -> None:  # type: ignore[no-untyped-def]
    columns = ("N_missing", "N_zero", "N_miss_or_zero", "Dat_Avail", "Non_Zero")
    both = numbers(reference("data_availability_raw"), *columns).join(
        availability(built), on="uCode", suffix="_ours"
    )
    assert both.height == 51
    for column in columns:
        np.testing.assert_allclose(both[column], both[f"{column}_ours"], rtol=0, atol=TOLERANCE)
    grouped = numbers(reference("data_availability_raw_bygroup"), "value").join(
        availability_by_group(built), on=["uCode", "iCode"], suffix="_ours"
    )
    assert grouped.height == 561
    np.testing.assert_allclose(grouped["value"], grouped["value_ours"], rtol=0, atol=TOLERANCE)


def joined(built: Composite, reference, method: str, a: int, b: int, ties: float) -> pl.DataFrame:  # type: ignore[no-untyped-def]
    theirs = reference("correlations").filter(cortype=method, level_a=str(a), level_b=str(b))
    theirs = theirs.select("Var1", "Var2", theirs=pl.col("Correlation").cast(pl.Float64))
    return correlations(built, a, b, method, ties=ties).join(theirs, on=["Var1", "Var2"], how="left")


@pytest.mark.reference
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("a", "b", "count"), [(1, 1, 2401), (1, 2, 392), (2, 3, 16), (2, 4, 8), (3, 4, 2)])
def test_correlations_of_any_two_levels(built, reference, method, a, b, count) -> None:  # type: ignore[no-untyped-def]
    """To 1e-9; of ranks, bit by bit as R does. With ties as ties, only pairs with TolMin differ.

    Bulgaria and Czechia both have 5.1 there, 7.1e-15 apart after min-max (coinr_defects.csv, ulp_ties): equal
    values are no rank apart, so ours are right where the reference is off by up to 0.0037.
    """
    bitwise = joined(built, reference, method, a, b, 0.0)
    assert bitwise.height == count
    np.testing.assert_allclose(bitwise["Correlation"], bitwise["theirs"], rtol=0, atol=TOLERANCE)
    ours = joined(built, reference, method, a, b, 1e-9)
    apart = ours.filter((pl.col("Correlation") - pl.col("theirs")).abs() > TOLERANCE)
    if method == "pearson" or a > 1:
        assert apart.is_empty()
    else:
        assert apart.height == {1: 96, 2: 8}[b]
        assert ((apart["Var1"] == "TolMin") | (apart["Var2"] == "TolMin")).all()
        assert (apart["Correlation"] - apart["theirs"]).abs().max() < 0.0037
        raw = built.stages["Raw"].sel(element="TolMin")
        assert raw.sel(unit="BGR").item() == raw.sel(unit="CZE").item()


@pytest.mark.reference
@pytest.mark.parametrize(("name", "threshold"), [("corr_flags_high07", 0.7), ("corr_flags_low-04", -0.4)])
def test_pairs_that_say_the_same_or_the_opposite(built, reference, name, threshold) -> None:  # type: ignore[no-untyped-def]
    theirs, ours = reference(name), correlation_flags(built, threshold)
    assert (
        theirs.select("Group", "Ind1", "Ind2")
        .sort(pl.all())
        .equals(ours.select("Group", "Ind1", "Ind2").sort(pl.all()))
    )
    both = numbers(theirs, "Corr").join(ours, on=["Ind1", "Ind2"], suffix="_ours")
    np.testing.assert_allclose(both["Corr"], both["Corr_ours"], atol=0.000501)  # the reference has 3 digits


@pytest.mark.reference
def test_nothing_measures_size_once_it_is_denominated(built: Composite, reference) -> None:  # type: ignore[no-untyped-def]
    assert reference("denom_corr_06").is_empty()
    assert denominator_correlations(built, 0.6, stage="Denominated").is_empty()
    before = denominator_correlations(built, 0.6)
    assert {("Services", "GDP"), ("StMob", "Energy")} <= set(before.select("Ind", "Denom").iter_rows())
    assert set(before["Ind"]) <= set(built.framework.denominator)  # those that the recipe divides


@pytest.mark.reference
def test_alpha_of_every_node(built: Composite, reference) -> None:  # type: ignore[no-untyped-def]
    both = numbers(reference("cronbach"), "alpha").join(cronbach(built), on="group", suffix="_ours")
    assert both.height == 11
    assert (both["dset"] == both["dset_ours"]).all()
    assert (both["level"].cast(pl.Int64) == both["level_ours"]).all()
    np.testing.assert_allclose(both["alpha"], both["alpha_ours"], rtol=0, atol=TOLERANCE)


@pytest.mark.reference
@pytest.mark.parametrize(("level", "count"), [(1, 329), (2, 34)])
def test_components_of_every_node_up_to_sign(built: Composite, reference, level: int, count: int) -> None:  # type: ignore[no-untyped-def]
    theirs = numbers(reference(f"pca_level{level}"), "sdev", "prop_var", "loading")
    theirs = theirs.with_columns(pl.col("pc").cast(pl.Int64))
    both = theirs.join(components(built, level), on=["group", "pc", "iCode"], suffix="_ours")
    assert both.height == count
    for column in ("sdev", "prop_var"):
        np.testing.assert_allclose(both[column], both[f"{column}_ours"], rtol=0, atol=TOLERANCE)
    signs = both.group_by("group", "pc").agg(
        (pl.col("loading") * pl.col("loading_ours")).sum().sign().alias("sign")
    )
    turned = both.join(signs, on=["group", "pc"])
    np.testing.assert_allclose(
        turned["loading"], turned["loading_ours"] * turned["sign"], rtol=0, atol=TOLERANCE
    )


@pytest.mark.reference
def test_what_each_element_weighs_in_the_whole(built: Composite, reference) -> None:  # type: ignore[no-untyped-def]
    both = numbers(reference("eff_weights"), "EffWeight").join(
        effective_weights(built), on="iCode", suffix="_ours"
    )
    assert both.height == 60
    np.testing.assert_allclose(both["EffWeight"], both["EffWeight_ours"], rtol=0, atol=TOLERANCE)


def test_every_table_has_a_name_and_rows(built: Composite) -> None:
    made = frames(built)
    assert {
        "stats_Raw",
        "stats_Treated",
        "correlations",
        "cronbach",
        "pca_level1",
        "remove_elements_L1",
    } <= set(made)
    assert made["correlations"]["cortype"].n_unique() == 3
    assert made["correlations"].filter(missing="").height == made["correlations"].height
    assert "trends" not in made
    empty = {name for name, table in made.items() if table.is_empty()}
    assert empty <= {"corr_flags_high", "corr_flags_low", "denom_corr"}


# --- laws


seeds = st.integers(0, 10**6)


def drawn(seed: int, missing: float = 0.0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 8, (14, 3)).astype(float)
    x[rng.uniform(size=x.shape) < missing] = np.nan
    x[:4] = [[0, 1, 2], [3, 5, 1], [7, 2, 2], [4, 4, 4]]
    return x


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=15)
@given(seed=seeds)
def test_correlation_is_scipys_pair_by_pair(method: str, seed: int) -> None:
    """SciPy is the independent source, of ties and of missing values: one pair at a time, both known."""
    from scipy import stats

    one = {
        "pearson": stats.pearsonr,
        "spearman": stats.spearmanr,
        "kendall": lambda a, b: stats.kendalltau(a, b, method="asymptotic"),
    }[method]
    x = drawn(seed, missing=0.3)
    found = correlate(x[:, :2], x, method)
    for n, m in ((0, 1), (0, 2), (1, 2)):
        pair = x[~np.isnan(x[:, [n, m]]).any(axis=1)][:, [n, m]]
        r, p = one(pair[:, 0], pair[:, 1])
        assert found.units[n, m] == len(pair)
        assert found.r[n, m] == pytest.approx(r, abs=1e-12)
        assert found.p[n, m] == pytest.approx(p, abs=1e-12)
    np.testing.assert_allclose(np.diag(found.r), 1.0)


@settings(max_examples=25)
@given(seed=seeds, scale=st.floats(0.1, 1e6), shift=st.floats(-1e6, 1e6))
def test_correlation_does_not_know_the_unit_and_ranks_not_the_shape(
    seed: int, scale: float, shift: float
) -> None:
    x = drawn(seed)
    for method in METHODS:
        moved = correlate(x * scale + shift, -x, method).r
        np.testing.assert_allclose(moved, -correlate(x, x, method).r, atol=1e-9)
    for method in METHODS[1:]:
        np.testing.assert_allclose(correlate(np.exp(x), x, method).r, correlate(x, x, method).r, atol=1e-12)


def test_many_units_are_compared_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    from multivector.indicators.composite.statistics import correlation

    x = drawn(5, missing=0.2)
    whole = correlate(x, x, "kendall")
    monkeypatch.setattr(correlation, "PAIRS_HELD", 2 * len(x) ** 2)
    parts = correlate(x, x, "kendall")
    np.testing.assert_array_equal(whole.r, parts.r)
    np.testing.assert_array_equal(whole.p, parts.p)


@settings(max_examples=25)
@given(seed=seeds)
def test_components_rebuild_the_correlation_matrix(seed: int) -> None:
    x = drawn(seed)
    found = principal_components(x)
    rebuilt = (found.loadings.T * found.deviation**2) @ found.loadings
    np.testing.assert_allclose(rebuilt, np.corrcoef(x.T), atol=1e-12)
    assert found.share.sum() == pytest.approx(1.0)
    assert (found.loadings.sum(axis=1) >= -1e-12).all()


def test_alpha_of_copies_is_one_and_of_opposites_below_zero() -> None:
    x = np.arange(6.0)
    assert cronbach_alpha(np.stack([x, x, x], axis=1)) == pytest.approx(1.0)
    assert cronbach_alpha(np.stack([x, -x + 0.1 * x**2], axis=1)) < 0


def test_standard_shape_by_hand() -> None:
    """1 2 3 4 10: G1 = sqrt(20)/3 * 1.3846/..., from Joanes and Gill's formulas worked in SciPy."""
    from scipy import stats

    column = np.array([1.0, 2, 3, 4, 10, np.nan])
    row = describe(column[:, None], ["a"]).row(0, named=True)
    assert row["Skew"] == pytest.approx(stats.skew(column[:5], bias=False))
    assert row["Kurt"] == pytest.approx(stats.kurtosis(column[:5], bias=False))
    assert (row["Mean"], row["Median"], row["N.Avail"], row["Frc.Avail"]) == (4.0, 3.0, 5, 5 / 6)


def test_effective_weights_follow_the_weights_used() -> None:
    index = small(weights={"values": {"a": 1.0, "P": 3.0}})
    found = dict(effective_weights(index).select("iCode", "EffWeight").iter_rows())
    assert found == pytest.approx({"a": 3 / 16, "b": 9 / 16, "c": 1 / 4, "P": 3 / 4, "Q": 1 / 4, "T": 1})


def test_outranking_counts_the_weight() -> None:
    """u4 is best in a (weight 1), u1 in b (weight 3, less is better)."""
    index = small()
    share = {(a, b): s for a, b, s, _ in outranking(index, "P").iter_rows()}
    assert share["u4", "u1"] == pytest.approx(0.25)
    assert all(share[a, b] + share[b, a] == pytest.approx(1.0) for a, b in share)
    assert not outranking(index, "P")["dominates"].any()
    assert outranking(index, "Q").filter(uCode="u3", over="u1")["dominates"].item()


# --- panels

VALUES = {"u1": [1.0, 2.0, 4.0], "u2": [9.0, None, 1.0], "u3": [5.0, 5.0, 5.0], "u4": [0.0, None, None]}


def panel() -> Composite:
    from multivector.indicators.composite import build

    rows = [
        {"uCode": unit, "Time": 2018 + 2 * t, "a": values[t], "b": values[t], "c": 1.0 + t + len(unit) * values[0]}
        for unit, values in VALUES.items()
        for t in range(3)
    ]  # fmt: skip
    return build(
        {"name": "panel", "stage": [{"do": "normalise"}, {"do": "aggregate"}]},
        pl.DataFrame(rows),
        pl.DataFrame(META),
    )


def test_trends_by_hand() -> None:
    """a: 1, 2, 4 over 2018-2022 doubles every two years; b is the same and less is better."""
    index = panel()
    growth = trends(index, "growth", stage="Raw").rows_by_key(["uCode", "iCode"], named=True, unique=True)
    assert growth["u1", "a"]["trend"] == pytest.approx(2**0.5 - 1)
    assert [growth["u1", code]["better"] for code in "ab"] == [1, -1]
    assert growth["u2", "a"]["trend"] == pytest.approx((1 / 9) ** 0.25 - 1)
    assert growth["u2", "a"]["Avail"] == pytest.approx(2 / 3)
    assert (growth["u3", "a"]["trend"], growth["u3", "a"]["better"]) == (0.0, 0)
    assert growth["u4", "a"]["trend"] is None
    assert growth["u4", "a"]["missing"] == "known at 1 times"
    change = trends(index, "change", stage="Raw").filter(uCode="u1", iCode="a")
    assert change["trend"].item() == pytest.approx(0.75)
    slope = trends(index, stage="Raw").filter(uCode="u1", iCode="a")
    assert slope["trend"].item() == pytest.approx(np.polyfit([2018, 2020, 2022], [1, 2, 4], 1)[0])
    late = trends(index, "change", stage="Raw", since=2020).filter(uCode="u1", iCode="a")
    assert (late["trend"].item(), late["t_first"].item()) == (1.0, 2020.0)
    assert "trends" in frames(index)
    assert "Time" in availability(index).columns


def test_growth_from_nothing_is_said() -> None:
    index = small(data={})
    with pytest.raises(InputError, match="a trend needs two"):
        trends(index)
    with pytest.raises(InputError, match="no trend 'fall'"):
        trends(panel(), "fall")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no time since 2030"):
        trends(panel(), since=2030)


# --- where there is no number


@pytest.mark.parametrize("method", METHODS)
def test_a_constant_column_has_no_correlation(method: str) -> None:
    x = np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]])
    with pytest.raises(InputError) as raised:
        correlate(x, x, method, names=(NAMES, NAMES))
    assert raised.value.where == "Tariff of Trade"
    assert raised.value.what == "5 in every unit, so there is no correlation"
    with pytest.raises(InputError, match="known of 2 units, and correlation needs 3"):
        correlate(x[:2], x[:2], method)
    with pytest.raises(InputError, match="no correlation 'phi'"):
        correlate(x, x, "phi")


def test_components_and_alpha_name_what_they_lack() -> None:
    x = np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]])
    with pytest.raises(InputError, match="Tariff of Trade: 5 in every unit"):
        principal_components(x, NAMES)
    holes = np.array([[1.0, np.nan], [2.0, 4.0], [np.nan, 5.0], [3.0, np.nan], [np.nan, 1.0]])
    with pytest.raises(InputError, match="over the units known in full"):
        principal_components(holes, NAMES)
    with pytest.raises(InputError, match="over the units known in full needs 3"):
        cronbach_alpha(holes, NAMES)
    with pytest.raises(InputError, match="alpha over one child"):
        cronbach_alpha(x[:, :1])
    with pytest.raises(InputError, match="the children's sum is constant"):
        cronbach_alpha(np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]]))


def test_a_table_says_why_instead() -> None:
    """c is the same in every unit: an index can be built of it, and its correlations are null with a reason."""
    end = ({"do": "normalise", "method": "none"}, {"do": "aggregate"})
    index = small(*end, data={f"u{n}": {"c": 5.0} for n in range(1, 5)})
    table = correlations(index, 1).filter(Var2="c", Var1="a")
    assert table["Correlation"].item() is None
    assert table["missing"].item() == "constant"
    parts = components(index, 1).filter(group="Q")
    assert "5 in every unit" in parts["missing"].item()
    assert cronbach(index).filter(group="Q")["missing"].item() == "alpha over one child"
    assert correlation_flags(index, 0.9, stage="Raw").select("Ind1", "Ind2").row(0) == ("a", "b")
    described = describe_stage(index).filter(iCode="c").row(0, named=True)
    assert (described["Skew"], described["Flag.Unique"]) == (None, "LOW")
    assert set(frames(index)) >= {"correlations", "cronbach", "pca_level1"}


def test_tables_of_an_index_in_which_nothing_varies() -> None:
    end = ({"do": "normalise", "method": "none"}, {"do": "aggregate"})
    index = small(*end, data={f"u{n}": {"a": 5.0, "b": 5.0, "c": 5.0} for n in range(1, 5)})
    made = frames(index)
    assert set(made["correlations"]["missing"]) == {"constant"}
    assert made["correlations"]["Correlation"].null_count() == made["correlations"].height
    assert set(made["pca_level1"]["loading"]) == {None}
    assert made["strengths_weaknesses"].filter(kind="strength").is_empty()


def test_what_is_not_there_is_named() -> None:
    index = small()
    with pytest.raises(InputError, match="no stage 'Treated'"):
        describe_stage(index, "Treated")
    with pytest.raises(InputError, match="no level 7"):
        correlations(index, 7)
    with pytest.raises(InputError, match="no node 'X'"):
        outranking(index, "X")
    assert denominator_correlations(index).is_empty()

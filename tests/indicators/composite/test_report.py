"""A unit's report: the reference's, and what it is refused."""

from __future__ import annotations

import polars as pl
import pytest

from multivector.errors import InputError
from multivector.indicators.composite import Composite
from multivector.indicators.composite.report import profiles, strengths, unit_summary, weaknesses

from .conftest import small


def rounded(value: float) -> float:
    return float(f"{value:.3g}")


@pytest.mark.reference
def test_scores_and_ranks_of_a_unit(built: Composite, reference) -> None:  # type: ignore[no-untyped-def]
    theirs, ours = reference("kaz_unit_summary"), unit_summary(built, "KAZ")
    for column in ("Code", "Name"):
        assert ours[column].to_list() == theirs[column].to_list()
    assert ours["Rank"].to_list() == theirs["Rank"].cast(pl.Int64).to_list()
    assert ours["Score"].round(2).to_list() == pytest.approx(theirs["Score"].cast(pl.Float64).to_list())
    assert (ours["Of"] == 51).all()


@pytest.mark.reference
@pytest.mark.parametrize(("name", "table"), [("kaz_strengths", strengths), ("kaz_weaknesses", weaknesses)])
def test_what_a_unit_is_strong_and_weak_in(built: Composite, reference, name, table) -> None:  # type: ignore[no-untyped-def]
    """The same five, ranks, pillars and values; those of one rank stand in the order of the meta table."""
    theirs, ours = reference(name), table(built, "KAZ")
    key = ["Rank", "Code"]
    theirs = theirs.with_columns(pl.col("Rank").cast(pl.Int64), pl.col("Value").cast(pl.Float64)).sort(key)
    assert ours["Rank"].is_sorted()
    ours = ours.sort(key)
    for column in ("Code", "Name", "Pillar", "Rank", "Unit"):
        assert ours[column].to_list() == theirs[column].to_list()
    assert [rounded(v) for v in ours["Value"]] == pytest.approx(theirs["Value"].to_list(), rel=1e-12)


def test_being_last_is_a_weakness_and_no_strength() -> None:
    """u1 is last in a and c: COINr's rule (`drop_last`) would leave out just these."""
    index = small()
    assert weaknesses(index, "u1", 2)["Code"].to_list() == ["a", "c"]
    assert weaknesses(index, "u1", 2, drop_last=True)["Code"].to_list() == ["b"]
    assert strengths(index, "u1")["Code"].to_list() == ["b"]
    row = strengths(index, "u1").row(0, named=True)
    assert (row["Pillar"], row["Rank"], row["Value"], row["Raw"]) == ("P", 1, 100.0, 10.0)


def test_all_units_at_once() -> None:
    index = small()
    table = profiles(index, 2)
    for unit in index.units:
        for kind, one in (("strength", strengths), ("weakness", weaknesses)):
            assert table.filter(uCode=unit, kind=kind).drop("uCode", "kind").equals(one(index, unit, 2))


def test_few_different_values_and_groups() -> None:
    table = [{"iCode": "size", "Parent": "", "Type": "Group", "Direction": 1, "Weight": 1}]
    data = {f"u{n}": {"size": "big" if n > 2 else "small", "a": float(n > 2)} for n in range(1, 5)}
    index = small(data=data, also=table)
    assert "a" in strengths(index, "u4")["Code"].to_list()
    assert "a" not in strengths(index, "u4", least_unique=0.5)["Code"].to_list()
    assert strengths(index, "u2", group="size").filter(Code="c")["Rank"].item() == 1
    with pytest.raises(InputError, match="there is no group 'region'"):
        strengths(index, "u2", group="region")


def test_what_is_not_known_is_null_not_ranked() -> None:
    index = small(data={"u2": {"c": None}})
    summary = unit_summary(index, "u2").row(by_predicate=pl.col("Code") == "Q", named=True)
    assert (summary["Score"], summary["Rank"], summary["Of"]) == (None, None, 3)
    assert "c" not in weaknesses(index, "u2")["Code"].to_list()


def test_a_unit_or_level_that_is_not_there() -> None:
    index = small()
    with pytest.raises(InputError, match="there is no unit 'u9'") as raised:
        unit_summary(index, "u9")
    assert raised.value.repair == "ask for one of: u1, u2, u3, u4"
    with pytest.raises(InputError, match="0 indicators are asked for"):
        strengths(index, "u1", 0)
    with pytest.raises(InputError, match="no level 9"):
        unit_summary(index, "u1", levels=[1, 9])
    screened = small(
        {"do": "screen", "least_available": 0.9}, {"do": "normalise"}, {"do": "aggregate"},
        data={"u2": {"c": None}},
    )  # fmt: skip
    with pytest.raises(InputError, match="the unit 'u2' was dropped by the screen"):
        strengths(screened, "u2")

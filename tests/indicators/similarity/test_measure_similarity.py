"""Similarity of the embedded region's actors, as tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from multivector.atlas import Region, load_region
from multivector.indicators.measured import MeasuredTable
from multivector.indicators.similarity import measure_similarity
from multivector.indicators.similarity.measure import COLUMNS, MEASURES

ARCHIPELAGO = Path(__file__).resolve().parents[2] / "regions" / "archipelago"


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region()


@pytest.fixture(scope="module")
def table(region: Region) -> MeasuredTable:
    return measure_similarity(region, 2018)


def row(table: MeasuredTable, part: str, a: str, b: str) -> dict:
    (found,) = (r for r in table.rows(part) if (r["a"], r["b"]) == (a, b))
    return found


def test_members_of_one_alliance_are_more_alike_than_of_two(table: MeasuredTable) -> None:
    for measure in ("s", "pi", "kappa", "tau_b"):
        near, far = (row(table, "alliances", "KAZ", other)[measure] for other in ("KGZ", "USA"))
        assert near > 0.85
        assert far < 0.1


def test_every_pair_once_and_no_group(table: MeasuredTable) -> None:
    pairs = {frozenset((r["a"], r["b"])) for r in table.rows("alliances")}
    assert len(pairs) == len(table.rows("alliances")) == 18 * 17 // 2
    assert not any("EU" in pair for pair in pairs)


def test_what_two_sources_dispute_is_left_out_of_the_portfolio(table: MeasuredTable) -> None:
    """The register's obligations of 2018 that contradict the membership lists have bounds and no value."""
    assert row(table, "alliances", "KAZ", "AZE")["n"] < row(table, "alliances", "KAZ", "KGZ")["n"]


def test_past_the_end_of_coverage_everything_is_missing_and_never_zero(region: Region) -> None:
    late = measure_similarity(region, 2026)
    assert late.rows("alliances")
    assert all(r["missing"] and not r["n"] for r in late.rows("alliances"))
    assert all(bool(r["missing"]) == (r["agreement"] is None) for r in late.rows("votes"))
    ended = row(late, "alliances", "KAZ", "KGZ")
    assert all(ended[name] is None for name in MEASURES)
    assert ended["missing"] == "coverage ends in 2018, more than 1 year before"


def test_votes_read_whichever_row_holds_the_pair(table: MeasuredTable, region: Region) -> None:
    votes = row(table, "votes", "KAZ", "RUS")
    tie = region.tie("un_agreement", 2018, 2018)["value"].sel(state="KAZ", partner="RUS").item()
    assert votes["agreement"] == tie
    assert votes["sources"]


def test_every_form(table: MeasuredTable) -> None:
    for part, columns in COLUMNS.items():
        assert table.frame(part).columns == list(columns)
    assert json.loads(json.dumps(table.as_dict(), allow_nan=False))["date"] == "2018-12-31"
    assert "Similarity of central-eurasia at 2018-12-31" in table.text()


def test_a_region_without_alliances_says_so() -> None:
    table = measure_similarity(load_region(ARCHIPELAGO), 2020)
    assert table.rows("alliances") == []
    assert any("no layer alliance" in note for note in table.notes)
    assert row(table, "votes", "XAL", "XNO")["agreement"] == pytest.approx(0.443, abs=5e-4)

"""The power of the embedded region's actors, as tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from multivector.atlas import Region, load_region
from multivector.errors import InputError
from multivector.indicators.measured import MeasuredTable
from multivector.indicators.power import measure_power
from multivector.indicators.power.measure import COLUMNS

ARCHIPELAGO = Path(__file__).resolve().parents[2] / "regions" / "archipelago"


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region()


@pytest.fixture(scope="module")
def table(region: Region) -> MeasuredTable:
    return measure_power(region, 2022)


@pytest.mark.reference
def test_the_atlas_gives_the_published_index(table: MeasuredTable, shared: Path) -> None:
    with (shared / "reference/power/cow_nmc_region_1991_2022.csv").open(newline="") as file:
        published = {row["iso3"]: float(row["value"]) for row in csv.DictReader(file)
                     if (row["year"], row["variable"]) == ("2022", "cinc")}  # fmt: skip
    found = {row["actor"]: row["cinc"] for row in table.rows("cinc") if row["cinc"] is not None}
    assert len(found) == 18
    assert found == {code: pytest.approx(published[code], abs=2e-8) for code in found}


def test_the_rank_that_hangs_on_missing_spending_is_flagged(table: MeasuredTable) -> None:
    rows = {row["actor"]: row for row in table.rows("cinc")}
    assert rows["UZB"]["rank"] < rows["KAZ"]["rank"]
    assert rows["UZB"]["missing_components"] == "milex"
    assert "KAZ" in rows["UZB"]["rank_unsure_against"].split("|")
    (flip,) = (r for r in table.rows("flips") if (r["above"], r["below"]) == ("UZB", "KAZ"))
    assert (flip["lacks"], flip["at_zero"], flip["at_last_known"]) == ("UZB", "KAZ", "KAZ")
    assert flip["last_known_year"] == 2011
    assert flip["amount_to_pass"] == pytest.approx(2.58e9, rel=0.01)


def test_what_no_source_gives_is_missing_with_its_reason(table: MeasuredTable) -> None:
    (group,) = (row for row in table.rows("cinc") if row["actor"] == "EU")
    assert (group["cinc"], group["rank"], group["missing"]) == (None, None, "no component is known")


def test_after_the_end_of_the_data_nothing_is_scored(region: Region) -> None:
    late = measure_power(region, 2026)
    assert late.rows("cinc") == []
    assert "CINC is not scored: last known of 2022, older than 3 years." in late.notes


def test_a_component_that_was_never_known_may_be_anything_but_fills_no_list(region: Region) -> None:
    """In 1991 the new states had no number of three components yet."""
    early = measure_power(region, 1991)
    rows = {row["actor"]: row for row in early.rows("cinc")}
    assert rows["TJK"]["all_six_high"] == pytest.approx(rows["TJK"]["all_six_low"] + 3 / 6)
    assert rows["USA"]["rank_unsure_against"] == ""
    assert rows["KAZ"]["rank_unsure_against"] == "UZB"
    assert {flip["at_its_greatest"] for flip in early.rows("flips")} == {""}
    (told,) = (note for note in early.notes if "may be anything" in note)
    assert "KAZ" in told
    assert "USA" not in told


def test_nothing_is_said_of_never_known_where_all_was(table: MeasuredTable) -> None:
    assert not any("may be anything" in note for note in table.notes)


def test_shares_of_net_power_add_up(table: MeasuredTable) -> None:
    rows = table.rows("net_power")
    assert sum(row["share_of_all"] for row in rows) == pytest.approx(1)
    assert sum(row["share_of_states"] or 0 for row in rows) == pytest.approx(1)


def test_influence_lies_within_its_bounds(table: MeasuredTable) -> None:
    for row in table.rows("influence"):
        assert 0 <= row["any_weights_low"] <= row["total_low"] + 1e-12
        assert row["total_high"] <= row["any_weights_high"] + 1e-12 <= 1 + 1e-9


def test_every_form(table: MeasuredTable) -> None:
    for part, columns in COLUMNS.items():
        assert table.frame(part).columns == list(columns)
        assert all(set(row) == set(columns) for row in table.rows(part))
    assert json.loads(json.dumps(table.as_dict(), allow_nan=False))["date"] == "2022-12-31"
    assert "Power of central-eurasia at 2022-12-31" in table.text()
    assert "<script" not in table._repr_html_()
    with pytest.raises(InputError, match=r"(?s)no part 'charm'.*cinc, flips, net_power, influence"):
        table.rows("charm")


def test_a_region_without_the_data_says_so() -> None:
    table = measure_power(load_region(ARCHIPELAGO), 2020)
    assert table.rows("cinc") == table.rows("net_power") == []
    assert any("CINC is not scored: the region has no indicator nmc_milex" in note for note in table.notes)
    assert any("Net power is not scored: the region has no indicator population" in n for n in table.notes)

"""What the embedded region says, against figures that were published or computed elsewhere."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from multivector.atlas import Region, check_region
from multivector.atlas.declare import declared

ROOT = Path(__file__).resolve().parents[2]

READ_BY_OTHERS = {"parameters", "leverage", "posterior", "record"}
"""Tables that later parts of the program declare and read."""


def test_it_has_no_faults_and_stays_small(eurasia: Region) -> None:
    assert check_region(eurasia.path) == []
    tables = [*eurasia.path.glob("*.csv"), *eurasia.path.glob("ties/*.csv")]
    assert sum(file.stat().st_size for file in tables) < 4_000_000


def test_states_and_powers_are_those_of_the_design(eurasia: Region) -> None:
    assert eurasia.states == ("KAZ", "UZB", "KGZ", "TJK", "TKM", "AFG", "AZE", "ARM", "GEO")
    assert eurasia.powers == ("RUS", "CHN", "USA", "EU", "TUR", "IRN", "IND", "PAK", "JPN", "KOR")
    kinds = dict(eurasia.table("actors").select("code", "kind").iter_rows())
    assert all(kinds[code] == "state" for code in eurasia.states)
    assert kinds["EU"] == "group"


def test_russias_share_of_armenias_arms_2011_to_2020(eurasia: Region) -> None:
    # SIPRI's own backgrounder of 2021 prints 94 per cent for Armenia, 60 for Azerbaijan.
    share = eurasia.share("arms", 2011, 2020)
    armenia = share.sel(state="ARM")
    assert armenia["value"].sel(partner="RUS").item() == pytest.approx(373.2 / 397.6, abs=1e-12)
    assert armenia["total"].item() == pytest.approx(397.6)
    # The later export: 415.6 of 440.0. It is the upper bound, and no average of the two.
    assert armenia["high"].sel(partner="RUS").item() == pytest.approx(415.6 / 440.0, abs=1e-12)
    azerbaijan = share["value"].sel(state="AZE")
    assert azerbaijan.sel(partner="RUS").item() == pytest.approx(0.597, abs=5e-4)
    assert azerbaijan.sel(partner="ISR").item() == pytest.approx(0.259, abs=5e-4)


def test_russia_delivered_nothing_to_azerbaijan_since_2019(eurasia: Region) -> None:
    arms = eurasia.tie("arms", 2018, 2026)["value"].sel(state="AZE", partner="RUS")
    assert arms.sel(year=2018).item() > 0
    assert (arms.sel(year=slice(2019, 2025)) == 0).all()
    assert np.isnan(arms.sel(year=2026).item())


def test_arms_are_an_extract_of_nine_recipients(eurasia: Region) -> None:
    arms = eurasia.table("ties/arms")
    assert set(arms["state"]) == set(eurasia.states)
    assert arms["year"].min() == 1995
    later = arms.filter(vintage="2026-03")
    assert set(later.filter(pl.col("year") < 2025)["source"]) == {"sipri_tr_2026b"}


def test_the_european_union_is_the_sum_of_its_members(eurasia: Region) -> None:
    assert len(eurasia.members("EU", 1995)) == 15
    assert len(eurasia.members("EU", "2004-04-30")) == 15
    assert len(eurasia.members("EU", "2004-05-01")) == 25
    assert len(eurasia.members("EU", 2019)) == 28
    assert "GBR" in eurasia.members("EU", "2020-01-31")
    assert "GBR" not in eurasia.members("EU", "2020-02-01")
    arms = eurasia.tie("arms", 1995, 2025)["value"]
    for year in (1999, 2012, 2025):
        members = list(eurasia.members("EU", year))
        np.testing.assert_allclose(
            arms.sel(partner="EU", year=year), arms.sel(partner=members, year=year).sum("partner")
        )
    output = eurasia.series("gdp_current_usd", 2000, 2024)["value"].sel(actor="EU")
    # About 19 trillion US dollars for 27 members in 2024, and Britain's three left with 2020.
    assert 18e12 < output.sel(year=2024).item() < 20e12
    assert output.sel(year=2020).item() < output.sel(year=2019).item() - 2e12


def test_alliances_end_in_2018_and_are_missing_after(eurasia: Region) -> None:
    ties = eurasia.tie("alliance", 2010, 2024)
    assert np.isnan(ties["value"].sel(year=slice(2019, 2024)).to_numpy()).all()
    assert ties["value"].sel(state="KAZ", partner="RUS", year=2015).item() == 3
    assert np.isnan(eurasia.at(2020).tie("alliance")["value"].to_numpy()).all()


@pytest.mark.parametrize(
    "pair", [("ARM", "AZE"), ("AZE", "ARM"), ("AZE", "RUS"), ("UZB", "RUS"), ("GEO", "RUS")]
)
def test_pacts_that_the_treaties_do_not_hold_have_no_value(eurasia: Region, pair: tuple[str, str]) -> None:
    cell = eurasia.tie("alliance", 2005, 2005).sel(state=pair[0], partner=pair[1], year=2005)
    assert np.isnan(cell["value"].item())
    assert (cell["low"].item(), cell["high"].item()) == (0, 3)


def test_suspect_and_rejected_rows_are_out(eurasia: Region) -> None:
    exports = eurasia.tie("exports", 2023, 2023).sel(state="KAZ", year=2023)
    assert np.isnan(exports["value"].sel(partner=["GBR", "ITA"]).to_numpy()).all()
    assert exports["high"].sel(partner="GBR").item() >= 0.15
    spending = eurasia.series("military_expenditure", 2022, 2022)["value"].sel(actor="KAZ", year=2022)
    assert spending.item() == pytest.approx(0.52, abs=0.03)
    ideal = eurasia.table("observations").filter(indicator="un_ideal_point")
    assert ideal.filter(pl.col("year") == 2025).height == 0
    assert set(ideal.filter(pl.col("year") == 2024)["source"]) == {"bsv_jul2025"}
    assert set(eurasia.table("memberships")["confidence"]) <= {"high", "medium", "low", "as published"}


def test_nothing_of_the_sanctions_base_is_here(eurasia: Region) -> None:
    for file in sorted(eurasia.path.rglob("*.csv")):
        assert not re.search(r"GSDB|Global Sanctions", file.read_text(encoding="utf-8")), file.name


def test_memberships_that_analysts_check(eurasia: Region) -> None:
    assert "UZB" not in eurasia.members("CSTO", 2024)
    assert "UZB" in eurasia.members("CSTO", 2010)
    assert eurasia.membership("ARM", "CSTO", 2025) == "member"
    assert eurasia.members("CSTO", 2025, status="participation_frozen") == ("ARM",)
    assert eurasia.membership("GEO", "CIS", 2005) == "member"
    assert eurasia.membership("GEO", "CIS", 2010) == "none"
    assert eurasia.membership("IRN", "SCO", 2024) == "member"
    # The data set on this one stops in 2014.
    assert eurasia.membership("KAZ", "OIC", 2014) == "member"
    assert eurasia.membership("KAZ", "OIC", 2020) is None


def test_every_number_has_its_source(eurasia: Region) -> None:
    sources = eurasia.table("sources")
    for name in ("title", "publisher", "licence", "read_on"):
        assert sources[name].null_count() == 0
    for name in eurasia.tables:
        frame = eurasia.table(name)
        if "source" in frame.columns:
            assert frame["source"].null_count() == 0, name


def test_every_declared_table_is_there(eurasia: Region) -> None:
    assert {"actors", "events", "observations", "deals", "rivalries", "memberships"} <= set(eurasia.tables)
    assert eurasia.table("events").height == 592
    assert len(eurasia.table("events").columns) == 16
    assert {name for name in eurasia.tables if declared(name) is None} <= READ_BY_OTHERS


def test_the_licence_file_names_every_table(eurasia: Region) -> None:
    text = (ROOT / "DATA-LICENCES.md").read_text(encoding="utf-8")
    own = {"parameters", "leverage", "gazetteer"}
    for name in set(eurasia.tables) - own:
        assert f"`{name}.csv`" in text, name
    assert "Stockholm International Peace Research Institute" in text


@pytest.mark.reference
def test_arms_and_agreement_equal_the_source_tables(eurasia: Region, shared: Path) -> None:
    with (shared / "data/arms_transfers.csv").open(encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["recipient"] in eurasia.states]
    told = eurasia.tie("arms", 1995, 2025)["value"]
    for row in rows:
        value = told.sel(state=row["recipient"], partner=row["supplier"], year=int(row["year"])).item()
        assert value == pytest.approx(float(row["tiv"]), rel=1e-5)
    groups = told.sel(partner=[p for p in told["partner"].to_numpy() if p != "EU"])
    assert groups.sum().item() == pytest.approx(sum(float(row["tiv"]) for row in rows))

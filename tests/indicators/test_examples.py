"""The example articles: their true figures hold in the region, their planted ones do not."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from multivector.atlas import Region, load_region

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "articles"
ARTICLES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))}


def planted() -> list[dict[str, str]]:
    with (FOLDER / "planted.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def sourced() -> list[tuple[str, str, str]]:
    """Fact, tables and sources, row by row, of the page beside the articles."""
    page = (FOLDER.parent / "SOURCES.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (.*?) ?\| (.+?) \|$", page, flags=re.MULTILINE)
    return [row for row in rows if row[0] not in ("fact", "---")]


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region("central-eurasia")


def test_there_are_two_short_articles() -> None:
    assert len(ARTICLES) == 2
    for text in ARTICLES.values():
        assert 350 <= len(text.split()) <= 500
        assert "By multivector example" in text


def test_three_errors_are_planted_where_the_list_says() -> None:
    assert len(planted()) == 3
    for row in planted():
        assert ARTICLES[row["doc"]].count(row["quote"]) == 1
    assert sum("planted" in fact for fact, _, _ in sourced()) == 3


def test_every_fact_names_tables_and_sources_that_exist(region: Region) -> None:
    known = set(region.table("sources")["key"])
    assert len(sourced()) > 25
    for fact, tables, sources in sourced():
        assert "https://" in sources or set(sources.split(", ")) <= known, fact
        assert not tables or set(tables.split(", ")) <= set(region.tables), fact


@pytest.mark.parametrize(
    ("state", "supplier", "first", "last", "percent", "phrase"),
    [
        ("ARM", "RUS", 2011, 2020, 94, "Russia supplied 94 percent of Armenia's arms imports"),
        ("AZE", "RUS", 2011, 2020, 60, "60 percent of Azerbaijan's arms imports"),
        ("ARM", "IND", 2021, 2024, 63, "India accounted for 63 percent of Armenia's arms imports"),
        ("ARM", "RUS", 2020, 2024, 32, "Russia's share of Armenia's arms imports was 32 percent"),
        ("GEO", "TUR", 2020, 2024, 71, "71 percent of Georgia's arms imports"),
        ("GEO", "USA", 2020, 2024, 24, "the United States 24 percent"),
        ("ARM", "RUS", 1995, 2024, 82, "Russia supplied 82 percent of Armenia's arms imports"),
        ("KAZ", "RUS", 2020, 2024, 88, "Russia supplied 88 percent of Kazakhstan's arms imports"),
        ("UZB", "RUS", 2020, 2024, 68, "68 percent of Uzbekistan's arms imports"),
        ("TKM", "TUR", 2020, 2024, 41, "41 percent of Turkmenistan's arms imports"),
        ("TKM", "ITA", 2020, 2024, 35, "Italy for 35 percent"),
    ],
)
def test_true_arms_shares(region, state, supplier, first, last, percent, phrase) -> None:
    assert any(phrase in text for text in ARTICLES.values())
    rows = region.table("ties/arms").filter(
        (region.table("ties/arms")["state"] == state)
        & region.table("ties/arms")["year"].is_between(first, last)
        & (region.table("ties/arms")["source"] == "sipri_tr_202602")
    )
    of_supplier = rows.filter(rows["partner"] == supplier)["value"].sum()
    assert round(100 * of_supplier / rows["value"].sum()) == percent


@pytest.mark.parametrize(
    ("actor", "indicator", "year", "value"),
    [
        ("AZE", "military_expenditure", 2024, 5.1),
        ("ARM", "military_expenditure", 2024, 5.5),
        ("TJK", "remittances_received", 2024, 47.9),
        ("UZB", "remittances_received", 2024, 14.4),
        ("TJK", "gdp_growth", 2024, 8.4),
        ("KAZ", "gdp_growth", 2023, 5.1),
        ("UZB", "gdp_growth", 2024, 6.5),
    ],
)
def test_true_observations(region: Region, actor: str, indicator: str, year: int, value: float) -> None:
    found = region.series(indicator, year, year, actors=(actor,))["value"].item()
    assert round(found, 1) == value


def test_memberships_are_as_the_articles_or_the_list_of_errors_say(region: Region) -> None:
    assert {"KAZ", "KGZ", "ARM"} <= set(region.members("EAEU", 2024))
    assert region.membership("UZB", "EAEU", 2024) == "observer"
    assert {"KAZ", "KGZ", "TJK"} <= set(region.members("CSTO", 2024))
    assert "UZB" not in region.members("CSTO", 2013)
    assert {"KAZ", "KGZ", "TJK", "UZB"} <= set(region.members("SCO", 2024))
    assert not {"TKM"} & set(region.members("SCO", 2024))
    assert "GEO" in region.members("CIS", 2008)
    assert "GEO" not in region.members("CIS", 2010)
    assert "KAZ" in region.members("WTO", 2015)

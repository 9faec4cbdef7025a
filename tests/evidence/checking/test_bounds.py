"""A partner that no row lists: what is listed bounds its share, which can refute a number and never support one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from multivector.atlas import load_region
from multivector.evidence import Claim, check_claims

GAS = "{} supplied {} percent of Georgia's gas imports in 2022"
SALES = "{} bought {} percent of Georgia's exports in 2022"


@pytest.fixture
def checked(central):
    def of(quote, value, **about):
        claim = Claim(
            "f-1", "a.txt", "", quote, 0, 1, "quantity", "", "", "states_figure", value=str(value), value_op="=",
            unit="percent", date_start="2022", date_end="2022",
        )  # fmt: skip
        [verdict] = check_claims([replace(claim, **about)], central)
        return verdict

    return of


@pytest.mark.parametrize(("quote", "partner"), [(GAS, "Pakistan"), (SALES, "India")])
@pytest.mark.parametrize("value", [0, 0.5, 1, 2, 5, 30, 90])
def test_no_number_is_supported(checked, quote, partner, value):
    verdict = checked(quote.format(partner, value), value)
    assert verdict.verdict in ("refuted", "not checkable")
    assert verdict.computed is None
    assert "at most" in verdict.computed_text
    assert verdict.source


def test_what_lies_beyond_the_bound_is_refuted(checked):
    verdict = checked(SALES.format("India", 30), 30)
    assert verdict.verdict == "refuted"
    assert "at most 7.5 percent in 2022: not among those listed" in verdict.why
    assert verdict.source == ("FACTBOOK-2025",)


def test_the_source_is_that_of_the_rows(checked, central):
    rows = [r for r in central.table("figures").iter_rows(named=True) if r["measure"] == "gas_import_share"]
    listed = [r for r in rows if r["actor"] == "GEO" and r["year"] == 2022]
    verdict = checked(GAS.format("Pakistan", 30), 30)
    assert verdict.verdict == "refuted"
    assert set(verdict.source) == {r["source"] for r in listed}


@pytest.mark.parametrize(
    ("quote", "value", "word"),
    [
        ("Pakistan and India together received {} percent of Afghan exports in 2022", 85, "supported"),
        ("Pakistan and India together received {} percent of Afghan exports in 2022", 40, "refuted"),
        ("Pakistan and India each received {} percent of Afghan exports in 2022", 75, "refuted"),
    ],
)
def test_several_partners_together(checked, quote, value, word):
    assert checked(quote.format(value), value).verdict == word


def test_an_actor_that_the_quote_does_not_name_is_not_refuted_by_a_bound(checked):
    verdict = checked(
        "Pakistan took 42 percent", 42, subject_code="PAK", object_code="IND", predicate="export_market_of"
    )
    assert verdict.verdict == "not checkable"


ISLES = Path(__file__).resolve().parents[2] / "regions" / "archipelago"


@pytest.mark.parametrize(
    ("quote", "word"),
    [
        ("Norholm was Alder Isle's largest arms supplier in 2015-2019", "supported"),
        ("Parrel was Alder Isle's largest arms supplier in 2015-2019", "refuted"),
        ("Norholm was the largest source of Alder Isle's imports in 2023", "supported"),
        ("Berun was the largest source of Alder Isle's imports in 2023", "refuted"),
    ],
)
def test_ranks_of_an_invented_region_name_its_own_sources(quote, word):
    isles = load_region(ISLES)
    claim = Claim("d-1", "a.txt", "", quote, 0, 1, "event", "", "", "states_date")
    [verdict] = check_claims([claim], isles)
    assert verdict.verdict == word
    assert verdict.source
    assert set(verdict.source) <= set(isles.table("sources")["key"])

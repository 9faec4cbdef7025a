"""The region's signed network: pairs of which the sign is known, and the rules that give it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from multivector.atlas import Region, load_region
from multivector.atlas.dates import day_of, span
from multivector.errors import InputError
from multivector.indicators.blocs.region_network import COLUMNS, RegionNetwork, signed_network
from multivector.indicators.blocs.signed_facts import READERS
from multivector.indicators.blocs.signed_rules import signed_rules
from multivector.indicators.power import measure_power
from multivector.indicators.similarity import measure_similarity

ARCHIPELAGO = Path(__file__).resolve().parents[2] / "regions" / "archipelago"


@cache
def region() -> Region:
    return load_region()


@cache
def network(at: str) -> RegionNetwork:
    return signed_network(region(), at)


def edge(at: str, a: str, b: str) -> dict | None:
    found = [e for e in network(at).edges if {e["source"], e["target"]} == {a, b}]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("a", "b", "sign"),
    [
        ("ARM", "AZE", -1), ("ARM", "TUR", -1), ("ARM", "PAK", -1), ("GEO", "RUS", -1), ("RUS", "USA", -1),
        ("RUS", "EU", -1), ("RUS", "JPN", -1), ("IND", "PAK", -1), ("CHN", "USA", -1), ("CHN", "IND", -1),
        ("USA", "IRN", -1), ("KGZ", "TJK", -1), ("AFG", "PAK", -1),
        ("AZE", "TUR", 1), ("AZE", "PAK", 1), ("TUR", "PAK", 1), ("KAZ", "RUS", 1), ("KAZ", "UZB", 1),
        ("KAZ", "KGZ", 1), ("TJK", "RUS", 1), ("RUS", "CHN", 1), ("RUS", "IND", 1), ("CHN", "PAK", 1),
        ("USA", "JPN", 1), ("USA", "KOR", 1), ("USA", "EU", 1), ("USA", "TUR", 1), ("ARM", "IND", 1),
    ],
)  # fmt: skip
def test_signs_of_2024_that_are_well_known(a: str, b: str, sign: int) -> None:
    found = edge("2024", a, b)
    assert found is not None
    assert found["sign"] == sign, found["why"]


@pytest.mark.parametrize(
    ("a", "b", "before", "sign_before", "after", "sign_after"),
    [
        ("PAK", "ARM", "2025-08-30", -1, "2025-09-01", None),  # recognised on 31 August 2025
        ("KGZ", "TJK", "2025-03-12", -1, "2025-12-31", 1),  # border treaty and crossings, 13 March 2025
        ("GEO", "RUS", "2008-08-06", 1, "2008-08-31", -1),  # war and broken relations, August 2008
        ("AFG", "USA", "2020", 1, "2022", None),  # the government fell in August 2021
        ("KAZ", "UZB", "2010", -1, "2018", 1),  # rivals for the lead; the later list ends it in 2017
        ("RUS", "EU", "2013", None, "2022", -1),  # sanctions since 2014
    ],
)
def test_signs_change_when_the_facts_do(
    a: str, b: str, before: str, sign_before: int | None, after: str, sign_after: int | None
) -> None:
    was, now = (edge(at, a, b) for at in (before, after))
    assert (was and was["sign"]) == sign_before
    assert (now and now["sign"]) == sign_after


def test_what_speaks_against_stands_beside() -> None:
    fought = edge("2024", "KGZ", "TJK")
    assert fought is not None
    assert fought["rule"] == "war"
    assert "both in CSTO" in fought["against"]
    assert fought["against_sources"]


def test_a_frozen_member_is_in_no_alliance_through_the_organisation() -> None:
    rules = [
        f["rule"] for f in network("2024").table.rows("facts") if {f["source"], f["target"]} == {"ARM", "RUS"}
    ]
    assert "defence_organisation" not in rules
    earlier = network("2023").table.rows("facts")
    assert any(
        f["rule"] == "defence_organisation" and {f["source"], f["target"]} == {"ARM", "RUS"} for f in earlier
    )


def test_a_group_has_the_obligation_that_its_covered_members_share() -> None:
    both = edge("2018", "USA", "EU")
    assert both is not None
    assert "members covered" in both["why"]


@pytest.mark.parametrize("at", ["1995", "2010", "2024"])
def test_every_tie_is_sourced_dated_and_decided_by_order(at: str) -> None:
    keys = set(region().table("sources")["key"])
    order = {rule.rule: rule for rule in signed_rules()}
    facts = network(at).table.rows("facts")
    for tie in network(at).edges:
        pair = (tie["source"], tie["target"])
        own = [order[f["rule"]] for f in facts if (f["source"], f["target"]) == pair]
        first = min(own, key=lambda rule: rule.order)
        assert (tie["rule"], tie["sign"]) == (first.rule, first.sign)
        assert bool(tie["against"]) == any(rule.sign != first.sign for rule in own)
        assert set(tie["sources"].split("|")) <= keys
        begun = span(tie["from"])
        assert begun is not None
        assert begun[0] <= day_of(at)


def test_the_network_holds_the_ties() -> None:
    found = network("2024")
    assert found.network.nodes == (*region().states, *region().powers)
    assert len(found.network.ties) == len(found.edges)
    assert found.network.tie("AZE", "ARM").sign == -1


def test_every_form() -> None:
    found = network("2024")
    for part, columns in COLUMNS.items():
        assert found.frame(part).columns == list(columns)
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["date"] == "2024-12-31"
    assert "Signed network of central-eurasia at 2024-12-31" in found.text()
    assert "<table>" in found._repr_html_()


def test_the_rules_are_whole() -> None:
    rules = signed_rules()
    assert [rule.order for rule in rules] == list(range(1, len(rules) + 1))
    assert len({rule.rule for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.reads in READERS
        assert rule.sign in (1, -1)
        assert rule.weight in (1, 2, 3)
        assert rule.sentence.endswith(".")


def test_an_invented_region_gives_what_its_tables_hold() -> None:
    found = signed_network(load_region(ARCHIPELAGO), 2020)
    assert [(e["source"], e["target"], e["sign"]) for e in found.edges] == [("XNO", "XSU", -1)]
    assert any("No rule speaks of XAL" in note for note in found.table.notes)


def test_an_obligation_is_no_tie_before_a_year_of_it_has_ended() -> None:
    rules = {edge["rule"] for edge in network("1991-12-30").edges}
    assert not rules & {"defence_pact", "consultation_pact"}
    assert "consultation_pact" in {edge["rule"] for edge in network("1991").edges}


@pytest.mark.parametrize("at", [1980, "1990-12-31", "2027Q1"])
@pytest.mark.parametrize("measure", [signed_network, measure_power, measure_similarity])
def test_outside_the_years_of_the_region_nothing_is_measured(
    measure: Callable[[Region, int | str], object], at: int | str
) -> None:
    with pytest.raises(InputError, match=r"before 1991, where|after 2026, where") as caught:
        measure(region(), at)
    assert caught.value.repair == "ask for a date from 1991 to the end of 2026"

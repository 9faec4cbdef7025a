"""The sections on standing and on blocs: what they say is what the tables hold. Scores are invented."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from multivector.atlas import Region, load_region
from multivector.desk.context import Section
from multivector.desk.pictures_blocs import blocs_section
from multivector.desk.pictures_standing import standing_section
from multivector.indicators.blocs import SignedNetwork, Tie, measure_blocs
from multivector.indicators.blocs.region_network import RegionNetwork, signed_network
from multivector.indicators.middle_power import MiddlePowerTable, factors

SVG = "{http://www.w3.org/2000/svg}"
STATES = ("XAL", "XBE", "XCY")
UNSCORED = dict.fromkeys(("score", "score_low", "score_high", "rank", "rank_low", "rank_high"))
SOURCE = "invented"


@pytest.fixture(scope="module")
def isles(archipelago: Path) -> Region:
    return load_region(archipelago)


def scored(value: float, rank: int) -> dict[str, Any]:
    return {
        "score": value, "score_low": value - 5, "score_high": value + 5,
        "rank": rank, "rank_low": max(rank - 1, 1), "rank_high": rank,
    }  # fmt: skip


def table_of(lacking: dict[str, tuple[str, ...]]) -> MiddlePowerTable:
    """Scores 60, 50, 40 on every factor, none where a state is lacking it."""
    codes = [factor.code for factor in factors()]
    defined = {factor.code: len(factor.indicators) for factor in factors()}
    by_factor = [
        {
            "state": state,
            "factor": code,
            **(UNSCORED if state in lacking.get(code, ()) else scored(60 - 10 * n, n + 1)),
            "known": 1 if state in lacking.get(code, ()) else defined[code],
            "defined": defined[code],
            "not_scored": f"1 of {defined[code]} indicators known" if state in lacking.get(code, ()) else "",
        }
        for n, state in enumerate(STATES)
        for code in codes
    ]
    short = {state for states in lacking.values() for state in states}
    first = factors()[0]
    return MiddlePowerTable(
        region="archipelago",
        region_hash="0",
        date="2021-12-31",
        settings={"samples": 100},
        notes=("Weights are equal and assumed.",),
        parts={
            "states": [
                {
                    "state": state,
                    **(UNSCORED if state in short else scored(60 - 10 * n, n + 1)),
                    "not_scored": "too little known" if state in short else "",
                }
                for n, state in enumerate(STATES)
            ],
            "factors": by_factor,
            "indicators": [
                {"state": "XAL", "factor": first.code, "indicator": first.indicators[0].code, "value": 1.0, "sources": SOURCE},
                {"state": "XBE", "factor": first.code, "indicator": first.indicators[0].code, "value": None, "sources": "lost"},
            ],
            "unavailable": [
                {"factor": each.factor, "indicator": each.code, "title": each.title, "needs": each.needs}
                for each in first.indicators[-2:]
            ],
            "moved": [
                {"state": "XAL", "factor": "", "change": 0.5, "change_low": -1.0, "change_high": 2.0, "main": "reform"},
                {
                    "state": "XBE", "factor": first.code, "change": -4.0, "change_low": -6.0, "change_high": -1.0,
                    "main": first.indicators[0].code,
                },
                {"state": "XCY", "factor": first.code, "change": None, "change_low": None, "change_high": None, "main": ""},
            ],
            "coverage": [
                {
                    "factor": factor.code,
                    "title": factor.title,
                    "given": len(factor.indicators) - 1,
                    "defined": len(factor.indicators),
                    "states": 3 - len(lacking.get(factor.code, ())),
                    "scored": len(lacking.get(factor.code, ())) < 3,
                }
                for factor in factors()
            ],
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def standing(isles: Region) -> Section:
    """One state lacks one factor."""
    return standing_section(table_of({"reform": ("XCY",)}), isles)


def described(svg: str) -> str:
    return next(node.text or "" for node in ElementTree.fromstring(svg) if node.tag == f"{SVG}desc")


def test_a_state_that_lacks_a_factor_is_not_ranked_over_all(standing: Section, isles: Region) -> None:
    whole = described(standing.figures[0].panels[0])
    assert whole.startswith(
        f"{isles.name('XAL')}: 60 (55 to 65), rank 1; {isles.name('XBE')}: 50 (45 to 55), rank 2 (1 to 2)"
    )
    assert f"{isles.name('XCY')}: not scored: too little of internal reform" in whole
    assert len(standing.figures[0].panels) == 1 + len(factors())


def test_no_overall_rank_is_printed_over_a_factor_that_nobody_has(isles: Region) -> None:
    section = standing_section(table_of({"reform": STATES}), isles)
    assert section.paragraphs[0] == (
        "There is no overall score and no overall rank: no state has enough indicators of internal reform. "
        "What follows are the factors."
    )
    titles = [re.search("<title[^>]*>([^<]*)", panel)[1] for panel in section.figures[0].panels]
    assert titles == [factor.title for factor in factors() if factor.code != "reform"]


def test_coverage_is_printed_in_words(standing: Section) -> None:
    defined = sum(len(factor.indicators) for factor in factors())
    assert (
        f"The data give {defined - len(factors())} of {defined} for at least one state"
        in standing.paragraphs[0]
    )
    profile = described(standing.figures[1].panels[2])
    assert "Internal reform: not scored, 1 of" in profile
    assert "Developed economy: 40 (35 to 45)" in profile
    assert "median 50" in profile


def test_weights_are_said_to_be_assumed_and_sources_are_those_of_the_numbers(standing: Section) -> None:
    assert "Weights are equal and assumed." in standing.paragraphs
    assert all(figure.sources == (SOURCE,) for figure in standing.figures)


def test_what_moved_names_the_indicator_or_factor_and_what_is_in_doubt(
    standing: Section, isles: Region
) -> None:
    whole, single = (described(panel) for panel in standing.figures[2].panels)
    assert whole == f"{isles.name('XAL')}: +0.5 (−1.0 to +2.0), which may be none, most by internal reform"
    first = factors()[0]
    assert single.startswith(f"{isles.name('XBE')} · {first.title}: −4.0 (−6.0 to −1.0), most by ")


def test_what_is_not_available_is_folded_with_what_would_give_it(standing: Section) -> None:
    (table,) = standing.tables
    assert table.folded.startswith("2 indicators that are not available")
    assert table.rows[0][2] == factors()[0].indicators[-2].needs


# Blocs


@pytest.fixture(scope="module")
def signed(region: Region) -> RegionNetwork:
    return signed_network(region, 2024)


@pytest.fixture(scope="module")
def camps(signed: RegionNetwork, region: Region) -> Section:
    return blocs_section(signed, measure_blocs(signed.network), region)


def test_the_camps_are_those_of_the_frustration_index(camps: Section, signed: RegionNetwork) -> None:
    found = measure_blocs(signed.network).frustration
    assert f"the fewest, proved, is {found.L} of {len(signed.edges)}." in camps.paragraphs[0]
    for panel in camps.figures[0].panels:
        assert f"{found.L} against the camps" in described(panel)
    assert len(camps.tables[0].rows) == found.L


def test_every_tie_leads_to_a_source_of_the_region(camps: Section, region: Region) -> None:
    assert camps.figures[0].origin == "assumed"
    for key in (*camps.figures[0].sources, *camps.tables[0].sources):
        assert region.source(key)


def test_rules_that_disagree_are_both_said(camps: Section, signed: RegionNetwork, region: Region) -> None:
    torn = [edge for edge in signed.edges if edge["against"]]
    assert torn
    for edge in torn:
        assert f"{region.name(edge['source'])} and {region.name(edge['target'])} (" in camps.paragraphs[2]


def test_parts_that_no_tie_joins_could_be_turned(signed: RegionNetwork, region: Region) -> None:
    """A pair of rivals beside a triangle of friends: which of them is in which camp is nobody's finding."""
    first, second, third, fourth, fifth = region.states[:5]
    ties = (Tie(first, second, 1), Tie(second, third, 1), Tie(first, third, 1), Tie(fourth, fifth, -1))
    shown = {
        "from": "2001",
        "why": "invented",
        "rule": "war",
        "sources": "assumed",
        "against": "",
        "against_sources": "",
    }
    edges = [{"source": tie.a, "target": tie.b, "sign": tie.sign, **shown} for tie in ties]
    table = replace(signed.table, parts={**signed.table.parts, "edges": edges})
    network = RegionNetwork(SignedNetwork(tuple(region.states), ties), table)
    section = blocs_section(network, measure_blocs(network.network), region)
    assert (
        f"{region.name(fourth)} with {region.name(fifth)} could stand in either camp" in section.paragraphs[1]
    )

"""A verdict that rests on what the project compiled itself says so, and the licences count such rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from multivector.evidence import Claim, check_claims

LICENCES = Path(__file__).resolve().parents[3] / "DATA-LICENCES.md"
OWN = "source: compiled by hand from general knowledge"


def _why(central, quote, day):
    claim = Claim(
        "d-1", "a.txt", "", quote, 0, 1, "event", "", "", "states_date", date_start=day, date_end=day
    )
    [verdict] = check_claims([claim], central)
    assert verdict.verdict in ("supported", "refuted")
    return verdict.why


@pytest.mark.parametrize("year", ["2008", "2014"])
def test_of_a_row_compiled_by_hand(central, year):
    assert _why(central, f"Russia recognised Abkhazia and South Ossetia in {year}", year).endswith(OWN)


def test_of_a_published_row_nothing_is_said(central):
    quote = "The four Swathi radars that Armenia bought from India were delivered in 2021"
    assert OWN not in _why(central, quote, "2021")


@pytest.mark.parametrize(
    ("table", "source", "words"),
    [
        ("relations", "own_relations", "{} of {} relations"),
        ("route_figures", "own_routes", "{} of {} rows"),
        ("conflicts", "own_conflicts", "{} of {} rows"),
    ],
)
def test_the_licences_count_such_rows(central, table, source, words):
    rows = central.table(table)
    own = rows.filter(rows["source"] == source).height
    assert words.format(own, rows.height) in LICENCES.read_text(encoding="utf-8")

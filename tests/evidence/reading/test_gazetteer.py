"""Names linked to actors."""

from __future__ import annotations

import pytest

from multivector.evidence.reading.gazetteer import Alias, Gazetteer


def _codes(gazetteer, text):
    return [mention.code for mention in gazetteer.link(text)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Averia and the Belmarians met in Averhaven.", ["AVE", "BLM", "AVE"]),
        ("averia", []),
        ("Averiapolis", []),
        ("The Averia-Belmaria war", ["AVE", "BLM"]),
        ("Corvenia sells.", ["COR"]),
        ("The Corvenia moth lays eggs.", []),
        ("The Belmora Festival opened in Belmora.", ["BLM"]),
        ("Jane Roe", ["AVE:GOV"]),
        ("CV$ 20 were paid", []),
        ("CV paid", ["COR"]),
        ("CV TAKES ALL", []),
        ("League of Straits", ["STRAITS"]),
    ],
)
def test_links(gazetteer, text, codes):
    assert _codes(gazetteer, text) == codes


def test_the_longest_alias_wins():
    gazetteer = Gazetteer([Alias("South", "region", "S"), Alias("South Isle", "name", "SI")])
    assert _codes(gazetteer, "South Isle and the South") == ["SI", "S"]


def test_offsets_hold_the_name(gazetteer):
    text = "In Greyrock, Averian troops stand."
    assert [text[m.start : m.end] for m in gazetteer.link(text)] == ["Greyrock", "Averian"]


def test_the_embedded_gazetteer_links_to_known_kinds(central):
    table = central.table("gazetteer")
    kinds = {"name", "demonym", "metonym", "abbreviation", "region", "organisation", "person", "place"}
    assert set(table["kind"]) == kinds
    assert table["alias"].is_unique().all()
    named = set(Gazetteer.from_table(table).words)
    states = {*central.states, *central.powers}
    assert states <= named


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Georgia joined in 1999.", ["GEO"]),
        ("In Atlanta, Georgia voted.", []),
        ("It cost US$ 2 billion.", []),
        ("The US and Türkiye agreed.", ["USA", "TUR"]),
        ("The Washington Post reported.", []),
        ("Washington reacted.", ["USA"]),
    ],
)
def test_names_with_two_meanings(central, text, codes):
    assert _codes(Gazetteer.from_table(central.table("gazetteer")), text) == codes

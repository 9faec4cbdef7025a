"""Polarity, stance and speaker."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "predicate", "stance", "polarity", "speaker"),
    [
        ("Averia supports Belmaria.", "supports", "asserted", "+", "AUTHOR"),
        ("Averia does not support Belmaria.", "supports", "asserted", "-", "AUTHOR"),
        ("Averia never supported Belmaria.", "supports", "asserted", "-", "AUTHOR"),
        ("Averia refuses to recognize Belmaria.", "recognizes", "asserted", "-", "AUTHOR"),
        ("Averia refrained from recognizing Belmaria.", "recognizes", "asserted", "-", "AUTHOR"),
        ("Averia did not refuse to recognize Belmaria.", "recognizes", "asserted", "+", "AUTHOR"),
        ("Corvenia said that Averia supports Belmaria.", "supports", "reported", "+", "Corvenia"),
        ("According to Corvenia, Averia supports Belmaria.", "supports", "reported", "+", "Corvenia"),
        ("Corvenia alleged that Averia supported Belmaria.", "supports", "alleged", "+", "Corvenia"),
        ("Averia was alleged to have attacked Belmaria.", "attacks", "alleged", "+", "UNSPECIFIED"),
        ("Averia reportedly attacked Belmaria.", "attacks", "reported", "+", "AUTHOR"),
        ("Averia allegedly attacked Belmaria.", "attacks", "alleged", "+", "AUTHOR"),
        ("Averia may attack Belmaria.", "attacks", "hedged", "+", "AUTHOR"),
        ("Averia will attack Belmaria.", "attacks", "forecast", "+", "AUTHOR"),
        ("Averia is expected to attack Belmaria.", "attacks", "forecast", "+", "AUTHOR"),
        ("Averia is unlikely to attack Belmaria.", "attacks", "forecast", "-", "AUTHOR"),
        ("If Corvenia withdraws, Averia will attack Belmaria.", "attacks", "hypothetical", "+", "AUTHOR"),
    ],
)
def test_how_a_claim_is_meant(only, text, predicate, stance, polarity, speaker):
    claim = only(text, predicate)
    assert (claim.stance, claim.polarity, claim.attributed_to) == (stance, polarity, speaker)


def test_what_should_be_is_a_recommendation_to_who_should(read):
    [claim] = read("Averia should support Belmaria.")
    assert (claim.predicate, claim.stance) == ("recommends", "normative")
    assert (claim.subject_code, claim.object_code, claim.attributed_to) == ("", "AVE", "AUTHOR")


def test_a_recommendation_is_the_speakers(read):
    [claim] = read("Corvenia said that Averia should support Belmaria.")
    assert (claim.subject_code, claim.object_code, claim.attributed_to) == ("COR", "AVE", "Corvenia")


def test_what_is_wanted_is_not_told_as_done(read):
    [claim] = read("Averia wants to join the Harbour Pact.")
    assert (claim.predicate, claim.object_code) == ("seeks", "HARBOUR_PACT")


def test_a_denial_belongs_to_who_denies(read):
    claims = read("Averia accused Belmaria of sabotage. Belmaria dismissed the accusation.")
    denial = next(c for c in claims if c.predicate == "denies")
    assert (denial.subject_code, denial.object_code) == ("BLM", "AVE")
    assert (denial.stance, denial.attributed_to) == ("denied", "Belmaria")


def test_a_speaker_goes_by_name_without_title(only):
    claim = only("Averian Prime Minister Jane Roe claimed that Belmaria attacked Corvenia.", "attacks")
    assert claim.attributed_to == "Jane Roe"


def test_a_report_is_attributed_to_who_made_it(only):
    claim = only(
        "According to a report by the Corvenian Ministry of Finance, Averia attacked Belmaria.", "attacks"
    )
    assert claim.attributed_to == "Corvenian Ministry of Finance"

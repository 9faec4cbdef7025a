"""Who speaks: surnames, pronouns, and quotations that run on."""

from __future__ import annotations

import pytest

OPENING = "Jane Doe, director of the Reed Institute, spoke in Averhaven. "


@pytest.mark.parametrize(
    "saying",
    [
        "Doe said that Corvenia supports Averia.",
        "She said that Corvenia supports Averia.",
        "The director said that Corvenia supports Averia.",
        "“Corvenia supports Averia without any conditions,” said Doe.",
        "According to Jane Doe, Corvenia supports Averia.",
    ],
)
def test_a_speaker_goes_by_the_full_name(only, saying):
    claim = only(OPENING + saying, "supports")
    assert (claim.stance, claim.attributed_to) == ("reported", "Jane Doe")


def test_a_quotation_runs_on(read):
    text = (
        OPENING
        + "“Corvenia supports Averia without conditions,” Doe said. “It also condemned Belmaria at once.” "
        + "Dolvania supports Belmaria."
    )
    found = {(c.predicate, c.subject_code): (c.stance, c.attributed_to) for c in read(text)}
    assert found["criticizes", "COR"] == ("reported", "Jane Doe")
    assert found["supports", "DOL"] == ("asserted", "AUTHOR")


def test_what_is_told_of_a_thing_is_reported(only):
    claim = only(OPENING + "She highlighted Corvenia's support for Averia.", "supports")
    assert (claim.stance, claim.attributed_to) == ("reported", "Jane Doe")


def test_what_is_called_for_is_not_told_as_done(read):
    assert "reforms_institution" not in {
        c.predicate for c in read("Averia called for a reform of the Harbour Pact.")
    }

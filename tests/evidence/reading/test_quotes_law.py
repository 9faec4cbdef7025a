"""The law of the reader: a quote is the text at its offsets, whatever stands in the text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from multivector.evidence.documents.view import blocks_of, view_of
from multivector.evidence.reading.reader import read_document
from multivector.evidence.records import Document

SENTENCES = (
    "Between 2011 and 2020, Corvenia accounted for 94 percent of Averia's arms imports.",
    "Averia joined the Harbour Pact in 2001, and Belmaria left it in 2010.",
    "Belmaria denied the accusations; Averia “strongly” condemned Belmaria’s actions.",
    "Jane Roe said that Corvenia had supplied missiles worth US$ 2 billion to Belmaria.",
)
# Zero-width, direction and format marks, joined and split accents, line ends, an emoji, a null look-alike.
ODD = (
    "\u200b",
    "\u200f",
    "\u202e",
    "\ufeff",
    "\u00ad",
    "e\u0301",
    "\r\n",
    "\n\n",
    "\t",
    "\u00a0",
    "🜚",
    "﷽",
    "\u2028",
    "<b>",
)


@st.composite
def odd_texts(draw):
    text = " ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)))
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(ODD)) + text[place:]
    return text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=odd_texts(), markdown=st.booleans())
def test_quotes_equal_the_text_at_their_offsets(text, markdown, gazetteer):
    document = Document("odd.txt", Path("odd.txt"), "0" * 64, text, markdown=markdown)
    for claim in read_document(document, gazetteer).claims:
        assert 0 <= claim.char_start < claim.char_end <= len(text)
        assert claim.quote == text[claim.char_start : claim.char_end]


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=400), markdown=st.booleans())
def test_the_view_leads_back_to_the_text(text, markdown):
    view = view_of(text, markdown=markdown)
    ends = [view.span(i, i + 1) for i in range(len(view.text))]
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert all(a[1] <= b[0] for a, b in pairwise(ends))
    for block in blocks_of(view):
        shown = view.text[block.start : block.start + len(block.text)]
        assert shown.replace("\n", " ") == block.text


@pytest.mark.parametrize("mark", ["\u200b", "\u200f", "\u00ad", "\ufeff"])
def test_an_invisible_character_hides_no_claim(mark, only):
    plain = "Corvenia supplied 42 percent of Averia's arms imports."
    hidden = plain.replace("Corvenia", f"Cor{mark}venia").replace("percent", f"per{mark}cent")
    claim = only(hidden, "arms_share_of_imports")
    assert (claim.subject_code, claim.object_code, claim.value) == ("COR", "AVE", "42")
    assert mark in claim.quote


def test_split_accents_are_joined_for_the_parser(gazetteer):
    view = view_of("Cafe\u0301 in Averia")
    assert view.text == "Caf\u00e9 in Averia"
    assert view.span(0, 4) == (0, 5)


def test_markdown_marks_are_read_over_and_quoted(read):
    text = "**Averia** joined the [Harbour Pact](https://example.org/pact) in 2001.\n"
    [claim] = read(text, markdown=True)
    assert (claim.predicate, claim.subject_code, claim.object_code) == ("member_of", "AVE", "HARBOUR_PACT")
    assert claim.quote == "Averia** joined the [Harbour Pact](https://example.org/pact) in 2001"


def test_headings_labels_and_tables_make_no_claims(read):
    text = (
        "# Averia Joins the Harbour Pact\n\nBACKGROUND: Belmaria joined the Harbour Pact in 2003.\n\n"
        "| Averia joined the Harbour Pact in 2001. | 3 |\n"
    )
    [claim] = read(text, markdown=True)
    assert claim.quote == "Belmaria joined the Harbour Pact in 2003"


def test_a_line_wrapped_by_hand_is_one_sentence(only):
    text = "Between 2011 and 2020, Corvenia accounted for\n94 percent of Averia's arms\nimports."
    claim = only(text, "arms_share_of_imports")
    assert (claim.value, claim.date_start, claim.date_end) == ("94", "2011", "2020")


def test_a_paragraph_of_many_pages_is_read(read):
    sentence = "Averia joined the Harbour Pact in 2001. "
    claims = read(sentence * 800)
    assert len(claims) == 800
    assert len({claim.id for claim in claims}) == 800
    assert len({claim.cluster for claim in claims}) == 1

"""Laws: whatever a model answers, a claim says only what stands in the text, and nothing raises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.evidence.documents.view import blocks_of, view_of
from multivector.evidence.llm.answers import MOST, proposals_in
from multivector.evidence.llm.grounding import Grounding
from multivector.evidence.llm.passage import Passages, UnfoundedError
from multivector.evidence.llm.prompt import chunks_of
from multivector.evidence.llm.quotes import located_in
from multivector.evidence.reading.quantities import quantities_of
from multivector.evidence.reading.reader import read_document
from multivector.evidence.records import STANCES, Document, predicates

ROWS = json.loads((Path(__file__).parent / "recorded/summer-sea.json").read_text("utf-8"))
TEXT = "\n\n".join(row["paragraph"] for row in ROWS)
WORDS = TEXT.split(" ")
NAMES = [
    "Averia",
    "Belmaria",
    "Corvenia",
    "Dolvania",
    "Harbour Pact",
    "Summer Sea",
    "it",
    "Greyrock",
    "a|b",
    "Roe",
]


@st.composite
def stretches(draw):
    """Some words of the article, in a row."""
    start = draw(st.integers(0, len(WORDS) - 1))
    return " ".join(WORDS[start : start + draw(st.integers(1, 16))])


WRITTEN = st.one_of(
    stretches(), st.text(max_size=30), st.sampled_from(["", "94 percent", "most of", "9" * 400])
)
PROPOSALS = st.fixed_dictionaries(
    {
        "paragraph": st.integers(-3, 9),
        "quote": st.one_of(stretches(), st.sampled_from([c["quote"] for row in ROWS for c in row["claims"]])),
        "predicate": st.sampled_from(sorted(predicates())),
        "subject": st.lists(st.one_of(st.sampled_from(NAMES), WRITTEN), max_size=3),
        "object": st.lists(st.one_of(st.sampled_from(NAMES), WRITTEN), max_size=3),
        "figure": WRITTEN,
        "direction": st.sampled_from(["", "increase", "decrease"]),
        "period": WRITTEN,
        "polarity": st.sampled_from("+-"),
        "stance": st.sampled_from(STANCES),
        "attributed_to": st.one_of(st.sampled_from(["AUTHOR", "UNSPECIFIED", "Jane Roe"]), WRITTEN),
    }
)


@pytest.fixture(scope="module")
def grounding(gazetteer):
    document = Document("text.txt", Path("text.txt"), "0" * 64, TEXT, "", "", "2024-06-01")
    view = view_of(TEXT)
    passages = Passages(blocks_of(view), gazetteer)
    return Grounding(
        document, view, gazetteer, passages, read_document(document, gazetteer).claims, "rule llm:m"
    )


@settings(max_examples=150, deadline=None)
@given(answer=st.lists(PROPOSALS, max_size=4))
def test_a_claim_says_only_what_stands_in_the_text(answer, grounding, gazetteer):
    (chunk,) = chunks_of(grounding.passages.blocks)
    proposals, _ = proposals_in(json.dumps({"claims": answer}))
    located, _ = located_in(chunk, proposals)
    named = {mention.code.partition(":")[0] for mention in gazetteer.link(TEXT)}
    for one in located:
        try:
            claim = grounding.claim(one)
        except UnfoundedError:
            continue
        assert claim.quote == TEXT[claim.char_start : claim.char_end]
        assert {*claim.subjects, *claim.objects} <= named
        assert claim.subjects or claim.objects
        if claim.number is not None and not claim.unit.startswith("rank"):
            assert claim.value in {quantity.text for quantity in quantities_of(claim.quote)}
        assert claim.attributed_to in TEXT or claim.attributed_to in ("AUTHOR", "UNSPECIFIED")
        assert claim.date_start[:4] in TEXT


@settings(max_examples=100, deadline=None)
@given(
    answer=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["claims", "quote", "paragraph", "x"]), inner)
        ),
        max_leaves=12,
    )
)
def test_any_json_is_proposals_or_said_to_be_none(answer):
    if isinstance(answer, dict) and isinstance(answer.get("claims"), list):
        proposals, rejected = proposals_in(json.dumps(answer))
        assert len(proposals) + len(rejected) == len(answer["claims"])
    else:
        with pytest.raises(ValueError, match=r"^it is JSON, but no object with a list"):
            proposals_in(json.dumps(answer))


def test_one_answer_holds_a_bounded_number_of_proposals():
    proposals, rejected = proposals_in(json.dumps({"claims": [{}] * (MOST + 7)}))
    assert proposals == []
    assert len(rejected) == MOST + 1
    assert rejected[-1].why == f"7 further proposals: one answer may hold {MOST}"
    assert rejected[0].why == "not a claim: paragraph: Field required"


@pytest.mark.parametrize(
    "wrapped",
    ["```json\n{}\n```", "<think>They want {claims}.</think>\n{}", "  {}  "],
    ids=["fence", "thought", "blank"],
)
def test_wrappings_that_models_like_are_taken_off(wrapped):
    assert proposals_in(wrapped.replace("{}", '{"claims": []}')) == ([], [])

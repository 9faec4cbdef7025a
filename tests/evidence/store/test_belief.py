"""Belief against values reckoned by hand from the formula of Gyori et al. 2017, with s = 0.05 and r = 0.3."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from multivector.evidence.store import EvidenceRow
from multivector.evidence.store.belief import SYSTEMATIC, belief_of, believe, independent, random_error
from multivector.evidence.store.precision import precision_of


def mention(document: str, quote: str, speaker: str = "AUTHOR", stance: str = "asserted") -> EvidenceRow:
    row = EvidenceRow(
        "", "claim", document, 0, len(quote), quote, "exact", "rules", "", "r", speaker, stance, {}
    )
    return replace(row, id=row.proper_id)


def with_precision(mean: float):
    return {"r": replace(precision_of("r"), mean=mean)}


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        ([], 0.0),
        ([[0.3]], 0.65),  # 1 - (0.05 + 0.3)
        ([[0.3, 0.3]], 0.86),  # 1 - (0.05 + 0.3^2)
        ([[0.3, 0.3, 0.3]], 0.923),  # 1 - (0.05 + 0.3^3)
        ([[0.3], [0.3]], 0.8775),  # 1 - 0.35^2
        ([[0.3, 0.3], [0.3]], 0.951),  # 1 - 0.14 * 0.35
        ([[0.3] * 10], 0.9499940951),  # 1 - (0.05 + 0.3^10): never beyond 1 - s
        ([[0.3]] * 10, 0.99997241452648),  # 1 - 0.35^10
    ],
)
def test_the_formula(errors, expected):
    assert belief_of(errors) == pytest.approx(expected, abs=1e-9)


def test_the_random_error_comes_from_the_precision():
    assert random_error(0.65) == pytest.approx(0.3)
    assert random_error(0.99) == pytest.approx(0.0)
    assert belief_of([[random_error(0.8)]]) == pytest.approx(0.8)


@settings(deadline=None)
@given(st.lists(st.lists(st.floats(0, 0.95), min_size=1, max_size=5), max_size=5), st.floats(0, 0.95))
def test_more_evidence_never_lowers_belief(errors, new):
    before = belief_of(errors)
    assert 0 <= before <= 1
    assert belief_of([*errors, [new]]) >= before - 1e-12
    if errors:
        assert belief_of([[*errors[0], new], *errors[1:]]) >= before - 1e-12
        assert belief_of(errors[:1]) <= 1 - SYSTEMATIC + 1e-12


def test_one_paper_quoted_ten_times_is_one_source():
    ten = [mention(f"d{n}", f"In words of its own ({n}), it is so", "The Registry") for n in range(10)]
    assert len(independent(ten, {})) == 1
    found = believe(ten, [], with_precision(0.65), {})
    assert found.value == pytest.approx(1 - (0.05 + 0.3**10))
    assert (found.mentions, found.sources) == (10, 1)
    assert believe(ten[:1], [], with_precision(0.65), {}).value == pytest.approx(0.65)


def test_the_same_words_count_once_wherever_they_stand():
    copies = [mention(f"d{n}", "It  is so." if n % 2 else "it is so.") for n in range(10)]
    found = believe(copies, [], with_precision(0.65), {})
    assert found.sources == 1
    assert found.value == pytest.approx(0.65)


def test_documents_of_their_own_are_sources_of_their_own():
    two = [mention("d1", "It is so."), mention("d2", "So it is.")]
    assert believe(two, [], with_precision(0.65), {}).value == pytest.approx(0.8775)
    one_author = {"d1": "A. Writer", "d2": "a. writer"}
    assert believe(two, [], with_precision(0.65), one_author).value == pytest.approx(0.86)


def test_a_chain_of_shared_documents_and_speakers_is_one_source():
    chain = [
        mention("d1", "one", "Registry"),
        mention("d3", "three"),
        mention("d2", "two", "the registry"),
        mention("d2", "two again"),
        mention("d3", "three again", "UNSPECIFIED"),
    ]
    assert sorted(len(group) for group in independent(chain, {})) == [2, 3]


def test_what_speaks_against_a_claim_stands_beside_it():
    mentions = [mention("d1", "It is so."), mention("d2", "It is not, he said.", "He", "denied")]
    opposite = [mention("d3", "It never was.")]
    hedged = mention("d4", "It may be so.", stance="hedged")
    found = believe([*mentions, hedged], opposite, with_precision(0.65), {})
    assert found.value == pytest.approx(0.65)
    assert found.against == pytest.approx(0.8775)
    assert (found.mentions, found.mentions_against, found.sources_against, found.uncounted) == (1, 2, 2, 1)


def test_a_person_who_read_it_leaves_the_systematic_error():
    one = [mention("d1", "It is so.")]
    assert believe(one, [], with_precision(0.5), {}, confirmed=True).value == pytest.approx(0.95)
    assert believe(one, [], with_precision(0.5), {}, misread=True).value == 0


def test_an_unknown_rule_has_the_prior():
    assert believe([mention("d1", "It is so.")], [], {}, {}).value == pytest.approx(0.5)

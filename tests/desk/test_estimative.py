"""Estimative words: the directive's ranges, and only where they are allowed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from multivector.desk.estimative import judgement_sentence, percent, scale, term_for

DIRECTIVE = [  # ICD 203, paragraph on expressions of likelihood
    ("almost no chance", "remote", 1, 5),
    ("very unlikely", "highly improbable", 5, 20),
    ("unlikely", "improbable", 20, 45),
    ("roughly even chance", "roughly even odds", 45, 55),
    ("likely", "probable", 55, 80),
    ("very likely", "highly probable", 80, 95),
    ("almost certain", "nearly certain", 95, 99),
]
WORDS = [word for term, other, _, _ in DIRECTIVE for word in (term, other)]


def test_the_scale_is_the_directives() -> None:
    assert [(t.term, t.alternative, t.low_pct, t.high_pct) for t in scale()] == DIRECTIVE


@pytest.mark.parametrize(
    ("p", "term"),
    [
        (0.0, "almost no chance"), (0.049, "almost no chance"), (0.05, "very unlikely"), (0.2, "unlikely"),
        (0.4499, "unlikely"), (0.45, "roughly even chance"), (0.55, "likely"), (0.57, "likely"),
        (0.8, "very likely"), (0.95, "almost certain"), (1.0, "almost certain"),
    ],
)  # fmt: skip
def test_a_probability_on_an_end_takes_the_higher_term(p: float, term: str) -> None:
    assert term_for(p).term == term


def test_with_a_track_record_the_sentence_has_word_range_and_probability() -> None:
    sentence = judgement_sentence(0.86, 2000, "It falls.", beats_persistence=True)
    assert str(sentence) == "Very likely (80–95%; here 86%): It falls."


@pytest.mark.parametrize(
    ("p", "lead"),
    [(0.62, "In 1,240 of 2,000 runs"), (0.0, "In none of 2,000 runs"), (1.0, "In all 2,000 runs")],
)
def test_without_one_it_counts_runs(p: float, lead: str) -> None:
    sentence = judgement_sentence(p, 2000, "It falls.", beats_persistence=False)
    assert str(sentence) == f"{lead} under stated priors: It falls."
    assert sentence.term is None


@given(p=st.floats(0, 1), n=st.integers(1, 10_000))
def test_no_word_slips_in_without_a_track_record(p: float, n: int) -> None:
    said = str(judgement_sentence(p, n, "X.", beats_persistence=False)).lower()
    assert not any(word in said for word in WORDS)


@given(p=st.floats(0, 1))
def test_the_percentage_is_never_nothing_or_everything(p: float) -> None:
    assert percent(p) not in {"0%", "100%"}


@given(p=st.floats(0.01, 0.99))
def test_the_percentage_lies_in_the_terms_range(p: float) -> None:
    term = term_for(p)
    assert term.low_pct <= int(percent(p).rstrip("%")) <= term.high_pct


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="not a probability"):
        judgement_sentence(p, 10, "X.", beats_persistence=True)


def test_no_runs_no_judgement() -> None:
    with pytest.raises(ValueError, match="at least one run"):
        judgement_sentence(0.5, 0, "X.", beats_persistence=True)

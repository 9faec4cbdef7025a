"""Denials, comparisons, bodies that are followed in part, months, flows: never the wrong way round.

No true sentence may be refuted and no false one supported; not to know is allowed.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from multivector.evidence import check_claims, read_documents

with (Path(__file__).parent / "hard_sentences.csv").open(encoding="utf-8", newline="") as file:
    SENTENCES = [(row["truth"], row["sentence"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def verdicts(central, tmp_path_factory) -> dict[str, set[str]]:
    text = tmp_path_factory.mktemp("hard") / "hard.txt"
    text.write_text("\n\n".join(sentence for _, sentence in SENTENCES) + "\n", encoding="utf-8")
    [document], claims = read_documents([text], central)
    found: dict[str, set[str]] = {sentence: set() for _, sentence in SENTENCES}
    for claim, verdict in zip(claims, check_claims(claims, central), strict=True):
        for sentence, words in found.items():
            start = document.text.find(sentence)
            if start <= claim.char_start < start + len(sentence):
                words.add(verdict.verdict)
    return found


@pytest.mark.parametrize(("truth", "sentence"), SENTENCES, ids=[s for _, s in SENTENCES])
def test_never_the_wrong_way_round(verdicts, truth, sentence):
    words = verdicts[sentence]
    if truth == "true":
        assert "refuted" not in words
    else:
        assert "supported" not in words or "refuted" in words

"""The example articles: the three planted errors are refuted, and nothing else is."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from multivector.evidence import check_claims, read_documents

ARTICLES = Path(__file__).resolve().parents[3] / "examples" / "articles"


@pytest.fixture(scope="module")
def checked(central):
    paths = sorted(path for path in ARTICLES.glob("*.md") if path.name != "SOURCES.md")
    documents, claims = read_documents(paths, central)
    return documents, claims, check_claims(claims, central)


def test_what_was_planted_is_refuted_and_nothing_else(checked):
    _, claims, verdicts = checked
    planted = list(csv.DictReader((ARTICLES / "planted.csv").read_text(encoding="utf-8").splitlines()))
    refuted = [claim for claim, verdict in zip(claims, verdicts, strict=True) if verdict.verdict == "refuted"]
    assert len(refuted) == len(planted)
    for row in planted:
        assert any(
            c.doc == row["doc"] and (row["quote"] in c.quote or c.quote in row["quote"]) for c in refuted
        ), row


def test_most_other_figures_are_supported(checked):
    _, _, verdicts = checked
    assert Counter(v.verdict for v in verdicts)["supported"] >= 25


def test_every_quote_stands_in_its_document(checked):
    documents, claims, _ = checked
    texts = {document.doc: document.text for document in documents}
    for claim in claims:
        assert claim.quote == texts[claim.doc][claim.char_start : claim.char_end]


def test_the_authors_are_known(checked):
    documents, claims, _ = checked
    assert {d.author for d in documents} == {"multivector example"} == {c.article_author for c in claims}

"""How well the reader does on the annotated articles, by the reference scorer."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from multivector.evidence import check_claims, read_claims, read_documents, write_claims

pytestmark = pytest.mark.reference

ARTICLES = {
    "fazl-e-haider": ("fazl-e-haider-arms-race.txt", "claims_fazl-e-haider.csv"),
    "astana-times": ("astana-times-middle-power.txt", "claims_astana-times.csv"),
}


def _score(shared, gold, predicted) -> dict[str, float]:
    tool = shared / "reading" / "score_claims.py"
    vocabulary = shared / "reading" / "ontology_predicates.csv"
    command = [sys.executable, str(tool), str(gold), str(predicted), str(vocabulary)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {
        "recall": float(re.search(r"recall ([\d.]+)", said)[1]),
        "precision": float(re.search(r"precision ([\d.]+)", said)[1]),
        "loose": float(re.search(r"loose \(.*?\) ([\d.]+)", said)[1]),
    }


@pytest.mark.parametrize("name", ARTICLES)
def test_floors_on_each_article(name, shared, central, tmp_path):
    text, gold = ARTICLES[name]
    documents, claims = read_documents([shared / "articles" / text], central)
    for claim in claims:
        assert claim.quote == documents[0].text[claim.char_start : claim.char_end]
    score = _score(shared, shared / "articles" / gold, write_claims(claims, tmp_path / "claims.csv"))
    assert score["recall"] >= 0.40
    assert score["loose"] >= 0.10
    assert score["precision"] >= 0.40


def test_floors_on_both_together(shared, central, tmp_path):
    folder = shared / "articles"
    _, claims = read_documents([folder / text for text, _ in ARTICLES.values()], central)
    first, second = (read_claims(folder / gold) for _, gold in ARTICLES.values())
    gold = write_claims([*first, *second], tmp_path / "gold.csv")
    score = _score(shared, gold, write_claims(claims, tmp_path / "claims.csv"))
    assert score["recall"] >= 0.40
    assert score["loose"] >= 0.10


def test_the_invented_texts(shared, central, tmp_path):
    _, claims = read_documents([shared / "reading" / "dev_docs"], central)
    score = _score(shared, shared / "reading" / "dev_claims.csv", write_claims(claims, tmp_path / "c.csv"))
    assert score["recall"] >= 0.80
    assert score["loose"] >= 0.60


def test_annotated_claims_are_checked(shared, central):
    """The annotations' own claims: 94 percent holds, an observer that is none does not."""
    claims = read_claims(shared / "articles" / "claims_fazl-e-haider.csv")
    verdicts = {v.claim_id: v for v in check_claims(claims, central)}
    assert verdicts["S110"].verdict == "supported"
    assert verdicts["S153"].verdict == "refuted"
    assert verdicts["S117"].verdict == "not checkable"
    assert verdicts["S121"].verdict == "not checkable"


def test_an_article_without_annotations_is_read_whole(shared, central):
    [document], claims = read_documents([shared / "articles" / "abazov-middle-power.txt"], central)
    assert document.author == "Rafis Abazov"
    assert len(claims) > 20
    assert all(claim.quote == document.text[claim.char_start : claim.char_end] for claim in claims)

"""Sentences on arms, memberships, output, trade, energy and routes, half of them wrong: who is flagged."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from multivector.evidence import check_claims, read_documents

SENTENCES = Path(__file__).with_name("planted_sentences.csv")


@pytest.fixture(scope="module")
def words_by_row(central, tmp_path_factory):
    rows = list(csv.DictReader(SENTENCES.read_text(encoding="utf-8").splitlines()))
    text = tmp_path_factory.mktemp("planted") / "planted.txt"
    text.write_text("\n\n".join(row["sentence"] for row in rows), encoding="utf-8")
    [document], claims = read_documents([text], central)
    found = []
    for row, verdicts in ((row, []) for row in rows):
        start = document.text.find(row["sentence"])
        end = start + len(row["sentence"])
        mine = [claim for claim in claims if start <= claim.char_start < end]
        found.append((row, [*verdicts, *check_claims(mine, central)]))
    return found


def _flagged(verdicts):
    return any(verdict.verdict in ("refuted", "partly") for verdict in verdicts)


def test_at_least_nine_in_ten_wrong_sentences_are_flagged(words_by_row):
    wrong = [(row, verdicts) for row, verdicts in words_by_row if row["truth"] == "wrong"]
    missed = [row["sentence"] for row, verdicts in wrong if not _flagged(verdicts)]
    assert len(missed) <= len(wrong) // 10, missed


def test_at_most_one_in_twenty_true_sentences_is_flagged(words_by_row):
    true = [(row, verdicts) for row, verdicts in words_by_row if row["truth"] == "true"]
    flagged = [row["sentence"] for row, verdicts in true if _flagged(verdicts)]
    assert len(flagged) <= len(true) // 20, flagged


def test_what_is_flagged_names_data_and_version(words_by_row, central):
    decided = [v for _, verdicts in words_by_row for v in verdicts if v.verdict != "not checkable"]
    assert len(decided) >= 50
    for verdict in decided:
        assert all((verdict.dataset, verdict.query, verdict.why, verdict.tolerance)), verdict
        assert central.hash[:12] in verdict.data_version
        assert verdict.source, verdict
        for key in verdict.source:
            assert central.source(key)

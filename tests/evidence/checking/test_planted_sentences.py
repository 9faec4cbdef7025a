"""Sentences on arms, memberships, output, trade, energy and routes, many of them wrong: who is flagged.

Sets `a` and `b` were written by others than the checker's author, from the region's sources and public references;
the floors are what was reached, and what no table holds stays unflagged.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from multivector.evidence import check_claims, read_documents

HERE = Path(__file__).parent
FLOORS = {
    "planted_sentences": (0.9, 0.05),
    "planted_a": (37 / 40, 0.0),
    "planted_b": (34 / 40, 0.0),
    "planted_c": (18 / 20, 1 / 20),
}


@pytest.fixture(scope="module")
def checked(central, tmp_path_factory):
    """Set -> its rows, each with the verdicts on the claims read in its sentence."""
    folder = tmp_path_factory.mktemp("planted")
    found = {}
    for name in FLOORS:
        rows = list(csv.DictReader((HERE / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
        text = folder / f"{name}.txt"
        text.write_text("\n\n".join(row["sentence"] for row in rows), encoding="utf-8")
        [document], claims = read_documents([text], central)
        verdicts = list(zip(claims, check_claims(claims, central), strict=True))
        found[name] = [(row, _within(document.text, row["sentence"], verdicts)) for row in rows]
    return found


def _within(text, sentence, verdicts):
    start = text.find(sentence)
    return [v for claim, v in verdicts if start <= claim.char_start < start + len(sentence)]


def _flagged(rows, truth):
    rows = [(row["sentence"], verdicts) for row, verdicts in rows if row["truth"] == truth]
    flagged = {s for s, verdicts in rows if any(v.verdict in ("refuted", "partly") for v in verdicts)}
    return flagged, {s for s, _ in rows} - flagged


@pytest.mark.parametrize("name", FLOORS)
def test_wrong_sentences_are_flagged(checked, name):
    flagged, missed = _flagged(checked[name], "wrong")
    assert len(flagged) >= FLOORS[name][0] * (len(flagged) + len(missed)) - 1e-9, missed


@pytest.mark.parametrize("name", FLOORS)
def test_true_sentences_are_not(checked, name):
    flagged, passed = _flagged(checked[name], "true")
    assert len(flagged) <= FLOORS[name][1] * (len(flagged) + len(passed)) + 1e-9, flagged


def test_what_is_decided_names_data_version_and_source(checked, central):
    every = [v for rows in checked.values() for _, verdicts in rows for v in verdicts]
    decided = [v for v in every if v.verdict != "not checkable"]
    assert len(decided) >= 150
    for verdict in decided:
        assert all((verdict.dataset, verdict.query, verdict.why, verdict.tolerance)), verdict
        assert central.hash[:12] in verdict.data_version
        assert verdict.source, verdict
        for key in verdict.source:
            assert central.source(key)

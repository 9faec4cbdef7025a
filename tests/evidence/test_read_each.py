"""Reading many documents: in order, the same on any number of processes, and no more held than are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from multivector.evidence.read_each import read_each
from multivector.evidence.reading.protocol import Reading
from multivector.evidence.reading.reader import RuleReader
from multivector.evidence.records import Document


def _documents(number: int, words: int = 12) -> list[Document]:
    text = "Averia joined the Harbour Pact in 2001. Belmaria exported grain to Corvenia. " * (words // 12)
    return [Document(f"{n}.txt", Path(f"{n}.txt"), f"{n:064}", text) for n in range(number)]


def test_claims_do_not_depend_on_the_processes(gazetteer, monkeypatch):
    monkeypatch.setattr("multivector.evidence.read_each._CHUNK", 1)  # each document travels by itself
    documents = _documents(4, 24)
    one = list(read_each(documents, RuleReader(gazetteer), 1))
    assert [document for document, _ in one] == documents
    assert any(reading.claims for _, reading in one)
    assert list(read_each(documents, RuleReader(gazetteer), 2)) == one


@pytest.mark.parametrize("processes", [1, 2])
def test_documents_are_taken_up_as_they_are_read(gazetteer, processes):
    """Memory does not grow with their number: a few chunks are under way, the rest not yet loaded."""
    loaded = 0

    def counted() -> Iterator[Document]:
        nonlocal loaded
        for document in _documents(200, 4800):
            loaded += 1
            yield replace(document, language="ru")  # nobody reads it: it only travels

    readings = read_each(counted(), RuleReader(gazetteer), processes)
    next(readings)
    assert loaded <= 20
    readings.close()


def test_a_language_that_is_not_read_gives_no_claims(gazetteer):
    [document] = _documents(1)
    [(_, reading)] = read_each([replace(document, language="ru")], RuleReader(gazetteer))
    assert reading == Reading([])

"""An invented gazetteer, and short ways to read a text with it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from multivector.atlas import load_region
from multivector.evidence.reading.gazetteer import Gazetteer
from multivector.evidence.reading.reader import read_document
from multivector.evidence.records import Claim, Document

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Names of states that do not exist."""
    return Gazetteer.from_table(pl.read_csv(HERE / "gazetteer.csv", infer_schema_length=0))


@pytest.fixture(scope="session")
def read(gazetteer):
    """Read a text into claims, as if it were a document of that name."""

    def claims_in(text: str, *, date: str = "", author: str = "", markdown: bool = False) -> list[Claim]:
        document = Document("text.txt", Path("text.txt"), "0" * 64, text, "", author, date, markdown)
        claims = read_document(document, gazetteer).claims
        for claim in claims:
            assert claim.quote == text[claim.char_start : claim.char_end]
        return claims

    return claims_in


@pytest.fixture(scope="session")
def only(read):
    """The one claim of a predicate in a text."""

    def one(text: str, predicate: str, **about: str) -> Claim:
        found = [claim for claim in read(text, **about) if claim.predicate == predicate]
        assert len(found) == 1, [(c.predicate, c.quote) for c in read(text, **about)]
        return found[0]

    return one


@pytest.fixture(scope="session")
def central():
    """The region that comes with the package."""
    return load_region()

"""Two short invented articles, their claims, and a store that holds them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from multivector.evidence.records import Claim, Document
from multivector.evidence.store import ClaimStore

FIRST = "Corvenia supplied 94 percent of Averia's arms imports between 2011 and 2020. Averia joined the Ring in 2015."
SECOND = (
    "According to the Registry, Corvenia supplied 94 percent of Averia's arms imports between 2011 and 2020."
)


def document(doc: str, text: str, author: str = "") -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(doc=doc, path=Path(doc), sha256=sha256, text=text, author=author, source=doc)


def claim(key: str, doc: Document, quote: str, **more: str) -> Claim:
    start = doc.text.index(quote)
    said = {
        "claim_type": "share",
        "subject": "Corvenia",
        "subject_code": "COR",
        "predicate": "arms_share_of_imports",
        "object": "Averia",
        "object_code": "AVE",
        "value": "94",
        "value_op": "=",
        "unit": "percent",
        "date_start": "2011",
        "date_end": "2020",
        "note": "rule arms-share.supply",
    } | more
    return Claim(
        id=key,
        doc=doc.doc,
        article_author=doc.author,
        quote=quote,
        char_start=start,
        char_end=start + len(quote),
        **said,  # type: ignore[arg-type]
    )


@pytest.fixture
def documents() -> list[Document]:
    return [document("first.txt", FIRST, "A. Writer"), document("second.txt", SECOND, "B. Writer")]


@pytest.fixture
def claims(documents: list[Document]) -> list[Claim]:
    first, second = documents
    share = "Corvenia supplied 94 percent of Averia's arms imports between 2011 and 2020"
    return [
        claim("c-1", first, share),
        claim(
            "c-2",
            first,
            "Averia joined the Ring in 2015",
            claim_type="membership",
            subject="Averia",
            subject_code="AVE",
            predicate="member_of",
            object="the Ring",
            object_code="RING",
            value="",
            value_op="",
            unit="",
            date_start="2015",
            date_end="2015",
            note="rule member.join",
        ),
        claim("c-3", second, f"According to the Registry, {share}", attributed_to="the Registry", stance="reported"),
    ]  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "claims.sqlite"


@pytest.fixture
def store(place: Path, documents: list[Document], claims: list[Claim]) -> ClaimStore:
    made = ClaimStore(place, create=True)
    made.add(claims, documents)
    return made

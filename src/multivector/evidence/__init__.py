"""Evidence: documents read into claims with their exact quotes, and claims checked against the region.

    documents, claims = read_documents(["article.txt"], region)
    verdicts = check_claims(claims, region)

A claim never becomes a fact by code: a person merges a row into the region with the claim's id as its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from multivector.atlas import Region
from multivector.evidence.checking import Contradiction, Verdict, check_claims, find_contradictions
from multivector.evidence.claims_file import read_claims, write_claims
from multivector.evidence.records import Claim, Document

if TYPE_CHECKING:
    from multivector.evidence.documents.fetch import Fetch
    from multivector.evidence.reading.protocol import Reader

__all__ = [
    "Claim",
    "Contradiction",
    "Document",
    "Verdict",
    "check_claims",
    "find_contradictions",
    "read_claims",
    "read_documents",
    "write_claims",
]


def read_documents(
    paths: Iterable[str | Path] | str | Path,
    region: Region,
    *,
    reader: Reader | None = None,
    processes: int = 1,
    fetch: Fetch | None = None,
) -> tuple[list[Document], list[Claim]]:
    """Read documents into claims.

    Parameters
    ----------
    paths : text, Markdown, HTML, PDF, Word, RSS or Atom files, folders with such files in them, or
        addresses (`https://...`), which are fetched only with `fetch`.
    region : its gazetteer links names to actors.
    reader : what turns a document into claims; the rules unless told otherwise.
    processes : to read with; results do not depend on it.
    fetch : how to fetch addresses: `Fetch()` with the limits that are usual.

    Returns
    -------
    documents : in the order read; `Document.doc` names each in its claims. One whose `language` is not
        read yields no claims.
    claims : in the order of the text, each with `quote == text[char_start:char_end]` (code points).

    Raises
    ------
    DocumentError : a document cannot be read, or an address not fetched; nothing was read yet.
    InputError : the region has no gazetteer.
    """
    from multivector.evidence.documents.corpus import corpus_of
    from multivector.evidence.read_each import read_each
    from multivector.evidence.reading.gazetteer import Gazetteer
    from multivector.evidence.reading.reader import RuleReader

    with corpus_of(paths, fetch) as corpus:
        reader = reader or RuleReader(Gazetteer.from_table(region.table("gazetteer")))
        documents: list[Document] = []
        claims: list[Claim] = []
        for document, reading in read_each(corpus, reader, processes):
            documents.append(document)
            claims += reading.claims
    return documents, claims

"""Evidence: documents read into claims with their exact quotes, and claims checked against the region.

    documents, claims = read_documents(["article.txt"], region)
    verdicts = check_claims(claims, region)

A claim never becomes a fact by code: a person merges a row into the region with the claim's id as its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from multivector.atlas import Region
from multivector.evidence.checking import Verdict, check_claims
from multivector.evidence.claims_file import read_claims, write_claims
from multivector.evidence.records import Claim, Document

__all__ = [
    "Claim",
    "Document",
    "Verdict",
    "check_claims",
    "read_claims",
    "read_documents",
    "write_claims",
]


def read_documents(paths: Iterable[str | Path], region: Region) -> tuple[list[Document], list[Claim]]:
    """Read documents into claims.

    Parameters
    ----------
    paths : text, Markdown or HTML files, or folders with such files in them.
    region : its gazetteer links names to actors.

    Returns
    -------
    documents : in the order read; `Document.doc` names each in its claims.
    claims : in the order of the text, each with `quote == text[char_start:char_end]` (code points).

    Raises
    ------
    DocumentError : a document is missing, empty, binary, wrongly encoded or too large.
    InputError : the region has no gazetteer.
    """
    from multivector.evidence.documents.files import documents_from
    from multivector.evidence.reading.gazetteer import Gazetteer
    from multivector.evidence.reading.reader import read_document

    documents = documents_from([paths] if isinstance(paths, (str, Path)) else paths)
    gazetteer = Gazetteer.from_table(region.table("gazetteer"))
    claims = [claim for document in documents for claim in read_document(document, gazetteer)]
    return documents, claims

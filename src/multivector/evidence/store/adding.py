"""From claims and documents as read to the rows that keep them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from multivector.errors import ClaimsError
from multivector.evidence.checking.verdict import Verdict
from multivector.evidence.claims_file import cell_faults
from multivector.evidence.records import COLUMNS, Claim, Document
from multivector.evidence.store.rows import (
    UNREAD,
    AddressRow,
    ClaimRow,
    DocumentRow,
    EvidenceRow,
    Row,
    TextRow,
)
from multivector.evidence.store.verdicts import Checked

_RULE: Final = re.compile(r"rule ([^\s;,]+)")
_AS_READ: Final = (
    "id", "doc", "article_author", "subject", "subject_code", "object", "object_code", "claim_type", "plover",
    "checkable", "cluster", "note",
)  # fmt: skip
SHOWN: Final = 20  # faults in one message


@dataclass(frozen=True)
class Batch:
    """Rows by kind, and the mention of each claim given, by its id in the claims file."""

    rows: Mapping[str, Sequence[Row]]
    mentions: Mapping[str, EvidenceRow]

    def checked(self, verdict: Verdict) -> Checked:
        """A verdict with the claim and the mention that it is on.

        Raises
        ------
        ClaimsError : it is on a claim that was not given.
        """
        mention = self.mentions.get(verdict.claim_id)
        if mention is None:
            raise ClaimsError(
                f"a verdict on the claim {verdict.claim_id!r}, which is not among those given",
                where="verdicts",
                repair="store the verdicts together with the claims that were checked",
            )
        return mention.claim, mention.id, verdict


def batch_of(
    claims: Sequence[Claim],
    documents: Sequence[Document],
    stored_texts: Mapping[str, Sequence[tuple[str, str]]],
    *,
    reader: str,
    version: str,
) -> Batch:
    """The rows of claims and their documents.

    Parameters
    ----------
    stored_texts : key and text of documents that the store has already, by name.

    Raises
    ------
    ClaimsError : ids or names of documents given twice, cells that do not hold, quotes that are not in their document.
    """
    _require_single([claim.id for claim in claims], "claim id")
    _require_single([document.doc for document in documents], "document")
    given = {document.doc: document for document in documents}
    kept: dict[str, DocumentRow] = {document.sha256: _document(document) for document in documents}
    mentions: dict[str, EvidenceRow] = {}
    faults: list[str] = []
    for claim in claims:
        faults += [
            f"{claim.id}: {fault}"
            for fault in cell_faults({name: str(getattr(claim, name)) for name in COLUMNS})
        ]
        key = ""
        if claim.doc in given:
            key, text = given[claim.doc].sha256, given[claim.doc].text
            if not _holds(text, claim):
                faults.append(
                    f"{claim.id}: {claim.doc} does not hold {_short(claim.quote)} at {_span(claim)}"
                )
        else:
            holding = [known for known, text in stored_texts.get(claim.doc, ()) if _holds(text, claim)]
            key = holding[0] if len(holding) == 1 else ""
        if not key:
            document = DocumentRow(UNREAD + claim.doc, claim.doc, author=claim.article_author)
            key = kept.setdefault(document.sha256, document).sha256
        mentions[claim.id] = _mention(claim, key, reader, version)
    if faults:
        raise ClaimsError(
            f"{len(faults)} fault{'s' if len(faults) > 1 else ''} in the claims\n"
            + "\n".join(f"  {fault}" for fault in faults[:SHOWN]),
            where="claims",
            repair="mend the claims, or name the documents that were read; nothing was stored",
        )
    rows: dict[str, Sequence[Row]] = {
        "document": list(kept.values()),
        "text": [TextRow(document.sha256, document.text) for document in documents],
        "address": [
            AddressRow(document.sha256, address) for document in documents for address in _addresses(document)
        ],
        "claim": [ClaimRow.of(claim) for claim in claims],
        "evidence": list(mentions.values()),
    }
    return Batch(rows, mentions)


def _require_single(names: Sequence[str], what: str) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise ClaimsError(
            f"the {what} {', '.join(repr(name) for name in twice[:SHOWN])} is given twice",
            where="claims",
            repair="give each its own, or leave out the repeat; nothing was stored",
        )
    if "" in names:
        raise ClaimsError(
            f"a {what} is empty", where="claims", repair="give each its own; nothing was stored"
        )


def _addresses(document: Document) -> tuple[str, ...]:
    return document.addresses or (document.source or document.doc,)


def _document(document: Document) -> DocumentRow:
    return DocumentRow(
        sha256=document.sha256,
        doc=document.doc,
        source=document.source or document.doc,
        title=document.title,
        author=document.author,
        date=document.date,
        licence=document.licence,
        language=document.language,
    )


def _mention(claim: Claim, document: str, reader: str, version: str) -> EvidenceRow:
    rule = _RULE.match(claim.note)
    alignment: Literal["exact", "unverified"] = "unverified" if document.startswith(UNREAD) else "exact"
    row = EvidenceRow(
        id="",
        claim=claim.content,
        document=document,
        char_start=claim.char_start,
        char_end=claim.char_end,
        quote=claim.quote,
        alignment=alignment,
        reader=reader or _reader_of(rule[1] if rule else ""),
        reader_version=version,
        rule=rule[1] if rule else "",
        attributed_to=claim.attributed_to or "AUTHOR",
        stance=claim.stance,
        as_read={name: str(getattr(claim, name)) for name in _AS_READ},
    )
    return replace(row, id=row.proper_id)


def _reader_of(rule: str) -> str:
    """Who found a claim: a rule `llm:MODEL` says it itself."""
    if not rule:
        return "hand"
    return rule.partition(":")[0] if ":" in rule else "rules"


def _holds(text: str, claim: Claim) -> bool:
    return bool(claim.quote) and text[claim.char_start : claim.char_end] == claim.quote


def _span(claim: Claim) -> str:
    return f"{claim.char_start} to {claim.char_end}"


def _short(quote: str) -> str:
    return ascii(quote if len(quote) <= 60 else quote[:57] + "...")

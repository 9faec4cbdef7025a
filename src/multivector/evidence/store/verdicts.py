"""What data say of the mentions of claims, as the ledger keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from multivector.evidence.checking.verdict import Verdict
from multivector.evidence.records import Claim
from multivector.evidence.store.book import Book
from multivector.evidence.store.rows import ClaimRow, EvidenceRow, VerdictRow
from multivector.evidence.store.tables import insert_missing, stored

Checked = tuple[str, str, Verdict]  # claim, mention, verdict


def keep_verdicts(connection: Connection, given: Iterable[Checked]) -> list[VerdictRow]:
    """Store the verdicts that say something else than the last on the same claim and mention; those stored."""
    last = {(row.claim, row.evidence): row.content for row in stored(connection, VerdictRow)}
    moment = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    rows = [_row(claim, mention, verdict, moment) for claim, mention, verdict in given]
    new = [row for row in rows if last.get((row.claim, row.evidence)) != row.content]
    insert_missing(connection, new)
    return new


def _row(claim: str, mention: str, verdict: Verdict, moment: str) -> VerdictRow:
    row = VerdictRow(
        id="",
        claim=claim,
        evidence=mention,
        verdict=verdict.verdict,
        why=verdict.why,
        dataset=verdict.dataset,
        data_version=verdict.data_version,
        query=verdict.query,
        computed=verdict.computed,
        computed_text=verdict.computed_text,
        tolerance=verdict.tolerance,
        window=verdict.window,
        sources=tuple(verdict.source),
        checked=moment,
    )
    return replace(row, id=row.proper_id)


def claims_to_check(book: Book) -> dict[str, tuple[str, str, Claim]]:
    """Each mention of each claim that stands, as a claim of the checker; by an id of its own."""
    found = {}
    for claim in book.claims.values():
        if book.stands(claim.id):
            for mention in book.mentions(claim.id):
                key = f"{claim.id} {mention.id}"
                found[key] = (claim.id, mention.id, replace(_as_said(book, claim, mention), id=key))
    return found


def _as_said(book: Book, claim: ClaimRow, mention: EvidenceRow) -> Claim:
    """The claim where it is mentioned; its actors in the words of the text where they are those it was read with."""
    said = mention.as_read if mention.claim == claim.id else {}
    kept = ("subject", "subject_code", "object", "object_code", "checkable", "cluster", "note")
    return replace(
        claim.as_claim(),
        doc=book.documents[mention.document].doc,
        article_author=book.documents[mention.document].author,
        quote=mention.quote,
        char_start=mention.char_start,
        char_end=mention.char_end,
        stance=mention.stance,
        attributed_to=mention.attributed_to,
        **{name: said[name] for name in kept if said.get(name)},
    )

"""Whether a row that comes from elsewhere holds together with those before it and with the store."""

from __future__ import annotations

import datetime as dt
from typing import Final, get_args

from sqlalchemy import Connection

from multivector.evidence.checking.verdict import Word
from multivector.evidence.claims_file import cell_faults
from multivector.evidence.records import COLUMNS, STANCES
from multivector.evidence.store.curating import curation_fault
from multivector.evidence.store.rows import (
    AddressRow,
    ClaimRow,
    Curation,
    DocumentRow,
    EvidenceRow,
    Row,
    TextRow,
    VerdictRow,
)
from multivector.evidence.store.schema import KINDS
from multivector.evidence.store.tables import stored

AHEAD: Final = dt.timedelta(days=1)  # how far another machine's clock may be ahead of ours


class LineFault(ValueError):  # noqa: N818  # a fault of a line, told with its number by who reads the lines
    """What does not fit in a line."""


class Incoming:
    """Rows taken in so far, each checked against the others and the store."""

    def __init__(self, connection: Connection, now: dt.datetime) -> None:
        self.rows: dict[type[Row], list[Row]] = {kind: [] for kind in KINDS}
        self._latest = now + AHEAD
        self._documents = {row.sha256 for row in stored(connection, DocumentRow)}
        self._texts = {row.document: row.text for row in stored(connection, TextRow)}
        self._claims = {row.id for row in stored(connection, ClaimRow)}
        self._evidence = {row.id for row in stored(connection, EvidenceRow)}

    def take(self, row: Row) -> str:
        """Take a row in; what does not fit, or nothing where all does."""
        if isinstance(row, DocumentRow):
            self._documents.add(row.sha256)
            fault = ""
        elif isinstance(row, TextRow | AddressRow):
            fault = self._of_document(row)
        elif isinstance(row, ClaimRow):
            fault = self._claim(row)
        elif isinstance(row, EvidenceRow):
            fault = self._mention(row)
        elif isinstance(row, VerdictRow):
            fault = self._verdict(row)
        elif isinstance(row, Curation):
            fault = self._curation(row)
        else:
            fault = f"no row of the ledger: {type(row).__name__}"
        self.rows[type(row)].append(row)
        return fault

    def _of_document(self, row: TextRow | AddressRow) -> str:
        if row.document not in self._documents:
            return f"of a document {row.document[:80]} that is not there"
        if isinstance(row, TextRow) and self._texts.setdefault(row.document, row.text) != row.text:
            return f"another text of the document {row.document[:80]} than the store has"
        return ""

    def _claim(self, row: ClaimRow) -> str:
        claim = row.as_claim()
        faults = cell_faults({name: str(getattr(claim, name)) for name in COLUMNS})
        self._claims.add(row.id)
        return "; ".join(faults) or _proper(row)

    def _mention(self, row: EvidenceRow) -> str:
        if row.document not in self._documents:
            return f"of a document {row.document[:80]} that is not there"
        if row.claim not in self._claims:
            return f"of a claim {row.claim[:80]} that is not there"
        if row.stance not in STANCES:
            return f"stance: one of {', '.join(STANCES)}"
        text = self._texts.get(row.document)
        if text is not None and text[row.char_start : row.char_end] != row.quote:
            return f"the document does not hold {row.quote[:60]!a} at {row.char_start} to {row.char_end}"
        self._evidence.add(row.id)
        return _proper(row)

    def _verdict(self, row: VerdictRow) -> str:
        if row.evidence not in self._evidence:
            return f"on a mention {row.evidence[:80]} that is not there"
        if row.claim not in self._claims:
            return f"of a claim {row.claim[:80]} that is not there"
        if row.verdict not in get_args(Word):
            return f"verdict: one of {', '.join(get_args(Word))}"
        return self._moment(row.checked) or _proper(row)

    def _curation(self, row: Curation) -> str:
        fault = curation_fault(row)
        missing = [each for each in (row.claim, *row.into) if not fault and each not in self._claims]
        if missing:
            return f"of a claim {missing[0][:80]} that is not there"
        return fault or self._moment(row.when)

    def _moment(self, text: str) -> str:
        try:
            moment = dt.datetime.fromisoformat(text)
        except ValueError:
            return f"{text[:60]!a} is no moment"
        if moment.tzinfo is None or moment.astimezone(dt.UTC).isoformat(timespec="microseconds") != text:
            return f"{text[:60]} is not UTC with microseconds, as in 2026-01-31T12:00:00.000000+00:00"
        # One curation dated far ahead would decide for ever.
        return f"{text} is yet to come" if moment > self._latest else ""


def _proper(row: ClaimRow | EvidenceRow | VerdictRow) -> str:
    return (
        ""
        if row.id == row.proper_id
        else f"the id {row.id[:80]} is not that of its content ({row.proper_id})"
    )

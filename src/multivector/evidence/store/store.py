"""The store of claims: rows go in and never change; a `Book` comes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, select

from multivector.atlas import Region
from multivector.evidence.checking import Verdict, check_claims
from multivector.evidence.records import Claim, Document
from multivector.evidence.store.adding import batch_of
from multivector.evidence.store.book import Book, find_claim
from multivector.evidence.store.curating import Change, decide
from multivector.evidence.store.database import Database
from multivector.evidence.store.lines import Imported, export_lines, import_lines
from multivector.evidence.store.one_line import one_line
from multivector.evidence.store.rows import Action, ClaimRow, Curation, DocumentRow, EvidenceRow, VerdictRow
from multivector.evidence.store.schema import curations, documents, texts
from multivector.evidence.store.tables import insert_missing, stored
from multivector.evidence.store.verdicts import claims_to_check, keep_verdicts


@dataclass(frozen=True, slots=True)
class Added:
    """How many rows were new; how many of the claims given are mentions that the store had (`known`), and
    how many stand in a document that is not at hand (`unverified`).
    """

    documents: int
    claims: int
    mentions: int
    known: int
    unverified: int
    verdicts: int


class ClaimStore:
    """Documents, claims, evidence, verdicts and curations in a database.

    Parameters
    ----------
    place : a file (SQLite), or the URL of a database.
    create : whether the store may be begun there.

    Raises
    ------
    ClaimsError : there is none, or what is there is no ledger of claims of a version that is known.
    StorageError : the place cannot be used.
    """

    def __init__(self, place: str | Path, *, create: bool = False) -> None:
        self._database = Database(place, create=create)
        self.name = self._database.name

    def book(self) -> Book:
        """The ledger as it stands, seen at one moment."""
        with self._database.reading() as connection:
            return Book(
                self.name,
                {row.sha256: row for row in stored(connection, DocumentRow)},
                {row.id: row for row in stored(connection, ClaimRow)},
                tuple(stored(connection, EvidenceRow)),
                tuple(stored(connection, VerdictRow)),
                tuple(stored(connection, Curation)),
            )

    def text(self, document: str) -> str | None:
        """The text of a document by its key; None where the store has none."""
        with self._database.reading() as connection:
            return connection.execute(select(texts.c.text).where(texts.c.document == document)).scalar()

    def add(
        self,
        claims: Iterable[Claim],
        documents: Iterable[Document] = (),
        *,
        verdicts: Iterable[Verdict] = (),
        reader: str = "",
        version: str = "",
    ) -> Added:
        """Store claims with their documents and verdicts, all or none. What is there already stays as it is.

        Parameters
        ----------
        claims : as read; their ids differ.
        documents : those that the claims name; a claim of another stands under `unread:NAME`, unverified,
            unless the store has one document of that name that holds the quote at its offsets.
        verdicts : on claims given, by their id. One that says what the last said is not stored again.
        reader, version : who read the claims; taken from their notes where left out.

        Raises
        ------
        ClaimsError : ids given twice, quotes that their document does not hold, verdicts on other claims.
        StorageError : it could not be written.
        """
        given, with_documents, checked = list(claims), list(documents), list(verdicts)
        reader, version = (one_line(text, "reader") if text else "" for text in (reader, version))
        with self._database.writing() as connection:
            names = {claim.doc for claim in given} - {document.doc for document in with_documents}
            batch = batch_of(
                given,
                with_documents,
                _texts_by_name(connection, names),
                reader=reader,
                version=version,
            )
            new = {kind: insert_missing(connection, rows) for kind, rows in batch.rows.items()}
            said = keep_verdicts(connection, [batch.checked(each) for each in checked])
        return Added(
            documents=new["document"],
            claims=new["claim"],
            mentions=new["evidence"],
            known=len(given) - new["evidence"],
            unverified=sum(each.alignment == "unverified" for each in batch.mentions.values()),
            verdicts=len(said),
        )

    def curate(
        self,
        action: Action,
        ids: Sequence[str],
        *,
        by: str,
        why: str,
        into: Sequence[str] = (),
        changes: Sequence[Change] = (),
    ) -> list[Curation]:
        """Store what a person decides about claims: a curation each, all or none.

        Parameters
        ----------
        action : accept or reject (the text says this, or does not); correct (with `changes`); merge (`into` the
            claim that stays); split (`into` several, or `changes` with a value for each part).
        by, why : name and reason; neither may be empty.

        Raises
        ------
        ClaimsError : an unknown id or field, a value that does not fit, no reason, or an order that does not
            fit its action. StorageError : it could not be written.
        """
        with self._database.writing() as connection:
            found, targets = _find(connection, ids, self.name), _find(connection, into, self.name)
            made, written = decide(
                action, found, by=by, why=why, when=_moment(connection), into=targets, changes=changes
            )
            insert_missing(connection, written)
            insert_missing(connection, made)
        return made

    def check(self, region: Region) -> list[VerdictRow]:
        """Check every claim that stands against a region's data; the verdicts that are new, which are stored.

        Raises
        ------
        StorageError : it could not be written.
        """
        asked = claims_to_check(self.book())
        verdicts = check_claims([claim for _, _, claim in asked.values()], region)
        with self._database.writing() as connection:
            return keep_verdicts(connection, [(*asked[each.claim_id][:2], each) for each in verdicts])

    def export(self, path: str | Path, *, with_text: bool = True) -> int:
        """Write every row as JSON lines; the number of rows.

        Raises
        ------
        StorageError : the file cannot be written.
        """
        with self._database.reading() as connection:
            return export_lines(connection, Path(path), with_text=with_text)

    def take_in(self, path: str | Path) -> Imported:
        """Store the rows of an export that are not here yet, all or none.

        Raises
        ------
        ClaimsError : a line that does not hold, by its number. StorageError : it could not be written.
        """
        with self._database.writing() as connection:
            return import_lines(connection, Path(path))


def _find(connection: Connection, ids: Sequence[str], where: str) -> list[ClaimRow]:
    if not ids:
        return []
    known = {row.id: row for row in stored(connection, ClaimRow)}
    mentioned: dict[str, set[str]] = {}
    if any(key not in known for key in ids):
        for row in stored(connection, EvidenceRow):
            if row.mention:
                mentioned.setdefault(row.mention, set()).add(row.claim)
    return [find_claim(key, known, mentioned, where) for key in ids]


def _moment(connection: Connection) -> str:
    """Now, and after every curation that is stored: a clock set back must not let an earlier one decide."""
    now = dt.datetime.now(dt.UTC)
    last = connection.execute(select(func.max(curations.c.when))).scalar()
    if last is not None:
        now = max(now, dt.datetime.fromisoformat(last) + dt.timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def _texts_by_name(connection: Connection, names: set[str]) -> dict[str, list[tuple[str, str]]]:
    """Keys and texts of the stored documents that have one of the names."""
    found: dict[str, list[tuple[str, str]]] = {}
    if names:
        joined = select(documents.c.doc, texts.c.document, texts.c.text).join(
            texts, texts.c.document == documents.c.sha256
        )
        for name, key, text in connection.execute(joined.order_by(documents.c.sha256)):
            if name in names:
                found.setdefault(name, []).append((key, text))
    return found

"""A corpus: documents that were all looked at once, and are then read one by one.

The first look loads each document and keeps a line about it, so that every fault is said before hours of
reading begin, the same bytes are met once, and memory does not grow with the texts.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from multivector.errors import DocumentError
from multivector.evidence.documents.fetch import Fetch
from multivector.evidence.documents.kinds import pages_of
from multivector.evidence.documents.language import language_of
from multivector.evidence.documents.sources import Source, sources_of
from multivector.evidence.records import Document


@dataclass(slots=True)
class _Entry:
    """What is kept of a document between the first look and the reading."""

    source: Source
    place: int  # among the documents of the source
    sha256: str
    parts: tuple[str, ...]
    language: str
    doc: str = ""
    addresses: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Corpus:
    """Documents in the order named, each loaded when its turn comes, as often as asked."""

    entries: Sequence[_Entry]

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Document]:
        loaded: tuple[Source | None, list[Document]] = (None, [])
        for entry in self.entries:
            if loaded[0] is not entry.source:
                loaded = (entry.source, list(_loaded(entry.source)))
            documents = loaded[1]
            if entry.place >= len(documents) or documents[entry.place].sha256 != entry.sha256:
                raise DocumentError(
                    "the document was changed while it was read",
                    where=entry.source.given,
                    repair="run the same command again when nothing writes to it",
                )
            yield replace(
                documents[entry.place],
                doc=entry.doc,
                addresses=tuple(entry.addresses),
                language=entry.language,
            )


@contextmanager
def corpus_of(named: Iterable[str | Path] | str | Path, fetch: Fetch | None = None) -> Iterator[Corpus]:
    """The documents in files, folders and, with `fetch`, at addresses; each item of a feed is one.

    The same bytes are one document, with all the places where they were met. Documents of the same name
    get as much of their path in front as tells them apart.

    Raises
    ------
    DocumentError : a document that cannot be read, whatever the cause; nothing was read yet.
    """
    with TemporaryDirectory(prefix="multivector-") as spool:
        every = [named] if isinstance(named, (str, Path)) else named
        yield Corpus(_told_apart(_looked_at(sources_of(every, fetch, Path(spool)))))


def documents_from(named: Iterable[str | Path] | str | Path, fetch: Fetch | None = None) -> list[Document]:
    """The documents of a corpus, all in memory."""
    with corpus_of(named, fetch) as corpus:
        return list(corpus)


def _looked_at(sources: Iterable[Source]) -> list[_Entry]:
    by_hash: dict[str, _Entry] = {}
    for source in sources:
        for place, document in enumerate(_loaded(source)):
            entry = by_hash.get(document.sha256)
            if entry is None:
                parts = (*source.parts[:-1], document.doc)
                entry = _Entry(source, place, document.sha256, parts, language_of(document.text))
                by_hash[document.sha256] = entry
            entry.addresses += [a for a in document.addresses if a not in entry.addresses]
    return list(by_hash.values())


def _loaded(source: Source) -> Iterator[Document]:
    raw = source.bytes()
    pages = pages_of(raw, source.suffix, source.given, encoding=source.encoding)
    for number, page in enumerate(pages, 1):
        item = f"#{number}" if len(pages) > 1 else ""
        told = page.text.encode("utf-8", "surrogatepass") if item else raw
        name = source.parts[-1] + item
        yield Document(
            doc=name,
            path=Path(*source.parts),
            sha256=hashlib.sha256(told).hexdigest(),
            text=page.text,
            title=page.title,
            author=page.author,
            date=page.date,
            markdown=page.markdown,
            source=source.given,
            addresses=(source.given + item, *((page.link,) if page.link else ())),
            licence=page.licence,
        )


def _told_apart(entries: list[_Entry]) -> list[_Entry]:
    """Name the documents: those of the same name by as much of their path as tells them apart."""
    for entry in entries:
        entry.doc = entry.parts[-1]
    depth = 1
    while repeated := {name for name, count in Counter(e.doc for e in entries).items() if count > 1}:
        depth += 1
        alike = [entry for entry in entries if entry.doc in repeated]
        for entry in alike:
            entry.doc = "/".join(entry.parts[-depth:])
        if all(depth > len(entry.parts) for entry in alike):
            break
    return entries

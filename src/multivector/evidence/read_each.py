"""Documents to readings, one by one, on one process or several, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial

from multivector.errors import ComputationError
from multivector.evidence.documents.language import READ
from multivector.evidence.reading.protocol import Reader, Reading
from multivector.evidence.records import Document
from multivector.fanout import WorkerLostError, fan_out_processes

_CHUNK = 30_000  # characters of text that travel to a process at once: seconds of reading


def read_each(
    documents: Iterable[Document], reader: Reader, processes: int = 1
) -> Iterator[tuple[Document, Reading]]:
    """Each document with what the reader made of it. No more of them are held than are being read.

    A document in a language that is not read gets an empty reading.

    Raises
    ------
    ComputationError : a worker process was killed.
    """
    if processes == 1:
        for document in documents:
            yield document, _read(reader, document)
        return
    away: deque[list[Document]] = deque()

    def chunks() -> Iterator[list[Document]]:
        for chunk in _chunks(documents):
            away.append(chunk)
            yield chunk

    try:
        for readings in fan_out_processes(partial(_read_chunk, reader), chunks(), processes):
            yield from zip(away.popleft(), readings, strict=True)
    except WorkerLostError as error:
        raise ComputationError(
            f"a reading process was killed: {error}",
            where=away[0][0].doc if away else "",
            repair="use fewer processes; each needs about 1 GB of memory",
        ) from error


def _read(reader: Reader, document: Document) -> Reading:
    return reader.read(document) if document.language in READ else Reading([])


def _read_chunk(reader: Reader, documents: list[Document]) -> list[Reading]:
    return [_read(reader, document) for document in documents]


def _chunks(documents: Iterable[Document]) -> Iterator[list[Document]]:
    chunk: list[Document] = []
    size = 0
    for document in documents:
        chunk.append(document)
        size += len(document.text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk

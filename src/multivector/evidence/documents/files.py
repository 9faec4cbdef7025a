"""Documents from files: plain text, Markdown and HTML, read once and never altered."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from multivector.errors import DocumentError
from multivector.evidence.documents.html_text import page_of
from multivector.evidence.records import Document

LARGEST = 20 * 1024 * 1024  # bytes of one document
_TEXT, _MARKDOWN, _HTML = (".txt", ".text"), (".md", ".markdown"), (".html", ".htm", ".xhtml")
SUFFIXES = (*_TEXT, *_MARKDOWN, *_HTML)


def documents_from(paths: Iterable[str | Path]) -> list[Document]:
    """Read files, and folders with all the documents in them, in the order given (folders by name).

    Every fault raises before anything is returned. Documents of the same file name get as much of their
    path in front as tells them apart; a file named twice is read once.

    Raises
    ------
    DocumentError : a file is missing, empty, not text, wrongly encoded or too large; a folder holds none.
    """
    files = list(dict.fromkeys(file for path in paths for file in _files(Path(path))))
    return _told_apart([_document(file) for file in files])


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return _files_within(path)
    if not path.exists():
        raise DocumentError(
            "there is no such file",
            where=str(path),
            repair=f"name a document ({', '.join(SUFFIXES)}) or a folder that holds some",
        )
    return [path.resolve()]


def _files_within(folder: Path) -> list[Path]:
    inside = folder.resolve()
    try:
        found = sorted(
            file
            for file in inside.rglob("*")
            if file.suffix.lower() in SUFFIXES
            and file.is_file()
            and not any(part.startswith(".") for part in file.relative_to(inside).parts)
            and file.resolve().is_relative_to(inside)  # a link may not lead out of the folder
        )
    except OSError as error:
        raise DocumentError(
            f"the folder cannot be read: {error.strerror or error}",
            where=str(folder),
            repair="give yourself the right to read it, or name its files one by one",
        ) from error
    if not found:
        raise DocumentError(
            "the folder holds no document",
            where=str(folder),
            repair=f"put files that end in {', '.join(SUFFIXES)} into it",
        )
    return found


def _document(path: Path) -> Document:
    raw = _bytes(path)
    text = _decoded(raw, path)
    suffix = path.suffix.lower()
    sha256 = hashlib.sha256(raw).hexdigest()
    title = author = date = ""
    if suffix in _HTML or (suffix not in SUFFIXES and re.match(r"\s*<(?:!doctype\s+)?html", text, re.I)):
        page = page_of(text)
        text, title, author, date = page.text, page.title, page.author, page.date
    if not text.strip():
        raise DocumentError(
            "the document holds no text",
            where=str(path),
            repair="check that the right file was saved; a page drawn by scripts must be saved as text",
        )
    title, author, date = _about(text, title, author, date)
    return Document(path.name, path, sha256, text, title, author, date, suffix in _MARKDOWN)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise DocumentError(
                "this is neither a file nor a folder",
                where=str(path),
                repair="name a document or a folder of documents",
            )
        if size > LARGEST:
            raise DocumentError(
                f"the document has {size / 2**20:.1f} MB; at most {LARGEST / 2**20:.0f} MB are read",
                where=str(path),
                repair="split it into chapters, or leave out what is not prose",
            )
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)  # a file may grow between the two calls
    except OSError as error:
        raise DocumentError(
            f"the document cannot be read: {error.strerror or error}",
            where=str(path),
            repair="give yourself the right to read it",
        ) from error
    if not raw:
        raise DocumentError(
            "the document is empty (0 bytes)", where=str(path), repair="save it again, or leave it out"
        )
    return raw


_BINARY = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip archive (Word, Excel and EPUB files are such)",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
}


def _decoded(raw: bytes, path: Path) -> str:
    for start, kind in _BINARY.items():
        if raw.startswith(start):
            raise DocumentError(
                f"the document is {kind}, not text", where=str(path), repair="save it as plain text or HTML"
            )
    encoding = "utf-8-sig"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in raw:
        raise DocumentError(
            f"the document is binary: byte {raw.index(0)} is zero",
            where=str(path),
            repair="save it as plain text in UTF-8",
        )
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"the encoding breaks at byte {error.start}: 0x{raw[error.start]:02x} is not valid {encoding.removesuffix('-sig')}",
            where=str(path),
            repair="save it in UTF-8 (most editors offer this under 'save with encoding')",
        ) from error


# A line of its own: "By Jane Doe", "*By Jane Doe, Reed Institute*"; no sentence that begins with "By".
_BYLINE = re.compile(
    r"^\s*[*_]{0,2}[Bb]y\s+(?P<name>[^\W\d_][^\n,|<>.!?;:*]{1,58}?)[*_]{0,2}\s*(?:[,|][^\n.!?]*)?$", re.M
)
_FRONT = re.compile(r"\A---\s*\n(?P<block>.*?)\n---\s*$", re.S | re.M)
_FIELD = re.compile(r"^(?P<key>title|author|date)\s*:\s*[\"']?(?P<value>[^\n\"']+)", re.M | re.I)
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


def _about(text: str, title: str, author: str, date: str) -> tuple[str, str, str]:
    """Title, author and date as the document states them: front matter, a heading, a byline."""
    front = _FRONT.match(text)
    said = {m["key"].lower(): m["value"].strip() for m in _FIELD.finditer(front["block"])} if front else {}
    opening = text[:2000]
    byline = _BYLINE.search(opening)
    heading = re.search(r"^#\s+(.+?)\s*#*\s*$", opening, re.M)
    title = title or said.get("title", "") or (heading[1] if heading else "")
    author = author or said.get("author", "") or (_name_of(byline["name"]) if byline else "")
    stated = _ISO.search(date or said.get("date", ""))
    return title, author, stated[0] if stated else ""


def _name_of(text: str) -> str:
    """A byline's name; a line of more than five words is none."""
    return text.strip() if len(text.split()) <= 5 else ""


def _told_apart(documents: list[Document]) -> list[Document]:
    """Documents of the same name, told apart by as much of their path as that takes."""
    names = [document.doc for document in documents]
    depth = 1
    while any(count > 1 for count in Counter(names).values()):
        depth += 1
        repeated = {name for name, count in Counter(names).items() if count > 1}
        deeper = [
            "/".join(document.path.parts[-depth:]) if name in repeated else name
            for name, document in zip(names, documents, strict=True)
        ]
        if deeper == names:
            break
        names = deeper
    return [replace(document, doc=name) for document, name in zip(documents, names, strict=True)]

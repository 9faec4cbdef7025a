"""Which kind of file bytes are, by what they hold and then by their name; and their text."""

from __future__ import annotations

import re

from multivector.errors import DocumentError
from multivector.evidence.documents.about import completed
from multivector.evidence.documents.decode import declared_encoding, decoded
from multivector.evidence.documents.docx import page_of_docx
from multivector.evidence.documents.feeds import is_feed, items_of
from multivector.evidence.documents.html_text import page_of
from multivector.evidence.documents.page import Page
from multivector.evidence.documents.pdf import page_of_pdf

LARGEST = 20 * 1024 * 1024  # bytes of one document

_TEXT, _MARKDOWN, _HTML = (".txt", ".text"), (".md", ".markdown"), (".html", ".htm", ".xhtml")
_FEEDS, _XML = (".rss", ".atom"), (".xml",)
SUFFIXES = (*_TEXT, *_MARKDOWN, *_HTML, ".pdf", ".docx", *_FEEDS, *_XML)

_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "an old Office file, or one with a password",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
    b"{\\rtf": "a rich text file (RTF)",
}


def pages_of(raw: bytes, suffix: str, where: str, *, encoding: str = "") -> list[Page]:
    """The documents in a file's bytes: one, or one an item of a feed.

    Parameters
    ----------
    raw : the bytes.
    suffix : the end of the file's name, such as `.md`; decides where the bytes do not.
    where : the file's name or address, for errors.
    encoding : what a server said of the text's encoding; a mark in the bytes goes before it.

    Raises
    ------
    DocumentError : empty, too large, of no kind that is read, broken, or without text.
    """
    pages = _pages(raw, suffix.lower(), where, encoding)
    if not all(page.text.strip() for page in pages):
        raise DocumentError(
            "the document holds no text",
            where=where,
            repair="check that the right file was saved; a page drawn by scripts must be saved as text",
        )
    return [completed(page) for page in pages]


def _pages(raw: bytes, suffix: str, where: str, encoding: str) -> list[Page]:
    if not raw:
        raise DocumentError(
            "the document is empty (0 bytes)", where=where, repair="save it again, or leave it out"
        )
    if len(raw) > LARGEST:
        raise too_large(len(raw), where)
    for start, kind in _FOREIGN.items():
        if raw.startswith(start):
            raise DocumentError(
                f"the document is {kind}, which is not read",
                where=where,
                repair="save it as plain text, HTML, PDF or DOCX",
            )
    if b"%PDF-" in raw[:1024] or raw.startswith(b"%PDF"):
        return [page_of_pdf(raw, where)]
    if raw.startswith(b"PK\x03\x04"):
        return [page_of_docx(raw, where)]
    opening = raw[:2048].decode("utf-8", "replace")
    told = suffix in (*_TEXT, *_MARKDOWN)  # what its name calls text is text, whatever it begins with
    if suffix in _FEEDS or (not told and is_feed(opening)):
        return items_of(raw, where)
    if suffix in _HTML or (not told and _is_html(opening)):
        return [page_of(decoded(raw, where, named=encoding or declared_encoding(raw)))]
    if suffix in _XML:
        return items_of(raw, where)
    return [Page(decoded(raw, where, named=encoding), markdown=suffix in _MARKDOWN)]


def too_large(size: int, where: str) -> DocumentError:
    """The error for a document over the limit."""
    return DocumentError(
        f"the document has {size / 2**20:.1f} MB; at most {LARGEST / 2**20:.0f} MB are read",
        where=where,
        repair="split it into chapters, or leave out what is not prose",
    )


def _is_html(opening: str) -> bool:
    return bool(
        re.match(
            r"\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*)*<(?:!doctype\s+)?html",
            opening,
            re.I | re.S,
        )
    )

"""The text of a PDF file, as far as it holds any: a page of pictures holds none, and that is said."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING

from multivector.errors import DocumentError
from multivector.evidence.documents.page import Page

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 3_000
MOST_DRAWN = 100 * 1024 * 1024  # bytes of drawing orders, unpacked, of all pages together
_NUMBER = re.compile(r"(?:page\s+)?[\divxlc]{1,6}(?:\s*(?:/|of)\s*\d{1,5})?", re.IGNORECASE)
_PARTED = re.compile(r"([^\W\d_]+)-\n([a-z][^\W\d_]*)")


def page_of_pdf(raw: bytes, where: str) -> Page:
    """The text of a PDF, page by page, without running heads and page numbers; words parted at a line's
    end are joined, unless the document writes them with their hyphen elsewhere too.

    Raises
    ------
    DocumentError : broken, encrypted, without text (scanned), or longer than `MOST_PAGES` or `MOST_DRAWN`.
    """
    # pypdf warns of what it mended and logs it too; what it cannot mend raises.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    encrypted = DocumentError(
        "the PDF is encrypted",
        where=where,
        repair="open it with its password and save it without, or as text",
    )
    try:
        reader = PdfReader(io.BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise encrypted
        if len(reader.pages) > MOST_PAGES:
            raise DocumentError(
                f"the PDF has {len(reader.pages):,} pages; at most {MOST_PAGES:,} are read",
                where=where,
                repair="split it into chapters",
            )
        pages = _texts(reader, where)
        title, author, date = _about(reader)
    except DocumentError:
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise encrypted from error
    except MemoryError:
        raise
    except Exception as error:  # a broken file breaks pypdf in more ways than its own errors
        raise DocumentError(
            f"the PDF is broken: {error or type(error).__name__}",
            where=where,
            repair="open it in a reader and save it again, or save its text",
        ) from error
    if not any(page.strip() for page in pages):
        raise DocumentError(
            f"the PDF holds no text on its {len(pages)} page{'s' if len(pages) != 1 else ''}: it was scanned or drawn",
            where=where,
            repair="run a text recognition over it (such as ocrmypdf) and read what that gives",
        )
    return Page(_joined(_without_margins(pages)), title, author, date)


def _texts(reader: PdfReader, where: str) -> list[str]:
    pages, drawn = [], 0
    for page in reader.pages:
        contents = page.get_contents()
        drawn += len(contents.get_data()) if contents is not None else 0
        if drawn > MOST_DRAWN:
            raise DocumentError(
                f"the PDF unpacks to more than {MOST_DRAWN / 2**20:.0f} MB of drawing orders",
                where=where,
                repair="split it into chapters; a file made to fill the memory is not opened",
            )
        pages.append(page.extract_text())
    return pages


def _about(reader: PdfReader) -> tuple[str, str, str]:
    about = reader.metadata
    if about is None:
        return "", "", ""
    title, author = (value if isinstance(value, str) else "" for value in (about.title, about.author))
    made = re.match(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?", str(about.get("/CreationDate", "")))
    date = "-".join(part for part in made.groups() if part) if made else ""
    return title.strip(), author.strip(), date


def _without_margins(pages: list[str]) -> list[str]:
    """Pages without their numbers and without first and last lines that most pages share."""
    parted = [[line.rstrip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(line for lines in parted for line in {*lines[:1], *lines[-1:]})
    running = {line for line, count in edges.items() if count >= 3 and count > len(pages) / 2}

    def marginal(line: str) -> bool:
        return line in running or _NUMBER.fullmatch(line.strip()) is not None

    kept = []
    for lines in parted:
        first, last = 0, len(lines)
        while first < last and marginal(lines[first]):
            first += 1
        while last > first and marginal(lines[last - 1]):
            last -= 1
        kept.append("\n".join(lines[first:last]))
    return kept


def _joined(pages: list[str]) -> str:
    text = "\n".join(page for page in pages if page)
    written = set(re.findall(r"[^\W\d_]+-[^\W\d_]+", text))

    def join(parted: re.Match[str]) -> str:
        hyphenated = f"{parted[1]}-{parted[2]}"
        return hyphenated if hyphenated in written else parted[1] + parted[2]

    return _PARTED.sub(join, text)

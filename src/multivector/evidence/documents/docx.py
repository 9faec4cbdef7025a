"""The text of a Word document (Office Open XML, ECMA-376 part 1).

The archive is never unpacked: the two or three parts that hold text are read, and only after what the
archive says of their size was held against limits; they are then read no further than that.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from multivector.errors import DocumentError
from multivector.evidence.documents.page import Page
from multivector.evidence.documents.xml_tree import local_name, tree_of

LARGEST_PART = 40 * 1024 * 1024  # bytes of one part, unpacked
HIGHEST_RATIO = 200  # unpacked to packed; prose in Word's XML has 5 to 30
_FREE = 1024 * 1024  # a part this small may have any ratio
MOST_PARTS = 10_000
_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_ABOUT = "docProps/core.xml"
_PARAGRAPH_ENDS = frozenset({"p", "br", "cr"})


def page_of_docx(raw: bytes, where: str) -> Page:
    """The text of a Word document, a line a paragraph, then its notes; and its title, author and date.

    Hidden runs (`w:vanish`), deleted text and the codes of fields are left out.

    Raises
    ------
    DocumentError : no Word document, broken, encrypted, or larger unpacked than the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
            if len(names) > MOST_PARTS:
                raise DocumentError(
                    f"the archive has {len(names):,} parts; at most {MOST_PARTS:,} are read",
                    where=where,
                    repair="save the text as plain text or PDF",
                )
            if _BODY not in names:
                raise DocumentError(
                    "the document is a zip archive but no Word document",
                    where=where,
                    repair="unpack it and name the documents in it; save slides, tables and books as plain text",
                )
            trees = {
                name: tree_of(_part(archive, name, where), f"{where}, {name}")
                for name in (_BODY, *_NOTES, _ABOUT)
                if name in names
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise DocumentError(
            f"the document is a broken zip archive: {error}", where=where, repair="save or fetch it again"
        ) from error
    texts = [_text(trees[name]) for name in (_BODY, *_NOTES) if name in trees]
    said = {local_name(e): (e.text or "").strip() for e in (trees[_ABOUT].iter() if _ABOUT in trees else ())}
    return Page(
        "\n".join(text for text in texts if text),
        title=said.get("title", ""),
        author=said.get("creator", ""),
        date=said.get("created", ""),
        licence=said.get("rights", ""),
    )


def _part(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    about = archive.getinfo(name)
    if about.flag_bits & 1:
        raise DocumentError(
            "the document is encrypted", where=where, repair="open it with its password and save it without"
        )
    ratio = about.file_size / max(1, about.compress_size)
    if about.file_size > LARGEST_PART or (about.file_size > _FREE and ratio > HIGHEST_RATIO):
        raise DocumentError(
            f"{name} would unpack to {about.file_size / 2**20:.0f} MB, {ratio:.0f} times its packed size; at "
            f"most {LARGEST_PART / 2**20:.0f} MB and {HIGHEST_RATIO} times are unpacked",
            where=where,
            repair="if it is a true document, save it as plain text; a file made to fill the memory is not opened",
        )
    with archive.open(about) as part:
        return part.read(LARGEST_PART + 1)[:LARGEST_PART]


def _text(tree: Element) -> str:
    lines: list[str] = [""]
    for kind, text in _pieces(tree):
        if kind == "text":
            lines.append(text)
        elif kind == "end":
            lines.append("\n")
    joined = "".join(lines).split("\n")
    return "\n".join(line.strip(" \t") for line in joined if line.strip())


def _pieces(tree: Element) -> Iterator[tuple[str, str]]:
    """The runs of text and the ends of lines, in order; without recursion, however deep the tree."""
    stack = [iter((tree,))]
    names: list[str] = [""]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            if names.pop() in _PARAGRAPH_ENDS:
                yield "end", ""
            continue
        name = local_name(element)
        if name == "t":
            yield "text", element.text or ""
        elif name in ("tab", "ptab"):
            yield "text", "\t"
        elif name == "noBreakHyphen":
            yield "text", "\u2011"
        if name in ("Fallback", "del", "moveFrom", "pPr") or (name == "r" and _is_hidden(element)):
            continue
        stack.append(iter(element))
        names.append(name)


def _is_hidden(run: Element) -> bool:
    properties = next((child for child in run if local_name(child) == "rPr"), None)
    for child in properties if properties is not None else ():
        values = {key.rpartition("}")[2]: value for key, value in child.attrib.items()}
        on = values.get("val", "true").lower() not in ("0", "false", "off", "none")
        if local_name(child) in ("vanish", "webHidden") and on:
            return True
        if local_name(child) == "sz" and values.get("val", "").isdecimal() and int(values["val"]) <= 3:
            return True  # half points: too small for any eye
    return _is_white(properties)


def _is_white(properties: Element | None) -> bool:
    """White ink with no shading or highlight behind it."""
    by_name = {local_name(child): child for child in (properties if properties is not None else ())}
    colour = by_name.get("color")
    if colour is None or "shd" in by_name or "highlight" in by_name:
        return False
    return any(value.upper() in ("FFFFFF", "FEFEFE") for value in colour.attrib.values())

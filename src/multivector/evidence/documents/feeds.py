"""RSS and Atom: each item is a document.

RSS 0.9x, 1.0 and 2.0 (https://www.rssboard.org/rss-specification), Atom (RFC 4287), with the extensions
that carry whole texts and authors (content:encoded, dc:creator). Names are compared without namespaces.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from html import escape
from xml.etree.ElementTree import Element, tostring

from multivector.errors import DocumentError
from multivector.evidence.documents.html_text import page_of
from multivector.evidence.documents.page import Page
from multivector.evidence.documents.xml_tree import local_name, tree_of

_ROOTS = frozenset({"rss", "RDF", "feed"})
_BODIES = ("encoded", "content", "description", "summary")  # the fuller one first
_DATES = ("published", "pubDate", "date", "issued", "updated", "modified")
_RIGHTS = ("license", "licence", "rights", "copyright")
_ROOT_TAG = re.compile(r"<(?!\?|!)(?:\w+:)?(\w+)")


def is_feed(opening: str) -> bool:
    """Whether the beginning of a text is that of a feed."""
    root = _ROOT_TAG.search(re.sub(r"<!--.*?(?:-->|\Z)", "", opening, flags=re.S))
    return opening.lstrip("\ufeff \t\r\n").startswith("<") and root is not None and root[1] in _ROOTS


def items_of(raw: bytes, where: str) -> list[Page]:
    """The items of a feed, in its order: title, then the text, with author, date, licence and link.

    Raises
    ------
    DocumentError : broken XML, XML that is no feed, or a feed without items that hold text.
    """
    root = tree_of(raw, where)
    if local_name(root) not in _ROOTS:
        raise DocumentError(
            f"the XML is no feed: its root is {local_name(root)[:40]}",
            where=where,
            repair="RSS and Atom are read; save other XML as plain text or HTML",
        )
    about = next((child for child in root if local_name(child) == "channel"), root)
    licence = _first(about, _RIGHTS)
    author = _author(about)
    items = [
        _item(item, author, licence, where) for item in root.iter() if local_name(item) in ("item", "entry")
    ]
    told = [item for item in items if item.text.strip()]
    if not told:
        raise DocumentError(
            "the feed holds no item with text", where=where, repair="fetch it again, or leave it out"
        )
    return told


def _item(item: Element, author: str, licence: str, where: str) -> Page:
    title = page_of(_first(item, ("title",))).text.replace("\n", " ")
    body = max((_body(child, where) for child in item if local_name(child) in _BODIES), key=len, default="")
    return Page(
        "\n".join(part for part in (title, body) if part),
        title=title,
        author=_author(item) or author,
        date=_date(_first(item, _DATES)),
        licence=_first(item, _RIGHTS) or licence,
        link=_link(item),
    )


def _body(element: Element, where: str) -> str:
    kind = element.get("type", "html")
    if kind == "xhtml" or len(element):
        try:
            markup = tostring(element, encoding="unicode", method="html")
        except RecursionError as error:
            raise DocumentError(
                "an item of the feed is nested too deeply", where=where, repair="leave this feed out"
            ) from error
        return page_of(re.sub(r"<(/?)\w+:", r"<\1", markup)).text
    text = element.text or ""
    return page_of(escape(text, quote=False) if kind == "text" else text).text


def _first(element: Element, names: tuple[str, ...]) -> str:
    found = {local_name(child): (child.text or "").strip() for child in reversed(element)}
    return next((found[name] for name in names if found.get(name)), "")


def _author(element: Element) -> str:
    for child in element:
        if local_name(child) in ("author", "creator"):
            named = _first(child, ("name",)) or (child.text or "").strip()
            # RSS 2.0 writes "address@site (Name)".
            inner = re.fullmatch(r"\S+@\S+\s*\(([^()]+)\)", named)
            return inner[1] if inner else named
    return ""


def _link(item: Element) -> str:
    links = [child for child in item if local_name(child) == "link"]
    stated = next((c for c in links if c.get("rel", "alternate") == "alternate"), None)
    link = "" if stated is None else (stated.get("href") or stated.text or "").strip()
    return link if link.startswith(("http://", "https://")) else ""


def _date(text: str) -> str:
    if re.match(r"\d{4}-\d{2}", text):
        return text[:10]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""

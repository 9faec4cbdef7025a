"""The readable text of an HTML page, with its title, author, date and licence.

Scripts, styles, comments, templates and whatever is hidden from the eye are left out; nothing is ever run
or fetched. Blocks end a line, white space is folded as a browser folds it. The text is fixed from then on:
offsets refer to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from multivector.evidence.documents.hidden import Look, Sheet, look_of, unseen
from multivector.evidence.documents.markup import End, Start, Text, tokens
from multivector.evidence.documents.page import Page

_SILENT = frozenset(
    "script style noscript template head title svg math iframe object select datalist textarea button nav "
    "form audio video canvas noembed noframes xmp".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead title tr "
    "ul".split()
)
# An element of the first kind is closed, unsaid, by the start of one of the second.
_CLOSED_BY = {
    "p": _BLOCKS - {"br"},
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
    "option": frozenset({"option"}),
}
_AUTHOR = ("article:author", "author", "byl", "dc.creator", "parsely-author")
_DATE = (
    "article:published_time",
    "date",
    "datepublished",
    "dc.date",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
)
_LICENCE = ("license", "licence", "dc.rights", "dcterms.license", "copyright")


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    silent: bool
    look: Look


@dataclass
class _Reader:
    sheet: Sheet
    closes: bool  # XHTML: <div/> is whole
    stack: list[_Open] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    pieces: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: Mapping[str, str], *, closed: bool) -> None:
        while self.stack and tag in _CLOSED_BY.get(self.stack[-1].tag, frozenset()):
            self._pop()
        if tag == "body":
            while self.open["head"]:  # one that was never closed ends where the body begins
                self._pop()
        if tag in ("meta", "link", "a", "time"):
            self._note(tag, attributes)
        if tag in _BLOCKS:
            self._break()
        if tag not in _VOID and not (closed and self.closes):
            above = self.stack[-1] if self.stack else None
            look = look_of(tag, attributes, self.sheet, above.look if above else Look())
            self.stack.append(_Open(tag, (above is not None and above.silent) or tag in _SILENT, look))
            self.open[tag] += 1

    def end(self, tag: str) -> None:
        if self.open[tag]:
            while self._pop() != tag:
                pass
        if tag in _BLOCKS:
            self._break()

    def text(self, data: str) -> None:
        if self.open["title"] and not self.open["svg"]:
            self.title.append(data)
        elif not self.stack or not (self.stack[-1].silent or unseen(self.stack[-1].look)):
            if self.open["h1"]:
                self.heading.append(data)
            self.pieces.append(data if self.open["pre"] else re.sub(r"[ \t\r\n\f]+", " ", data))

    def _pop(self) -> str:
        tag = self.stack.pop().tag
        self.open[tag] -= 1
        return tag

    def _break(self) -> None:
        if self.pieces and self.pieces[-1] != "\n":
            self.pieces.append("\n")

    def _note(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "meta":
            key = (given.get("name") or given.get("property") or given.get("itemprop") or "").lower()
            if key and given.get("content"):
                self.meta.setdefault(key, given["content"])
        elif tag == "time" and "datetime" in given:
            self.meta.setdefault("time", given["datetime"])
        elif "license" in given.get("rel", "").lower().split() and given.get("href"):
            self.meta.setdefault("license", given["href"])


def page_of(markup: str) -> Page:
    """The text of a page and what it says about itself. Any markup is read; nothing raises."""
    reader = _Reader(_sheet_of(markup), markup[:200].lstrip("\ufeff \t\r\n").startswith("<?xml"))
    for token in tokens(markup):
        if isinstance(token, Start):
            reader.start(token.tag, token.attributes, closed=token.closed)
        elif isinstance(token, End):
            reader.end(token.tag)
        elif not token.raw:
            reader.text(token.text)
    lines = "".join(reader.pieces).split("\n")
    text = "\n".join(line for line in (re.sub(r" {2,}", " ", line).strip(" ") for line in lines) if line)
    said = reader.meta
    return Page(
        text,
        title=_folded("".join(reader.title or reader.heading)),
        author=_folded(next((said[key] for key in _AUTHOR if key in said), "")),
        date=next((said[key] for key in _DATE if key in said), said.get("time", "")),
        licence=_folded(next((said[key] for key in _LICENCE if key in said), ""))[:500],
    )


def _sheet_of(markup: str) -> Sheet:
    sheet = Sheet()
    if "<style" not in markup.lower():
        return sheet
    inside = False
    for token in tokens(markup):
        if isinstance(token, Text) and token.raw and inside:
            sheet.add(token.text)
        inside = isinstance(token, Start) and token.tag == "style" and not token.closed
    return sheet


def _folded(text: str) -> str:
    return " ".join(text.split())

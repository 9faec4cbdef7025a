"""The readable text of an HTML page, with its title, author and date.

Scripts, styles, comments, templates and hidden elements are left out; nothing is ever run or fetched. Blocks
end a line, white space is folded as a browser folds it. The text is fixed from then on: offsets refer to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "select",
        "textarea",
    }
    | {"button", "nav", "form"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
    }
    | {"figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li"}
    | {
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    }
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
_AUTHOR = frozenset({"author", "article:author", "dc.creator", "byl", "parsely-author"})
_DATE = frozenset(
    {
        "date",
        "article:published_time",
        "dc.date",
        "pubdate",
        "publishdate",
        "datepublished",
        "parsely-pub-date",
    }
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass
class Page:
    """What a page says: its text, and what it says about itself."""

    text: str
    title: str = ""
    author: str = ""
    date: str = ""


@dataclass
class _Open:
    tag: str
    silent: bool


@dataclass
class _State:
    stack: list[_Open] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.state = _State()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        stack = self.state.stack
        while stack and tag in _CLOSED_BY.get(stack[-1].tag, frozenset()):
            stack.pop()
        if tag == "body":
            # A head that was never closed ends where the body begins.
            stack[:] = [entry for entry in stack if entry.tag != "head"]
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._note(given)
        if tag == "time" and "datetime" in given:
            self.state.meta.setdefault("time", given["datetime"])
        if tag in _BLOCKS:
            self._break()
        if tag not in _VOID:
            silent = bool(stack and stack[-1].silent) or tag in _SILENT or _is_hidden(given)
            stack.append(_Open(tag, silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        stack = self.state.stack
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth].tag == tag:
                del stack[depth:]
                break
        if tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        state = self.state
        tags = [entry.tag for entry in state.stack]
        if "title" in tags and "svg" not in tags:
            state.title.append(data)
            return
        if state.stack and state.stack[-1].silent:
            return
        if "h1" in tags:
            state.heading.append(data)
        state.pieces.append(data if "pre" in tags else re.sub(r"[ \t\r\n\f]+", " ", data))

    def _break(self) -> None:
        if self.state.pieces and self.state.pieces[-1] != "\n":
            self.state.pieces.append("\n")

    def _note(self, given: dict[str, str]) -> None:
        key = (given.get("name") or given.get("property") or given.get("itemprop") or "").lower()
        if key and given.get("content"):
            self.state.meta.setdefault(key, given["content"])


def _is_hidden(given: dict[str, str]) -> bool:
    if "hidden" in given or given.get("aria-hidden", "").lower() == "true":
        return True
    return bool(_HIDDEN_STYLE.search(given.get("style", "")))


def page_of(markup: str) -> Page:
    """The text of a page and what it says about itself. Any markup is read; nothing raises."""
    reader = _Reader()
    try:
        reader.feed(markup)
        reader.close()
    except AssertionError:  # the standard parser gives up on some broken declarations: they say nothing
        reader = _Reader()
        reader.feed(markup.replace("<!", "<p "))
        reader.close()
    state = reader.state
    lines = "".join(state.pieces).split("\n")
    text = "\n".join(line for line in (re.sub(r" {2,}", " ", line).strip(" ") for line in lines) if line)
    title = " ".join("".join(state.title or state.heading).split())
    author = next((state.meta[key] for key in sorted(_AUTHOR) if key in state.meta), "")
    date = next((state.meta[key] for key in sorted(_DATE) if key in state.meta), state.meta.get("time", ""))
    return Page(text, title, " ".join(author.split()), date)

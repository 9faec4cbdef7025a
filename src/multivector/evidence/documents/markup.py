"""HTML into tags and text, in one pass and in linear time whatever the markup.

The parser of the standard library goes back over unfinished tags and comments, so that a page made for it
takes hours; and what it makes of broken markup differs between releases, so that offsets would. This one
follows the tokeniser of the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html) in what
decides which text is seen: an unfinished tag, comment or script swallows the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape


@dataclass(frozen=True, slots=True)
class Text:
    """Running text, character references resolved. `raw` is what stands in a script or a style sheet."""

    text: str
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    closed: bool = False  # written <tag/>


@dataclass(frozen=True, slots=True)
class End:
    """An end tag."""

    tag: str


_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_GAP = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(r"[^\s/>][^\s/>=]*")
_EQUALS = re.compile(r"\s*=\s*")
_BARE = re.compile(r"[^\s>]*")
_COMMENT_END = re.compile(r"--!?>")
# What stands in these is no markup: only their own end tag ends them.
_RAW = {
    tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE)
    for tag in ("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title")
}


def tokens(markup: str) -> Iterator[Text | Start | End]:
    """The tags and texts of a page, in order. Comments, declarations and the like are left out."""
    position, length = 0, len(markup)
    while position < length:
        opening = markup.find("<", position)
        if opening < 0:
            opening = length
        if opening > position:
            yield Text(unescape(markup[position:opening]))
        if opening >= length:
            return
        sign = markup[opening + 1 : opening + 2]
        if _NAME.match(sign):
            tag, position = _start(markup, opening)
            if tag is None:
                return
            yield tag
            if tag.tag in _RAW and not tag.closed:
                ending = _RAW[tag.tag].search(markup, position)
                stop = ending.start() if ending else length
                inside = markup[position:stop]
                yield Text(unescape(inside)) if tag.tag in ("title", "textarea") else Text(inside, raw=True)
                position = stop
        elif sign == "/" and _NAME.match(markup, opening + 2):
            tag, position = _start(markup, opening + 1)
            if tag is None:
                return
            yield End(tag.tag)
        elif sign in ("!", "?", "/"):
            position = _after_remark(markup, opening)
        else:
            yield Text("<")
            position = opening + 1


def _after_remark(markup: str, opening: int) -> int:
    """The end of a comment, a declaration or an instruction that opens here."""
    if markup.startswith("<!--", opening):
        ending = _COMMENT_END.search(markup, opening + 2)  # "<!-->" is whole
        return ending.end() if ending else len(markup)
    closing = markup.find(">", opening)
    return closing + 1 if closing >= 0 else len(markup)


def _start(markup: str, opening: int) -> tuple[Start | None, int]:
    """The tag whose name begins after `opening`, and where the text goes on; no tag if it never ends."""
    name = _NAME.match(markup, opening + 1)
    assert name is not None
    attributes: dict[str, str] = {}
    position = name.end()
    while True:
        gap = _GAP.match(markup, position)
        position = gap.end() if gap else position
        if position >= len(markup):
            return None, position
        if markup[position] == ">":
            closed = markup[position - 1] == "/"
            return Start(name[0].lower(), attributes, closed), position + 1
        key = _ATTRIBUTE.match(markup, position)
        assert key is not None
        position = key.end()
        value = ""
        equals = _EQUALS.match(markup, position)
        if equals:
            position = equals.end()
            quote = markup[position : position + 1]
            if quote in ('"', "'") and quote:
                end = markup.find(quote, position + 1)
                if end < 0:
                    return None, len(markup)
                value, position = markup[position + 1 : end], end + 1
            else:
                bare = _BARE.match(markup, position)
                value = bare[0] if bare else ""
                position += len(value)
        attributes.setdefault(key[0].lower(), unescape(value))

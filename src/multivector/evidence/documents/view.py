"""A document's text as the parser should see it, with the way back to the text as it was read.

The text of a document is never altered: offsets and quotes refer to it. But invisible characters, split
accents and Markdown marks make a parser stumble. The *view* leaves them out (or replaces one character by
one) and remembers, for each character that it keeps, where that character stands in the text.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from multivector.evidence.documents.addressed import SPEAKS_TO_MACHINES, touches, turns_in, why_left_out

# One character for one character: the length, and so every offset, stays.
_SAME_LENGTH = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u2010": "-",
        "\u2011": "-",
        "\u2212": "-",
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\t": " ",
        "\r": "\n",
        "\v": "\n",
        "\f": "\n",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)

# Markdown marks that stand between words and their meaning: emphasis, code, link targets, heading and quote
# signs at the start of a line. A list sign is kept: it opens a block of its own.
_MARKDOWN = re.compile(
    r"""
    ^\#{1,6}[ ]                      # heading
  | ^[ ]{0,3}>[ ]?                   # quotation
  | \*{1,3} | __ | `+                # emphasis, code
  | !\[ | \[(?=(?:!\[)?[^\[\]\n]*\]\()  # opening of an image or a link, or of a link around an image
  | \]\([^()\s]*(?:[ ]"[^"\n]*")?\)  # its target
  | <!--(?:(?!<!--|-->).)*-->         # comment
    """,
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)


_REORDERED = re.compile("[\u202d\u202e][^\u202c\n]*\u202c?")


@dataclass(frozen=True)
class View:
    """What the parser sees. `first[i]` and `last[i]` bound, in the document's text, character `i`."""

    text: str
    first: Sequence[int] | None = None
    last: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the document's text that shows as `text[start:end]` (`start < end`)."""
        if self.first is None or self.last is None:
            return start, end
        return self.first[start], self.last[end - 1]


def view_of(text: str, *, markdown: bool = False) -> View:
    """The view of `text`: format characters and carriage returns left out, accents joined, marks removed."""
    dropped = _dropped(text, markdown=markdown)
    if not dropped and not any(map(unicodedata.combining, set(text))):
        return View(text.translate(_SAME_LENGTH))
    kept: list[str] = []
    first, last = array("I"), array("I")  # a tenth of what lists take
    for index, character in enumerate(text):
        if index in dropped:
            continue
        if kept and unicodedata.combining(character):
            joined = unicodedata.normalize("NFC", kept[-1] + character)
            kept[-1], last[-1] = joined[0], index + 1
            continue
        kept.append(character)
        first.append(index)
        last.append(index + 1)
    return View("".join(kept).translate(_SAME_LENGTH), first, last)


def _dropped(text: str, *, markdown: bool) -> set[int]:
    invisible = {c for c in set(text) if unicodedata.category(c) == "Cf" or c == "\r"}
    dropped = {i for i, c in enumerate(text) if c in invisible} if invisible else set()
    if "\r" in invisible:
        # A carriage return alone ends a line as well: keep it as a line end where no line feed follows.
        dropped -= {m.start() for m in re.finditer(r"\r(?!\n)", text)}
    if "\u202d" in text or "\u202e" in text:
        # Letters in forced order: a person sees other words than a machine reads.
        dropped.update(i for m in _REORDERED.finditer(text) for i in range(*m.span()))
    if markdown:
        for mark in _MARKDOWN.finditer(text):
            dropped.update(range(mark.start(), mark.end()))
    return dropped


# A label such as "BACKGROUND:" that opens a paragraph; parsers take it for the subject of the sentence.
_LABEL = re.compile(r"[A-Z][A-Z' ]{2,40}:\s+")
_TABLE = re.compile(r"\s*\|.*\|\s*$")  # a row of a Markdown table: cells, no sentences
_BULLET = re.compile(r"\s*(?:[-*\u2022\u2013\u25aa]|\d{1,3}[.)])\s+")
_CLOSING = "\"'\u201d\u00bb)]"
_LONGEST = 10_000  # characters in one piece for the parser: bounds its memory, longer than any real paragraph


@dataclass(frozen=True)
class Block:
    """A stretch of running text of the view, `text == view.text[start : start + len(text)]`, lines joined."""

    start: int
    text: str


def blocks_of(view: View) -> list[Block]:
    """Running text, paragraph by paragraph. Headings are left out; lines wrapped by hand are joined."""
    return divided(view)[0]


def left_out_of(view: View) -> list[tuple[Block, str]]:
    """The paragraphs that no reader takes claims from, each with why (see `addressed.py`)."""
    return divided(view)[1]


def divided(view: View) -> tuple[list[Block], list[tuple[Block, str]]]:
    """Both at once: what is read, and what is left out with why."""
    told = list(_divided(view))
    return [block for block, why in told if not why], [(block, why) for block, why in told if why]


def _divided(view: View) -> Iterator[tuple[Block, str]]:
    turns = turns_in(view.text)
    for start, text in _paragraphs(view.text):
        skip = _BULLET.match(text)
        lead = skip.end() if skip else 0
        label = _LABEL.match(text, lead)
        lead = label.end() if label else lead
        body = text[lead:]
        if not body.strip() or _is_heading(body) or _TABLE.match(text):
            continue
        in_turn = touches(turns, start, start + len(text))
        why = SPEAKS_TO_MACHINES if in_turn else why_left_out(text)
        pieces = [Block(start + lead, body)] if why else _pieces(start + lead, body)
        for block in pieces:
            yield block, why


def headings_of(view: View) -> list[str]:
    """The headings: no claims, but they name what the text is about."""
    return [text.strip() for _, text in _paragraphs(view.text) if _is_heading(text)]


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Lines, joined with the next line where a sentence was wrapped by hand."""
    found: list[tuple[int, str]] = []
    position = start = 0
    held: list[str] = []

    def let_go() -> None:
        joined = " ".join(held)
        if joined.strip():
            found.append((start, joined))

    for line in text.split("\n"):
        if held and held[-1].strip() and line.strip() and _wraps(held, line):
            held.append(line)
        else:
            let_go()
            start, held = position, [line]
        position += len(line) + 1
    let_go()
    return found


def _wraps(held: list[str], line: str) -> bool:
    """Whether a line goes on with the paragraph held so far; only its last lines are looked at."""
    if _is_closed(held[-1]) or _BULLET.match(line):
        return False
    before = " ".join(held[-12:])[-2_000:]
    return line.lstrip()[0].islower() or (len(before) >= 40 and not _is_title(before))


def _is_closed(text: str) -> bool:
    """Whether a text ends as a sentence does, quotation marks and brackets aside."""
    return text.rstrip().rstrip(_CLOSING).endswith((".", "!", "?", ":", ";"))


def _is_title(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", text)
    return bool(words) and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def _is_heading(text: str) -> bool:
    """A line that ends without a full stop and is short or in title case."""
    if _is_closed(text):
        return False
    words = len(text.split(None, 20))
    return words < 6 or (words < 20 and _is_title(text))


def _pieces(start: int, text: str) -> list[Block]:
    pieces: list[Block] = []
    position = 0
    while len(text) - position > _LONGEST:
        end = position + _LONGEST
        cut = text.rfind(". ", position, end) + 2
        cut = cut if cut > position + 2 else (text.rfind(" ", position, end) + 1 or end)
        pieces.append(Block(start + position, text[position:cut]))
        position = cut
    pieces.append(Block(start + position, text[position:]))
    return pieces

"""Spans over a text, overlapping and nested, as pieces that nest: what HTML can say.

A span that another one cuts is closed and opened again, so that no piece crosses another. The text of the
pieces, read in order, is the text itself. Past `DEEPEST` levels a span is marked by its place alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

DEEPEST = 8  # levels: more lines under one word cannot be told apart


@dataclass(frozen=True, slots=True)
class Span:
    """A claim's place: `text[start:end]`, with `start < end`."""

    name: str
    start: int
    end: int


@dataclass(slots=True)
class Piece:
    """A stretch of a span: text and further pieces in order; `first` and `last` piece of its span or not.

    `depth` counts the pieces that nest within this one at the deepest place.
    """

    name: str
    first: bool
    last: bool = False
    parts: list[str | Piece] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How many levels of pieces lie within."""
        return max((part.depth + 1 for part in self.parts if isinstance(part, Piece)), default=0)


def nested(text: str, spans: Iterable[Span]) -> list[str | Piece]:
    """The text as a list of strings and pieces; of two spans the longer lies outside."""
    ordered = sorted(spans, key=lambda span: (span.start, -span.end, span.name))
    root = Piece("", True)
    open_: list[tuple[Span, Piece]] = []
    waiting, at = 0, 0
    for edge in sorted({place for span in ordered for place in (span.start, span.end)}):
        _write(root, open_, text[at:edge])
        at = edge
        _close(root, open_, edge)
        while waiting < len(ordered) and ordered[waiting].start == edge:
            _open(root, open_, ordered[waiting], first=True)
            waiting += 1
    _write(root, open_, text[at:])
    return root.parts


def _inner(root: Piece, open_: list[tuple[Span, Piece]]) -> Piece:
    return open_[-1][1] if open_ else root


def _write(root: Piece, open_: list[tuple[Span, Piece]], text: str) -> None:
    if text:
        _inner(root, open_).parts.append(text)


def _open(root: Piece, open_: list[tuple[Span, Piece]], span: Span, *, first: bool) -> None:
    piece = Piece(span.name, first)
    _inner(root, open_).parts.append(piece)
    if len(open_) < DEEPEST:
        open_.append((span, piece))
    else:
        piece.last = True


def _close(root: Piece, open_: list[tuple[Span, Piece]], edge: int) -> None:
    """Close the spans that end here; those that lie within them and go on are cut and opened again."""
    outermost = next((i for i, (span, _) in enumerate(open_) if span.end == edge), None)
    if outermost is None:
        return
    cut = open_[outermost:]
    del open_[outermost:]
    for span, piece in cut:
        piece.last = span.end == edge
    for span, _ in cut:
        if span.end != edge:
            _open(root, open_, span, first=False)

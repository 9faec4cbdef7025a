"""The document's text with its claims marked; what a reader copies from the page is the text itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from multivector.desk.review_cards import Card
from multivector.desk.review_spans import Piece, Span, nested


def marked_text(text: str, cards: Sequence[Card]) -> str:
    """The text as HTML, each placed claim within marks that end with a link to its card.

    The marks hold no text of their own, so that the text content equals the document's text. A carriage
    return is written as a reference, since HTML would fold it.
    """
    placed = {str(card.number): card for card in cards if card.placed}
    spans = [Span(name, card.start, card.end) for name, card in placed.items()]
    return "".join(_html(part, placed) for part in nested(text, spans))


def _html(part: str | Piece, cards: dict[str, Card]) -> str:
    if isinstance(part, str):
        return escape(part).replace("\r", "&#13;").replace("\0", "&#xFFFD;")
    card = cards[part.name]
    inner = "".join(_html(each, cards) for each in part.parts)
    name = f' id="{card.anchor}"' if part.first else ""
    link = (
        f'<a class="b" href="#card-{card.anchor}" data-n="{card.number}" '
        f'aria-label="Claim {card.number}: {card.verdict}">'
        f'<svg viewBox="0 0 14 14" aria-hidden="true"><use href="#i-{card.verdict_slug}"/></svg></a>'
        if part.last
        else ""
    )
    return f'<mark{name} class="p{card.number} d{min(part.depth, 3)} {card.classes}">{inner}{link}</mark>'

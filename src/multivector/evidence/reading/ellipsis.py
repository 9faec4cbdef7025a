"""Figures that share their verb with the figure before: lists of shares.

X supplied 94 percent of A's imports and 60 percent of B's imports  ->  a second object
X supplied 71 percent of A's imports and Y 24 percent               ->  a second subject
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile

from multivector.evidence.reading.frame import Frame
from multivector.evidence.reading.language import Word
from multivector.evidence.reading.quantities import Quantity
from multivector.evidence.reading.roles import is_verbal
from multivector.evidence.records import Claim

_SKIPPED = frozenset(
    ["for", "at", "with", "about", "around", "nearly", "almost", "some", "roughly", "approximately", "only"]
)
_KINDS = {"percent": "percent", "percent of GDP": "percent", "USD": "money"}


@dataclass(frozen=True, slots=True)
class Item:
    """A claim made from one figure of a list, and where its words stand (offsets in the view)."""

    start: int
    end: int
    word: Word
    claim: Claim


def items_of(claim: Claim, frame: Frame, start: int, end: int) -> list[Item]:
    """The claim cut down to its own figure, and the claims of the further figures of the list after it."""
    whole = [Item(start, end, frame.word, claim)]
    kind = _KINDS.get(claim.unit)
    if kind is None or not claim.value:
        return whole
    figures = [q for q in frame.quantities if q.kind == kind]
    own = next((i for i, q in enumerate(figures) if q.text == claim.value), None)
    if own is None:
        return whole
    further: list[Item] = []
    for quantity in figures[own + 1 :]:
        item = _second_subject(claim, frame, quantity) or _second_object(claim, frame, quantity)
        if item is None:
            break
        further.append(item)
    return [_own_part(whole[0], further, frame), *further] if further else whole


def _own_part(item: Item, further: list[Item], frame: Frame) -> Item:
    """The first figure without the actors and words of those that follow."""
    claim = item.claim
    others = {code for f in further for code in (*f.claim.subjects, *f.claim.objects)}
    others -= {*claim.subjects[:1], *claim.objects[:1]}
    claim = replace(
        claim,
        subject_code=_without(claim.subject_code, others),
        object_code=_without(claim.object_code, others),
        subject=_texts_without(claim.subject, claim.subject_code, others),
        object=_texts_without(claim.object, claim.object_code, others),
    )
    before = [w for w in frame.sentence.words if w.end <= further[0].start and w.start >= item.start]
    while before and (before[-1].pos in ("PUNCT", "CCONJ", "DET") or before[-1].lemma == "and"):
        before = before[:-1]
    end = min(item.end, before[-1].end) if before else item.end
    return Item(item.start, end, item.word, claim)


def _without(codes: str, left_out: set[str]) -> str:
    return "|".join(c for c in codes.split("|") if c.partition(":")[0] not in left_out)


def _texts_without(texts: str, codes: str, left_out: set[str]) -> str:
    pairs = zip(texts.split("|"), codes.split("|"), strict=False)
    return "|".join(text for text, code in pairs if code.partition(":")[0] not in left_out)


def _second_subject(claim: Claim, frame: Frame, quantity: Quantity) -> Item | None:
    """'and Y (for) 24 percent': a name right before the number, with 'and' or a comma before it."""
    words = frame.sentence.words
    at = next(w for w in words if w.end > quantity.start)
    place = at.index - 1
    while place > 0 and words[place].lemma in _SKIPPED:
        place -= 1
    mention = words[place].inside
    if mention is None:
        return None
    first = next(w for w in words if w.inside is mention)
    before = first.index - 1
    while before > 0 and words[before].pos == "DET":
        before -= 1
    if before < 0 or not (words[before].lemma in ("and", "but", "while") or words[before].text in ",;"):
        return None
    figure = replace(_with_value(claim, quantity), subject_code=mention.code, subject=mention.alias.text)
    if mention.code in claim.objects:
        figure = replace(figure, object_code=_without(claim.object_code, {mention.code}))
        figure = replace(figure, object=_texts_without(claim.object, claim.object_code, {mention.code}))
    return Item(words[before + 1].start, quantity.end, words[place], figure)


def _second_object(claim: Claim, frame: Frame, quantity: Quantity) -> Item | None:
    """'and 60 percent of B's imports': a number with a phrase of its own that names another actor."""
    words = frame.sentence.words
    at = next(w for w in words if w.end > quantity.start)
    after = [w for w in words if w.start >= quantity.end]
    if not after or after[0].lemma not in ("of", "from", "to", "for", "in"):
        return None
    phrase = list(takewhile(lambda w: not (w.text in ",;" or w.pos == "CCONJ" or is_verbal(w)), after[1:]))
    while phrase and phrase[-1].pos == "PUNCT":
        phrase = phrase[:-1]
    named = [w for w in phrase if w.mention is not None]
    actors = [a for w in named for a in frame.resolver.of(w, deep=False) if a.state not in claim.subjects]
    if not actors:
        return None
    figure = _with_value(claim, quantity)
    if claim.object_code:
        figure = replace(figure, object_code=actors[0].code, object=actors[0].text)
    else:
        figure = replace(figure, subject_code=actors[0].code, subject=actors[0].text)
    return Item(quantity.start, phrase[-1].end, at, figure)


def _with_value(claim: Claim, quantity: Quantity) -> Claim:
    return replace(claim, value=quantity.text, value_op=quantity.op)

"""The value of a claim: a number with its operator and unit, a direction, or words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from multivector.evidence.reading import roles
from multivector.evidence.reading.figures import unit_of, words_of
from multivector.evidence.reading.frame import Frame
from multivector.evidence.reading.language import Word
from multivector.evidence.reading.lexicon import word_class
from multivector.evidence.reading.patterns import Pattern
from multivector.evidence.reading.quantities import Quantity

_LINE = 100  # characters


@dataclass(frozen=True, slots=True)
class Value:
    """What a claims file holds in `value`, `value_op`, `unit`; `words` belong into the quote."""

    text: str = ""
    op: str = ""
    unit: str = ""
    words: tuple[Word, ...] = ()


def value_of(rule: Pattern, frame: Frame) -> Value | None:
    """The value that the rule asks for; None where it must be there and is not."""
    kind = rule.value.rstrip("?")
    optional = rule.value.endswith("?") or kind in ("", "number")
    if kind in ("", "increase", "decrease"):
        return Value(kind, "", "direction" if kind else "")
    if kind.startswith("@dir"):
        return _direction(kind, frame)
    if kind in _PHRASES:
        return _words(_PHRASES[kind](frame), frame)
    found = _place(kind, rule, frame) if kind in ("rank", "ordinal") else _number(kind, rule, frame)
    return found or (Value() if optional else None)


_PHRASES: dict[str, Callable[[Frame], list[Word]]] = {
    "attr": lambda frame: frame.role(("attr",)),
    "objtext": lambda frame: frame.role(("obj",)),
    "on": lambda frame: frame.role(("on",)) or frame.role(("in",)),
    "self": lambda frame: [frame.word],
    "text": lambda frame: [w for name in ("as", "of", "in") for w in frame.role((name,))][:1],
}


def _place(kind: str, rule: Pattern, frame: Frame) -> Value | None:
    place = frame.rank if kind == "rank" else frame.ordinal
    if place is None:
        return None
    return Value(str(place), "=", _ranked(frame) if rule.unit == "rank" and kind == "rank" else rule.unit)


def _ranked(frame: Frame) -> str:
    """What the rank is of: 'the largest export deal' gives rank(export_deal)."""
    before = [k.lemma for k in frame.word.deps("compound") if k.inside is None][-1:]
    return f"rank({'_'.join([*before, frame.word.lemma])})"


def _number(kind: str, rule: Pattern, frame: Frame) -> Value | None:
    least = 2 if kind == "several" else 0
    names = {"number": ("percent", "money", "count"), "several": ("count",)}.get(kind, tuple(kind.split("|")))
    for name in names:
        quantity = frame.quantity(name)
        if quantity is not None and quantity.value >= least:
            unit = _unit(rule, quantity) or unit_of(quantity, frame.sentence)
            return Value(quantity.text, quantity.op, unit, tuple(words_of(quantity, frame.sentence)))
    return None


def _unit(rule: Pattern, quantity: Quantity) -> str:
    if rule.unit and quantity.kind != "money":
        return rule.unit
    return quantity.unit


def phrase_text(head: Word, text: str) -> str:
    """A phrase as it stands, without article and asides."""
    words = [w for w in head.subtree() if not _off(w, head)]
    while words and (words[0].pos in ("DET", "PUNCT") or words[0].dep == "case"):
        words = words[1:]
    while words and words[-1].pos == "PUNCT":
        words = words[:-1]
    return text[words[0].start : words[-1].end].replace("\n", " ") if words else ""


def full_phrase(head: Word, text: str) -> str:
    """A phrase with all that hangs on it, but no more than a line of it."""
    words = head.subtree()
    while len(words) > 1 and (
        words[0].pos in ("DET", "PUNCT", "ADP", "PART", "SCONJ") or words[0].index < head.index - 8
    ):
        words = words[1:]
    while len(words) > 1 and (words[-1].pos == "PUNCT" or words[-1].end - words[0].start > _LINE):
        words = words[:-1]
    return " ".join(text[words[0].start : words[-1].end].split())


def _words(heads: list[Word], frame: Frame) -> Value:
    if not heads:
        return Value()
    said = phrase_text(heads[0], frame.text)
    return Value(said, "", "", (heads[0],)) if said else Value()


def _off(word: Word, head: Word) -> bool:
    while word is not head:
        if word.dep in (
            "relcl",
            "advcl",
            "appos",
            "conj",
            "cc",
            "acl",
            "prep",
            "nsubj",
            "cop",
            "aux",
            "mark",
        ):
            return True
        word = word.head
    return False


def _direction(kind: str, frame: Frame) -> Value:
    """Up or down, by the verb that carries the noun, its participle ('growing'), or the trigger itself."""
    carriers: list[Word] = [frame.word]
    if not frame.verbal:
        verb = roles.governor(frame.word)
        carriers = [k for k in frame.word.deps("amod") if k.pos in ("VERB", "ADJ")]
        carriers += [verb] if verb is not None else []
        # "its trade with X has grown"
        carriers += (
            [frame.word.head] if frame.word.dep == "nsubj" and not frame.word.head.deps("dobj") else []
        )
    elif kind == "@dir-in":
        carriers = frame.role(("obj", "in")) or frame.role(("in",))
    for word in carriers:
        if word.lemma in word_class("down") or word.text.lower() in word_class("down"):
            return Value("decrease", "", "direction")
        if word.lemma in word_class("up") or word.text.lower() in word_class("up"):
            return Value("increase", "", "direction")
    if kind in ("@dir-cause", "@dir-in"):
        return Value("increase", "", "direction")
    return Value()

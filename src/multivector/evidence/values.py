"""The value of a claim: a number with its operator and unit, a direction, or words."""

from __future__ import annotations

from dataclasses import dataclass

from multivector.evidence import roles
from multivector.evidence.frame import Frame
from multivector.evidence.language import Word
from multivector.evidence.lexicon import word_class
from multivector.evidence.patterns import Pattern
from multivector.evidence.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Value:
    """What a claims file holds in `value`, `value_op`, `unit`; `words` belong into the quote."""

    text: str = ""
    op: str = ""
    unit: str = ""
    words: tuple[Word, ...] = ()


def value_of(rule: Pattern, frame: Frame) -> Value | None:  # noqa: PLR0911 - a table of kinds
    """The value that the rule asks for; None where it must be there and is not."""
    kind = rule.value
    match kind.rstrip("?").split("-")[0].split("|")[0]:
        case "":
            return Value()
        case "increase" | "decrease":
            return Value(kind, "", "direction")
        case "@dir":
            return _direction(kind, frame)
        case "attr":
            return _words(frame.role(("attr",)), frame)
        case "objtext":
            return _words(frame.role(("obj",)), frame)
        case "text":
            return _words([w for name in ("as", "of", "in") for w in frame.role((name,))][:1], frame)
        case "rank":
            rank = frame.rank
            if rank is None:
                return Value() if kind.endswith("?") else None
            return Value(str(rank), "=", rule.unit)
        case "count2":
            several = frame.quantity("count")
            return (
                Value(several.text, several.op, rule.unit)
                if several is not None and several.value >= 2
                else None
            )
    for wanted in kind.rstrip("?").split("|"):
        names = ("percent", "money", "count") if wanted == "number" else (wanted,)
        for name in names:
            quantity = frame.quantity(name)
            if quantity is not None:
                return Value(quantity.text, quantity.op, _unit(rule, quantity), _words_of(quantity, frame))
    return Value() if kind.endswith("?") or kind == "number" else None


def _unit(rule: Pattern, quantity: Quantity) -> str:
    if rule.unit and quantity.kind != "money":
        return rule.unit
    return quantity.unit


def _words_of(quantity: Quantity, frame: Frame) -> tuple[Word, ...]:
    inside = [w for w in frame.sentence.words if w.start < quantity.end and quantity.start < w.end]
    return tuple(inside)


def _words(heads: list[Word], frame: Frame) -> Value:
    if not heads:
        return Value()
    head = heads[0]
    phrase = [w for w in head.subtree() if not _off(w, head)]
    while phrase and (phrase[0].pos in ("DET", "PUNCT") or phrase[0].dep == "case"):
        phrase = phrase[1:]
    while phrase and phrase[-1].pos == "PUNCT":
        phrase = phrase[:-1]
    if not phrase:
        return Value()
    return Value(frame.text[phrase[0].start : phrase[-1].end].replace("\n", " "), "", "", (head,))


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

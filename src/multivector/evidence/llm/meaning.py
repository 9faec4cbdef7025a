"""Whether the words of a quote carry the claim: predicate, polarity and stance.

The model's predicate must have a word in the quote by which the rules know it; from that word upwards the rules'
scope tells negation, hedge and attribution. What the model says may be weaker than that, never stronger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from multivector.evidence.llm.passage import Passage, UnfoundedError
from multivector.evidence.reading.language import Word
from multivector.evidence.reading.patterns import patterns
from multivector.evidence.reading.roles import is_verbal
from multivector.evidence.reading.scope import scope_of

# Stances in order: those that commit the text less come later.
WEAKER = ("asserted", "reported", "hedged", "forecast", "normative", "hypothetical", "alleged", "denied")
_BY_APPOSITION = frozenset({"holds_office", "affiliated_with"})  # "President X": no word says it


def carrier_of(predicate: str, polarity: str, passage: Passage) -> Word | None:
    """The word of the quote that says the predicate with that sign; none where an apposition says it.

    Raises
    ------
    UnfoundedError : no word says it, it is an order, or it is said with the other sign.
    """
    carriers = [word for word in passage.words if word.lemma in _words_of(predicate)]
    if not carriers and predicate in _BY_APPOSITION:
        return None
    if not carriers:
        raise UnfoundedError(f"no word of the quote says “{predicate}”")
    if all(_is_ordered(word) for word in carriers):
        raise UnfoundedError("an order to the reader, no statement")
    agreeing = [word for word in carriers if polarity in _signs(word, predicate, passage)]
    if not agreeing:
        raise UnfoundedError("the sentence says it with the other sign")
    return min(agreeing, key=lambda word: (sum(1 for _ in word.ancestors()), word.index))


def stance_of(carrier: Word | None, stance: str, passage: Passage) -> str:
    """The stance of the claim: the weaker of the model's and the one that the sentence gives."""
    found = scope_of(carrier, passage.sentence).stance if carrier is not None else stance
    return max(stance, found, key=WEAKER.index)


def _signs(word: Word, predicate: str, passage: Passage) -> set[str]:
    polarity = scope_of(word, passage.sentence).polarity
    other = "-+"[polarity == "-"]
    return {other if negative else polarity for negative in _words_of(predicate)[word.lemma]}


@cache
def _words_of(predicate: str) -> dict[str, set[bool]]:
    """The lemmas by which the rules know a predicate, each with whether it says the contrary ('leaves')."""
    known: dict[str, set[bool]] = defaultdict(set)
    for rule in patterns():
        if rule.predicate == predicate:
            for lemma in rule.lemmas:
                known[lemma].add(rule.negative)
    return dict(known)


def _is_ordered(word: Word) -> bool:
    """Whether the word is an order, or stands under one: 'report that ...'."""
    return any(_is_imperative(verb) for verb in (word, *_up(word)))


def _up(word: Word) -> Iterator[Word]:
    below = word
    for above in word.ancestors():
        if below.dep in ("relcl", "appos"):
            return
        yield above
        below = above


def _is_imperative(verb: Word) -> bool:
    if not is_verbal(verb) or verb.tag not in ("VB", "VBP") or verb.head is not verb:
        return False
    return not any(kid.dep in ("nsubj", "nsubjpass", "csubj", "expl", "aux") for kid in verb.kids)

"""Whether the words of a quote carry the claim: predicate, polarity and stance.

The model's predicate must have a word in the quote by which the rules know it, with the words beside it in the
sentence that the rules ask for ("joins" says sanctions only beside "sanctions"); grammar is not asked for. From
that word upwards the rules' scope tells negation, hedge and attribution. What the model says may be weaker than
that, never stronger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from multivector.evidence.llm.passage import Passage, UnfoundedError
from multivector.evidence.reading.language import Word
from multivector.evidence.reading.patterns import Pattern, patterns
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
    signs = {word: _signs(word, predicate, passage) for word in passage.words}
    carriers = [word for word, possible in signs.items() if possible]
    if not carriers and predicate in _BY_APPOSITION:
        return None
    if not carriers:
        raise UnfoundedError(f"no word of the quote says “{predicate}”")
    if all(_is_ordered(word) for word in carriers):
        raise UnfoundedError("an order to the reader, no statement")
    agreeing = [word for word in carriers if polarity in signs[word]]
    if not agreeing:
        raise UnfoundedError("the sentence says it with the other sign")
    return min(agreeing, key=lambda word: (sum(1 for _ in word.ancestors()), word.index))


def stance_of(carrier: Word | None, stance: str, passage: Passage) -> str:
    """The stance of the claim: the weaker of the model's and the one that the sentence gives."""
    found = scope_of(carrier, passage.sentence).stance if carrier is not None else stance
    return max(stance, found, key=WEAKER.index)


def _signs(word: Word, predicate: str, passage: Passage) -> set[str]:
    """The signs with which the word may say the predicate; none where it does not say it."""
    beside = {w.lemma for w in passage.sentence.words} | {w.text.lower() for w in passage.sentence.words}
    rules = [rule for rule in _rules_of(predicate).get(word.lemma, ()) if _may_hold(rule, beside)]
    if not rules:
        return set()
    polarity = scope_of(word, passage.sentence).polarity
    return {"-+"[polarity == "-"] if rule.negative else polarity for rule in rules}


def _may_hold(rule: Pattern, beside: set[str]) -> bool:
    """Whether the sentence has the words that the rule asks for, wherever they stand."""
    return all(
        need.negated or any(not atom.words or atom.words & beside for atom in need.atoms)
        for need in rule.needs
    )


@cache
def _rules_of(predicate: str) -> dict[str, list[Pattern]]:
    """The rules for a predicate, by the lemmas that trigger them."""
    known: dict[str, list[Pattern]] = defaultdict(list)
    for rule in patterns():
        if rule.predicate == predicate:
            for lemma in rule.lemmas:
                known[lemma].append(rule)
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

"""Names where they stand: which words carry them, and what a name may be besides an actor at work."""

from __future__ import annotations

from multivector.evidence.reading.gazetteer import Mention
from multivector.evidence.reading.language import Sentence, Word
from multivector.evidence.reading.lexicon import sectors
from multivector.evidence.reading.roles import conjuncts, is_verbal

_PLACES = frozenset({"in", "at", "near", "outside", "inside", "around"})
_AIMS = frozenset({"aim", "direct", "target", "level", "anger", "angry", "point"})


def attach(sentence: Sentence, mentions: list[Mention]) -> None:
    """Hang each mention on the head of the words that it covers."""
    for mention in mentions:
        covered = [w for w in sentence.words if w.start < mention.end and mention.start < w.end]
        if not covered:
            continue
        for word in covered:
            word.inside = mention
        head = next((w for w in covered if w.head not in covered or w.head is w), covered[-1])
        head.mention = mention


def is_place(word: Word, mention: Mention) -> bool:
    """Whether the name says where, not who: a place, or a capital after 'in' or 'at'."""
    if mention.kind == "place":
        return True
    if mention.kind != "metonym":
        return False
    above = word
    while above.dep == "conj":
        above = above.head
    if above.dep != "pobj" or above.head.lemma not in _PLACES:
        return False
    return not (above.head.lemma == "at" and above.head.head.lemma in _AIMS)  # "aimed at <capital>"


def describes_subject(word: Word) -> bool:
    """Whether the pronoun stands in what a copula says of its subject."""
    return word.dep == "poss" and word.head.dep == "attr"


def is_reciprocal(word: Word) -> bool:
    """'each other', 'one another'."""
    lemma = word.text.lower()
    lead = {kid.text.lower() for kid in word.kids}
    return (lemma == "other" and "each" in lead) or (lemma == "another" and "one" in lead)


def part_of_a_name(word: Word, mention: Mention) -> bool:
    """'the Averia Conference': the name of a thing, not the state at work; owners and adjectives are not."""
    if word.dep not in ("compound", "nmod", "nummod") or mention.kind == "demonym":
        return False
    head = word.head
    return head.pos == "PROPN" and head.inside is None and head.lemma not in sectors()


def listed_beside(word: Word) -> list[Word]:
    """Names that the parser took for a remark on the one before: 'A, B, and C'."""
    if word.mention is None:
        return []
    head = word.head
    if word.dep == "nsubj" and is_verbal(head):
        # "A, B, and C signed": C may come out as a second subject
        return [k for k in head.deps("nsubj") if k.mention is not None and word.index < k.index < head.index]
    beside = [
        kid
        for kid in word.deps("appos")
        if kid.mention is not None and word.mention is not None and kid.mention.code != word.mention.code
    ]
    return [
        member
        for kid in beside
        if kid.deps("conj", "appos")
        for member in [*conjuncts(kid), *listed_beside(kid)]
    ]

"""What a pronoun may stand for by grammar alone: the subjects of the clauses around it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from multivector.evidence.reading.language import Word
from multivector.evidence.reading.roles import is_verbal, surface_subject

if TYPE_CHECKING:
    from multivector.evidence.reading.actors import Resolver
    from multivector.evidence.reading.coreference import Actors

_HIGHEST = 24  # clauses climbed; prose has four or five, only a hostile text more


def subject_above(resolver: Resolver, word: Word, *, many: bool = False) -> Actors:
    """The subject of the nearest clause that holds the pronoun."""
    for subject in _subjects(word):
        if word in subject.subtree() or subject.index > word.index:
            continue
        actors = resolver.of(subject, deep=False)
        if len(actors) == 1 or (many and actors):
            return actors
    return ()


def speakers_above(resolver: Resolver, word: Word) -> Actors:
    """'the leaders said they would leave': a plural subject of the clause above."""
    for subject in _subjects(word):
        if subject.tag in ("NNS", "NNPS") and subject.index < word.index:
            return resolver.of(subject, deep=False)
    return ()


def subject_ahead(resolver: Resolver, word: Word) -> Actors:
    """'In the year in which it left, X closed the port': the main subject, where nobody stands before."""
    if any(w.mention is not None for w in resolver.sentence.words[: word.index]):
        return ()
    for above in islice(word.ancestors(), _HIGHEST):
        for subject in above.deps("nsubj", "nsubjpass"):
            if subject.index > word.index and subject.mention is not None:
                return resolver.of(subject, deep=False)
    return ()


def _subjects(word: Word) -> Iterator[Word]:
    for above in islice(word.ancestors(), _HIGHEST):
        if is_verbal(above):
            yield from surface_subject(above)

"""Which of the claims found in a sentence stay: no repeats, no last resorts where better was found."""

from __future__ import annotations

from dataclasses import dataclass

from multivector.evidence.reading.language import Word
from multivector.evidence.reading.patterns import Pattern
from multivector.evidence.records import Claim, predicates

_MOST = 0.7  # of the longer of two quotes: they say the same stretch of text


@dataclass(frozen=True, slots=True)
class Found:
    """A claim found in a sentence, in the view's offsets."""

    start: int
    end: int
    pattern: Pattern | None
    word: Word
    claim: Claim


def settled(found: list[Found]) -> list[Found]:
    """Without last resorts where better was found, without repeats in the same words.

    Of two last resorts for the same words the rule that stands first in the file wins.
    """
    kept: list[Found] = []
    for candidate in sorted(found, key=_precedence):
        if _is_last_resort(candidate) and any(_same_words(candidate, other) for other in kept):
            continue
        if any(_says_the_same(candidate, other) and _share_words(candidate, other) for other in kept):
            continue
        kept.append(candidate)
    return sorted(kept, key=lambda f: (f.start, f.end))


def spans(found: Found, start: int, end: int) -> bool:
    """Whether the quote covers most of this stretch."""
    return found.end - found.start > _MOST * (end - start)


def _precedence(found: Found) -> int:
    return found.pattern.order if found.pattern is not None and _is_last_resort(found) else -1


def _is_last_resort(found: Found) -> bool:
    return found.pattern is not None and found.pattern.last_resort


def _same_words(one: Found, other: Found) -> bool:
    overlap = min(one.end, other.end) - max(one.start, other.start)
    return overlap > _MOST * max(one.end - one.start, other.end - other.start)


def _share_words(one: Found, other: Found) -> bool:
    overlap = min(one.end, other.end) - max(one.start, other.start)
    return overlap > 0.5 * min(one.end - one.start, other.end - other.start)


def _says_the_same(one: Found, other: Found) -> bool:
    a, b = one.claim, other.claim
    if {*a.subjects, *a.objects} != {*b.subjects, *b.objects}:
        return False
    if a.value and b.value and a.value != b.value:
        return False
    return predicates()[a.predicate].family == predicates()[b.predicate].family

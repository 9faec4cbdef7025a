"""Where one clause ends and the next begins."""

from __future__ import annotations

from multivector.evidence.reading.language import Word
from multivector.evidence.reading.roles import is_verbal


def clause_of(word: Word) -> Word:
    """The verb at the top of the clause that holds the word: infinitives and objects belong to it."""
    while word.head is not word:
        if word.dep in ("advcl", "relcl", "parataxis", "ccomp") or (word.dep == "conj" and is_verbal(word)):
            return word
        if word.dep == "acl" and after_comma(word):
            return word
        word = word.head
    return word


def after_comma(word: Word) -> bool:
    """Whether a comma sets the word off from its head."""
    return any(w.text == "," for w in word.head.kids if word.head.index < w.index < word.index)

"""The words that a claim quotes: its clause, from the first argument to the last, without loose ends."""

from __future__ import annotations

from multivector.evidence.reading.clauses import after_comma, clause_of
from multivector.evidence.reading.frame import Filled, Frame
from multivector.evidence.reading.language import Word
from multivector.evidence.reading.roles import is_verbal

_LOOSE = frozenset({"punct", "cc", "mark", "preconj"})
_ASIDE = frozenset({"advcl", "relcl", "acl", "appos", "conj", "parataxis", "dep"})
_MAY_STAND_ASIDE = _ASIDE | {"prep"}
_CLOSING = frozenset(")\"'\u201d%")


def clause_span(frame: Frame, subject: Filled, target: Filled, extra: tuple[Word, ...]) -> tuple[int, int]:
    """The span, in the view, of the trigger's phrase together with the words of its arguments.

    An argument that stands in another clause (an inherited subject, an antecedent) is left out, so that
    the quote stays one stretch of the text that a reader can take in.
    """
    trigger = frame.word
    below = set(trigger.subtree())
    words = set(_core(trigger))
    clause = clause_of(trigger)
    for argument in (*subject.words, *target.words, *extra):
        if argument in below or argument in extra or clause_of(argument) is clause:
            words.update(_core(argument))
    words.update(_carriers(trigger))
    first, last = min(w.index for w in words), max(w.index for w in words)
    stretch = [w for w in frame.sentence.words if first <= w.index <= last]
    while len(stretch) > 1 and (stretch[0].dep in _LOOSE or stretch[0].pos == "PUNCT" or _opens(stretch)):
        stretch = stretch[1:]
    if len(stretch) < len(frame.sentence.words) and stretch[-1].index + 1 < len(frame.sentence.words):
        after = frame.sentence.words[stretch[-1].index + 1]
        if after.text == ")" and any(w.text == "(" for w in stretch):
            stretch = [*stretch, after]
    while len(stretch) > 1 and (stretch[-1].dep in ("cc", "mark") or _dangles(stretch[-1])):
        stretch = stretch[:-1]
    return stretch[0].start, stretch[-1].end


def _carriers(trigger: Word) -> list[Word]:
    """The verbs that an infinitive hangs on: 'refusing to recognise' reads wrongly without 'refusing'."""
    found = []
    word = trigger
    while word.dep in ("xcomp", "pcomp") and word.head is not word:
        word = word.head
        found.append(word)
        found += [
            k
            for k in word.deps("neg", "aux", "auxpass", "nsubj", "nsubjpass")
            if k.head is word and is_verbal(word)
        ]
    return found


def _opens(stretch: list[Word]) -> bool:
    """'However, ...', 'Conversely, ...': a link to the sentence before, not part of the claim."""
    return stretch[0].dep == "advmod" and stretch[0].pos == "ADV" and stretch[1].text == ","


def _dangles(word: Word) -> bool:
    return word.pos == "PUNCT" and word.text not in _CLOSING


def _core(word: Word) -> list[Word]:
    """The word and those below it, without remarks and clauses of their own."""
    found = [word]
    for w in found:
        found += [
            k
            for k in w.kids
            if k.dep != "punct" and (k.dep not in _MAY_STAND_ASIDE or _belongs(k, w is word))
        ]
    return found


def _belongs(kid: Word, at_top: bool) -> bool:
    if kid.dep == "acl":
        return not after_comma(kid)
    if kid.dep == "prep":
        opens = kid.index < kid.head.index
        # "By doing this, X does that"; "According to Y, X does that"
        return not (opens and (kid.deps("pcomp") or kid.lemma == "accord"))
    if kid.dep == "conj":
        return kid.pos in ("NOUN", "PROPN", "PRON", "NUM") and not (
            at_top and kid.head.pos in ("VERB", "AUX")
        )
    return False

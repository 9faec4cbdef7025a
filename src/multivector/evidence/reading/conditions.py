"""Whether the conditions of a rule hold around a word."""

from __future__ import annotations

from collections.abc import Callable

from multivector.evidence.reading import roles
from multivector.evidence.reading.frame import Frame
from multivector.evidence.reading.lexicon import word_class
from multivector.evidence.reading.patterns import Atom, Need

_NOT_FACT = frozenset({"forecast", "hypothetical", "hedged"})
_NEAR = 16  # characters after a noun in which "in 1991" still dates it


def holds(need: Need, frame: Frame) -> bool:
    """Whether one of the condition's atoms is so (or, negated, none)."""
    return any(_is_so(atom, frame) for atom in need.atoms) is not need.negated


def _is_so(atom: Atom, frame: Frame) -> bool:
    test = _TESTS.get(atom.kind)
    return test(atom, frame) if test is not None else frame.quantity(atom.kind) is not None


def _head(atom: Atom, frame: Frame) -> bool:
    return any(w.lemma in atom.words for r in frame.role(atom.role) for w in roles.conjuncts(r))


def _below(atom: Atom, frame: Frame) -> bool:
    return any(w.lemma in atom.words for r in frame.role(atom.role) for w in r.subtree())


def _mods(atom: Atom, frame: Frame) -> bool:
    return any(k.lemma in atom.words for r in frame.role(atom.role) for k in r.kids)


def _body(atom: Atom, frame: Frame) -> bool:
    """Whether the role names an organisation, or says 'the bloc'."""
    bodies = frame.resolver.memory.organisations
    return any(
        (w.mention is not None and w.mention.code in bodies) or w.lemma in word_class("bloc")
        for w in frame.role(atom.role)
    )


def _dated(_: Atom, frame: Frame) -> bool:
    start, end = frame.word.start, frame.word.end + _NEAR
    return any(start < p.end and p.start < end for p in frame.periods)


_TESTS: dict[str, Callable[[Atom, Frame], bool]] = {
    "local": lambda atom, frame: bool(frame.lemmas & atom.words),
    "sentence": lambda atom, frame: any(w.lemma in atom.words for w in frame.sentence.words),
    "head": _head,
    "below": _below,
    "mods": _mods,
    "filled": lambda atom, frame: bool(frame.role(atom.role)),
    "clause": lambda atom, frame: any(roles.is_verbal(w) for w in frame.role(atom.role)),
    "actor": lambda atom, frame: any(frame.resolver.names(w) for w in frame.role(atom.role)),
    "body": _body,
    "dated": _dated,
    "top": lambda _, frame: frame.rank is not None,
    "pass": lambda _, frame: frame.verbal and roles.is_passive(frame.word),
    "future": lambda _, frame: frame.scope.stance in _NOT_FACT,
    "named": lambda _, frame: frame.word.pos == "PROPN" or frame.word.inside is not None,
}

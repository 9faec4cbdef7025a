"""People: the office that a title gives them, the body that they belong to.

    Averian Prime Minister Jane Doe  ->  holds_office        Jane Doe, an analyst at the Reed Institute  ->  affiliated_with

A person is a run of proper nouns beside a title or a role; no list of names is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from multivector.evidence.reading.actors import Resolver
from multivector.evidence.reading.coreference import Actor, Actors
from multivector.evidence.reading.language import Sentence, Word
from multivector.evidence.reading.lexicon import word_class
from multivector.evidence.reading.roles import prepositional

_PRESS = frozenset(
    ["analyst", "journalist", "columnist", "author", "editor", "contributor", "correspondent", "writer"]
)
_SCHOLARS = frozenset(["professor", "fellow", "researcher", "scholar", "lecturer", "historian", "economist"])


@dataclass(frozen=True, slots=True)
class Post:
    """A person in an office or a body. `start` and `end` are offsets in the view."""

    start: int
    end: int
    predicate: str
    person: Actor
    role: str
    place: Actors
    body: str
    word: Word


def posts_of(sentence: Sentence, resolver: Resolver) -> list[Post]:
    """The posts that the sentence tells of, in order."""
    found = []
    for word in sentence.words:
        if word.lemma in word_class("state_title") or word.lemma in word_class("person_noun"):
            post = _post(word, sentence, resolver)
            if post is not None:
                found.append(post)
    return found


def _post(role: Word, sentence: Sentence, resolver: Resolver) -> Post | None:
    named = _person_beside(role, sentence, resolver)
    if named is None:
        return None
    name, words = named
    title = role.lemma in word_class("state_title")
    owner = _owner(role, words, resolver, name)
    body = next((_body_text(w, resolver) for w in prepositional(role, "of", "at", "with", "for", "to")), "")
    base = owner[0].state if owner else ""
    if title and owner and ":" not in owner[0].code and base not in resolver.memory.regions:
        person = Actor(name.code or f"{base}:GOV", name.text)
        predicate = "holds_office"
    elif not title or body:
        if not body or role.lemma in ("author", "member"):
            return None
        person = Actor(name.code or _code(role), name.text)
        predicate = "affiliated_with"
        owner = tuple(
            a
            for w in prepositional(role, "of", "at", "with", "for", "to")
            for a in resolver.of(w, deep=False)
        )
    else:
        return None
    resolver.memory.person = person
    covered = [*words, *_role_words(role)]
    start, end = min(w.start for w in covered), max(w.end for w in covered)
    text = resolver.text
    office = text[_role_words(role)[0].start : _role_words(role)[-1].end]
    return Post(start, end, predicate, person, office, owner, body, role)


def _role_words(role: Word) -> list[Word]:
    """The role with what belongs to it: 'prime minister of X', 'director of the Y Institute'."""
    words = [role]
    for word in words:
        words += [
            k
            for k in word.kids
            if k.dep in ("amod", "compound", "prep", "pobj", "det", "poss", "case", "npadvmod", "punct")
            and k.text not in ",;:"
        ]
    if role.dep == "compound":
        words = [w for w in words if w.index <= role.index]
    return sorted(set(words), key=lambda w: w.index)


def _person_beside(role: Word, sentence: Sentence, resolver: Resolver) -> tuple[Actor, list[Word]] | None:
    """The person whose role it is: after a title, before or after a comma, or before 'is'."""
    if role.dep in ("compound", "nmod") and role.head.pos == "PROPN":
        return _name(role.head, sentence, after=role.index)
    if role.dep == "appos":
        return _name(role.head, sentence)
    for kid in role.deps("appos"):
        if kid.index > role.index:
            return _name(kid, sentence)
    if role.dep == "attr" or (role.dep == "pobj" and role.head.lemma == "as"):
        verb = role.head if role.dep == "attr" else role.head.head
        for subject in verb.deps("nsubj"):
            if (
                subject.tag == "PRP"
                and subject.text.lower() in ("he", "she")
                and resolver.memory.person is not None
            ):
                return resolver.memory.person, [subject]
            return _name(subject, sentence)
    return None


def _name(head: Word, sentence: Sentence, after: int = -1) -> tuple[Actor, list[Word]] | None:
    if head.mention is not None and head.mention.kind != "person":
        return None
    if head.pos != "PROPN":
        return None
    first = last = head.index
    words = sentence.words
    while first - 1 > after and _in_name(words[first - 1]):
        first -= 1
    while last + 1 < len(words) and words[last + 1].pos == "PROPN" and words[last + 1].inside is head.inside:
        last += 1
    run = words[first : last + 1]
    mention = next((w.mention for w in run if w.mention is not None and w.mention.kind == "person"), None)
    if mention is None and (len(run) < 2 or any(w.mention is not None for w in run)):
        return None
    text = _joined(run)
    return Actor(mention.code if mention is not None else "", text), run


def _in_name(word: Word) -> bool:
    other = word.inside is not None and word.inside.kind != "person"
    title = word.lemma in word_class("state_title") or word.lemma in ("prime", "vice", "deputy")
    glued = word.text == "-" or word.dep == "compound"
    return (
        not other
        and not title
        and (word.pos == "PROPN" or glued or word.text[:1].isupper())
        and word.pos != "PUNCT"
    ) or (word.text == "-")


def _joined(run: list[Word]) -> str:
    text = run[0].text
    for before, word in pairwise(run):
        text += (" " if word.start > before.end else "") + word.text
    return text


def _owner(role: Word, words: list[Word], resolver: Resolver, name: Actor) -> Actors:
    """Whose office it is: 'Averian', 'of Averia', or the state that the person is known to serve."""
    near = [*role.kids, *(k for w in words for k in w.kids)]
    for kid in near:
        if kid.dep in ("amod", "poss", "compound", "nmod") and kid not in words and kid is not role:
            found = resolver.of(kid, deep=False)
            if found and found[0].code != name.code:
                return found
    for kid in (*prepositional(role, "of"), *(w for h in words for w in prepositional(h, "of"))):
        found = resolver.of(kid, deep=False)
        if found:
            return found
    if name.code:
        return (Actor(name.state, name.text),)
    return ()


def _code(role: Word) -> str:
    """The home of a person whose role says it: 'a <city>-based analyst'."""
    for kid in role.deps("amod"):
        if kid.lemma in ("base", "based"):
            for place in kid.kids:
                if place.mention is not None:
                    sector = "JRN" if role.lemma in _PRESS else "EDU" if role.lemma in _SCHOLARS else "CVL"
                    return f"{place.mention.code.partition(':')[0]}:{sector}"
    return ""


def _body_text(head: Word, resolver: Resolver) -> str:
    words = [w for w in head.subtree() if w.dep not in ("relcl", "acl", "appos")]
    while words and words[0].pos in ("DET", "PUNCT"):
        words = words[1:]
    if not words or head.pos != "PROPN":
        return ""
    return resolver.text[words[0].start : head.end]

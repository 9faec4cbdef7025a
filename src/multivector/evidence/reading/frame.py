"""A word that may carry a claim, with its surroundings: roles, phrase, quantities, conditions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from multivector.evidence.reading import roles
from multivector.evidence.reading.actors import Resolver
from multivector.evidence.reading.clauses import clause_of
from multivector.evidence.reading.coreference import Actor, Actors
from multivector.evidence.reading.dates import Period
from multivector.evidence.reading.language import Sentence, Word
from multivector.evidence.reading.names import is_reciprocal
from multivector.evidence.reading.patterns import Argument, Role
from multivector.evidence.reading.quantities import Quantity, ordinal_of, rank_of
from multivector.evidence.reading.scope import Scope, scope_of

_ADVERBS = frozenset(["closer", "away", "down", "together"])
_APART = frozenset({"nsubj", "nsubjpass", "punct", "cc", "conj", "advcl", "parataxis"})
_CIRCUMSTANCES = frozenset(
    {"after", "before", "during", "since", "despite", "following", "amid", "like", "by", "under", "accord"}
)
_CLAUSES = frozenset({"advcl", "relcl", "parataxis", "ccomp"})
_BEFORE_NOUN = frozenset({"amod", "advmod", "compound", "punct", "nummod", "det"})
_REMEMBERED = frozenset(
    {
        "near",
        "near-other",
        "near-pair",
        "war",
        "war-other",
        "region",
        "topic",
        "clause",
        "others",
        "all",
        "speaker",
        "accuser",
        "supplier",
        "recipient",
    }
)


@dataclass(frozen=True, slots=True)
class Filled:
    """An argument as found: the actors and the words that name them."""

    actors: Actors
    words: tuple[Word, ...]


NOTHING = Filled((), ())


@dataclass
class Frame:
    """The surroundings of a trigger word in its sentence."""

    word: Word
    sentence: Sentence
    resolver: Resolver
    quantities: list[Quantity]
    periods: list[Period]
    text: str
    _roles: dict[tuple[str, ...], list[Word]] = field(default_factory=dict)

    @cached_property
    def verbal(self) -> bool:
        """Whether the trigger is a verb."""
        return roles.is_verbal(self.word)

    @cached_property
    def phrase(self) -> list[Word]:
        """The trigger's own words: without clauses of their own, with the verb that carries a noun."""
        found = _own_words(self.word)
        verb = None if self.verbal else roles.governor(self.word)
        if verb is not None:
            found = sorted({*found, *_own_words(verb)}, key=lambda w: w.index)
        return found

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of the phrase."""
        return frozenset(w.lemma for w in self.phrase if w is not self.word)

    @cached_property
    def scope(self) -> Scope:
        """Polarity, stance and speaker."""
        return scope_of(self.word, self.sentence)

    def role(self, steps: tuple[str, ...]) -> list[Word]:
        """The words that fill a role, step by step."""
        known = self._roles.get(steps)
        if known is None:
            words = [self.word]
            for step in steps:
                words = [found for word in words for found in _step(word, step)]
            known = self._roles[steps] = words
        return known

    def quantity(self, kind: str) -> Quantity | None:
        """The quantity of that kind that stands in the phrase, else in the phrase's span."""
        spans = self._counting() if kind == "count" else self.spans
        for quantity in self.quantities:
            if quantity.kind == kind and any(quantity.start < e and s < quantity.end for s, e in spans):
                return quantity
        return None

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the words stand in which a quantity may be the trigger's."""
        words = self.phrase
        verb = self.word.head
        if not self.verbal and self.word.dep in ("nsubj", "nsubjpass") and roles.is_verbal(verb):
            words = words + _own_words(verb)
            words += [w for k in verb.deps("advcl", "acl") if k.tag in ("VBN", "VBG") for w in _own_words(k)]
        return [(w.start, w.end) for w in words]

    def _counting(self) -> list[tuple[int, int]]:
        """Where a number counts the trigger (or its object): 'three wars', 'a population of 20 million'."""
        counted = (
            [self.word] if not self.verbal else [*roles.patients(self.word), *roles.complements(self.word)]
        )
        words = [k for c in counted for k in c.deps("nummod", "amod", "attr", "appos")]
        words += [w for c in counted for p in c.deps("prep") for w in p.deps("pobj")]
        words += [k for w in words for k in w.deps("nummod")]
        return [(w.start, w.end) for w in words if w.pos == "NUM"]

    @cached_property
    def rank(self) -> int | None:
        """The rank that the trigger's modifiers state."""
        before = [k for k in self.word.subtree() if k.index <= self.word.index and k.head is not k]
        before = [k for k in before if k.dep in _BEFORE_NOUN or k is self.word]
        return rank_of(self.text[before[0].start : self.word.end]) if before else None

    @cached_property
    def ordinal(self) -> int | None:
        """The ordinal number in the phrase: 'the 30th member', 'ranked fifth'."""
        return next((n for w in self.phrase if (n := ordinal_of(w.text)) is not None), None)

    def fill(self, argument: Argument, other: Filled = NOTHING, *, may_repeat: bool = False) -> Filled:
        """The first of the argument's roles that names an actor other than those of `other`."""
        for role in argument.roles:
            found = self._read(role, other)
            mutual = may_repeat or any(is_reciprocal(w) for w in found.words)
            actors = tuple(a for a in found.actors if mutual or not any(map(a.same_as, other.actors)))
            if actors:
                return Filled(actors, found.words)
        return NOTHING

    def _read(self, role: Role, other: Filled) -> Filled:
        if role.steps[0] in _REMEMBERED:
            return self._remembered(role.steps[0], other)
        actors: list[Actor] = []
        words = self.role(role.steps)
        used: list[Word] = []
        for word in words:
            if role.all_below:
                found = self.resolver.everything(word, places=role.places)
                found = found or self.resolver.of(word, places=role.places)
            else:
                found = self.resolver.of(word, places=role.places, deep=not role.shallow)
            if found:
                used.append(word)
                actors += found
        return Filled(tuple({a.code: a for a in actors}.values()), tuple(used))

    def _acting(self) -> Actors:
        """The subject of the nearest clause above that has an actor for its subject."""
        for above in (self.word, *self.word.ancestors()):
            owners = [a for w in above.deps("poss") for a in self.resolver.of(w)]
            doers = (
                [a for w in roles.surface_subject(above) for a in self.resolver.of(w)]
                if roles.is_verbal(above)
                else []
            )
            if owners or doers:
                return tuple(owners or doers)
        return ()

    def _remembered(self, name: str, other: Filled) -> Filled:
        """Arguments that the grammar does not give: the actors mentioned around."""
        memory, index = self.resolver.memory, self.word.index
        taken = {a.state for a in other.actors}
        match name:
            case "accuser" | "supplier" | "recipient" | "war":
                actors = memory.still(getattr(memory, name))
            case "region":
                actors = memory.region(index)
            case "speaker":
                said_by = self.scope.speaker
                actors = self.resolver.of(said_by, deep=False) if said_by is not None else ()
            case "topic":
                actors = memory.topic()
            case "clause":
                actors = self._acting()
            case "all":
                named = self.resolver.everything(self.sentence.root)
                actors = tuple(a for a in named if a.state not in taken)
            case "others":
                named = self.resolver.everything(clause_of(self.word))
                actors = tuple(a for a in named if a.state not in taken)
            case "near-pair":
                actors = memory.several(index, 2)
            case "war-other":
                actors = memory.war if {a.state for a in memory.war} & taken else ()
            case _:
                before = [
                    s for s in memory.now if s.index < index and not {a.state for a in s.actors} & taken
                ]
                subjects = [s for s in before if s.subject and name == "near"]
                actors = (subjects or before)[-1].actors if before else ()
        return Filled(actors, ())


def _own_words(word: Word) -> list[Word]:
    """The word and those below it, without clauses of their own and without what is joined by 'and'."""
    found = [word]
    for w in found:
        for kid in w.kids:
            if kid.dep in _CLAUSES and not (kid.dep == "ccomp" and w is not word):
                continue
            if kid.dep == "conj" and (roles.is_verbal(kid) or w is word):
                continue
            found.append(kid)
    return sorted(found, key=lambda w: w.index)


def _stands_apart(kid: Word) -> bool:
    """What is no part of what the verb does: its subject, another clause, when and in spite of what."""
    purpose = kid.dep == "advcl" and any(k.tag == "TO" for k in kid.kids)
    return (kid.dep in _APART and not purpose) or (kid.dep == "prep" and kid.lemma in _CIRCUMSTANCES)


def _clauses(word: Word) -> list[Word]:
    found = word.deps("xcomp", "ccomp", "acl", "relcl")
    found += [k for k in word.deps("advcl") if any(m.tag == "TO" for m in k.kids)]
    return [*found, *(c for c in roles.complements(word) if c not in found)]


def _carrier(word: Word) -> list[Word]:
    verb = roles.governor(word)
    return [] if verb is None else [verb]


def _carrier_agents(word: Word) -> list[Word]:
    verb = roles.light_verb(word)
    return [] if verb is None else roles.agents(verb)


_STEPS: dict[str, Callable[[Word], list[Word]]] = {
    "subj": lambda word: roles.agents(word) if roles.is_verbal(word) else roles.bearer(word),
    "surf": lambda word: roles.surface_subject(word) if roles.is_verbal(word) else [],
    "obj": roles.patients,
    "attr": roles.complements,
    "comp": _clauses,
    "poss": lambda word: word.deps("poss"),
    "mod": lambda word: word.deps("amod", "compound", "nmod"),
    "is": roles.predicated_of,
    "lv": _carrier_agents,
    "gov": _carrier,
    "head": lambda word: [word.head],
    "self": lambda word: [word],
    "rest": lambda word: [k for k in word.kids if k.index > word.index and not _stands_apart(k)],
    "acl": lambda word: word.deps("acl", "relcl"),
    "dative": lambda word: [k for k in word.deps("dative") if k.pos != "ADP"],
}


def _step(word: Word, name: str) -> list[Word]:
    """What fills one role of a word; a name that is no role is a preposition."""
    if name in _STEPS:
        return _STEPS[name](word)
    if name in _ADVERBS:
        return [k for k in word.kids if k.text.lower() == name]
    return _phrases(word, name)


def _phrases(word: Word, preposition: str) -> list[Word]:
    """Phrases with the preposition on the word, or on what stands so close that parsers mix them up."""
    found = roles.prepositional(word, preposition)
    if found:
        return found
    if roles.is_verbal(word):
        beside = [*roles.patients(word), *roles.complements(word), *word.deps("advmod")]
        beside = [b for b in beside if b.index > word.index or b.dep == "nsubjpass"]
        # "35 percent of its arms from X", "alongside rebels against Y": the phrase hangs one step lower
        beside += [
            w for b in [*beside, word] for k in b.deps("prep") for w in k.deps("pobj") if w.index > word.index
        ]
    else:
        verb = roles.governor(word)
        beside = [verb, *verb.deps("dobj")] if verb is not None and word.dep != "attr" else []
        beside += [k for k in word.kids if k.dep in ("conj", "prep") and k.pos != "VERB"]
        beside += [w for k in word.deps("prep") for w in k.deps("pobj")]
        beside += word.deps("acl") if preposition not in ("by", "of", "from") else []
    return [w for b in beside if b is not word for w in roles.prepositional(b, preposition)]

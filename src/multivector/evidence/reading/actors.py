"""The actors of a phrase: names, owners, adjectives of nationality, sectors, and what pronouns stand for."""

from __future__ import annotations

from dataclasses import dataclass, field

from multivector.evidence.reading.antecedents import speakers_above, subject_above, subject_ahead
from multivector.evidence.reading.coreference import Actor, Actors, Memory, Seen
from multivector.evidence.reading.gazetteer import Mention
from multivector.evidence.reading.language import Sentence, Word
from multivector.evidence.reading.lexicon import sectors, word_class
from multivector.evidence.reading.names import (
    describes_subject,
    is_place,
    is_reciprocal,
    listed_beside,
    part_of_a_name,
)
from multivector.evidence.reading.roles import (
    complements,
    conjuncts,
    is_verbal,
    patients,
    prepositional,
    surface_subject,
)

_PLURAL = frozenset(["they", "them", "their", "theirs", "both", "themselves"])
_SINGULAR = frozenset(["it", "its", "itself"])
_PERSON = frozenset(["he", "she", "his", "her", "him", "himself", "herself", "hers"])
_DEFINITE = frozenset(
    {
        "the",
        "this",
        "that",
        "these",
        "those",
        "both",
        "two",
        "three",
        "four",
        "five",
        "each",
        "neither",
        "either",
    }
    | {"such", "our", "its", "their"}
)
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "either": 2, "neither": 2}
_DEEPEST = 24  # phrases within phrases; prose has four or five, only a hostile text more
_BEFORE = frozenset({"amod", "compound", "nmod", "poss"})
_TOWARDS = frozenset({"against", "with", "to", "from", "on", "for", "toward", "towards"})
_ONE_STATE = frozenset({"country", "state", "nation", "republic", "government", "kingdom"})
# Sectors that, without an owner, are those of the state that the document is about: "the police".
_DOMESTIC = frozenset({"LEG", "OPP", "COP", "CVL", "JUD"})
# Phrases that hang below a noun and may name the actor that it belongs to, the most telling first.
_BELOW = ("by", "of", "for", "from", "to", "with", "between", "among", "against", "on", "over", "in", "into")


@dataclass(slots=True)
class Resolver:
    """Answers "which actors is this phrase about?" for the words of one sentence."""

    sentence: Sentence
    memory: Memory
    text: str
    _open: set[int] = field(default_factory=set)
    _known: dict[tuple[int, bool, bool], Actors] = field(default_factory=dict)

    def of(self, word: Word, *, places: bool = False, deep: bool = True) -> Actors:
        """The actors that the phrase headed by `word` names, those joined by 'and' included.

        `places` admits a capital after 'in' or 'at'; `deep` admits actors further down in the phrase.
        """
        if word.index in self._open or len(self._open) > _DEEPEST:
            return ()
        if self._open:
            return self._resolved(word, places=places, deep=deep)
        key = (word.index, places, deep)
        if key not in self._known:
            self._known[key] = self._resolved(word, places=places, deep=deep)
        return self._known[key]

    def _resolved(self, word: Word, *, places: bool, deep: bool) -> Actors:
        self._open.add(word.index)
        try:
            first = [a for w in self._hyphenated(word) for a in self._single(w, places=places, deep=False)]
            found = [*first, *self._single(word, places=places, deep=deep)]
            for member in [*conjuncts(word)[1:], *listed_beside(word)]:
                if member.index in self._open or is_verbal(member):
                    continue
                if word.mention is not None and not self.names(member):
                    continue  # "cooperation with A and B's sales": the sales are no actor
                found += self._single(member, places=places, deep=False)
        finally:
            self._open.discard(word.index)
        return _distinct(found)

    def everything(self, word: Word, *, places: bool = False) -> Actors:
        """All actors named anywhere in the phrase."""
        found: list[Actor] = []
        for below in word.subtree():
            if below.mention is not None or below.tag in ("PRP$", "PRP") or self._stands_for_one(below):
                found += self._single(below, places=places, deep=False)
        return _distinct(found)

    def _hyphenated(self, word: Word) -> list[Word]:
        """The first half of 'Averia-Belmaria': a name, a hyphen, a name."""
        if word.mention is None:
            return []
        words = self.sentence.words
        first = next(w.index for w in words if w.inside is word.mention)
        if first < 2 or words[first - 1].text != "-":
            return []
        return [
            w for w in words[: first - 1] if w.mention is not None and w.mention is words[first - 2].inside
        ]

    def _in_pair(self, word: Word) -> bool:
        """Whether the name is half of such a pair, which no thing is named after."""
        words = self.sentence.words
        if word.mention is not None and word.mention.code in self.memory.regions:
            return False
        after = next((w for w in words if w.index > word.index and w.inside is not word.inside), None)
        joined = after is not None and after.text == "-" and after.index + 1 < len(words)
        return bool(self._hyphenated(word)) or (
            joined and after is not None and words[after.index + 1].inside is not None
        )

    def names(self, word: Word) -> bool:
        """Whether the word itself names actors: a name, a pronoun, 'the two states'."""
        if word.mention is not None:
            return not is_place(word, word.mention)
        return word.pos == "PRON" or word.tag in ("PRP", "PRP$") or self._stands_for_one(word)

    def _stands_for_one(self, word: Word) -> bool:
        nouns = tuple(map(word_class, ("country", "region_noun", "bloc_noun", "route_word")))
        return word.inside is None and word.pos in ("NOUN", "PROPN") and any(word.lemma in n for n in nouns)

    def _single(self, word: Word, *, places: bool, deep: bool) -> Actors:
        if word.mention is not None:
            return self._named(word, word.mention, places=places)
        if word.inside is not None:
            return ()
        lemma = word.text.lower()
        if is_reciprocal(word):
            return subject_above(self, word, many=True) or self.memory.several(word.index, 2)
        if word.pos in ("PRON", "DET") or word.tag in ("PRP", "PRP$"):
            return self._pronoun(word, lemma)
        if word.pos not in ("NOUN", "PROPN", "ADJ", "VERB", "NUM"):
            return ()
        return self._described(word, places=places, deep=deep)

    def _named(self, word: Word, mention: Mention, *, places: bool) -> Actors:
        if not places and is_place(word, mention):
            return ()
        if mention.kind != "person" and part_of_a_name(word, mention) and not self._in_pair(word):
            return ()
        if mention.kind == "region" and word.pos == "NOUN":
            both = self._both(word, [word])  # "both South Sea nations", an alias as a whole
            if both:
                return both
        return (Actor(mention.code, self.text[mention.start : mention.end]),)

    def _pronoun(self, word: Word, lemma: str) -> Actors:
        if lemma in _PLURAL:
            several = self.memory.several(word.index, _NUMBERS.get(lemma), nearest=lemma in ("their", "them"))
            return several or (speakers_above(self, word) if lemma in ("they", "their") else ())
        if lemma in _PERSON:
            known = self.memory.person is not None and self.memory.person.code
            return (self.memory.person,) if known and self.memory.person else subject_above(self, word)
        if lemma in _SINGULAR:
            if describes_subject(word):
                # "X is its largest investor": its is not X's
                return self.memory.one(word.index, leave=subject_above(self, word))
            return (
                subject_above(self, word)
                or subject_ahead(self, word)
                or self.memory.one(word.index, among="any")
            )
        return ()

    def _described(self, word: Word, *, places: bool, deep: bool) -> Actors:
        """The actors of a phrase whose head is no name, by whatever says most."""
        if is_verbal(word):
            return self._of_clause(word, places=places)
        before = [k for k in word.kids if k.dep in _BEFORE and k.index < word.index]
        before = [n for k in before for n in ([k] if k.pos != "VERB" else k.deps("npadvmod") or [k])]
        owners = [k for k in before if k.dep == "poss"]
        titles = [
            sectors()[k.lemma] for k in word.deps("compound") if k.lemma in sectors() and k.inside is None
        ]
        sector = sectors().get(word.lemma) or (titles[0] if titles and word.pos == "PROPN" else None)
        return (
            self._both(word, before)
            or self._with_sector(word, self._all(owners, places=places), sector)
            or self._with_sector(
                word, self._all([k for k in before if k not in owners], places=places), sector
            )
            or self._such_as(word)
            or self._generic(word, word.lemma)
            or self._with_sector(word, self._after(word, sector, places=places, deep=deep), sector)
        )

    def _after(self, word: Word, sector: str | None, *, places: bool, deep: bool) -> Actors:
        """The actors of the phrases behind the word."""
        if sector is not None or not deep:
            names = ("of", "from", "in") if sector is not None else ("of", "by")
            found = self._all(prepositional(word, *names), places=True)
            return found or (self._at_home(word, sector) if sector is not None else ())
        for name in _BELOW:
            found = self._all(prepositional(word, name), places=places, deep=True)
            if found:
                return found
        below = word.deps("relcl", "acl", "appos", "nummod")
        return self._event(word) or self._all(below, places=places)

    def _at_home(self, word: Word, sector: str) -> Actors:
        """'the police', 'President N.': of the state that the document or else the sentence is about."""
        if word.deps("poss"):
            return ()
        if sector in _DOMESTIC and self.memory.topic():
            return self.memory.topic()
        definite = any(k.lemma in ("the", "an", "a") for k in word.deps("det"))
        if not (definite or word.tag in ("NNS", "NNP", "NNPS") or word.dep == "compound"):
            return ()
        named = [w for w in self.sentence.words if w.mention is not None and w.head.lemma not in _TOWARDS]
        states = {w.mention.code.partition(":")[0] for w in named if w.mention is not None}
        states -= self.memory.regions | self.memory.organisations
        return (Actor(states.pop(), ""),) if len(states) == 1 else ()

    def _of_clause(self, verb: Word, *, places: bool) -> Actors:
        """What a clause is about: the actors of its object, else of its complements and phrases."""
        for group in (patients(verb), complements(verb), verb.deps("xcomp", "ccomp")):
            found = self._all(group, places=places, deep=True)
            if found:
                return found
        phrases = [w for prep in verb.deps("prep", "agent", "dative") for w in prep.deps("pobj", "pcomp")]
        return self._all(phrases, places=places, deep=True)

    def _both(self, word: Word, adjectives: list[Word]) -> Actors:
        """'both South Sea nations': the two that were named before, not the whole region."""
        lead = {kid.text.lower() for kid in word.kids if kid.dep in ("det", "nummod", "preconj", "predet")}
        number = next((_NUMBERS[w] for w in sorted(lead) if w in _NUMBERS), None)
        regional = any(
            kid.mention is not None and kid.mention.code in self.memory.regions for kid in adjectives
        )
        if word.lemma in word_class("country") and number is not None and regional:
            return self.memory.several(word.index, number)
        return ()

    def _event(self, word: Word) -> Actors:
        """'a position that ...', 'a charge that ...' beside a clause: whoever acts in that clause."""
        if word.lemma not in word_class("event_noun"):
            return ()
        if word.dep in ("appos", "npadvmod", "attr", "dep"):
            for above in word.ancestors():
                if is_verbal(above):
                    return self._all(surface_subject(above), places=False)
        return ()

    def _all(self, words: list[Word], *, places: bool, deep: bool = False) -> Actors:
        return _distinct([a for word in words for a in self.of(word, places=places, deep=deep)])

    def _with_sector(self, word: Word, found: Actors, sector: str | None) -> Actors:
        if sector is None:
            return found
        return tuple(
            Actor(actor.code if ":" in actor.code else f"{actor.code}:{sector}", f"{actor.text} {word.text}")
            for actor in found
        )

    def _such_as(self, word: Word) -> Actors:
        """'countries such as A and B', 'powers like A', 'neighbours, including A'."""
        if word.lemma not in word_class("country"):
            return ()
        return self._all(prepositional(word, "as", "like", "including", "include"), places=False)

    def _generic(self, word: Word, lemma: str) -> Actors:
        """'the two countries', 'the region', 'the bloc': nouns that stand for actors named before."""
        lead = {k.text.lower() for k in word.kids if k.dep in ("det", "nummod", "amod", "predet", "preconj")}
        plain = lead <= _DEFINITE
        found: Actors = ()
        if not lead & _DEFINITE:
            return found
        if lemma in word_class("country") and word.tag in ("NNS", "NNPS"):
            number = next((_NUMBERS[w] for w in sorted(lead) if w in _NUMBERS), None)
            found = self.memory.several(word.index, number) if plain or number else ()
        elif lemma in _ONE_STATE:
            found = self._home_country(word) or self._the_one(word, "state")
        elif plain and lemma in word_class("region_noun"):
            found = self.memory.region(word.index)
        elif plain and lemma in word_class("route_word"):
            found = self.memory.body(lemma)
        elif plain and lemma in word_class("bloc_noun"):
            found = self.memory.body(lemma) or self._the_one(word, "organisation")
        return found

    def _home_country(self, word: Word) -> Actors:
        """'the country': the one that the document is about, unless the sentence has named another."""
        about = self.memory.topic()
        named = {a.state for seen in self.memory.now if seen.index < word.index for a in seen.actors}
        named -= self.memory.regions | self.memory.organisations
        return about if not named or {a.state for a in about} & named else ()

    def _the_one(self, word: Word, among: str) -> Actors:
        leave: Actors = ()
        if among == "state" and word.dep not in ("nsubj", "nsubjpass", "poss"):
            leave = subject_above(self, word)
        return self.memory.one(word.index, among=among, leave=leave)

    def remember(self) -> None:
        """Note the actors of the sentence for the sentences to come."""
        for word in self.sentence.words:
            if word.dep in ("conj", "appos") and word.head.mention is not None:
                continue
            subject = word.dep in ("nsubj", "nsubjpass") and word.pos in ("PRON", "NOUN", "PROPN")
            if word.mention is None and not subject:
                continue
            if word.head.lemma == "to" and word.head.head.text.lower() == "according":
                continue  # who is quoted is nobody that "it" could mean
            actors = self.of(word, deep=False)
            if word.mention is not None and word.mention.kind == "person":
                self.memory.person = actors[0] if actors else self.memory.person
            if actors:
                head = word
                while head.dep in ("poss", "amod", "compound") and head.head is not head:
                    head = head.head
                self.memory.note(Seen(word.index, actors, head.dep in ("nsubj", "nsubjpass")))
        self._known.clear()  # now that all are noted, pronouns may mean others


def _distinct(actors: list[Actor]) -> Actors:
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(actor.code, actor)
    return tuple(found.values())

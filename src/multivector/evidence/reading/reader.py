"""From a document to its claims: link, parse, match the rules, settle scope, quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from multivector.evidence.documents.addressed import touches
from multivector.evidence.documents.view import View, divided, headings_of, view_of
from multivector.evidence.reading.actors import Resolver
from multivector.evidence.reading.arguments import recall, sides_of
from multivector.evidence.reading.clauses import clause_of
from multivector.evidence.reading.conditions import holds
from multivector.evidence.reading.coreference import Actor, Actors, Memory
from multivector.evidence.reading.dates import Period, periods_of
from multivector.evidence.reading.ellipsis import items_of
from multivector.evidence.reading.figures import extent, left_over, stretch_of, unit_of, words_of
from multivector.evidence.reading.frame import NOTHING, Filled, Frame
from multivector.evidence.reading.gazetteer import Gazetteer
from multivector.evidence.reading.language import Sentence, Word, sentences_of
from multivector.evidence.reading.lexicon import vocabulary_hash, word_class
from multivector.evidence.reading.names import attach
from multivector.evidence.reading.offices import Post, posts_of
from multivector.evidence.reading.patterns import Pattern, date_patterns, figure_patterns, patterns_by_word
from multivector.evidence.reading.protocol import Reading, Rejected
from multivector.evidence.reading.quantities import Quantity, quantities_of
from multivector.evidence.reading.quotes import clause_span
from multivector.evidence.reading.settling import Found, settled, spans
from multivector.evidence.reading.speakers import Speakers
from multivector.evidence.reading.values import Value, full_phrase, value_of
from multivector.evidence.records import Claim, Document, numbered, predicates

_SAME = re.compile(r"\b(?:the same|that|this) (?:period|year|years|decade|month)\b", re.I)


_OPENING = 240  # characters: a title and the first lines


@dataclass(frozen=True)
class RuleReader:
    """The reader by rules: names by a gazetteer, grammar by spaCy, patterns and words by vocabulary."""

    gazetteer: Gazetteer
    name: str = "rules"

    @cached_property
    def version(self) -> str:
        """Hash of the rules and words that decide what is found."""
        return vocabulary_hash()

    def read(self, document: Document) -> Reading:
        """The claims of a document, in the order of the text, and the passages that were left out."""
        return read_document(document, self.gazetteer)


def read_document(document: Document, gazetteer: Gazetteer) -> Reading:
    """Link, parse and match the running text; passages that are none are told, not read."""
    view = view_of(document.text, markdown=document.markdown)
    blocks, left_out = divided(view)
    memory = Memory(gazetteer.regions, gazetteer.organisations, gazetteer.words)
    memory.person = Actor("", document.author) if document.author else None
    for line in headings_of(view):
        for mention in gazetteer.link(line):
            memory.note_body_or_region(Actor(mention.code, mention.alias.text))
    silent = [(block.start, block.start + len(block.text)) for block, _ in left_out]
    mentions = [m for m in gazetteer.link(view.text) if not touches(silent, m.start, m.end)]
    named = [(m.start, Actor(m.code, m.alias.text)) for m in mentions]
    memory.foresee(named, title=max(view.text.find("\n"), 0), opening=_OPENING)
    year = int(document.date[:4]) if document.date[:4].isdigit() else None
    reader = _Reader(document, view, memory, gazetteer, year, Speakers(view.text))
    claims: list[Claim] = []
    for sentences in sentences_of((block.text, block.start) for block in blocks):
        for sentence in sentences:
            claims += reader.read(sentence)
    rejected = tuple(Rejected(block.text[:200], f"left out: {why}") for block, why in left_out)
    return Reading(numbered(claims, document), rejected)


@dataclass
class _Reader:
    document: Document
    view: View
    memory: Memory
    gazetteer: Gazetteer
    year: int | None
    speakers: Speakers
    last_period: Period | None = None

    def read(self, sentence: Sentence) -> list[Claim]:
        """The claims of one sentence."""
        if not sentence.words:
            return []
        text = self.view.text
        piece = text[sentence.start : sentence.end]
        attach(sentence, self.gazetteer.link(piece, sentence.start))
        self.memory.turn()
        resolver = Resolver(sentence, self.memory, text)
        resolver.remember()
        quantities = quantities_of(piece, sentence.start)
        periods = periods_of(piece, sentence.start, self.year)
        found: list[Found] = []
        found += [self._post(post) for post in posts_of(sentence, resolver)]
        for word in sentence.words:
            found += self._from(word, sentence, resolver, quantities, periods)
        found = settled(found)
        found += self._figures(sentence, found, resolver, quantities, periods)
        found += self._dates(sentence, found, resolver, periods)
        return [f.claim for f in sorted(found, key=lambda f: (f.start, f.end))]

    def _from(
        self,
        word: Word,
        sentence: Sentence,
        resolver: Resolver,
        quantities: list[Quantity],
        periods: list[Period],
    ) -> Iterator[Found]:
        known = patterns_by_word()
        rules = (*known.get((word.pos, word.lemma), ()), *known.get((word.pos, "*"), ()))
        if not rules or (word.pos == "VERB" and word.dep == "amod"):
            return
        carrier = word.head if word.tag == "MD" else word
        frame = Frame(carrier, sentence, resolver, quantities, periods, self.view.text)
        for rule in rules:
            if (rule.pos == "M") is not (word.tag == "MD"):
                continue
            made = self._apply(rule, frame)
            if made is not None:
                recall(made.claim, self.memory)
                yield from self._listed(made, frame)
                if not rule.goes_on:
                    return

    def _apply(self, rule: Pattern, frame: Frame) -> Found | None:
        if not all(holds(need, frame) for need in rule.needs):
            return None
        if frame.scope.intent is not None and rule.predicate != "seeks":
            return None  # what is only wanted is told by the claim of the wanting
        if frame.scope.stance == "normative" and rule.predicate != "recommends":
            return None  # and what should be, by the recommendation
        about = predicates()[rule.predicate]
        sides = sides_of(rule, frame, self.memory, symmetric=about.symmetric)
        if sides is None:
            return None
        subject, target = sides
        value = value_of(rule, frame)
        if value is None:
            return None
        start, end = clause_span(frame, subject, target, value.words)
        return self._found(rule, frame, subject, target, value, (start, end))

    def _found(
        self,
        rule: Pattern,
        frame: Frame,
        subject: Filled,
        target: Filled,
        value: Value,
        span: tuple[int, int],
    ) -> Found:
        """The claim of a rule whose parts are known: who, whom, how much; and how it is meant."""
        about = predicates()[rule.predicate]
        start, end = span
        first, last = self.view.span(start, end)
        scope = frame.scope
        polarity = scope.polarity if not rule.negative else "-+"[scope.polarity == "-"]
        stance = {"recommends": "normative", "denies": "denied"}.get(rule.predicate, scope.stance)
        period = _period(frame, start, end) or self._same_period(frame)
        self.last_period = period or self.last_period
        future = stance == "forecast" or about.claim_type == "forecast"
        speaker = self._speaker(frame, subject if rule.predicate == "denies" else NOTHING, start, end)
        if speaker not in ("AUTHOR", "UNSPECIFIED") and stance == "asserted":
            stance = "reported"
        claim = Claim(
            id="",
            doc=self.document.doc,
            article_author=self.document.author,
            quote=self.document.text[first:last],
            char_start=first,
            char_end=last,
            claim_type="forecast" if future else about.claim_type,
            subject=_texts(subject),
            subject_code=_codes(subject.actors),
            predicate=rule.predicate,
            plover=about.plover,
            object=_texts(target) or self._thing(rule, frame),
            object_code=_codes(target.actors),
            value=value.text,
            value_op=value.op,
            unit=value.unit,
            date_start=period.first if period else "",
            date_end=period.last if period else "",
            polarity=polarity,
            stance=stance,
            attributed_to=speaker,
            checkable=about.check_key,
            note=f"rule {rule.id}",
        )
        return Found(start, end, rule, frame.word, claim)

    def _figures(
        self,
        sentence: Sentence,
        found: list[Found],
        resolver: Resolver,
        quantities: list[Quantity],
        periods: list[Period],
    ) -> Iterator[Found]:
        """Claims for the numbers of the sentence that no rule took."""
        for quantity in left_over(quantities, {f.claim.value for f in found}, sentence):
            word = words_of(quantity, sentence)[0]
            frame = Frame(word, sentence, resolver, [quantity], periods, self.view.text)
            for rule in figure_patterns():
                if quantity.kind in rule.lemmas and all(holds(need, frame) for need in rule.needs):
                    yield self._figure(rule, quantity, frame)
                    break

    def _figure(self, rule: Pattern, quantity: Quantity, frame: Frame) -> Found:
        """One number of the sentence, about whoever acts in its clause, else whom the document is about."""
        subject = frame.fill(rule.subject)
        target = frame.fill(rule.object, subject)
        value = Value(quantity.text, quantity.op, unit_of(quantity, frame.sentence))
        return self._found(rule, frame, subject, target, value, stretch_of(quantity, frame.sentence))

    def _dates(
        self, sentence: Sentence, found: list[Found], resolver: Resolver, periods: list[Period]
    ) -> Iterator[Found]:
        """A claim for the first date of the sentence that no claim with a quote as long holds."""
        if sentence.root.lemma in word_class("intent"):
            return  # what is only considered has no date yet
        start, end = extent(sentence)
        known = {(f.claim.date_start, f.claim.date_end) for f in found if spans(f, start, end)}
        for period in periods:
            if (period.first, period.last) in known:
                continue
            word = next(w for w in sentence.words if w.end > period.start)
            frame = Frame(word, sentence, resolver, [], [period], self.view.text)
            for rule in date_patterns():
                if all(holds(need, frame) for need in rule.needs):
                    subject = frame.fill(rule.subject)
                    if subject.actors:
                        target = frame.fill(rule.object, subject)
                        yield self._found(rule, frame, subject, target, Value(), (start, end))
                    return

    def _thing(self, rule: Pattern, frame: Frame) -> str:
        """What the claim is about where that is no actor: 'lifted the curfew in the north'."""
        if rule.object.absent or not frame.verbal:
            return ""
        for role in ("obj", "comp", "rest"):
            heads = [w for w in frame.role((role,)) if w.index > frame.word.index]
            if heads:
                return full_phrase(heads[0], self.view.text)
        return ""

    def _listed(self, made: Found, frame: Frame) -> Iterator[Found]:
        """The claim itself and those of the further figures of its list."""
        for item in items_of(made.claim, frame, made.start, made.end):
            first, last = self.view.span(item.start, item.end)
            quote = self.document.text[first:last]
            claim = replace(item.claim, quote=quote, char_start=first, char_end=last)
            yield Found(item.start, item.end, made.pattern, item.word, claim)

    def _same_period(self, frame: Frame) -> Period | None:
        """'during the same period': the one named last."""
        piece = self.view.text[frame.sentence.start : frame.sentence.end]
        return self.last_period if _SAME.search(piece) else None

    def _post(self, post: Post) -> Found:
        self.speakers.meet(post.person.text)
        first, last = self.view.span(post.start, post.end)
        about = predicates()[post.predicate]
        claim = Claim(
            id="",
            doc=self.document.doc,
            article_author=self.document.author,
            quote=self.document.text[first:last],
            char_start=first,
            char_end=last,
            claim_type=about.claim_type,
            subject=post.person.text,
            subject_code=post.person.code,
            predicate=post.predicate,
            plover=about.plover,
            object=post.role if post.predicate == "holds_office" else post.body,
            object_code=_codes(post.place),
            checkable=about.check_key,
            note=f"rule {post.predicate}",
        )
        return Found(post.start, post.end, None, post.word, claim)

    def _speaker(self, frame: Frame, denier: Filled, start: int, end: int) -> str:
        scope = frame.scope
        if denier.words:
            return self.speakers.name(denier.words[0], self.memory)
        if scope.speaker is not None:
            return self.speakers.name(scope.speaker, self.memory)
        if self.speakers.last and self.speakers.quoted(start, end):
            return self.speakers.last
        return "UNSPECIFIED" if scope.unspecified else "AUTHOR"


def _period(frame: Frame, start: int, end: int) -> Period | None:
    """The period in the quote; else one in the same clause; else one that opens the sentence."""
    words = frame.sentence.words
    home = clause_of(frame.word)
    for wanted in (True, False):
        for period in frame.periods:
            inside = start <= period.start and period.end <= end
            if inside and wanted:
                return period
            if not wanted:
                word = next(w for w in words if w.end > period.start)
                if clause_of(word) is home or word.index <= 2:
                    return period
    return None


def _codes(actors: Actors) -> str:
    return "|".join(dict.fromkeys(actor.code for actor in actors))


def _texts(filled: Filled) -> str:
    return "|".join(dict.fromkeys(actor.text for actor in filled.actors)) if filled is not NOTHING else ""

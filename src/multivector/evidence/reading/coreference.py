"""Who 'they', 'its', 'both states' or 'the country' are: light rules over the last few sentences.

The memory holds, sentence by sentence, the groups of actors in order of mention. Plural words look for a
pair or a list ("A and B"), then for two actors of one clause; singular words look for the subject of the
clause that holds them, then for the subject of the sentence before.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_OFTEN = 4  # mentions before a state can be the topic
_CLEARLY = 1.3  # times as many as the state named next often
_SENTENCES = 4  # how far back an antecedent may lie


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as linked: its code (with the sector, where there is one) and how the text names it."""

    code: str
    text: str

    @property
    def state(self) -> str:
        """The code without the sector."""
        return self.code.partition(":")[0]

    def same_as(self, other: Actor) -> bool:
        """Whether both are one: the same state, unless each is another part of it (army and protesters)."""
        apart = ":" in self.code and ":" in other.code and self.code != other.code
        return self.state == other.state and not apart


Actors = tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A group of actors at a word of a sentence."""

    index: int
    actors: Actors
    subject: bool


@dataclass(slots=True)
class Memory:
    """What the reader remembers of the document so far."""

    regions: frozenset[str]
    organisations: frozenset[str]
    names: Mapping[str, frozenset[str]]  # the words of each code's names, in lower case
    past: deque[list[Seen]] = field(default_factory=lambda: deque(maxlen=_SENTENCES))
    now: list[Seen] = field(default_factory=list)
    person: Actor | None = None
    accuser: Actors = ()  # who spoke last against another
    war: Actors = ()  # who fought in the war last spoken of
    supplier: Actors = ()  # the sides of the arms trade last spoken of
    recipient: Actors = ()
    bodies: dict[str, Actor] = field(default_factory=dict)
    about: Actors = ()
    region_counts: Counter[str] = field(default_factory=Counter)
    region_names: dict[str, Actor] = field(default_factory=dict)

    def turn(self) -> None:
        """A new sentence begins."""
        self.past.appendleft(self.now)
        self.now = []

    def note(self, seen: Seen) -> None:
        """A group of actors is mentioned."""
        if all(known.index != seen.index for known in self.now):
            self.now.append(seen)
            for actor in seen.actors:
                self.note_body_or_region(actor)

    def note_body_or_region(self, actor: Actor) -> None:
        """A region or an organisation is named; the last one named stands last."""
        if actor.code in self.regions:
            self.region_counts[actor.code] += 1
            self.region_names.pop(actor.code, None)
            self.region_names[actor.code] = actor
        elif actor.code in self.organisations:
            self.bodies.pop(actor.code, None)
            self.bodies[actor.code] = actor

    def foresee(self, named: Sequence[tuple[int, Actor]], title: int, opening: int) -> None:
        """Settle what the document is about before its first sentence is read.

        `named` is everybody named, with where; the title and the opening end at those offsets. The topic is
        the state named most often, if the title names it, or if the opening does and no other comes near;
        else the organisation or route that the title names first.
        """
        actors = [(at, a) for at, a in named if a.code not in self.regions]
        states = [(at, a) for at, a in actors if a.code not in self.organisations]
        most = [*Counter(a.state for _, a in states).most_common(2), ("", 0), ("", 0)]
        (state, often), (_, next_often) = most[:2]
        first = next(((at, a) for at, a in states if a.state == state), None)
        clearly = first is not None and (first[0] < title or often >= _CLEARLY * next_often)
        if first is not None and clearly and often >= _OFTEN and first[0] < opening:
            self.about = (Actor(state, first[1].text),)
        if not self.about and actors and actors[0][0] < title and actors[0][1].code in self.organisations:
            self.about = (actors[0][1],)

    def topic(self) -> Actors:
        """What the document is about, where it is about one state (or one organisation, one route)."""
        return self.about

    def body(self, noun: str) -> Actors:
        """'the Union', 'the Organisation': the last body named whose name has that word."""
        fitting = [actor for code, actor in self.bodies.items() if noun in self.names.get(code, ())]
        return (fitting[-1],) if fitting else ()

    def region(self, index: int) -> Actors:
        """The region in question: the one named before in this sentence, else the document's most named."""
        for seen in sorted((s for s in self.now if s.index < index), key=lambda s: -s.index):
            if len(seen.actors) == 1 and seen.actors[0].code in self.regions:
                return seen.actors
        if not self.region_counts:
            return ()
        most = max(self.region_counts.values())
        # dicts keep the order of the last mention (see `note`): of equals the latest wins
        code = [code for code in self.region_names if self.region_counts[code] == most][-1]
        return (self.region_names[code],)

    def still(self, actors: Actors) -> Actors:
        """These actors, if one of the last sentences has named one of them: else they are long forgotten."""
        recent = {a.state for groups in (self.now, *self.past) for seen in groups for a in seen.actors}
        return actors if recent & {a.state for a in actors} else ()

    def _before(self, index: int) -> list[list[Seen]]:
        return [sorted((s for s in self.now if s.index < index), key=lambda s: -s.index), *self.past]

    def _states(self, seen: Seen) -> Actors:
        beyond = self.regions
        return tuple(a for a in seen.actors if a.state not in beyond)

    def several(
        self, index: int, number: int | None = None, *, leave: Actors = (), nearest: bool = False
    ) -> Actors:
        """The antecedent of a plural word at `index`; `number` where the text says how many.

        A list of actors that is a subject comes first, or with `nearest` (for 'their') the nearest list.
        """
        left_out = {actor.state for actor in leave}
        for groups in self._before(index):
            lists = [(s.subject, self._states(s)) for s in groups]
            lists = [
                (subject, actors)
                for subject, actors in lists
                if len({a.state for a in actors}) >= 2 and number in (None, len({a.state for a in actors}))
            ]
            for wanted in (None,) if nearest else (True, False):
                for subject, actors in lists:
                    if wanted in (subject, None) and not {a.state for a in actors} & left_out:
                        return actors
            pair = self._pair(groups) if number in (None, 2) else ()
            if pair and not {a.state for a in pair} & left_out:
                return pair
        return ()

    def _pair(self, groups: list[Seen]) -> Actors:
        """Two actors of one sentence: two subjects, or a subject and another."""
        found: dict[str, Actor] = {}
        ordered = sorted(groups, key=lambda s: (not s.subject, s.index))
        for seen in ordered:
            for actor in self._states(seen):
                if actor.state not in self.organisations:
                    found.setdefault(actor.state, actor)
        return tuple(found.values())[:2] if len(found) >= 2 else ()

    def one(self, index: int, *, among: str = "state", leave: Actors = ()) -> Actors:
        """The antecedent of a singular word at `index`: a state, a region or an organisation."""
        left_out = {actor.state for actor in leave}
        for number, groups in enumerate(self._before(index)):
            fitting = [
                s
                for s in groups
                if len(s.actors) == 1 and self._is(s.actors[0], among) and s.actors[0].state not in left_out
            ]
            subjects = [s for s in fitting if s.subject]
            fitting = fitting if number == 0 else fitting[::-1]
            if number == 0 and among == "state" and leave:
                subjects = []  # 'the country' that is not the subject is the nearest other state
            for seen in subjects + fitting:
                return seen.actors
        return ()

    def _is(self, actor: Actor, among: str) -> bool:
        kind = (
            "region"
            if actor.state in self.regions
            else "organisation"
            if actor.state in self.organisations
            else "state"
        )
        return among in (kind, "any")

"""The two sides of a claim, and what makes them fit its predicate."""

from __future__ import annotations

from dataclasses import replace

from multivector.evidence.reading.coreference import Actor, Actors, Memory
from multivector.evidence.reading.frame import NOTHING, Filled, Frame
from multivector.evidence.reading.patterns import Argument, Pattern, Role
from multivector.evidence.records import Claim, predicates

# Whoever else is named behind the verb, where a rule can do without an object but would have one.
_ANYWHERE = Argument((Role(("rest",), all_below=True, places=True, shallow=False),), optional=True)
_REFLEXIVE = frozenset({"expected_effect", "protests_against", "represses"})
_EFFECTS = frozenset({"expected_effect", "causes"})
_OF_ORGANISATIONS = frozenset({"member_of", "observer_of", "founder_of"})
_ARMS_FORWARD = frozenset({"arms_transfer_to", "arms_share_of_imports", "arms_contract_value"})
_ARMS_BACKWARD = frozenset({"arms_dependence_on", "arms_order_quantity"})
_WARS = frozenset({"at_war_with", "war_duration", "war_count"})


def sides_of(rule: Pattern, frame: Frame, memory: Memory, *, symmetric: bool) -> tuple[Filled, Filled] | None:
    """Subject and object as the rule finds them; None where one that must be there is not."""
    subject = frame.fill(rule.subject)
    reflexive = rule.predicate in _REFLEXIVE
    target = frame.fill(rule.object, subject, may_repeat=reflexive)
    if not target.actors and subject.actors and not rule.object.absent:
        subject, target = _apart(frame, rule, subject)
    alone = not (symmetric and len(_states(subject.actors)) > 1)
    if not target.actors and frame.verbal and rule.object.optional and not rule.object.absent and alone:
        target = frame.fill(_ANYWHERE, subject)
    if (
        not target.actors
        and not symmetric
        and predicates()[rule.predicate].tied
        and not _named_but_unknown(frame)
    ):
        about = memory.topic()  # "was condemned by the parliament": who was, the document is about
        wanted = not rule.object.absent and subject.actors and not _states(about) & _states(subject.actors)
        target = Filled(about, ()) if wanted else target
    if not subject.actors and (reflexive or rule.predicate == "causes"):
        # A thing, not an actor, acts upon the actor; a pronoun alone is too little to go by.
        subject = Filled(target.actors, ()) if _named(target) else subject
    if rule.predicate in _EFFECTS:
        subject, target = _effect(subject, target, memory)
    if rule.predicate == "seeks" and not target.actors and _own_things(frame):
        target = Filled(subject.actors, ())  # "seeks to replace its fleet": the aim lies at home
    if rule.predicate in _OF_ORGANISATIONS:
        target = _bodies(target, memory)
        subject = replace(subject, actors=tuple(a for a in subject.actors if a.state not in memory.regions))
    return (subject, target) if _hold(rule, subject, target, symmetric) else None


def _hold(rule: Pattern, subject: Filled, target: Filled, symmetric: bool) -> bool:
    one, other = _states(subject.actors), _states(target.actors)
    wanted = (one or rule.subject.optional) and (other or rule.object.optional) and (one or other)
    if not wanted or (symmetric and len(one | other) < 2 and not rule.object.absent):
        return False
    return not (rule.predicate == "causes" and one == other and subject.words)


def _effect(subject: Filled, target: Filled, memory: Memory) -> tuple[Filled, Filled]:
    """A thing acts, or something is acted on, that is no actor: whom the text is about is meant."""
    if not subject.actors and not target.actors:
        about = Filled(memory.topic(), ())
        return about, about
    return (subject, target) if target.actors else (replace(subject, words=()), Filled(subject.actors, ()))


def _apart(frame: Frame, rule: Pattern, subject: Filled) -> tuple[Filled, Filled]:
    """'A, B and C signed it, underscoring their support for C': 'their' is A's and B's."""
    target = frame.fill(rule.object)
    inner = _states(target.actors)
    rest = tuple(a for a in subject.actors if a.state not in inner)
    by_pronoun = any(w.pos == "PRON" or w.tag.startswith("PRP") or w.pos == "NOUN" for w in subject.words)
    if target.actors and rest and by_pronoun:
        return replace(subject, actors=rest), target
    return subject, NOTHING


def _bodies(target: Filled, memory: Memory) -> Filled:
    """Only organisations can have members; a phrase such as 'an alliance aimed at X' passes as it is."""
    named = [w for w in target.words if w.mention is not None]
    if not named and target.words:
        return target
    return replace(target, actors=tuple(a for a in target.actors if a.state in memory.organisations))


def _own_things(frame: Frame) -> bool:
    heads = [*frame.role(("comp",)), *frame.role(("obj",))]
    return any(w.tag == "PRP$" for head in heads for w in head.subtree())


def _named_but_unknown(frame: Frame) -> bool:
    """Whether a name stands where the object stands, which no table links: it is not to be replaced."""
    heads = [*frame.role(("obj",)), *frame.role(("rest",))] if frame.verbal else [frame.word]
    return any(word.pos == "PROPN" for head in heads for word in head.subtree())


def _named(filled: Filled) -> bool:
    return any(below.mention is not None for word in filled.words for below in word.subtree())


def _states(actors: Actors) -> set[str]:
    return {actor.state for actor in actors}


def recall(claim: Claim, memory: Memory) -> None:
    """What later sentences may refer to: 'these allegations', 'the six-week war', 'the jets'."""
    subject, target = _actors(claim.subject_code, claim.subject), _actors(claim.object_code, claim.object)
    if claim.predicate in ("accuses", "criticizes"):
        memory.accuser = subject
    elif claim.predicate in _WARS:
        parties = (*subject, *target)
        if len(_states(parties)) >= 2:
            memory.war = parties
    elif claim.predicate in _ARMS_FORWARD:
        memory.supplier, memory.recipient = subject or memory.supplier, target or memory.recipient
    elif claim.predicate in _ARMS_BACKWARD or claim.unit == "rank(arms_recipient)":
        memory.recipient, memory.supplier = subject or memory.recipient, target or memory.supplier


def _actors(codes: str, texts: str) -> Actors:
    pairs = zip(codes.split("|"), [*texts.split("|"), *[""] * 9], strict=False)
    return tuple(Actor(code, text) for code, text in pairs if code)

"""Who does what to whom: the grammatical roles of a verb or noun, found in the tree of words.

Every role is a list of words (heads of phrases). Passives are turned round, participles and infinitives
inherit the subject of the verb that governs them, and a relative pronoun gives way to its noun.
"""

from __future__ import annotations

from multivector.evidence.reading.language import Word
from multivector.evidence.reading.lexicon import word_class

_RELATIVE = frozenset({"WDT", "WP", "WP$"})
# Verbs whose infinitive has their object for a subject: "X urges Y to leave".
_OBJECT_CONTROL = frozenset(
    {"ask", "urge", "enable", "allow", "help", "force", "push", "encourage", "pressure", "persuade", "compel"}
    | {"lead", "permit", "require", "invite", "tell", "order", "cause", "drive", "prompt", "want", "expect"}
)
_TIMES = frozenset(
    {"during", "since", "after", "before", "until", "amid", "following", "throughout", "despite"}
)
_VERBAL = frozenset({"VERB", "AUX"})
_COPULAR = frozenset(
    {"be", "become", "remain", "emerge", "stay", "constitute", "represent", "form", "seem", "serve", "act"}
    | {"function"}
)
_SUCCEEDS = frozenset({"overtake", "replace", "displace", "surpass", "succeed", "supplant", "follow"})
_ROLES = frozenset({"role", "position", "status", "importance"})
_DEEPEST = 8  # clauses climbed for an inherited subject; real sentences need three or four


def is_verbal(word: Word) -> bool:
    """Whether the word is a verb (or a form of 'be' or 'have' that stands for one)."""
    return word.pos in _VERBAL


def is_passive(verb: Word) -> bool:
    """Whether the verb's surface subject undergoes it."""
    if any(kid.dep in ("nsubjpass", "auxpass") for kid in verb.kids):
        return True
    return verb.tag == "VBN" and verb.dep in ("acl", "amod") and not verb.deps("aux")


def surface_subject(verb: Word, depth: int = 0) -> list[Word]:
    """The subject as written, or the one inherited from the verb or noun above."""
    own = verb.deps("nsubj", "nsubjpass", "csubj") or _misparsed_subject(verb)
    if own:
        return [_antecedent(word, verb) for word in own]
    return [] if verb.head is verb or depth > _DEEPEST else _inherited_subject(verb, depth)


def _inherited_subject(verb: Word, depth: int) -> list[Word]:
    head = verb.head
    if verb.dep == "acl" and any(kid.tag == "TO" for kid in verb.kids):
        return beneficiary(head, depth + 1)  # "an opportunity to diversify": whose?
    if verb.dep in ("acl", "relcl", "amod") and not is_verbal(head):
        return [head]
    if verb.dep == "xcomp" and head.lemma in _OBJECT_CONTROL and head.deps("dobj"):
        return head.deps("dobj")
    if verb.dep == "pcomp" and head.pos in ("ADP", "SCONJ"):
        head = head.head
    if is_verbal(head) or head.pos == "ADJ":
        return surface_subject(head, depth + 1)
    return bearer(head, depth + 1)


def beneficiary(noun: Word, depth: int = 0) -> list[Word]:
    """Whose opportunity, ability or plan it is: the owner, or whom the verb gives it to."""
    verb = governor(noun)
    if (
        not noun.deps("poss")
        and verb is not None
        and verb.lemma in ("give", "provide", "offer", "grant", "allow")
    ):
        given = verb.deps("dative") or [o for o in verb.deps("dobj") if o is not noun]
        if given:
            return given
    return bearer(noun, depth)


def _misparsed_subject(verb: Word) -> list[Word]:
    """A name just left of a finite verb that the parser took for its modifier."""
    if verb.tag not in ("VBZ", "VBD", "VBP"):
        return []
    odd = ("amod", "compound", "npadvmod", "dep", "nmod")
    return [
        kid for kid in verb.kids if kid.dep in odd and kid.mention is not None and kid.index < verb.index
    ][-1:]


def _antecedent(word: Word, verb: Word) -> Word:
    if word.tag in _RELATIVE and verb.dep == "relcl" and verb.head is not verb:
        return verb.head
    return word


def agents(verb: Word) -> list[Word]:
    """Who does it: the subject, or the phrase with 'by' of a passive."""
    if is_passive(verb):
        return [word for kid in verb.kids if kid.lemma == "by" for word in kid.deps("pobj", "pcomp")]
    return surface_subject(verb)


def patients(verb: Word) -> list[Word]:
    """Whom or what it is done to: the object, or the surface subject of a passive."""
    if is_passive(verb):
        return surface_subject(verb)
    found = [kid for kid in verb.kids if kid.dep in ("dobj", "dative") and kid.pos != "ADP"]
    # "considers X a partner": X is the subject of a clause without a verb
    found = found or [
        subject
        for kid in verb.deps("ccomp", "xcomp", "oprd")
        if kid.pos in ("NOUN", "ADJ", "PROPN")
        for subject in kid.deps("nsubj")
    ]
    if not found:
        # Lists of names that the parser hangs on the verb as if they were adverbs.
        found = [
            kid
            for kid in verb.kids
            if kid.index > verb.index
            and kid.mention is not None
            and kid.dep in ("npadvmod", "oprd", "dep", "attr")
        ]
    return [_antecedent(word, verb) for word in found]


def complements(verb: Word) -> list[Word]:
    """What the verb says its subject or object is: 'is a hub', 'considers it vital', 'acts as a bridge'."""
    found = verb.deps("attr", "acomp", "oprd")
    found += [
        kid
        for kid in verb.deps("ccomp", "xcomp")
        if kid.pos in ("ADJ", "NOUN", "PROPN") and not kid.deps("cop")
    ]
    for preposition in verb.deps("prep"):
        if preposition.lemma == "as":
            found += preposition.deps("pobj", "amod", "pcomp")
    return found


def prepositional(word: Word, *names: str) -> list[Word]:
    """The heads of the phrases that hang on the word by one of these prepositions."""
    found: list[Word] = []
    for kid in word.kids:
        if kid.dep in ("prep", "agent", "dative", "prt", "mark", "advmod") and kid.lemma in names:
            found += kid.deps("pobj", "pcomp")
        elif kid.dep == "prep":
            # "in cooperation with", "out of": the inner preposition hangs on the outer one.
            found += [w for inner in kid.deps("prep") if inner.lemma in names for w in inner.deps("pobj")]
    return found


def governor(noun: Word) -> Word | None:
    """The verb whose object (or prepositional object) the noun is: 'deepens its ties' gives 'deepens'."""
    head = noun.head
    if noun.dep in ("dobj", "nsubjpass", "attr", "oprd", "acomp") and is_verbal(head):
        return head
    if noun.dep == "conj":
        return governor(head)
    if noun.dep == "pobj" and head.lemma in _TIMES:
        return None
    if noun.dep == "pobj" and head.pos == "ADP" and is_verbal(head.head):
        return head.head
    if noun.dep in ("pobj", "pcomp") and head.head.dep in ("dobj", "attr") and is_verbal(head.head.head):
        return head.head.head
    return None


def bearer(noun: Word, depth: int = 0) -> list[Word]:
    """Of whom the noun is said: its owner, its subject ('X is a member'), the head that it stands beside."""
    owners = noun.deps("poss")
    if owners:
        return owners
    said = predicated_of(noun, depth)
    if said:
        return said
    verb = light_verb(noun)
    if verb is not None and depth <= _DEEPEST:
        return surface_subject(verb, depth + 1) if not is_passive(verb) else agents(verb)
    return []


def predicated_of(noun: Word, depth: int = 0) -> list[Word]:
    """What the noun describes: 'X, a member of Y', 'X is a member', 'Z sees X as a partner'."""
    head = noun.head
    if depth > _DEEPEST or head is noun:
        return noun.deps("nsubj") if depth <= _DEEPEST else []
    match noun.dep:
        case "nsubj":  # "its leading market was X"
            found = head.deps("attr") if head.lemma in _COPULAR else []
            found = [word for word in found if word.mention is not None]
        case "conj":
            found = predicated_of(head, depth + 1)
        case "appos":
            found = [head]
        case "attr" | "acomp" | "oprd" | "ccomp" | "xcomp" if is_verbal(head):
            found = _said_by(head, depth)
        case "pobj" if head.lemma in ("as", "among"):
            found = _said_as(head.head, depth)
        case _:
            found = noun.deps("nsubj")
    return found


def _said_by(verb: Word, depth: int) -> list[Word]:
    """Of whom the verb says it: the subject of 'is', the object of 'considers'."""
    if verb.lemma in _COPULAR or is_passive(verb):
        return surface_subject(verb, depth + 1)
    return patients(verb) or surface_subject(verb, depth + 1)


def _said_as(above: Word, depth: int) -> list[Word]:
    """'serves as', 'sees X as', 'its role as'."""
    if is_verbal(above):
        of_subject = above.lemma in _COPULAR or above.lemma in _SUCCEEDS
        return ([] if of_subject else patients(above)) or surface_subject(above, depth + 1)
    return bearer(above, depth + 1) if above.lemma in _ROLES else []


def conjuncts(word: Word) -> list[Word]:
    """The word and those joined to it by 'and', in order."""
    found = [word]
    for member in found:
        found.extend(kid for kid in member.kids if kid.dep == "conj")
    return found


def light_verb(noun: Word) -> Word | None:
    """The verb that carries the noun ('maintains close ties'), where it is one of the light verbs."""
    verb = governor(noun)
    return verb if verb is not None and verb.lemma in word_class("light") else None

"""How a claim is meant: its polarity, its stance, and to whom it is attributed.

From the word that carries the claim upwards, each governing verb may negate it ("refuses to"), report it
("X said that"), allege it, deny it, hedge it, make it a forecast ("is expected to"), a condition ("if"), or
say that it should be ("must"). The outermost speaker is whom the claim is attributed to.
"""

from __future__ import annotations

from dataclasses import dataclass

from multivector.evidence.reading.language import Sentence, Word
from multivector.evidence.reading.lexicon import word_class
from multivector.evidence.reading.roles import agents, governor, is_passive, is_verbal, prepositional

# The weaker stance wins: what is only alleged is not made stronger by being reported.
_ORDER = ("asserted", "reported", "hedged", "forecast", "normative", "hypothetical", "alleged", "denied")


_MODALS = (
    ("modal_normative", "normative"),
    ("modal_future", "forecast"),
    ("modal_hedge", "hedged"),
    ("modal_hypothetical", "forecast"),
)
_ANY = ("ccomp", "xcomp", "pcomp")
# class of the governing verb, the stance that it gives, how the claim must hang on it; the first fits
_GOVERNORS = (
    ("allege", "alleged", _ANY),
    ("deny", "denied", _ANY),
    ("report", "reported", ("ccomp",)),
    ("forecast_verb", "forecast", ("ccomp", "xcomp")),
    ("hedge_verb", "hedged", _ANY),
    ("intent", "intent", _ANY),
    ("normative_verb", "normative", ("xcomp",)),
)
_CALLS = frozenset({"call", "appeal", "push", "press", "ask", "advocate", "lobby", "campaign", "argue"})
# Verbs of saying that take a thing for their object: "he highlighted X's support for Y".
_TELLS = frozenset(
    {"highlight", "emphasize", "emphasise", "stress", "note", "outline", "mention", "recall", "cite"}
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Polarity (+ or -), stance, the words of the speaker (None: the author), the governing intent verb."""

    polarity: str
    stance: str
    speaker: Word | None
    unspecified: bool
    intent: Word | None


def scope_of(word: Word, sentence: Sentence) -> Scope:
    """The scope in which the claim carried by `word` stands."""
    negations, stances = _own(word)
    speaker: Word | None = None
    unspecified = False
    intent: Word | None = None
    below = word
    for above in _governors(word):
        if is_verbal(above) or above.pos == "ADJ":
            embedded = below.dep in ("ccomp", "xcomp", "pcomp", "advcl", "dobj", "acl") or below is not word
            if embedded:
                negations += _negates(above, below)
                found, who, unnamed, wish = _embedding(above, below)
                stances += found
                speaker = speaker or who
                unspecified = unspecified or unnamed
                intent = intent or wish
            more, own = (
                _own(above) if below.dep in ("xcomp", "pcomp", "ccomp", "dobj", "attr", "acomp") else (0, [])
            )
            negations += more
            stances += own
        below = above
    if word.dep == "pobj" and word.head.lemma == "for" and word.head.head.lemma in _CALLS:
        stances.append("normative")  # "called for a reform": there is none yet
    source = _according_to(sentence)
    if source is not None:
        stances.append("reported")
        speaker = speaker or source
    if _conditional(word):
        stances.append("hypothetical")
    stance = max(stances or ["asserted"], key=_ORDER.index)
    polarity = "-" if negations % 2 else "+"
    return Scope(polarity, stance, speaker, unspecified and speaker is None, intent)


def _governors(word: Word) -> list[Word]:
    """The words above whose scope reaches down to `word`: not across 'and', nor out of a relative clause."""
    found: list[Word] = []
    below = word
    if not is_verbal(word) and word.pos != "ADJ":
        verb = governor(word)
        if verb is None or below.dep not in ("dobj", "attr", "nsubjpass", "conj", "acomp", "oprd"):
            return []
        found.append(verb)
        below = verb
    while below.head is not below:
        above = below.head
        if below.dep in ("relcl", "acl", "nsubj", "nsubjpass", "appos", "poss") or (
            below.dep == "advcl" and _is_aside(below)
        ):
            break
        if below.dep == "conj":
            below = above
            continue
        if above.pos in ("ADP", "SCONJ") and below.dep == "pcomp":
            above = above.head
        found.append(above)
        below = above
    return found


def _is_aside(clause: Word) -> bool:
    """'While A does this, B does that': the main verb does not govern the aside."""
    return any(kid.dep == "mark" for kid in clause.kids) or clause.tag == "VBG"


def _own(word: Word) -> tuple[int, list[str]]:
    """What hangs on the word itself: 'not', 'could', 'allegedly', 'potential'."""
    negations = sum(_is_negation(kid) for kid in word.kids)
    if is_verbal(word):  # "supplied no arms", "neither A nor B is a member"
        sides = word.deps("nsubj", "nsubjpass", "dobj", "attr")
        negations += sum(any(_is_negation(k) or k.lemma == "neither" for k in side.kids) for side in sides)
    stances = [stance for kid in word.kids for stance in _shading(kid)]
    if word.dep == "acl" and word.head.lemma in word_class("possibility"):
        stances.append("hypothetical")
    return negations, stances


def _is_negation(kid: Word) -> bool:
    lemma = kid.lemma if kid.text != "n't" else "not"
    if kid.dep == "neg" or (kid.dep in ("det", "preconj") and lemma in ("no", "neither")):
        return True
    if lemma in ("long", "longer") and any(k.lemma == "no" for k in kid.kids):
        return True  # "no longer"
    return kid.dep == "advmod" and lemma in word_class("negator_word")


def _shading(kid: Word) -> list[str]:
    """The stance that a modal verb, an adverb or an adjective gives."""
    if kid.dep == "aux" and kid.tag == "MD":
        return [s for name, s in _MODALS if kid.text.lower() in word_class(name)][:1]
    if kid.dep == "advmod":
        return _adverb(kid.lemma)
    if kid.dep == "amod" and kid.lemma in word_class("possible"):
        return ["hypothetical"]
    return []


def _adverb(lemma: str) -> list[str]:
    for name, stance in (
        ("hedge_adverb", "hedged"),
        ("report_adverb", "reported"),
        ("allege_adverb", "alleged"),
    ):
        if lemma in word_class(name):
            return [stance]
    return []


def _negates(above: Word, below: Word) -> int:
    if below.dep not in ("xcomp", "pcomp", "ccomp", "dobj", "advcl"):
        return 0
    said_of_it = [above, *above.deps("acomp")] if below.dep == "ccomp" else [above]
    if above.lemma in word_class("unlikely") or any(w.lemma in word_class("untrue") for w in said_of_it):
        return 1  # "it is false that"
    negator = above.lemma in word_class("negator_verb") and below.dep in ("xcomp", "pcomp", "ccomp")
    return int(negator)


def _embedding(above: Word, below: Word) -> tuple[list[str], Word | None, bool, Word | None]:
    """What a governing verb makes of the claim: stances, the speaker, whether unnamed, an intent."""
    stance = _stance_under(above, below)
    if stance is None:
        return [], None, False, None
    if stance == "intent":
        return ["forecast"], None, False, above
    speaks = stance in ("alleged", "denied", "reported") or (
        stance == "forecast" and above.pos == "VERB" and not is_passive(above)
    )
    return [stance], *(_speaker(above) if speaks else (None, False)), None


def _stance_under(above: Word, below: Word) -> str | None:
    if below.dep == "dobj" and above.lemma in _TELLS and any(_is_person(w) for w in agents(above)):
        return "reported"
    if below.dep not in ("ccomp", "xcomp", "pcomp"):
        return None
    if above.pos == "ADJ":
        return "forecast" if above.lemma in word_class("forecast_adjective") else None
    for name, stance, deps in _GOVERNORS:
        if above.lemma in word_class(name) and below.dep in deps:
            return stance
    return None


def _is_person(word: Word) -> bool:
    named = word.mention is not None and word.mention.kind == "person"
    return named or word.text.lower() in ("he", "she") or word.lemma in word_class("person_noun")


def _speaker(verb: Word) -> tuple[Word | None, bool]:
    """Who says it, and whether the text hides who ('it is alleged that')."""
    who = agents(verb)
    if who and not (who[0].tag == "PRP" and who[0].lemma == "it"):
        return who[0], False
    return None, is_passive(verb)


def _according_to(sentence: Sentence) -> Word | None:
    for word in sentence.words:
        if word.lemma == "accord" and word.text.lower() == "according":
            named = prepositional(word, "to")
            if named:
                return named[0]
    return None


def _conditional(word: Word) -> bool:
    """Whether the claim stands in an if-clause, or in the main clause of one."""
    clause = word
    while True:
        if is_verbal(clause):
            if any(kid.dep == "mark" and kid.lemma in ("if", "unless") for kid in clause.kids):
                return True
            if any(
                kid.dep == "advcl" and any(m.dep == "mark" and m.lemma in ("if", "unless") for m in kid.kids)
                for kid in clause.kids
            ):
                return True
        if clause.head is clause or clause.dep in ("relcl", "appos", "acl"):
            return False
        clause = clause.head

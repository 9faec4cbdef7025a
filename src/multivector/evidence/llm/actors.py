"""The actors of a proposal: the model copies names, the gazetteer gives the codes.

A name counts where it stands in the sentence of the quote. A name from the text just before counts only where
the sentence has a word that may stand for it ("it", "the country"), and is marked.
"""

from __future__ import annotations

from dataclasses import dataclass

from multivector.evidence.llm.passage import Passage, UnfoundedError
from multivector.evidence.reading.gazetteer import Gazetteer, Mention
from multivector.evidence.reading.lexicon import sectors, word_class

_PRONOUNS = frozenset(
    "it its itself they them their theirs themselves both we our us i he she his her him this that these those "
    "who which former latter".split()
)
_STANDS_FOR = ("country", "region_noun", "bloc_noun")
_DETERMINERS = frozenset({"the", "this", "that", "these", "those", "its", "their", "both", "two", "three"})
EARLIER = "named earlier"  # the mark


@dataclass(frozen=True, slots=True)
class Side:
    """The subject or the object: names as the text has them, codes as the gazetteer has them."""

    texts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    earlier: bool = False


def side_of(names: list[str], passage: Passage, gazetteer: Gazetteer) -> Side:
    """The side that the names make.

    Raises
    ------
    UnfoundedError : a name does not stand in the sentence, nor in the text before where a pronoun may mean it.
    """
    texts: list[str] = []
    codes: list[str] = []
    earlier = False
    for name in names:
        linked, before = _linked(name, passage, gazetteer)
        texts.append(name.replace("|", "/"))
        codes += linked
        earlier = earlier or before
    return Side(tuple(dict.fromkeys(texts)), tuple(dict.fromkeys(codes)), earlier)


def _linked(name: str, passage: Passage, gazetteer: Gazetteer) -> tuple[list[str], bool]:
    """The codes of a name, and whether it stands only in the text before."""
    place = _place(name, passage)
    if place is not None:
        start, end = place
        mentions = [m for m in passage.mentions if m.start < end and start < m.end and m.kind != "place"]
        return _with_sector([m.code for m in mentions], start, end, passage), False
    meant = [m for m in gazetteer.link(name) if m.kind != "place"]
    if meant and _all_among(meant, passage.mentions):
        return [m.code for m in meant], False
    if meant and _all_among(meant, passage.before) and _has_stand_in(passage):
        return [m.code for m in meant], True
    raise UnfoundedError(f"“{name[:60]}” does not stand in the sentence")


def _place(name: str, passage: Passage) -> tuple[int, int] | None:
    """Where the name stands in the sentence, in the quote if it can be."""
    text, base = passage.text, passage.sentence.start
    places = []
    at = text.find(name)
    while at >= 0:
        after = at + len(name)
        whole = not (at and text[at - 1].isalnum() and name[0].isalnum())
        if whole and not (after < len(text) and text[after].isalnum() and name[-1].isalnum()):
            places.append((base + at, base + after))
        at = text.find(name, at + 1)
    inside = [place for place in places if passage.start <= place[0] and place[1] <= passage.end]
    return next(iter(inside or places), None)


def _with_sector(codes: list[str], start: int, end: int, passage: Passage) -> list[str]:
    """'Chinese coast guard' is the state's armed arm, not the state."""
    named = [w for w in passage.sentence.words if start <= w.start and w.end <= end and w.inside is None]
    sector = next((sectors()[w.lemma] for w in reversed(named) if w.lemma in sectors()), None)
    if sector is None or len(codes) != 1 or ":" in codes[0]:
        return codes
    return [f"{codes[0]}:{sector}"]


def _all_among(meant: list[Mention], known: list[Mention]) -> bool:
    states = {m.code.partition(":")[0] for m in known}
    return all(m.code.partition(":")[0] in states for m in meant)


def _has_stand_in(passage: Passage) -> bool:
    """Whether a word of the sentence may stand for a name given before."""
    nouns = {lemma for name in _STANDS_FOR for lemma in word_class(name)} | set(sectors())
    for word in passage.sentence.words:
        if word.text.lower() in _PRONOUNS and word.pos in ("PRON", "DET", "ADJ"):
            return True
        if word.lemma in nouns and any(kid.text.lower() in _DETERMINERS for kid in word.kids):
            return True
    return False

"""Figures that no rule has taken: each becomes a claim of its own, so that no stated number is lost.

The claim says which number stands in which sentence, with unit, operator, dates and the actors named there;
what is measured is left to whoever reads the quote, a checker included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from multivector.evidence.reading.language import Sentence, Word
from multivector.evidence.reading.lexicon import word_class
from multivector.evidence.reading.quantities import Quantity

_LONGEST = 320  # characters of a sentence that is quoted whole
_LARGE = 10_000  # a number that measures something even where no noun follows: "put at about 9 million"
_UNCOUNTED = ("country", "person_noun", "region_noun", "bloc_noun")


def left_over(quantities: Iterable[Quantity], taken: set[str], sentence: Sentence) -> list[Quantity]:
    """The quantities of a sentence that state something and that no claim holds yet."""
    return [q for q in quantities if q.text not in taken and states(q, sentence)]


def states(quantity: Quantity, sentence: Sentence) -> bool:
    """Whether the number measures or counts: 'three wars' does, 'the two states' and 'one of them' do not."""
    if quantity.kind == "duration":
        return not _only_when(words_of(quantity, sentence))
    if quantity.kind != "count":
        return not quantity.vague
    return quantity.value >= _LARGE or (quantity.value >= 2 and bool(unit_of(quantity, sentence)))


def _only_when(words: list[Word]) -> bool:
    """'for three decades', 'two years after', 'within weeks': when it was, not how long something is."""
    top = next((w for w in words if w.head not in words), None)
    if top is None or top.dep in ("npadvmod", "advmod", "nsubj", "nmod"):
        return top is None or top.head.text == "-" or not top.head.pos.startswith("ADJ")
    return top.dep == "pobj" and top.head.lemma not in ("of", "to", "at")


def unit_of(quantity: Quantity, sentence: Sentence) -> str:
    """The unit, or for a count the noun that is counted, as the text has it."""
    if quantity.unit or quantity.kind != "count":
        return quantity.unit
    words = words_of(quantity, sentence)
    noun = next(
        (w.head for w in words if w.dep in ("nummod", "quantmod", "amod") and w.head not in words), None
    )
    while noun is not None and noun.pos == "NUM" and noun.dep in ("nummod", "quantmod", "compound"):
        noun = noun.head
    if noun is None or noun.pos != "NOUN" or noun.index < words[0].index:
        return ""
    if any(noun.lemma in word_class(name) for name in _UNCOUNTED) or noun.tag != "NNS":
        return ""
    if noun.lemma in word_class("aircraft_noun"):
        return "aircraft"
    return re.sub(r"[^a-z]+", "_", noun.text.lower()).strip("_")


def words_of(quantity: Quantity, sentence: Sentence) -> list[Word]:
    """The words that write the number."""
    return [w for w in sentence.words if w.start < quantity.end and quantity.start < w.end]


def extent(sentence: Sentence) -> tuple[int, int]:
    """Where the sentence stands, without its full stop."""
    words = sentence.words
    last = len(words) - 1
    while last > 0 and words[last].pos == "PUNCT" and words[last].text not in ")\"'\u201d%":
        last -= 1
    return words[0].start, words[last].end


def stretch_of(quantity: Quantity, sentence: Sentence) -> tuple[int, int]:
    """The sentence without its full stop; of a very long one, the part between semicolons or commas."""
    words, home = sentence.words, words_of(quantity, sentence)
    start, end = extent(sentence)
    if end - start <= _LONGEST or not home:
        return start, end
    marks = [w for w in words if w.text in (";", ",", "\u2014", "\u2013") or w.pos == "CCONJ"]
    left = [w.end for w in marks if home[0].start - w.start > _LONGEST // 3]
    right = [w.start for w in marks if w.start - home[-1].end > _LONGEST // 3]
    inside = [
        w for w in words if (left[-1] if left else start) <= w.start and w.end <= (right[0] if right else end)
    ]
    return inside[0].start, inside[-1].end

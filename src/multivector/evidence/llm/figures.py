"""Figures and dates of a proposal: the model copies the words, the grammar of the rules reads the number.

So a figure cannot differ from its quote, nor a date from its sentence.
"""

from __future__ import annotations

from functools import cache

from multivector.evidence.llm.passage import Passage, UnfoundedError
from multivector.evidence.reading.dates import periods_of
from multivector.evidence.reading.lexicon import word_class
from multivector.evidence.reading.patterns import patterns
from multivector.evidence.reading.quantities import Quantity, ordinal_of, quantities_of, rank_of
from multivector.evidence.reading.values import Value

_KINDS = {
    "number": ("percent", "money", "count"),
    "several": ("count",),
    "percent": ("percent",),
    "money": ("money",),
    "count": ("count", "measure"),
    "length": ("length",),
    "duration": ("duration",),
    "rank": ("rank",),
    "ordinal": ("rank",),
}


def value_of(figure: str, direction: str, predicate: str, passage: Passage) -> Value:
    """The value that the figure's words state in the quote; a direction where there is no figure.

    Raises
    ------
    UnfoundedError : the figure does not stand in the quote, is none, or none that the predicate can have.
    """
    kinds, needed = _kinds_of(predicate)
    if not figure:
        if needed:
            raise UnfoundedError(f"{predicate} without its figure")
        return Value(direction, "", "direction" if direction else "")
    if not kinds:
        return Value()  # the figure is something else's
    start = passage.quote.find(figure)
    if start < 0:
        raise UnfoundedError(f"the figure “{figure[:60]}” does not stand in the quote")
    if "rank" in kinds:
        return _rank(figure, predicate, passage)
    end = start + len(figure)
    stated = [q for q in quantities_of(passage.quote) if q.start < end and start < q.end]
    if len(stated) != 1:
        raise UnfoundedError(f"“{figure[:60]}” is not one figure")
    if stated[0].kind not in kinds:
        raise UnfoundedError(f"“{figure[:60]}” is no figure that {predicate} can have")
    return Value(stated[0].text, stated[0].op, _unit(stated[0], predicate))


def _rank(figure: str, predicate: str, passage: Passage) -> Value:
    rank = rank_of(figure) or next(filter(None, map(ordinal_of, figure.replace("-", " ").split())), None)
    if rank is None:
        raise UnfoundedError(f"“{figure[:60]}” is no rank")
    lemmas = {word.lemma for word in passage.words}
    for rule in patterns():
        asked = [atom.words for need in rule.needs if not need.negated for atom in need.atoms if atom.words]
        if (
            rule.predicate == predicate
            and rule.unit
            and rule.lemmas & lemmas
            and all(w & lemmas for w in asked)
        ):
            return Value(str(rank), "=", rule.unit)
    return Value(str(rank), "=", "rank")


def _unit(quantity: Quantity, predicate: str) -> str:
    units = {rule.unit for rule in patterns() if rule.predicate == predicate and "percent" in rule.value}
    named = units - {""}
    of_output = len(named) == 1 and quantity.kind == "percent"
    return named.pop() if of_output else quantity.unit


@cache
def _kinds_of(predicate: str) -> tuple[frozenset[str], bool]:
    """The kinds of figure that the predicate can have by the rules' vocabulary, and whether it must have one."""
    cells = [rule.value for rule in patterns() if rule.predicate == predicate]
    kinds = {k for cell in cells for part in cell.rstrip("?").split("|") for k in _KINDS.get(part, ())}
    needed = bool(cells) and all(
        cell and not cell.endswith("?") and cell.split("|")[0] in _KINDS and cell != "number"
        for cell in cells
    )
    return frozenset(kinds), needed


def period_of(words: str, date: str, passage: Passage) -> tuple[str, str]:
    """First and last date that the words state: in the sentence, or the document's own date.

    Where the quote itself states just one period, that is the claim's even where the model leaves it out.

    Raises
    ------
    UnfoundedError : the words do not stand in the sentence, or state no date.
    """
    year = int(date[:4]) if date[:4].isdigit() else None
    within = periods_of(passage.quote, year=year)
    if not words and len(within) == 1:
        return within[0].first, within[0].last
    if not words or words == date:
        return (date, date) if words else ("", "")
    start = passage.text.find(words)
    if start < 0:
        raise UnfoundedError(f"“{words[:60]}” does not stand in the sentence")
    end = start + len(words)
    stated = [p for p in periods_of(passage.text, year=year) if p.start < end and start < p.end]
    if not stated:
        return "", ""  # "in recent years": words of time, no date
    return stated[0].first, stated[0].last


def contradicts(direction: str, passage: Passage) -> bool:
    """Whether the words of the quote say the other direction, and only that."""
    lemmas = {word.lemma for word in passage.words}
    up, down = bool(lemmas & word_class("up")), bool(lemmas & word_class("down"))
    return (direction == "increase" and down and not up) or (direction == "decrease" and up and not down)

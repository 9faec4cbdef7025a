"""A stated number against the figures of a year, of several years, or of the latest where none is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from multivector.evidence.checking.book import Book, Figure
from multivector.evidence.checking.precision import Stated, agreement, spread_text, tolerance_text
from multivector.evidence.checking.verdict import (
    NOT_CHECKABLE,
    PARTLY,
    REFUTED,
    SUPPORTED,
    Verdict,
    Word,
    inverted,
    version_of,
)
from multivector.evidence.checking.windows import Window
from multivector.evidence.records import Claim

_RECENT = 3  # years that are too few to say that a figure without a year never held
_FAR = 1 / 3  # of the number: what lies further off no unknown year would bring


@dataclass(frozen=True, slots=True)
class Question:
    """What to look up: `look` gives the figure of a year; `text` says it in words."""

    text: str
    dataset: str
    unit: str
    digits: int
    look: Callable[[int], Figure | None]
    years: tuple[int, ...]


def answer(
    claim: Claim, book: Book, question: Question, stated: Stated | None, window: Window | None
) -> Verdict:
    """The verdict on a yearly figure; what coverage does not reach is not checkable."""
    if stated is None or not question.years:
        states = "the claim states no figure that could be true or false"
        return unanswered(claim, book, states if stated is None else "the region has no such row", question)
    if window is not None and window.first == window.last:
        figure = question.look(window.first)
        if figure is None:
            return unanswered(claim, book, _uncovered(question, window), question, str(window))
        return compared(claim, book, question, stated, figure, window)
    if window is not None:
        return _over_years(claim, book, question, stated, window)
    if claim.date_end and not claim.date_start:
        why = "the claim names the end but not the beginning of its period"
        return unanswered(claim, book, why, question)
    return _undated(claim, book, question, stated)


def _uncovered(question: Question, window: Window) -> str:
    return (
        f"no figure for {window}: the data give {question.years[0]} to {question.years[-1]}; "
        "coverage that ends is missing, not a refutation"
    )


def _over_years(claim: Claim, book: Book, question: Question, stated: Stated, window: Window) -> Verdict:
    """Several years: refuted where the number lies beyond every one of them, otherwise not decided by it."""
    tried = [
        (year, figure)
        for year in question.years
        if window.first <= year <= window.last and (figure := question.look(year)) is not None
    ]
    if not tried:
        return unanswered(claim, book, _uncovered(question, window), question, str(window))
    figures = [figure for _, figure in tried]
    low, high = min(f.low for f in figures), max(f.high for f in figures)
    joint = Figure(
        sum(f.value for f in figures) / len(figures),
        low,
        high,
        tuple(sorted({key for f in figures for key in f.sources})),
        tuple(sorted({v for f in figures for v in f.vintages})),
        bound=any(f.bound for f in figures),
    )
    found = compared(claim, book, question, stated, joint, window)
    if found.verdict == (SUPPORTED if claim.polarity == "-" else REFUTED):
        return found
    if not joint.bound and agreement(stated, joint.value, joint.value, joint.value) == SUPPORTED:
        return found.reread(found.verdict, f"{found.why}; the mean of {window} agrees")
    why = f"the claim speaks of {window}; a yearly figure tests one year"
    return unanswered(claim, book, why, question, str(window))


def _undated(claim: Claim, book: Book, question: Question, stated: Stated) -> Verdict:
    """Without a year: supported by one of the latest figures, partly by an older one, refuted by all."""
    tried = [(year, f) for year in reversed(question.years) if (f := question.look(year)) is not None]
    if not tried:
        return unanswered(claim, book, "the region has no figure for the latest years", question)
    wanted: Word = REFUTED if claim.polarity == "-" else SUPPORTED
    for place, (year, figure) in enumerate(tried):
        made = compared(claim, book, question, stated, figure, Window(year, year, stated=False))
        if made.verdict == wanted:
            word = made.verdict if place == 0 else PARTLY
            return made.reread(word, f"the claim names no year; {made.why}")
    year, figure = tried[0]
    made = compared(claim, book, question, stated, figure, Window(year, year, stated=False))
    close = any(abs(stated.value - f.value) <= _FAR * abs(f.value) for _, f in tried)
    if made.verdict == PARTLY or (len(tried) <= _RECENT and close):
        word = PARTLY if made.verdict == PARTLY else NOT_CHECKABLE
        return made.reread(word, f"the claim names no year, and none of the latest fits; {made.why}")
    first, last = tried[-1][0], tried[0][0]
    return made.reread(
        made.verdict, f"the claim names no year; no year from {first} to {last} fits; {made.why}"
    )


def compared(
    claim: Claim, book: Book, question: Question, stated: Stated, figure: Figure, window: Window
) -> Verdict:
    """The verdict on a stated number against one figure."""
    if figure.bound:
        return _bounded(claim, book, question, stated, figure, window)
    found = agreement(stated, figure.value, figure.low, figure.high)
    spread = spread_text(figure.low, figure.high, question.unit, question.digits, len(figure.vintages))
    computed = f"{figure.value:,.{question.digits}f}{question.unit}"
    sign = "" if stated.op == "=" else stated.op
    years = f" in {window}" if window.first else ""
    return Verdict(
        claim.id,
        inverted(found) if claim.polarity == "-" else found,
        f"stated {sign}{stated.value:,.10g}, found {computed}{years}{spread}"
        + ("; the claim denies it" if claim.polarity == "-" else ""),
        dataset=question.dataset,
        data_version=version_of(book.region, figure.vintages),
        query=f"{question.text}, {window}" if window.first else question.text,
        computed=figure.value,
        computed_text=f"{computed}{spread}",
        tolerance=tolerance_text(stated, question.unit, figure.high - figure.low, question.digits),
        window=str(window) if window.first else "",
        source=figure.sources,
    )


def _bounded(
    claim: Claim, book: Book, question: Question, stated: Stated, figure: Figure, window: Window
) -> Verdict:
    """The verdict where only a bound is known: it can refute a number, but neither it nor its denial is shown."""
    least = f"{figure.low:,.{question.digits}f} to " if figure.low else "at most "
    limit = f"{least}{figure.high:,.{question.digits}f}{question.unit}"
    beyond = agreement(stated, figure.high, figure.low, figure.high) == REFUTED
    refuted = beyond and claim.polarity != "-"
    sign = "" if stated.op == "=" else stated.op
    return Verdict(
        claim.id,
        REFUTED if refuted else NOT_CHECKABLE,
        f"stated {sign}{stated.value:,.10g}, found {limit} in {window}: not among those listed, "
        + ("and what they leave does not fit" if refuted else "and a bound supports no number"),
        dataset=question.dataset,
        data_version=version_of(book.region, figure.vintages),
        query=f"{question.text}, {window}",
        computed_text=limit,
        tolerance=tolerance_text(stated, question.unit, 0.0, question.digits),
        window=str(window),
        source=figure.sources,
    )


def unanswered(
    claim: Claim, book: Book, why: str, question: Question | None = None, window: str = ""
) -> Verdict:
    """Not checkable, and why."""
    return Verdict(
        claim.id,
        NOT_CHECKABLE,
        why,
        dataset=question.dataset if question else "",
        data_version=version_of(book.region),
        query=f"{question.text}, {window}".rstrip(", ") if question else "",
        window=window,
    )


def best(verdicts: list[Verdict]) -> Verdict | None:
    """Of several readings of one claim the kindest: a claim is flagged only where no reading holds."""
    rank = {SUPPORTED: 0, PARTLY: 1, REFUTED: 2, NOT_CHECKABLE: 3}
    return min(verdicts, key=lambda verdict: rank[verdict.verdict], default=None)

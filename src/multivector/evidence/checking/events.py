"""Dates of acts against the region's dated events, found by who acts and by the words of their titles.

An event fits where it shares the actors of the quote and most content words of its title; what fits less well
may support a date but never refute one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from multivector.evidence.checking.book import Book, Row
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.verdict import REFUTED, SUPPORTED, Verdict, Word, inverted, version_of
from multivector.evidence.checking.windows import same_date
from multivector.evidence.checking.words import alike, words
from multivector.evidence.records import predicates

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STEM = 5  # letters by which words are compared: "ratifies" and "ratified"
_SURE, _LIKELY = 0.6, 0.3
_LEAST = 2  # words shared


@dataclass(frozen=True, slots=True)
class _Event:
    row: Row
    actors: frozenset[str]
    stems: frozenset[str]


@lru_cache(maxsize=4)
def _events(book: Book) -> tuple[_Event, ...]:
    made = []
    for row in book.rows("events"):
        actors = frozenset(
            code for part in ("actors", "target") for code in str(row[part] or "").split("|") if code
        )
        made.append(_Event(row, actors, _stems(str(row["title"]), book)))
    return tuple(made)


def _stems(text: str, book: Book) -> frozenset[str]:
    """The content words of a text without the names of actors, cut to their beginnings."""
    for mention in reversed(book.gazetteer.link(text)):
        if mention.kind != "place":
            text = f"{text[: mention.start]} {text[mention.end :]}"
    found = re.findall(r"[a-z][a-z-]{2,}", text.lower())
    kept = [word for word in found if not re.fullmatch(words("of_no_content"), word)]
    return frozenset(word[:_STEM] if (same := alike(word)) == word else same for word in kept)


def _parties(said: Said) -> set[str]:
    """The actors named; a region stands for the states that are part of it."""
    parts: dict[str, set[str]] = {}
    for row in said.book.rows("relations"):
        if row["kind"] == "membership" and row["name"] == "part":
            parts.setdefault(str(row["b"]), set()).add(str(row["a"]))
    return {code for name in said.names for code in parts.get(name.code, {name.code})}


def check_event(said: Said) -> Verdict | None:
    """The date of an act that one event of the region is about; None where none is."""
    claim, book = said.claim, said.book
    years = list(dict.fromkeys(_YEAR.findall(said.quote)))
    day = claim.date_start or (years[0] if len(years) == 1 else "")
    if not day or len(years) > 1 or claim.date_start != claim.date_end:
        return None
    codes = _parties(said)
    stems = _stems(said.quote, book)
    scored = []
    for event in _events(book):
        if not codes or codes - event.actors:
            continue
        shared = stems & event.stems
        if len(shared) >= _LEAST:
            scored.append((len(shared) / len(event.stems), event))
    if not scored:
        return None
    agreeing = [
        event for score, event in scored if score >= _LIKELY and same_date(day, str(event.row["date"]))
    ]
    best = max(score for score, _ in scored)
    top = [event for score, event in scored if score >= max(best - 0.01, _SURE)]
    found = agreeing or top
    if not found:
        return None
    if not agreeing and predicates()[claim.predicate].claim_type != "event":
        return None  # what is no act, such as standing by somebody, may hold in many years
    word: Word = SUPPORTED if agreeing else REFUTED
    shown = "; ".join(f"{event.row['date']}: {event.row['title']}" for event in found[:3])
    return Verdict(
        claim.id,
        inverted(word) if claim.polarity == "-" else word,
        f"{shown}; the claim says {day}",
        dataset="Dated events",
        data_version=version_of(book.region),
        query=f"when: {found[0].row['title']}",
        computed_text=shown,
        tolerance="none: a date as precise as stated",
        window=day,
        source=tuple(sorted({str(event.row["source"]) for event in found})),
    )

"""Who does what to whom: the reader's claims against the sentences of PLOVER's gold standard.

A sentence counts for the source where some claim of it has the annotated actors as subject, for the target where
one has them as object, and for both where one claim has both. Sentences that annotate no target count for the
source only. Actors are the same where their states are: equal sets of codes, the annotation's own, else those
that the gazetteer links in the annotated words. Where neither names a state, a shared word of the name will do
(`lenient`) or nothing (`by codes`). `by words` asks for a shared word of the name alone, whatever the codes.

Source: PLOVER gold standard records, Open Event Data Alliance 2016, CC BY-SA 4.0.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from multivector.evidence import Claim, Document
from multivector.evidence.reading.gazetteer import Gazetteer
from multivector.evidence.reading.reader import read_document

HALVES: Mapping[str, Callable[[int], bool]] = {
    "even": lambda place: place % 2 == 0,  # read while the rules were written
    "odd": lambda place: place % 2 == 1,  # kept apart
    "all": lambda _: True,
}
Measure = Literal["lenient", "by codes", "by words"]
MEASURES: tuple[Measure, ...] = ("lenient", "by codes", "by words")
_NO_STATE = frozenset(["IGO", "NGO", "IMG", "MNC"])
_MENDED = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}  # slips of the annotation
_SMALL = frozenset("the of in a an and for to its their by with from on at".split())


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the sentences that annotate it, in how many the source, the target, and both in one claim are right."""

    sentences: int
    source: float
    target: float
    both: float


@dataclass(frozen=True, slots=True)
class _Side:
    """An annotated actor: its states, and the words of its name."""

    states: frozenset[str]
    words: frozenset[str]

    def same(self, text: str, codes: tuple[str, ...], measure: Measure) -> bool:
        if measure != "by words" and (self.states or measure == "by codes"):
            return bool(self.states) and self.states == set(codes)
        return bool(self.words & _words(text))


def plover_shares(table: Path, gazetteer: Gazetteer, half: str = "even") -> dict[str, Shares]:
    """The shares of `gold_plover_events.csv` by each measure."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for place, row in enumerate(csv.DictReader(file)) if HALVES[half](place)]
    read = [(row, _claims(row, gazetteer)) for row in rows]
    return {measure: _shares(read, gazetteer, measure) for measure in MEASURES}


def _claims(row: dict[str, str], gazetteer: Gazetteer) -> list[Claim]:
    name = row["sent_id"]
    return read_document(Document(name, Path(name), "", row["text"].strip("{}")), gazetteer).claims


def _shares(
    read: Iterable[tuple[dict[str, str], list[Claim]]], gazetteer: Gazetteer, measure: Measure
) -> Shares:
    sources: list[bool] = []
    targets: list[bool] = []
    both: list[bool] = []
    for row, claims in read:
        source = _side(row["source_text"], row["source_code"], gazetteer)
        acts = [source.same(claim.subject, claim.subjects, measure) for claim in claims]
        sources.append(any(acts))
        if row["target_text"]:
            target = _side(row["target_text"], row["target_code"], gazetteer)
            hit = [target.same(claim.object, claim.objects, measure) for claim in claims]
            targets.append(any(hit))
            both.append(any(one and other for one, other in zip(acts, hit, strict=True)))
    return Shares(len(sources), _mean(sources), _mean(targets), _mean(both))


def _side(text: str, codes: str, gazetteer: Gazetteer) -> _Side:
    named = {_MENDED.get(code.strip(), code.strip()) for code in codes.split("|")}
    states = {code for code in named if re.fullmatch("[A-Z]{3}", code)} - _NO_STATE
    linked = {mention.code.partition(":")[0] for mention in gazetteer.link(text)}
    return _Side(frozenset(states or linked), _words(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall("[A-Za-z]+", text)) - _SMALL


def _mean(values: list[bool]) -> float:
    return sum(values) / max(len(values), 1)

"""What the review page says about each claim, as values; the filters that the claims allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from multivector.atlas import Region
from multivector.desk.context import SourceRow
from multivector.desk.review_links import anchor_of
from multivector.evidence import Claim, Contradiction, Document, Verdict
from multivector.evidence.records import predicates
from multivector.evidence.words import in_words, value_in_words

UNCHECKED = "unchecked"
VERDICTS = ("refuted", "partly", "supported", "not checkable", UNCHECKED)


@dataclass(frozen=True)
class Other:
    """A claim named from another claim's card: its words, and where it stands ("" where nothing is known)."""

    said: str
    where: str
    href: str


@dataclass(frozen=True)
class Dispute:
    """A contradiction: why, and the claims in it."""

    why: str
    others: tuple[Other, ...]


@dataclass(frozen=True)
class Card:
    """A claim as the page shows it. `classes` are what the filters ask for; `placed` says if it is highlighted."""

    number: int
    anchor: str
    claim: Claim
    words: str
    value: str
    verdict: str
    checked: Verdict | None
    sources: tuple[SourceRow, ...]
    family: str
    actors: tuple[str, ...]
    names: tuple[str, ...]
    placed: bool
    classes: str = ""
    disputes: tuple[Dispute, ...] = ()

    @property
    def start(self) -> int:
        """First character, in code points."""
        return self.claim.char_start

    @property
    def end(self) -> int:
        """The character after the last."""
        return self.claim.char_end

    @property
    def rule(self) -> str:
        """What found the claim."""
        return self.claim.note.removeprefix("rule ")

    @property
    def speaker(self) -> str:
        """Who says it, in words."""
        named = {"AUTHOR": "the author", "UNSPECIFIED": "somebody not named", "": "the author"}
        return named.get(self.claim.attributed_to, self.claim.attributed_to)

    @property
    def verdict_slug(self) -> str:
        """The verdict as a name for styles."""
        return self.verdict.replace(" ", "-")


@dataclass(frozen=True)
class Choice:
    """One value of a filter; `key` is its class and the id of its control."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Filter:
    """A filter by one property of claims."""

    title: str
    choices: tuple[Choice, ...]


def cards_of(
    document: Document,
    claims: Sequence[Claim],
    verdicts: Mapping[str, Verdict],
    region: Region,
    contradictions: Sequence[Contradiction],
    pages: Mapping[str, str],
) -> list[Card]:
    """A card a claim, in the order of the text."""
    ordered = sorted(claims, key=lambda claim: (claim.char_start, -claim.char_end))
    actor_names = dict(region.table("actors").select("code", "name").iter_rows())
    bare = []
    anchors: Counter[str] = Counter()
    for number, claim in enumerate(ordered, 1):
        anchor = anchor_of(claim.id)
        anchors[anchor] += 1
        anchor += f"..{anchors[anchor]}" if anchors[anchor] > 1 else ""
        checked = verdicts.get(claim.id)
        actors = tuple(dict.fromkeys((*claim.subjects, *claim.objects)))
        bare.append(
            Card(
                number=number,
                anchor=anchor,
                claim=claim,
                words=in_words(claim),
                value=value_in_words(claim),
                verdict=checked.verdict if checked else UNCHECKED,
                checked=checked,
                sources=_sources(region, checked),
                family=predicates()[claim.predicate].family if claim.predicate in predicates() else "other",
                actors=actors,
                names=tuple(str(actor_names.get(code, code)) for code in actors),
                placed=claim.quote != "" and document.text[claim.char_start : claim.char_end] == claim.quote,
                disputes=_disputes(claim, contradictions, pages),
            )
        )
    return _classed(bare)


def _sources(region: Region, checked: Verdict | None) -> tuple[SourceRow, ...]:
    known = set(region.table("sources")["key"])
    rows = [region.source(key) | {"key": key} for key in (checked.source if checked else ()) if key in known]
    return tuple(
        SourceRow(*(str(row[cell] or "") for cell in ("key", "title", "publisher", "year", "url", "licence")))
        for row in rows
    )


def _disputes(
    claim: Claim,
    contradictions: Sequence[Contradiction],
    pages: Mapping[str, str],
) -> tuple[Dispute, ...]:
    return tuple(
        Dispute(each.why, tuple(_other(other, claim, pages) for other in (each.first, each.second)))
        for each in contradictions
        if claim.id in (each.first.id, each.second.id)
    )


def _other(other: Claim, claim: Claim, pages: Mapping[str, str]) -> Other:
    """A claim of a contradiction, with the way to its place where its document has a page."""
    page = "" if other.doc == claim.doc else pages.get(other.doc, "")
    href = f"{page}#{anchor_of(other.id)}" if page or other.doc == claim.doc else ""
    return Other(other.quote, other.doc, href)


_PROPERTIES: tuple[tuple[str, str, Callable[[Card], tuple[str, ...]]], ...] = (
    ("Verdict", "v", lambda card: (card.verdict,)),
    ("Family", "f", lambda card: (card.family,)),
    ("Stance", "s", lambda card: (card.claim.stance,)),
    ("Actor", "a", lambda card: card.names),
)


def filters_of(cards: Sequence[Card]) -> list[Filter]:
    """A filter for each property in which the claims differ, with counts."""
    filters = []
    for title, letter, values in _PROPERTIES:
        listed = _values(cards, values)
        counts = Counter(value for card in cards for value in values(card))
        if len(listed) > 1:
            choices = (Choice(f"{letter}{i}", value, counts[value]) for i, value in enumerate(listed))
            filters.append(Filter(title, tuple(choices)))
    return filters


def counts_of(cards: Sequence[Card]) -> list[tuple[str, int]]:
    """How many claims have each verdict; verdicts without claims are left out."""
    counts = Counter(card.verdict for card in cards)
    return [(verdict, counts[verdict]) for verdict in VERDICTS if counts[verdict]]


def _values(cards: Sequence[Card], values: Callable[[Card], tuple[str, ...]]) -> list[str]:
    found = {value for card in cards for value in values(card)}
    return sorted(found, key=lambda value: (VERDICTS.index(value) if value in VERDICTS else 0, value))


def _classed(cards: list[Card]) -> list[Card]:
    keys = {
        (letter, value): f"{letter}{i}"
        for _, letter, values in _PROPERTIES
        for i, value in enumerate(_values(cards, values))
    }
    return [
        replace(
            card,
            classes=" ".join(
                [
                    f"k {card.verdict_slug}",
                    *(keys[letter, value] for _, letter, values in _PROPERTIES for value in values(card)),
                ]
            ),
        )
        for card in cards
    ]

"""Whose flow a quote speaks of: "<A>'s imports", "what <A> sold abroad", "<A> bought ... of its gas from <B>"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from multivector.evidence.checking.book import Book
from multivector.evidence.checking.said import Name, Said
from multivector.evidence.checking.words import words

_EXPORT = words("export")
_IMPORT = words("import")
ARMS = words("arms")
VOTES = "un_agreement"
_VOTES = r"\bvot(?:e|ed|es|ing)\b|roll[- ]calls?|General Assembly"
_REMITTANCES = words("remittances")
OTHER = rf"(?:{words('set_aside')})"


@dataclass(frozen=True, slots=True)
class Flow:
    """Whose flow of which kind, and with whom."""

    kind: str  # imports, exports, arms, remittances, un_agreement, or a fuel's share such as gas_import_share
    state: str
    partner: str
    joint: tuple[str, ...] = ()  # further partners, where the number is that of all together

    @property
    def partners(self) -> tuple[str, ...]:
        """All partners whose share the number is."""
        return (self.partner, *self.joint)


def flow_of(said: Said) -> Flow | None:
    """The flow that the quote speaks of; None where it names no flow or no two states."""
    kind = _kind(said)
    states = said.states
    if kind is None or len({name.code for name in states}) < 2:
        return None
    if kind == VOTES:
        codes = list(dict.fromkeys(name.code for name in states))
        first = next((c for c in codes if c in said.book.region.states), codes[0])
        others = [name for name in states if name.code != first]
        return Flow(kind, *_voters(said.book, first, _nearest(others, said).code))
    owner = owner_of(said, kind)
    if owner is None:
        return None
    rest = [name for name in states if name.code != owner]
    plain = [name for name in rest if not _set_aside(said, name)]
    marked = [
        n
        for n in plain
        if re.search(r"\b(?:from|to|by|in|was|were|with|but)\s+(?:the )?$", said.text[: n.start], re.I)
    ]
    if said.crowded and plain:
        return Flow(kind, owner, _nearest(plain, said).code)
    chosen = _subject(plain, said) or (marked or plain or rest)[:1]
    return Flow(kind, owner, chosen[0].code, _beside(said, chosen[0], plain)) if chosen else None


def _set_aside(said: Said, name: Name) -> bool:
    """Whether the quote names it only to set it aside: "ahead of <B>", "despite its links with <B>, ..."."""
    before = said.text[: name.start]
    return bool(
        re.search(OTHER + r"\s+(?:the )?$", before, re.I)
        or re.match(rf"(?:{words('aside_clause')})\b[^,;]*$", before, re.I)
    )


def _beside(said: Said, chosen: Name, names: list[Name]) -> tuple[str, ...]:
    """The partners listed with the chosen one, whose share together the number is: "<B>, <C> and <D>"."""
    if said.has(rf"\b(?:{words('each')})\b"):
        return ()
    found: list[str] = []
    end = chosen.end
    for name in names:
        if name.start >= end and re.fullmatch(r",? and (?:the )?|, (?:the )?", said.text[end : name.start]):
            found.append(name.code)
            end = name.end
    return tuple(code for code in dict.fromkeys(found) if code != chosen.code)


def _voters(book: Book, one: str, other: str) -> tuple[str, str]:
    """The two in the order in which the layer has them; agreement is the same both ways."""
    has = [other in book.tie(VOTES, one, year) for year in book.tie_years(VOTES, one)]
    return (one, other) if any(has) else (other, one)


def _nearest(names: list[Name], said: Said) -> Name:
    """The name next to the number, where the quote holds several numbers; else the first."""
    return said.beside(names) if said.crowded else names[0]


def _subject(names: list[Name], said: Said) -> list[Name]:
    """The name at the head of the sentence, or one that owns the share: "<B>'s share of <A>'s imports"."""
    for name in names:
        if re.match(r"(?:'s|’s)? (?:share|part|portion|weight)\b", said.text[name.end : name.end + 24], re.I):
            return [name]
    return [name for name in names if name.start == said.names[0].start][:1]


def _kind(said: Said) -> str | None:
    if said.has(_VOTES) and said.has(r"vot|roll|recorded"):
        return VOTES
    if said.has(_REMITTANCES):
        return "remittances"
    if said.has(ARMS):
        return "arms"
    sells, buys = said.has(rf"\b(?:{_EXPORT})"), said.has(rf"\b(?:{_IMPORT})")
    strong_sale = said.has(
        r"\bexport\w*|sold abroad|sales abroad|earnings from|revenues? from|what .{0,40}\bsold\b"
    )
    strong_buy = said.has(r"\bimport\w*")
    if sells is None and buys is None:
        return None
    outward = (
        strong_sale is not None
        if (strong_sale is None) != (strong_buy is None)
        else sells is not None and (buys is None or sells.start() < buys.start())
    )
    if said.goods in ("gas", "oil", "coal", "lng"):
        return f"{said.goods}_{'export' if outward else 'import'}_share"
    return "exports" if outward else "imports"


def owner_of(said: Said, kind: str) -> str | None:
    """Whose flow it is: the first reading of the words that names one of the states."""
    codes = {name.code for name in said.states}
    return next((code for code in _owners(said, kind) if code in codes), None)


def _owners(said: Said, kind: str) -> Iterator[str]:
    """Whose flow it may be, the surest reading first."""
    text, states = said.text, said.states
    if kind == "remittances":
        sender = re.search(r"\bfrom (?:the )?<(\w+)>", text)
        yield from (name.code for name in states if sender and name.code != sender[1])
        return
    outward = "export" in kind
    nouns = words("sells" if outward else "buys")
    verbs = words("sell_verb" if outward else "buy_verb")
    strange = rf"\b(?:{words('between_owner_and_noun')})\b"
    for match in re.finditer(rf"<(\w+)>(?:'s|’s)?((?: [\w'’-]+){{0,4}}?) (?:{nouns})\b", text, re.I):
        if not re.search(strange, match[2], re.I):
            yield match[1]  # "<A>'s arms imports"
    readings = [rf"\b(?:{nouns}) (?:of|by|to|into|for|in) (?:the |major arms to )?<(\w+)>"]
    if not outward:
        readings.append(rf"\b(?:{words('sent_to')}) <(\w+)>")
        readings.append(rf"\b(?:{words('supplier')})\b[^.;<]{{0,30}}\b(?:to|of|for) (?:the )?<(\w+)>")
    readings.append(rf"<(\w+)>[^<]{{0,30}}?\b(?:has |had |have )?(?:{verbs})")
    for reading in readings:
        yield from re.findall(reading, text, re.I)[:1]
    if states and re.search(rf"\b(?:its|their)\b[^.;<]{{0,40}}(?:{nouns})", text, re.I):
        yield states[0].code
    near = re.search(rf"<(\w+)>(?:'s|’s)?(?: [\w'’-]+){{0,5}}? (?:{nouns})\b", text, re.I)
    if near:
        yield near[1]


_LAYERS = {
    "export_market_of": "exports",
    "import_share_of": "imports",
    "remittance_share_of": "remittances",
    "votes_with": VOTES,
}


def typed_flow(said: Said) -> Flow | None:
    """The flow that the claim's predicate and sides name; None where the words have to decide."""
    claim = said.claim
    layer = _LAYERS.get(claim.predicate)
    if layer is None or not claim.subjects or len(claim.objects) != 1:
        return None
    several = claim.predicate == "votes_with" or said.crowded or said.has(rf"\b(?:{words('each')})\b")
    if len(claim.subjects) > 1 and several:
        return None
    if said.goods in ("gas", "oil", "coal", "lng") and layer in ("exports", "imports"):
        return None  # of one fuel, not of all goods: the words decide
    partner, state = claim.subjects[0], claim.objects[0]
    if claim.predicate == "votes_with":
        state, partner = _voters(said.book, partner, state)
    return Flow(layer, state, partner, claim.subjects[1:])

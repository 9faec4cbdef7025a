"""What a quote says beyond the fields of its claim: who stands where, which flow, which goods, which years.

The names in the quote are replaced by their codes in angle brackets, "<KAZ>'s exports to <CHN>", so that the
templates' patterns name no country.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cached_property

from multivector.evidence.checking.book import Book, Route
from multivector.evidence.checking.precision import Stated, stated_in
from multivector.evidence.checking.units import base_of, is_part
from multivector.evidence.checking.windows import Window, year_of
from multivector.evidence.checking.words import words
from multivector.evidence.reading.quantities import Quantity, quantities_of
from multivector.evidence.records import Claim

_GOODS = (
    ("uranium", r"\buranium|\bU3O8\b|yellowcake"),
    (
        "electricity",
        r"\belectricity|\bpower (?:generation|output|plants?|exports|imports)|\bkWh\b|\bTWh\b|generating capacity",
    ),
    ("lng", r"\bLNG\b|liquefied"),
    ("gas", r"\bgas\b"),
    ("coal", r"\bcoal\b"),
    ("oil", r"\boil\b|\bcrude\b|\bpetroleum\b|\bbarrels?\b"),
)
_YEAR = r"((?:19|20)\d\d)"
_SPAN = re.compile(rf"{_YEAR}\s?(?:-|–|—|to|and|through|until)\s?{_YEAR}")
_DECADE = re.compile(
    rf"\b(decade|(?:five|ten|\d+|three|four) years) (?:to|ending in|up to|until|through) (?:the end of )?{_YEAR}",
    re.I,
)
_SINCE = re.compile(rf"\b(?:since|from)\s+(?:\w+\s+)?{_YEAR}", re.I)
_ANY = re.compile(rf"\b{_YEAR}\b")
_PART = re.compile(
    r"\b(?:(an?|one|two|three|four|five|six|seven|eight|nine) )?(?:mere |bare |scant |full |good |whole )?"
    r"(half|halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)(?: of\b|(?= in \d))",
    re.I,
)
_COUNTS = {w: n for n, w in enumerate("one two three four five six seven eight nine".split(), 1)}
_MOST = re.compile(r"\b(?:most|the bulk|the majority|the lion's share) of\b", re.I)
_LENGTHS = {"decade": 10, "three years": 3, "four years": 4, "five years": 5, "ten years": 10}


@dataclass(frozen=True, slots=True)
class Name:
    """An actor where the marked text names it."""

    code: str
    start: int
    end: int


class Said:
    """A claim with its quote read for what its fields lack."""

    def __init__(self, claim: Claim, book: Book) -> None:
        self.claim = claim
        self.book = book
        self.quote = claim.quote
        self.text, self.names, self._shifts = self._marked()

    def _marked(self) -> tuple[str, tuple[Name, ...], tuple[tuple[int, int], ...]]:
        parts: list[str] = []
        names: list[Name] = []
        shifts: list[tuple[int, int]] = []
        at = 0
        for mention in self.book.gazetteer.link(self.quote):
            code = mention.code.partition(":")[0]
            if mention.kind == "place" or self._within_route(mention.start, mention.end):
                continue
            parts.append(self.quote[at : mention.start])
            start = sum(map(len, parts))
            parts.append(f"<{code}>")
            names.append(Name(code, start, start + len(code) + 2))
            at = mention.end
            shifts.append((mention.end, start + len(code) + 2 - mention.end))
        parts.append(self.quote[at:])
        return "".join(parts), tuple(names), tuple(shifts)

    @cached_property
    def _quantities(self) -> list[Quantity]:
        return quantities_of(self.quote)

    @cached_property
    def at(self) -> int | None:
        """Where the claim's number stands in the marked text."""
        value = self.claim.number
        for quantity in self._quantities:
            if value is not None and math.isclose(abs(quantity.value), abs(value), rel_tol=1e-5):
                shift = [by for place, by in self._shifts if place <= quantity.start]
                return quantity.start + (shift[-1] if shift else 0)
        return None

    @cached_property
    def crowded(self) -> bool:
        """Whether the quote holds several numbers of one kind, so that each must be read with its own words."""
        kinds = [quantity.kind for quantity in self._quantities if quantity.kind != "duration"]
        return self.at is not None and len(kinds) > len(set(kinds))

    def beside(self, names: list[Name]) -> Name:
        """Of several names the one that the number belongs to: "11 percent to <B>", else the last before it."""
        at = self.at
        if at is None:
            return names[0]
        follows = re.match(
            r"(?:(?! and )[^<,;]){0,28}\b(?:in|of|for|by|to|from|with|on) (?:the )?<(\w+)>", self.text[at:]
        )
        for name in names:
            if follows and name.start > at and name.code == follows[1]:
                return name
        before = [name for name in names if name.end <= at]
        return before[-1] if before else names[0]

    @cached_property
    def nearby(self) -> str:
        """The words around the number: all of the quote where it is the only one of its kind."""
        if not self.crowded or self.at is None:
            return self.text
        return self.text[max(0, self.at - 60) : self.at + 60]

    @cached_property
    def _near_year(self) -> int | None:
        if not self.crowded or self.at is None:
            return None
        found = [(m.start() - self.at, int(m[1])) for m in _ANY.finditer(self.text)]
        ahead = [hit for hit in found if 0 < hit[0] <= 60]
        behind = [hit for hit in found if -30 <= hit[0] < 0]
        hits = ahead[:1] or behind[-1:]
        return hits[0][1] if hits and len(found) > 1 else None

    def _within_route(self, start: int, end: int) -> bool:
        return any(s <= start and end <= e for _, s, e in self._routes)

    @cached_property
    def _routes(self) -> list[tuple[Route, int, int]]:
        found = [
            (route, match.start(), match.end())
            for route in self.book.routes
            for match in route.pattern.finditer(self.quote)
        ]
        # Of two names that overlap the longer one is meant: "eastern branch of the INSTC".
        found.sort(key=lambda hit: (hit[1] - hit[2], hit[1]))
        kept: list[tuple[Route, int, int]] = []
        for hit in found:
            if all(hit[2] <= s or e <= hit[1] for _, s, e in kept):
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit[1])

    @cached_property
    def routes(self) -> list[Route]:
        """The routes that the quote names, in its order."""
        return list(dict.fromkeys(route for route, _, _ in self._routes))

    def has(self, pattern: str) -> re.Match[str] | None:
        """The first match of a pattern in the marked text, whatever its case."""
        return re.search(pattern, self.text, re.I)

    @cached_property
    def states(self) -> list[Name]:
        """The names of states and groups, in order; regions and organisations left out."""
        kinds = self.book.kinds
        return [
            name
            for name in self.names
            if kinds.get(name.code) in ("state", "power", "partner", "group")
            or (name.code not in kinds and len(name.code) == 3 and not name.code.startswith("X")
                and name.code not in self.book.gazetteer.organisations)
        ]  # fmt: skip

    @cached_property
    def codes(self) -> list[str]:
        """The codes of the states named, once each, in order; the claim's own where the quote names none."""
        codes = list(dict.fromkeys(name.code for name in self.states))
        own = [*self.claim.subjects, *self.claim.objects]
        return codes or [
            c for c in dict.fromkeys(own) if self.book.kinds.get(c, "organisation") != "organisation"
        ]

    @property
    def listed(self) -> bool:
        """Whether the first states named stand in one list, "<A>, <B> and <C>": none of them is meant alone."""
        first, second = [*self.states[:2], None, None][:2]
        between = self.text[first.end : second.start] if first and second else ""
        return re.fullmatch(r",? and (?:the )?|, (?:the )?", between) is not None

    @cached_property
    def bodies(self) -> list[str]:
        """Organisations and regions named, in order."""
        return list(dict.fromkeys(n.code for n in self.names if n.code not in {s.code for s in self.states}))

    @cached_property
    def goods(self) -> str:
        """oil, gas, coal, uranium, electricity, lng, or nothing."""
        text = re.sub(r"\b(?:oil|gas) (?:and|or) (?:oil|gas)\b", "", self.quote)
        return next((goods for goods, words in _GOODS if re.search(words, text, re.I)), "")

    @cached_property
    def unit(self) -> str:
        """The base unit of the claim's number, or of the part that the quote names."""
        unit = self.claim.unit
        if self.claim.number is None and self._part is not None:
            return "percent"
        if base_of(unit)[0] == "barrels" and re.search(r"\b(a|per) day\b|\bdaily\b|/day", self.quote):
            return "barrels a day"
        return base_of(unit)[0]

    @cached_property
    def stated(self) -> Stated | None:
        """The claim's number in its base unit, with the precision that the quote shows."""
        stated = stated_in(self.claim)
        if stated is None:
            return self._part
        if stated.op == "=" and self.at is not None:
            stated = replace(stated, op=_operator(self.text[max(0, self.at - 28) : self.at]) or "=")
        if is_part(self.claim.unit):
            op = "~" if stated.op == "=" else stated.op
            return Stated(stated.value * base_of(self.claim.unit)[1], op, 4.0)
        factor = base_of(self.claim.unit)[1]
        return replace(stated, value=stated.value * factor, step=stated.step * factor)

    @cached_property
    def _part(self) -> Stated | None:
        """A part of a whole in words, where the claim holds no number: "a mere tenth of", "most of"."""
        if self.claim.number is not None:
            return None
        match = _PART.search(self.text)
        if match is not None:
            count = _COUNTS.get((match[1] or "a").lower(), 1)
            size = base_of(match[2].lower())[1]
            return Stated(
                count * size, _operator(self.text[max(0, match.start() - 28) : match.start()]) or "~", 4.0
            )
        return Stated(50.0, ">", 4.0) if _MOST.search(self.text) else None

    @property
    def states_part(self) -> bool:
        """Whether the quote names a part of a whole that no number of the claim holds."""
        return self._part is not None

    @cached_property
    def window(self) -> Window | None:
        """The years that the quote gives by words ('the decade to 2020'), else those of the claim."""
        return self._spelt or self._dated

    @property
    def _spelt(self) -> Window | None:
        """Years that only the words give: 'the decade to 2020', the year beside the number."""
        decade = _DECADE.search(self.quote)
        if decade:
            spelt = decade[1].lower()
            digits = spelt.split()[0]
            length = _LENGTHS.get(spelt) or (int(digits) if digits.isdigit() else 0)
            return Window(int(decade[2]) - length + 1, int(decade[2])) if length else None
        if self._near_year is not None and _SPAN.search(self.quote) is None:
            return Window(self._near_year, self._near_year)
        return None

    @property
    def _dated(self) -> Window | None:
        """The claim's years, else those of the quote; 'since 2015' gives none."""
        first, last = year_of(self.claim.date_start), year_of(self.claim.date_end)
        span = _SPAN.search(self.quote)
        if span and int(span[1]) < int(span[2]) and (first == last or last is None):
            return Window(int(span[1]), int(span[2]))
        if last is not None:
            return Window(last if first is None else first, last)
        if first is not None:
            since = re.search(rf"\b(since|from)\b[^.;]{{0,24}}{first}", self.quote, re.I)
            return None if since else Window(first, first)
        years = {int(year) for year in _ANY.findall(self.quote)}
        return Window(min(years), min(years)) if len(years) == 1 else None

    @cached_property
    def since(self) -> int | None:
        """The year from which the quote says that something holds to this day."""
        match = _SINCE.search(self.quote)
        return int(match[1]) if match and not _SPAN.search(self.quote) else None

    @property
    def year(self) -> int | None:
        """The one year that the claim speaks of."""
        window = self.window
        return window.first if window is not None and window.first == window.last else None


def _operator(before: str) -> str:
    """The operator that the words just before a number give it; empty where they give none."""
    for name, op in (("above", ">"), ("below", "<"), ("about", "~")):
        if re.search(rf"\b(?:{words(name)})\s+(?:a |an |the |some |US)*[$€]?$", before, re.I):
            return op
    return ""

"""Numbers with what they count: money, shares, durations, ranks, counts.

A quantity keeps the precision with which it is stated: "94 percent" is good to half a percentage point,
"US$ 2 billion" to half a billion; a checker needs that for its tolerance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isfinite

_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
_WORDS += [
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_NUMBER_WORDS = {word: float(i) for i, word in enumerate(_WORDS)} | {
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "seventy": 70.0,
    "eighty": 80.0,
    "ninety": 90.0,
    "hundred": 100.0,
    "dozen": 12.0,
}
_SCALE = {
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bln": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "trn": 1e12,
    "tn": 1e12,
}
_CURRENCY = {
    "us$": "USD",
    "$": "USD",
    "usd": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "pounds": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "rubles": "RUB",
    "roubles": "RUB",
    "rupees": "INR",
    "tenge": "KZT",
}
_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_ABOVE = (
    "more than|over|above|at least|exceeding|in excess of|upwards? of|no less than|not less than|surpassing"
)
_BELOW = "less than|fewer than|under|below|at most|up to|no more than|not more than"
_ABOUT = (
    "about|around|roughly|approximately|some|an estimated|estimated at|estimated|circa|close to|nearly|almost"
)
_OPERATOR = re.compile(
    rf"(?:(?P<above>{_ABOVE})|(?P<about>{_ABOUT})|(?P<below>{_BELOW}))\s+(?:a\s+|the\s+)?$", re.I
)

# No number has more digits than these: what goes on beyond is a key, a hash or an attack.
_DIGITS = r"(?<!\d)(?:\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?)(?!\d)"
_SPELT = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_NUMERAL = rf"(?:{_DIGITS}|(?:{_SPELT})(?:-(?:{_SPELT}))?)"
_SIZE = r"(?:thousand|million|mln|mn|billion|bln|bn|trillion|trn|tn)"
_SIGN = r"(?:US\$|USD|EUR|GBP|\$|€|£)"
_COIN = r"(?:U\.?S\.?\s+dollars?|dollars?|USD|euros?|EUR|pounds|yen|yuan|rubles|roubles|rupees|tenge)"
_UNIT = (
    r"(?:days?|weeks?|months?|years?|decades?|kilometers?|kilometres?|km|miles?|tonnes?|tons?|barrels?|troops|"
    r"soldiers|people|cubic met(?:er|re)s|bcm|bpd|[GMT]W|[kGMT]Wh|TEUs?|hectares|millimet(?:er|re)s?|mm|"
    r"(?:gigawatt|megawatt|kilowatt)(?:-hours?|s)?)"
)

_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<n>{_DIGITS})(?:\s?-?(?P<size>{_SIZE}|[mbk]\b))?"
    rf"|(?P<n2>{_NUMERAL})(?:[\s-](?P<size2>{_SIZE}))?[\s-](?P<coin>{_COIN})\b",
    re.I,
)
_PERCENT = re.compile(
    rf"(?P<n>{_NUMERAL})(?:\s?(?:-|–|to|and)\s?(?P<high>{_NUMERAL}))?\s?-?(?:%|per\s?cent\b|percentage points?\b|pct\b)",
    re.I,
)
_FRACTION = re.compile(
    rf"\b(?:(?P<parts>an?|one|two|three|four|five|six|seven|eight|nine)\s?-?(?:\s?(?:mere|bare|full|good|scant)\s)?)?"
    rf"(?P<part>{'|'.join(_PARTS)})s?\b(?=\s+(?:of|the|its|their|all|what)\b)"
    r"|\b(?P<most>most|the majority|a majority|the bulk|the lion's share|the vast majority)\s+of\b",
    re.I,
)
_MEASURE = re.compile(rf"\b(?P<n>{_NUMERAL})(?:[\s-](?P<size>{_SIZE}))?[\s-](?P<unit>{_UNIT})\b", re.I)
_PLAIN = re.compile(rf"(?<![\w.,-])(?P<n>{_NUMERAL})(?:\s(?P<size>{_SIZE}))?(?![\w%]|[.,]\d)", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated. `start` and `end` are offsets in the view; `op` is one of = ~ > <; `step` is the
    unit of its last digit: 100 million in "1.6 billion"; `vague` holds for "most of it", which is no figure.
    """

    start: int
    end: int
    kind: str
    value: float
    op: str
    unit: str
    step: float = 1.0
    vague: bool = False

    @property
    def text(self) -> str:
        """The value as a claims file writes it: no exponent, no trailing zeros."""
        return plain_number(self.value)


def plain_number(value: float) -> str:
    """A number without exponent or trailing zeros: 1600000000, 4.8, 33.3."""
    if not isfinite(value):
        return repr(value)
    rounded = round(value, 6)
    return str(int(rounded)) if rounded == int(rounded) else repr(round(rounded, 4))


def quantities_of(text: str, offset: int = 0) -> list[Quantity]:
    """The quantities of a sentence, in order; of two that overlap, the more telling one."""
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = []
    for pattern, make in (
        (_MONEY, _money),
        (_PERCENT, _percent),
        (_FRACTION, _fraction),
        (_MEASURE, _measure),
        (_PLAIN, _count),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < e and s < end for s, e in taken):
                continue
            made = make(match)
            if made is None or not isfinite(made[1]):
                continue  # no number, or one of hundreds of digits
            kind, value, unit = made
            op = "~" if kind == "fraction" else "="
            if match.groupdict().get("most") or _rises(match):
                op = ">"  # of "20 to 25 percent" this much is sure: at least 20
            before = _OPERATOR.search(text, max(0, start - 24), start)
            if before is not None:
                op = ">" if before["above"] else "~" if before["about"] else "<"
            taken.append((start, end))
            kind = "percent" if kind == "fraction" else kind
            vague = bool(match.groupdict().get("most"))
            found.append(Quantity(start + offset, end + offset, kind, value, op, unit, _step(match), vague))
    return sorted(found, key=lambda quantity: quantity.start)


def _step(match: re.Match[str]) -> float:
    """The unit of the last digit written, with its scale: 0.1 in "4.8", 10**8 in "1.6 billion"."""
    groups = match.groupdict()
    digits = groups.get("n") or groups.get("n2")
    if not digits:
        return 10.0  # a half, a third: good to a tenth of the whole
    scale = _SCALE.get((groups.get("size") or groups.get("size2") or "").lower(), 1.0)
    decimals = len(digits.partition(".")[2]) if "." in digits else 0
    return float(scale * 10.0**-decimals)


def _number(text: str) -> float:
    text = text.lower().replace(",", "")
    if text[0].isdigit():
        return float(text)
    first, _, second = text.partition("-")
    return _NUMBER_WORDS[first] + (_NUMBER_WORDS[second] if second else 0.0)


def _money(match: re.Match[str]) -> tuple[str, float, str] | None:
    if match["sign"]:
        size = (match["size"] or "").lower()
        return "money", _number(match["n"]) * _SCALE.get(size, 1.0), _CURRENCY[match["sign"].lower()]
    coin = re.sub(r"^u\.?s\.?\s+", "", match["coin"].lower())
    size = (match["size2"] or "").lower()
    return (
        "money",
        _number(match["n2"]) * _SCALE.get(size, 1.0),
        _CURRENCY.get(coin, _CURRENCY.get(coin + "s", "USD")),
    )


def _rises(match: re.Match[str]) -> bool:
    """Whether it is a range, "20 to 25 percent", and not "in 2023 to 4.8 percent"."""
    groups = match.groupdict()
    return bool(groups.get("high")) and _number(groups["n"]) <= _number(groups["high"])


def _percent(match: re.Match[str]) -> tuple[str, float, str] | None:
    points = "point" in match.group().lower()
    low = match["high"] if match["high"] and _number(match["n"]) > _number(match["high"]) else match["n"]
    return "percent", _number(low), "percentage points" if points else "percent"


def _fraction(match: re.Match[str]) -> tuple[str, float, str] | None:
    if match["most"]:
        return "fraction", 50.0, "percent"
    parts, part = (match["parts"] or "").lower(), match["part"].lower()
    if not parts and part not in ("half", "halves"):
        return None  # "the third of May", "a second quarter": an ordinal, not a share
    return "fraction", 100 * _NUMBER_WORDS.get(parts, 1.0) / _PARTS[part], "percent"


def _measure(match: re.Match[str]) -> tuple[str, float, str] | None:
    unit = match["unit"].lower()
    value = _number(match["n"]) * _SCALE.get((match["size"] or "").lower(), 1.0)
    if unit.startswith(("kilomet", "km")):
        return "length", value, "km"
    if unit.startswith(("day", "week", "month", "year", "decade")):
        return "duration", value, unit if unit.endswith("s") else unit + "s"
    if unit in ("people", "troops", "soldiers"):
        return "count", value, unit
    return "measure", value, unit


def _count(match: re.Match[str]) -> tuple[str, float, str] | None:
    text = match["n"]
    value = _number(text)
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", text) and not match["size"]:
        return None  # a year
    return "count", value * _SCALE.get((match["size"] or "").lower(), 1.0), ""


_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_SUPERLATIVE = (
    r"largest|biggest|leading|greatest|top|most|highest|longest|richest|strongest|wealthiest|oldest|main"
)
_RANK = re.compile(
    r"\b(?P<ordinal>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,3}(?:st|nd|rd|th))"
    rf"(?:[\s-](?:{_SUPERLATIVE})\b)"
    r"|\b(?P<top>largest|biggest|leading|greatest|top|number one|foremost|highest|longest|"
    r"strongest|wealthiest|richest|most populous|main|principal|primary)\b",
    re.I,
)


_AMONG = re.compile(r"\bone of\b|\bamong\b|\ba (?:top|leading|main|primary|principal)\b", re.I)


def rank_of(text: str) -> int | None:
    """The rank that a phrase states: 'the second-largest supplier' gives 2, 'its leading importer' 1."""
    match = _RANK.search(text)
    if match is None or _AMONG.search(text):
        return None
    if match["top"]:
        return 1
    return ordinal_of(match["ordinal"])


def ordinal_of(word: str) -> int | None:
    """The number of an ordinal: 'third' gives 3, '30th' gives 30."""
    word = word.lower()
    if word[:-2].isdecimal() and word[-2:] in ("st", "nd", "rd", "th"):
        return int(word[:-2])
    return _ORDINALS.get(word)

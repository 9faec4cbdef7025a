"""Dates and periods as stated: 2020, 2020-09, 2020-09-27; open ends stay empty."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMES = ["January", "February", "March", "April", "May", "June", "July"]
_NAMES += ["August", "September", "October", "November", "December"]
_MONTHS = {name.lower(): number for number, name in enumerate(_NAMES, 1)}
_MONTH = "|".join(_NAMES)
_YEAR = r"(?:1[5-9]|20)\d\d"
_LINK = r"\s?(?:-|\u2013|to|until|till|through|and)\s?"

_RANGE = re.compile(
    rf"\b(?:[Bb]etween|[Ff]rom|[Dd]uring|[Ii]n|[Oo]ver|for|of)?\s?\(?(?P<a>{_YEAR}){_LINK}(?P<b>{_YEAR}|\d\d)\b"
)
_DAY = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m>{_MONTH})|(?P<m2>{_MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?),?\s(?P<y>{_YEAR})\b"
)
_ISO = re.compile(rf"\b(?P<y>{_YEAR})-(?P<m>0[1-9]|1[0-2])(?:-(?P<d>0[1-9]|[12]\d|3[01]))?\b")
_MONTH_YEAR = re.compile(rf"\b(?P<m>{_MONTH})(?:\sof)?,?\s(?P<y>{_YEAR})\b")
_MONTH_ONLY = re.compile(
    rf"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil)\s(?:early\s|late\s|mid-)?(?P<m>{_MONTH})\b(?!\s\d)"
)
_DECADE = re.compile(r"\b(?P<y>(?:1[5-9]|20)\d0)s\b")
_YEAR_ONLY = re.compile(rf"(?<![\w-])(?P<y>{_YEAR})\b(?!\s?(?:percent|%))")
# "in the decade before 2020", "over the five years to 2024"
_SPAN = re.compile(
    rf"\b(?P<long>decade|(?P<n>\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten)\s(?:full\s)?years)\s"
    rf"(?P<link>before|preceding|prior to|leading up to|up to|to|until|through|after|following|from)\s(?P<y>{_YEAR})\b",
    re.I,
)
_SPELT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_SINCE = re.compile(
    r"(?:since|from|starting in|beginning in|after|back to)\s+(?:about\s|early\s|late\s|mid-)?$", re.I
)
_UNTIL = re.compile(
    r"(?:until|till|by|before|prior to|preceding(?: the)?|up to|end of)\s+(?:about\s|early\s|late\s|mid-)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stated period. `start` and `end` are offsets in the view; `first` and `last` ISO dates or empty."""

    start: int
    end: int
    first: str
    last: str


def periods_of(text: str, offset: int = 0, year: int | None = None) -> list[Period]:
    """The periods named in a sentence, in order. `year` is the document's, for "in September"."""
    found: list[Period] = []
    taken: list[tuple[int, int]] = []
    for pattern, make in (
        (_SPAN, _span),
        (_RANGE, _range),
        (_ISO, _iso),
        (_DAY, _day),
        (_MONTH_YEAR, _month_year),
        (_DECADE, _decade),
        (_YEAR_ONLY, _year_only),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            dates = make(match)
            if dates is None or any(start < e and s < end for s, e in taken):
                continue
            first, last = dates
            before = text[max(0, start - 24) : start]
            if pattern not in (_RANGE, _SPAN) and _SINCE.search(before):
                last = ""
            elif pattern not in (_RANGE, _SPAN) and _UNTIL.search(before):
                first = ""
            taken.append((start, end))
            found.append(Period(start + offset, end + offset, first, last))
    if year is not None:
        for match in _MONTH_ONLY.finditer(text):
            if any(match.start() < e and s < match.end() for s, e in taken):
                continue
            date = f"{year}-{_MONTHS[match['m'].lower()]:02d}"
            found.append(Period(match.start() + offset, match.end() + offset, date, date))
    return sorted(found, key=lambda period: period.start)


def _range(match: re.Match[str]) -> tuple[str, str] | None:
    first, last = match["a"], match["b"]
    last = last if len(last) == 4 else first[:2] + last
    if int(last) < int(first):
        return None
    if " and" in match.group() and not match.group().lower().startswith("between"):
        return None  # "in 2011 and 2020" names two years, not the time between
    return first, last


def _span(match: re.Match[str]) -> tuple[str, str]:
    """So many years up to a year, without it after 'before'; or from a year on, without it after 'after'."""
    number = match["n"] or "ten"
    length, year = int(_SPELT.get(number.lower(), 0) or number), int(match["y"])
    link = match["link"].lower()
    if link in ("after", "following", "from"):
        first = year if link == "from" else year + 1
        return str(first), str(first + length - 1)
    last = year - 1 if link in ("before", "preceding", "prior to") else year
    return str(last - length + 1), str(last)


def _iso(match: re.Match[str]) -> tuple[str, str]:
    date = match.group()
    return date, date


def _day(match: re.Match[str]) -> tuple[str, str] | None:
    day = int(match["d"] or match["d2"])
    if not 1 <= day <= 31:
        return None
    date = f"{match['y']}-{_MONTHS[(match['m'] or match['m2']).lower()]:02d}-{day:02d}"
    return date, date


def _month_year(match: re.Match[str]) -> tuple[str, str]:
    date = f"{match['y']}-{_MONTHS[match['m'].lower()]:02d}"
    return date, date


def _decade(match: re.Match[str]) -> tuple[str, str]:
    year = int(match["y"])
    return str(year), str(year + 9)


def _year_only(match: re.Match[str]) -> tuple[str, str]:
    return match["y"], match["y"]

"""Wars named in the quote: when they began, when they ended, and how long they lasted."""

from __future__ import annotations

import re
from datetime import date

from multivector.evidence.checking.book import Row
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.verdict import REFUTED, SUPPORTED, Verdict, Word, version_of
from multivector.evidence.checking.windows import same_date
from multivector.evidence.checking.words import words

_BEGAN = words("began")
_ENDED = words("ended")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def check_war(said: Said) -> Verdict | None:
    """A war's begin, end, length or scale; None where the quote names no war that the table holds."""
    return _classed(said) or _timed(said)


def _timed(said: Said) -> Verdict | None:
    """When a war began or ended, or how long it lasted."""
    rows = _named(said)
    if not rows:
        return None
    number, unit = said.claim.number, said.unit
    if number is not None and unit in ("days", "years") and said.has(r"last\w*|\bfor\b|-day|long|after"):
        return _length(said, rows, number, unit)
    if number is not None:
        return None
    years = list(dict.fromkeys(_YEAR.findall(said.quote)))
    own = said.claim.date_start or said.claim.date_end
    began, ended = said.has(_BEGAN), said.has(_ENDED)
    if not years and own:
        years = [own[:4]]
    if not years:
        return None
    if not (began or ended):
        return _during(said, rows, own or years[0]) if len(years) == 1 else None
    dates = [own if own.startswith(year) else year for year in years]
    keys = [key for key, hit in (("from", began), ("to", ended)) if hit]
    fits = [row for row in rows if all(any(same_date(d, str(row[k] or "")) for k in keys) for d in dates)]
    return _verdict(said, fits or rows, SUPPORTED if fits else REFUTED, f"the claim says {', '.join(dates)}")


def _classed(said: Said) -> Verdict | None:
    """Fighting of a year that is called a war by the usual measure, a thousand deaths in battle a year."""
    year = said.year
    if (
        year is None
        or not said.has(rf"\b(?:{words('full_war')})\b")
        or said.has(rf"\b(?:{words('no_war')})\b")
    ):
        return None
    codes = {state.code for state in said.states}
    rows = [
        row
        for row in said.book.rows("conflicts")
        if {str(row["a"]), str(row["b"] or "")} == codes
        and int(str(row["from"])[:4]) <= year <= int(str(row["to"] or "9999")[:4])
    ]
    if not rows:
        return None
    fits = [row for row in rows if row["war"] == "yes"]
    why = f"war by the measure of a thousand deaths in battle a year: {'yes' if fits else 'no'}"
    return _verdict(said, fits or rows, SUPPORTED if fits else REFUTED, why)


def _during(said: Said, rows: list[Row], day: str) -> Verdict:
    """A war that is merely put into a year or day: it must lie within its begin and end."""
    fits = [
        row
        for row in rows
        if str(row["from"])[: len(day)] <= day[: len(str(row["from"]))]
        and day <= str(row["to"] or "9999")[: len(day)]
    ]
    return _verdict(said, fits or rows, SUPPORTED if fits else REFUTED, f"the claim says {day}")


def _named(said: Said) -> list[Row]:
    found: list[tuple[int, Row]] = []
    for row in said.book.rows("conflicts"):
        for name in str(row["name"] or "").split("|"):
            if name and re.search(rf"\b{re.escape(name)}\b", said.quote, re.I):
                found.append((len(name), row))
    longest = max((size for size, _ in found), default=0)
    return [row for size, row in found if size == longest]


def _length(said: Said, rows: list[Row], number: float, unit: str) -> Verdict | None:
    known = []
    for row in rows:
        if row["to"] and len(str(row["from"])) == len(str(row["to"])) == 10:
            days = (date.fromisoformat(str(row["to"])) - date.fromisoformat(str(row["from"]))).days
            known.append((row, days if unit == "days" else days / 365.25))
    if not known:
        return None
    slack = 2 if unit == "days" else 1
    fits = [row for row, length in known if abs(length - number) <= slack]
    lengths = ", ".join(f"{length:.0f} {unit}" for _, length in known)
    return _verdict(
        said,
        fits or [row for row, _ in known],
        SUPPORTED if fits else REFUTED,
        f"stated {number:g}, found {lengths}",
    )


def _verdict(said: Said, rows: list[Row], word: Word, why: str) -> Verdict:
    shown = "; ".join(f"{_title(said, r)} {r['from']} to {r['to'] or 'today'}" for r in rows[:3])
    return Verdict(
        said.claim.id,
        word,
        f"{shown}; {why}",
        dataset="Armed conflicts and wars",
        data_version=version_of(said.book.region),
        query=f"begin and end of {_title(said, rows[0])}",
        computed_text=shown,
        tolerance="none: a date as precise as stated; a length to two days or a year",
        source=tuple(sorted({str(row["source"]) for row in rows})),
    )


def _title(said: Said, row: Row) -> str:
    sides = " and ".join(said.book.name(str(row[side])) for side in ("a", "b") if row[side])
    return str(row["name"] or f"fighting of {sides}").split("|")[0]

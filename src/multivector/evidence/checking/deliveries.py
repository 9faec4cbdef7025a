"""Systems named in the quote against the deals reported one by one: how many, and delivered when.

A report's numbers are those in its quantity, status and note, written as `words.toml` says under `deal_*`: "4 delivered
2021", "first 5 delivered 2025", "order 2020". Announcements run ahead of deliveries, so a number
or year that no report gives is refuted only for a system that the table names for the same pair of states.
"""

from __future__ import annotations

import re

from multivector.evidence.checking.book import Row
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.verdict import (
    REFUTED,
    SUPPORTED,
    Verdict,
    Word,
    inverted,
    version_of,
)
from multivector.evidence.checking.words import words
from multivector.evidence.reading.quantities import quantities_of

_TOKEN = re.compile(r"[A-Z][\w-]{3,}|[A-Z]+-?\d[\w-]*")
_COMMON = re.compile(words("deal_common"), re.I)
_COUNT = re.compile(words("deal_count"))
_ORDER = re.compile(words("deal_order"))
_NO_DATE = re.compile(words("deal_no_date"))
_YEAR = re.compile(r"\b(20\d\d|19\d\d)\b")
_EACH = rf"\b(?:{words('price_of_part')})\b"
_SAME, _FAR = 0.1, 0.4  # of the price reported: the same price, and one that no other report would give
_DELIVERED = words("delivered")
_ORDERED = words("ordered")


def _other_supplier(said: Said, deals: list[Row]) -> Verdict | None:
    """A supplier that no report of the system names for this recipient; None where there is none."""
    said_from = re.search(
        rf"\b(?:{_ORDERED}|{_DELIVERED})\b[^.;,<]{{0,40}}\b(?:from|by) (?:the )?<(\w+)>", said.text, re.I
    )
    if said_from is None or not _within_clause(said, said_from, deals):
        return None
    named = said_from[1]
    suppliers = {str(deal["supplier"]) for deal in deals}
    recipients = {str(deal["recipient"]) for deal in deals}
    if (
        named not in {state.code for state in said.states}
        or named in suppliers | recipients
        or len(recipients) > 1
    ):
        return None
    reported = ", ".join(sorted(said.book.name(code) for code in suppliers))
    return _verdict(said, deals, REFUTED, f"the supplier reported is {reported}")


def check_delivery(said: Said) -> Verdict | None:
    """A number or a year of a named system; None where no deal of the region names it."""
    deals = _deals(said)
    if said.unit == "USD":
        return _priced(said, deals)
    if (
        not deals
        or said.has(rf"\b(?:{words('asked_for')})\b")
        or said.unit in ("percent", "EUR", "km", "years", "days")
    ):
        return None
    other = _other_supplier(said, deals)
    if other is not None:
        return other
    number = _number(said, deals)
    if (
        number is not None
        and number == round(number)
        and said.claim.unit not in ("direction", "year", "rank")
    ):
        known = {count for deal in deals for count in _counts(deal)}
        if known:
            word: Word = SUPPORTED if round(number) in known else REFUTED
            if said.claim.value_op == ">" and max(known) >= number:
                word = SUPPORTED
            if word == REFUTED:
                return _verdict(said, deals, word, f"stated {number:g}, reported {_listed(known)}")
            dated = _dated(said, deals)
            return dated or _verdict(said, deals, word, f"stated {number:g}, reported {_listed(known)}")
    return _dated(said, deals)


def _within_clause(said: Said, match: re.Match[str], deals: list[Row]) -> bool:
    """Whether no comma parts the words from the system, so that they are said of it."""
    places = [
        found.start()
        for deal in deals
        for token in _tokens(deal)
        for found in re.finditer(rf"\b{re.escape(_stem(token))}", said.text)
    ]
    between = [said.text[min(place, match.start()) : max(place, match.end())] for place in places]
    return any(not re.search(r"[,;:]", text) for text in between)


def _priced(said: Said, deals: list[Row]) -> Verdict | None:
    """A price of a deal whose system and parties the quote names; reports differ, so only a far one is refuted."""
    named, year = {state.code for state in said.states}, said.year
    known = [
        (float(str(deal["value_usd"])), deal)
        for deal in deals
        if deal["value_usd"] and {str(deal["supplier"]), str(deal["recipient"])} <= named
    ]
    dated = [(price, deal) for price, deal in known if not year or str(deal["year"]) == str(year)]
    if said.stated is None or not dated or said.has(_EACH):
        return None
    off = [abs(said.stated.value - price) / price for price, _ in known]
    if _SAME < min(off) <= _FAR:
        return None
    listed = ", ".join(f"{price:,.0f}" for price, _ in dated)
    word: Word = SUPPORTED if min(off) <= _SAME else REFUTED
    return _verdict(
        said, [deal for _, deal in dated], word, f"stated {said.stated.value:,.0f}, reported {listed} USD"
    )


def _number(said: Said, deals: list[Row]) -> float | None:
    """The claim's own number, else the count that stands before the system: "nine C-27J Spartan"."""
    if said.claim.predicate == "ranks" or said.claim.number is not None:
        return said.claim.number if said.claim.predicate != "ranks" else None
    places = [
        m.start()
        for deal in deals
        for t in _tokens(deal)
        if (m := re.search(rf"\b{re.escape(_stem(t))}", said.quote))
    ]
    counts = [q for q in quantities_of(said.quote) if q.kind == "count" and q.value > 1]
    before = [q for q in counts if any(0 < place - q.end < 24 for place in places)]
    return before[-1].value if before else None


def _tokens(deal: Row) -> list[str]:
    return [token for token in _TOKEN.findall(str(deal["system"])) if not _COMMON.fullmatch(token)]


def _deals(said: Said) -> list[Row]:
    codes = set(said.codes)
    found = []
    for row in said.book.rows("deals"):
        pair = {str(row["supplier"]), str(row["recipient"])}
        if not codes & pair or (len(codes) >= 2 and not pair <= codes and str(row["recipient"]) not in codes):
            continue
        if any(re.search(rf"\b{re.escape(_stem(token))}", said.quote) for token in _tokens(row)):
            found.append(row)
    return found


def _stem(token: str) -> str:
    """JF-17C is written JF-17 too, and TB-2 also TB2."""
    return re.sub(r"(?<=\d)[A-Z]$", "", token)


def _counts(deal: Row) -> set[int]:
    text = " ; ".join(str(deal[part] or "") for part in ("quantity", "status", "note"))
    counts = {int(match[1] or match[2]) for match in _COUNT.finditer(text)}
    return counts | {int(n) for n in re.findall(r"\d+", str(deal["quantity"] or "")) if int(n) < 1000}


def _dated(said: Said, deals: list[Row]) -> Verdict | None:
    """The year of delivery, of the order, or 'by' a year."""
    stated = _YEAR.findall(said.quote)
    if not stated or len(set(stated)) > 1:
        return None
    year = int(stated[0])
    delivered = said.has(_DELIVERED) is not None
    if not delivered and said.has(_ORDERED) is None:
        return None
    known: set[int] = set()
    for deal in deals:
        text = f"{deal['status']} ; {deal['note'] or ''}"
        order = {int(y) for y in _ORDER.findall(text)} | ({int(str(deal["year"]))} if deal["year"] else set())
        dates = {int(y) for y in _YEAR.findall(_NO_DATE.sub("", text))}
        known |= dates if delivered and dates else order
    if not known:
        return None
    by = re.search(rf"\bby (?:the end of |late |early |mid-)?{year}", said.quote)
    ok = min(known) <= year if by else year in known
    return _verdict(said, deals, SUPPORTED if ok else REFUTED, f"stated {year}, reported {_listed(known)}")


def _listed(known: set[int]) -> str:
    return ", ".join(map(str, sorted(known)))


def _verdict(said: Said, deals: list[Row], word: Word, why: str) -> Verdict:
    shown = "; ".join(
        f"{d['quantity'] or ''} {d['system']} ({d['year'] or '?'}), {d['status']}".strip() for d in deals[:3]
    )
    first = deals[0]
    claim, book = said.claim, said.book
    return Verdict(
        claim.id,
        inverted(word) if claim.polarity == "-" else word,
        f"{why}: {shown}",
        dataset="Arms deals reported one by one",
        data_version=version_of(book.region),
        query=f"deals of {book.name(str(first['supplier']))} with {book.name(str(first['recipient']))} that name the system",
        computed_text=shown,
        tolerance="none: a count is whole, a year is a year",
        source=tuple(sorted({str(deal["source"]) for deal in deals})),
    )

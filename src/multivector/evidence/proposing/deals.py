"""Rows of `deals.csv` from claims of contracts, orders and deliveries of arms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from multivector.atlas import Region
from multivector.evidence.proposing.row import Drafted, Row, source_of
from multivector.evidence.records import Claim

# A name with a capital or a figure in it ("JF-17", "Pinaka"), and the plain words that follow.
_NAME = r"[A-Z][\w-]*|(?=[\d-]*[A-Za-z])[\w-]*\d[\w-]*"
_SYSTEM = re.compile(
    rf"(?<![\w$€£])(?P<name>(?:{_NAME})(?:[ -][A-Z\d][\w-]*)*)(?P<rest>(?: [a-z][a-z-]+){{0,4}})"
)
_ENDS = re.compile(
    r" (?:to|from|for|in|of|by|with|at|on|and|or|was|were|is|are|has|had|under|worth|since)\b.*"
)
_MONEY = re.compile(r"[\d,.]*\d|million|billion|percent")


def deal_rows(claim: Claim, region: Region) -> Drafted:
    """One row; the supplier is the claim's subject, but of an order its object."""
    if claim.polarity == "-":
        return Drafted(why="it says that there was no such deal")
    suppliers, recipients = claim.subjects, claim.objects
    if claim.predicate == "arms_order_quantity":
        suppliers, recipients = recipients, suppliers
    if len(suppliers) != 1 or len(recipients) != 1:
        return Drafted(why="it names no single supplier and recipient")
    money = claim.predicate == "arms_contract_value" and claim.number is not None
    year = claim.date_start[:4] if claim.date_start[:4] == (claim.date_end or claim.date_start)[:4] else ""
    system = _system(claim, region)
    if not system and claim.predicate == "arms_transfer_to":
        return Drafted(why="it names no system that was delivered")
    delivered = claim.predicate == "arms_transfer_to"
    cells = {
        "recipient": recipients[0], "supplier": suppliers[0], "system": system,
        "quantity": claim.value if claim.predicate == "arms_order_quantity" and claim.value_op else _count(claim, system),
        "year": "" if delivered else year,
        "value_usd": claim.value.replace(",", "") if money and claim.unit == "USD" and claim.value_op in ("=", "~") else "",
        "status": f"delivered {year}".strip() if delivered else "reported",
        "note": f"price as stated: {claim.value_op if claim.value_op != '=' else ''}{claim.value} {claim.unit}" if money else "",
        "source": source_of(claim),
    }  # fmt: skip
    near = "; ".join(str(row["system"]) for row in _near(region, cells))
    note = f"other deals of the pair at that time: {near}" if near else ""
    return Drafted((Row("deals", cells, held(region, cells), note),), codes=(suppliers[0], recipients[0]))


def _system(claim: Claim, region: Region) -> str:
    """The first name in the quote that is no actor's and no figure: it is copied, not guessed."""
    names = set(region.table("gazetteer")["alias"]) if "gazetteer" in region.tables else set()
    words = {word.casefold() for name in names for word in re.findall(r"[\w-]+", str(name))}
    words |= {word.casefold() for word in re.findall(r"[\w-]+", f"{claim.subject} {claim.object}")}
    for found in _SYSTEM.finditer(claim.quote):
        if _MONEY.fullmatch(found["name"]) or found.start() == 0:
            continue
        if not all(word.casefold() in words for word in re.findall(r"[\w-]+", found["name"])):
            return found["name"] + _ENDS.sub("", found["rest"] + " ").rstrip()
    return ""


def _count(claim: Claim, system: str) -> str:
    before = re.search(r"(\d[\d,]*) " + re.escape(system), claim.quote) if system else None
    return before[1] if before else ""


def held(region: Region, cells: Mapping[str, str]) -> str:
    """How the region has the deal: a like system or the same price of the same pair at that time."""
    year = int(cells["year"] or re.sub(r"\D", "", cells["status"])[:4] or 0)
    found = [
        row
        for row in _near(region, cells)
        if _alike(cells["system"], str(row["system"])) or _price(row) == (cells["value_usd"] or None)
    ]
    found.sort(key=lambda row: (_price(row) != cells["value_usd"], abs((row["year"] or year) - year)))
    if not found:
        return ""
    return f"deals.csv has it: {found[0]['system']}, {found[0]['year'] or 'no year'}, {found[0]['status']}"


def _near(region: Region, cells: Mapping[str, str]) -> list[dict[str, Any]]:
    """Deals of the pair within two years; all of them where a year is missing."""
    if "deals" not in region.tables:
        return []
    year = int(cells["year"] or re.sub(r"\D", "", cells["status"])[:4] or 0)
    return [
        row
        for row in region.table("deals").iter_rows(named=True)
        if (row["recipient"], row["supplier"]) == (cells["recipient"], cells["supplier"])
        and (not year or not row["year"] or abs(row["year"] - year) <= 2)
    ]


def _price(row: Mapping[str, Any]) -> str | None:
    return f"{row['value_usd']:.0f}" if row["value_usd"] else None


def _alike(one: str, other: str) -> bool:
    """Whether two names of systems share a word that tells systems apart: one with a capital or a figure."""
    telling = [set(re.findall(r"\b(?=\w*[A-Z\d])[\w-]{3,}", name)) for name in (one, other)]
    return bool({w.casefold() for w in telling[0]} & {w.casefold() for w in telling[1]})

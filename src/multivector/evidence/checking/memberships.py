"""Claims of membership against the dated rows of `memberships.csv`."""

from __future__ import annotations

import polars as pl

from multivector.atlas import Region
from multivector.evidence.checking.verdict import (
    NOT_CHECKABLE,
    PARTLY,
    REFUTED,
    SUPPORTED,
    Verdict,
    Word,
    inverted,
    name_of,
    version_of,
)
from multivector.evidence.records import Claim

_WANTED = {"member_of": "member", "observer_of": "observer"}
_DATASET = "Dated memberships of organisations"


def check_membership(claim: Claim, region: Region) -> Verdict:
    """Member or observer of an organisation, and since when where the claim says so."""
    bodies = [code for code in claim.objects if code in set(region.table("memberships")["organization"])]
    if len(bodies) != 1 or not claim.subjects:
        named = claim.object or claim.object_code or "none"
        why = f"the region has no dated memberships of this body ({named})"
        return Verdict(claim.id, NOT_CHECKABLE, why, data_version=version_of(region))
    body = bodies[0]
    single = [_one(claim, region, code, body) for code in claim.subjects]
    if len(single) == 1:
        return single[0]
    words = {verdict.verdict for verdict in single}
    joint = words.pop() if len(words) == 1 else PARTLY
    return Verdict(
        claim.id,
        joint,
        "; ".join(
            f"{name_of(region, code)}: {v.why}" for code, v in zip(claim.subjects, single, strict=True)
        ),
        dataset=_DATASET,
        data_version=version_of(region),
        query=f"status of {', '.join(name_of(region, code) for code in claim.subjects)} in {name_of(region, body)}",
        computed_text="; ".join(v.computed_text for v in single if v.computed_text),
        tolerance=single[0].tolerance,
        window=single[0].window,
        source=tuple(dict.fromkeys(key for v in single for key in v.source)),
    )


def _one(claim: Claim, region: Region, member: str, body: str) -> Verdict:
    wanted = _WANTED[claim.predicate]
    day = claim.date_end or claim.date_start or str(region.last_year)
    # A membership that ended is a claim about the day before as well: "left in 2009" holds after 2009.
    status = region.membership(member, body, day)
    table = region.table("memberships")
    rows = [
        row for row in table.iter_rows(named=True) if row["organization"] == body and row["member"] == member
    ]
    left = claim.polarity == "-" and claim.note.endswith("member.leave")
    if left:
        found, why = _left(claim, rows, status, wanted)
    else:
        found, why = _held(claim, rows, status, wanted)
        if claim.polarity == "-":
            found = inverted(found)
    about = f"status of {name_of(region, member)} in {name_of(region, body)}"
    return Verdict(
        claim.id,
        found,
        why,
        dataset=_DATASET,
        data_version=version_of(region),
        query=f"{about} on {day}",
        computed_text=_rows_text(rows) or (status or ""),
        tolerance="none: a status holds or not; a date as precise as stated",
        window=day,
        source=tuple(sorted({str(row["source"]) for row in rows})) or _sources(table, body),
    )


def _held(claim: Claim, rows: list[dict[str, object]], status: str | None, wanted: str) -> tuple[Word, str]:
    if status is None:
        return NOT_CHECKABLE, "the dated rows stop before that day or do not follow this actor"
    known = _rows_text(rows)
    if status != wanted:
        held = "neither member nor observer" if status == "none" else f"{status}, not {wanted}"
        return REFUTED, f"{held} on that day" + (f" ({known})" if known else "")
    begun = next((str(row["from"] or "") for row in rows if row["status"] == wanted), "")
    if claim.date_start and begun:
        shared = min(len(claim.date_start), len(begun))
        if claim.date_start == claim.date_end and begun[:shared] != claim.date_start[:shared]:
            return PARTLY, f"{wanted}, but since {begun}, not {claim.date_start}"
        if begun[:shared] > claim.date_start[:shared]:
            return PARTLY, f"{wanted}, but only since {begun}"
    return SUPPORTED, f"{wanted}" + (f" since {begun}" if begun else "")


def _left(claim: Claim, rows: list[dict[str, object]], status: str | None, wanted: str) -> tuple[Word, str]:
    ended = next((str(row["to"]) for row in rows if row["status"] == wanted and row["to"]), "")
    if not ended:
        if status == wanted:
            return REFUTED, f"still {wanted} ({_rows_text(rows)})"
        return NOT_CHECKABLE, "no dated membership that ended"
    stated = claim.date_start or claim.date_end
    shared = min(len(stated), len(ended))
    if stated and ended[:shared] != stated[:shared]:
        return PARTLY, f"{wanted} until {ended}, not {stated}"
    return SUPPORTED, f"{wanted} until {ended}"


def _rows_text(rows: list[dict[str, object]]) -> str:
    return "; ".join(f"{row['status']} {row['from'] or '?'} to {_until(row)}" for row in rows)


def _until(row: dict[str, object]) -> str:
    known_to = row["known_to"]
    return str(row["to"] or (f"{known_to}, not followed further" if known_to else "today"))


def _sources(table: pl.DataFrame, body: str) -> tuple[str, ...]:
    return tuple(sorted(set(table.filter(table["organization"] == body)["source"].to_list())))

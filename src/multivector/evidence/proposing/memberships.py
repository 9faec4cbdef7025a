"""Rows of `memberships.csv` from claims of belonging."""

from __future__ import annotations

import re
from collections.abc import Mapping

from multivector.atlas import Region
from multivector.evidence.checking.windows import same_date
from multivector.evidence.proposing.row import Drafted, Row, source_of
from multivector.evidence.records import Claim

_STATUS = {"member_of": "member", "observer_of": "observer"}
# A date says when a membership began only where the words do.
_BEGAN = re.compile(r"\b(join|acced|admi(t|ss)|enter|becam|becom|since|found)\w*", re.I)


def membership_rows(claim: Claim, region: Region) -> Drafted:
    """A row for each member and organisation; `from` only where the claim dates the beginning."""
    if claim.polarity == "-":
        why = "it says that a membership ended or was not held; rows are only added, so mend `to` of the row by hand"
        return Drafted(why=why)
    if not claim.subjects or not claim.objects:
        return Drafted(why="it names no known member or no known organisation")
    status = _STATUS[claim.predicate]
    begin = claim.date_start if _BEGAN.search(claim.quote) else ""
    end = claim.date_end if begin and claim.date_end != claim.date_start else ""
    rows = []
    for member in claim.subjects:
        for body in claim.objects:
            cells = {
                "member": member, "organization": body, "from": begin, "to": end, "status": status,
                "source": source_of(claim), "confidence": "", "known_to": "",
            }  # fmt: skip
            note = "the claim does not say how long it held: write `known_to` if the text is old"
            rows.append(Row("memberships", cells, held(region, cells), note))
    return Drafted(tuple(rows), codes=(*claim.subjects, *claim.objects))


def held(region: Region, cells: Mapping[str, str]) -> str:
    """How the region has the membership; empty where it has not."""
    table = region.table("memberships")
    own = table.filter(
        (table["member"] == cells["member"])
        & (table["organization"] == cells["organization"])
        & (table["status"] == cells["status"])
    )
    if not own.height:
        return ""
    said = "; ".join(f"{row['from']} to {row['to'] or 'today'}" for row in own.iter_rows(named=True))
    known = f"memberships.csv has {cells['member']} as {cells['status']} of {cells['organization']}, {said}"
    begins = [str(row["from"]) for row in own.iter_rows(named=True)]
    if cells["from"] and not any(same_date(cells["from"], begin) for begin in begins):
        return f"{known}; the text says {cells['from']}: if it is right, change that row by hand"
    return known

"""Claims of membership against the dated rows of `memberships`, and of `relations` where those have none.

"Joined in 2015" is about the first day, "a member in 2015" about any day of the year, "since 2015" about the
first day and today, "left in 2009" about the last.
"""

from __future__ import annotations

import re

from multivector.evidence.checking.book import Book, Row
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.verdict import (
    NOT_CHECKABLE,
    PARTLY,
    REFUTED,
    SUPPORTED,
    Verdict,
    Word,
    inverted,
    version_of,
)
from multivector.evidence.checking.windows import same_date
from multivector.evidence.checking.words import words
from multivector.evidence.records import Claim

_WANTED = {"member_of": "member", "observer_of": "observer"}
_LISTED = 8  # characters between the names of a list
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEAR = 120  # characters between a state and the body that it is said to belong to
_DATASET = "Dated memberships of organisations"


_JOIN = words("join")
_LEAVE = words("leave")
_BEING = (
    r"\b(?:was|were|remained|still|is|are) (?:\w+ )?(?:an? )?(?:\w+ )?(?:members?|observers?)\b|\bbelonged\b"
)
_RAISED = words("raised")
_IS = words("belong")
_TAKES_PART = words("takes_part")
_ASIDE = ")(?<!".join(words("set_aside_status").split("|"))


def check_membership(said: Said) -> Verdict | None:
    """Member or observer of an organisation, and since or until when where the claim says so."""
    claim, book = said.claim, said.book
    held = _bodies(book)
    bodies = [code for code in claim.objects if code in held]
    if len(bodies) != 1 or not claim.subjects:
        named = claim.object or claim.object_code or "none"
        why = f"the region has no dated memberships of this body ({named})"
        return Verdict(claim.id, NOT_CHECKABLE, why, data_version=version_of(book.region))
    left = claim.polarity == "-" and claim.note.endswith("member.leave")
    wanted = _status_said(said, bodies[0], _WANTED[claim.predicate])
    return _joint(said, claim.subjects, bodies[0], wanted, left=left)


def check_membership_said(said: Said) -> Verdict | None:
    """The same of a quote that no rule of membership has taken: a state, a body, and a verb between them."""
    book = said.book
    held = _bodies(book)
    bodies = [code for code in said.bodies if code in held]
    members = [code for code in said.codes if code not in bodies]
    if len(bodies) != 1 or not members or not said.has(f"{_JOIN}|{_LEAVE}|{_IS}"):
        return None
    member = _who(said, bodies[0])
    if member is None:
        return None
    if said.has(rf"\b(?:{words('not_belonging')})\b"):
        return None
    wanted = _status_said(said, bodies[0], "member")
    left = said.has(_LEAVE) is not None and not said.has(
        r"\b(?:came back|rejoin\w*|has not|not yet|never) \b"
    )
    return _joint(said, (member,), bodies[0], wanted, left=left)


def _status_said(said: Said, body: str, usual: str) -> str:
    """The status that the quote gives, of those that the body's rows know; "rather than members" sets one aside."""
    if said.has(_RAISED):
        return "member"
    if said.claim.polarity == "-":
        return usual  # what is denied is the claim's own
    known = {str(row["status"]) for row in rows_of(said.book) if row["organization"] == body}
    named = {
        status
        for status in {*known, *_WANTED.values()}
        if said.has(rf"(?<!{_ASIDE})\b{status.replace('_', ' ')}s?\b")
    }
    return usual if usual in named or not named else min(named)


def _who(said: Said, body: str) -> str | None:
    """Who is said to belong: the state named last before the verb, near the body."""
    place = next(name for name in said.names if name.code == body)
    verb = said.has(_LEAVE) or said.has(_JOIN) or said.has(_IS)
    near = [name for name in said.states if abs(name.start - place.start) < _NEAR]
    if not near or verb is None:
        return near[0].code if near else None
    before = [name for name in near if name.end <= verb.start()]
    if len({name.code for name in before}) > 1 and before[-1].start - before[-2].end < _LISTED:
        return before[0].code  # "A, B and C joined": the first stands for the list
    return (before[-1] if before else near[0]).code


def _bodies(book: Book) -> set[str]:
    return {str(row["organization"]) for row in rows_of(book)}


def rows_of(book: Book) -> list[Row]:
    """Dated memberships: those that the model reads, and those kept for claims only."""
    extra = [
        {
            "member": row["a"],
            "organization": row["b"],
            "from": row["from"],
            "to": row["to"],
            "status": row["name"],
            "source": row["source"],
            "known_to": None,
        }
        for row in book.rows("relations")
        if row["kind"] == "membership" and row["name"] != "part"
    ]
    return [*book.rows("memberships"), *extra]


def _joint(said: Said, members: tuple[str, ...], body: str, wanted: str, *, left: bool) -> Verdict:
    book, claim = said.book, said.claim
    single = [_one(said, code, body, wanted, left=left) for code in members]
    if len(single) == 1:
        return single[0]
    words = {verdict.verdict for verdict in single}
    joint = words.pop() if len(words) == 1 else PARTLY
    return Verdict(
        claim.id,
        joint,
        "; ".join(f"{book.name(code)}: {v.why}" for code, v in zip(members, single, strict=True)),
        dataset=_DATASET,
        data_version=version_of(book.region),
        query=f"status of {', '.join(book.name(code) for code in members)} in {book.name(body)}",
        computed_text="; ".join(v.computed_text for v in single if v.computed_text),
        tolerance=single[0].tolerance,
        window=single[0].window,
        source=tuple(dict.fromkeys(key for v in single for key in v.source)),
    )


def _one(said: Said, member: str, body: str, wanted: str, *, left: bool) -> Verdict:
    claim, book = said.claim, said.book
    day = claim.date_end or claim.date_start or str(book.region.last_year)
    if claim.date_start and not claim.date_end:
        day = str(book.region.last_year)  # since then, and to this day
    over = claim.polarity == "-" and said.has(rf"\b(?:{words('no_longer')})\b") is not None
    if over and len(set(_YEAR.findall(said.quote))) > 1:
        day = str(book.region.last_year)  # the other years are those of what came before
    every = [row for row in rows_of(book) if row["organization"] == body]
    rows = sorted((row for row in every if row["member"] == member), key=lambda row: str(row["from"] or ""))
    status = book.region.membership(member, body, day) if _in_table(book, body) else _status(rows, day)
    followed = {*book.region.states, *book.region.powers}
    if status == "none" and not rows and member not in followed:
        status = None  # a body's rows are those of the region's states and powers, not of all its members
    if over:
        found, why = _over(rows, status, wanted)
    elif left:
        found, why = _left(claim, rows, status, wanted)
    else:
        found, why = _held(said, rows, status, wanted)
        if claim.polarity == "-":
            found = inverted(found)
    return Verdict(
        claim.id,
        found,
        why,
        dataset=_DATASET,
        data_version=version_of(book.region),
        query=f"status of {book.name(member)} in {book.name(body)} on {day}",
        computed_text=_rows_text(rows) or (status or ""),
        tolerance="none: a status holds or not; a date as precise as stated",
        window=day,
        source=tuple(sorted({str(row["source"]) for row in rows or every})),
    )


def _in_table(book: Book, body: str) -> bool:
    return any(row["organization"] == body for row in book.rows("memberships"))


def _status(rows: list[Row], day: str) -> str:
    """The status on a day by rows that are complete for their body."""
    for row in rows:
        begun, ended = str(row["from"] or ""), str(row["to"] or "9999")
        if begun[: len(day)] <= day and day[: len(ended)] <= ended:
            return str(row["status"])
    return "none"


def _held(said: Said, rows: list[Row], status: str | None, wanted: str) -> tuple[Word, str]:
    claim = said.claim
    if status is None:
        return NOT_CHECKABLE, "the dated rows stop before that day or do not follow this actor"
    known = _rows_text(rows)
    spans = [row for row in rows if row["status"] == wanted]
    joined = said.has(_BEING) is None or said.has(_JOIN) is not None
    begun = [str(row["from"]) for row in spans if row["from"]]
    stated = claim.date_start
    if stated and stated == claim.date_end and not joined and any(_overlaps(row, stated) for row in spans):
        return SUPPORTED, f"{wanted} in {stated} ({known})"
    if status != wanted and not (stated and any(same_date(stated, day) for day in begun)):
        if status != "none" and said.has(_TAKES_PART) and not said.has(f"{_JOIN}|{_IS}"):
            return NOT_CHECKABLE, f"it takes part as {status}, and the claim names no status ({known})"
        held = "neither member nor observer" if status == "none" else f"{status}, not {wanted}"
        return REFUTED, f"{held} on that day" + (f" ({known})" if known else "")
    dated = stated and begun and (joined or stated != claim.date_end)
    if dated and not any(same_date(stated, day) for day in begun):
        near = min(begun, key=lambda day: abs(int(day[:4]) - int(stated[:4])))
        if stated == claim.date_end or not claim.date_end or near > stated:
            return PARTLY, f"{wanted}, but since {near}, not {stated}"
    return SUPPORTED, f"{wanted}" + (f" since {begun[-1]}" if begun else "")


def _overlaps(row: Row, stated: str) -> bool:
    """Whether the row's span touches the year or day stated."""
    begun, ended = str(row["from"] or ""), str(row["to"] or "9999")
    shared = min(len(begun), len(stated))
    return begun[:shared] <= stated[:shared] and stated[: len(ended)] <= ended[: len(stated)]


def _over(rows: list[Row], status: str | None, wanted: str) -> tuple[Word, str]:
    """What is said to hold no longer: it must have held, and not hold on the day."""
    known = _rows_text(rows)
    if status is None or not any(row["status"] == wanted for row in rows):
        return NOT_CHECKABLE, f"no dated row of a {wanted} that ended"
    return (REFUTED, f"still {wanted} ({known})") if status == wanted else (SUPPORTED, known)


def _left(claim: Claim, rows: list[Row], status: str | None, wanted: str) -> tuple[Word, str]:
    ended = [str(row["to"]) for row in rows if row["status"] == wanted and row["to"]]
    if not ended:
        if status == wanted:
            return REFUTED, f"still {wanted} ({_rows_text(rows)})"
        return NOT_CHECKABLE, "no dated membership that ended"
    stated = claim.date_start or claim.date_end
    if stated and not any(same_date(stated, day) for day in ended):
        return PARTLY, f"{wanted} until {ended[-1]}, not {stated}"
    return SUPPORTED, f"{wanted} until {ended[-1]}"


def _rows_text(rows: list[Row]) -> str:
    return "; ".join(f"{row['status']} {row['from'] or '?'} to {_until(row)}" for row in rows)


def _until(row: Row) -> str:
    known_to = row["known_to"]
    return str(row["to"] or (f"{known_to}, not followed further" if known_to else "today"))

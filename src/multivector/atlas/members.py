"""Who belonged to what on a day."""

from __future__ import annotations

from datetime import date

import polars as pl

from multivector.atlas.dates import span


def members_on(memberships: pl.DataFrame, organization: str, day: date, status: str) -> tuple[str, ...]:
    """Members of that status on the day, sorted.

    A date known to the year or month counts from its first to its last day. A row whose source stops
    before the day says nothing about it.
    """
    rows = memberships.filter((pl.col("organization") == organization) & (pl.col("status") == status))
    held = {row["member"] for row in rows.iter_rows(named=True) if _holds(row, day)}
    return tuple(sorted(held))


def status_on(memberships: pl.DataFrame, member: str, organization: str, day: date) -> str | None:
    """The status on the day; "none" where dated rows exclude it; None where nothing is known."""
    rows = memberships.filter(pl.col("organization") == organization)
    own = list(rows.filter(pl.col("member") == member).iter_rows(named=True))
    held = [str(row["status"]) for row in own if _holds(row, day)]
    if held:
        return "member" if "member" in held else held[0]
    open_ended = rows["known_to"].is_null()
    # Known not to belong: the source follows the organisation and this actor to this day.
    followed = memberships.filter((pl.col("member") == member) & pl.col("known_to").is_null()).height > 0
    if rows.height and open_ended.any() and followed and all(row["known_to"] is None for row in own):
        return "none"
    return None


def _holds(row: dict[str, str | None], day: date) -> bool:
    begin = span(row["from"] or "")
    end, known = span(row["to"] or ""), span(row["known_to"] or "")
    if begin is None or day < begin[0]:
        return False
    return not (end and day > end[1]) and not (known and day > known[1])

"""Claims of one corpus that cannot both hold.

Two claims are compared where they say the same kind of thing of the same actors (predicate, subject, object,
unit) about times that overlap. They contradict each other where

    their numbers, each widened by its own tolerance, have no value in common;
    one affirms what the other denies;
    they date one act, such as joining, to days that cannot be the same;
    they give one place, such as the largest, to two.

A number without a time is set only against numbers without one: figures change from year to year.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from multivector.evidence.checking.precision import stated_in
from multivector.evidence.checking.units import base_of
from multivector.evidence.checking.verdict import Verdict
from multivector.evidence.checking.windows import year_of
from multivector.evidence.records import Claim, predicates

_SAID_AS_FACT = ("asserted", "reported", "alleged", "hedged")
_DATED = ("member_of", "observer_of", "gains_independence", "corridor_opened")
_MOST = 60  # distinct claims of one kind that are set against one another
_GENERAL = "states_figure"
_ONLY_ONE = "ranks"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims, and why they cannot both hold."""

    first: Claim
    second: Claim
    why: str

    def as_dict(self) -> dict[str, object]:
        """The pair as `--json` prints it."""
        sides = [
            {"claim_id": claim.id, "doc": claim.doc, "quote": claim.quote}
            for claim in (self.first, self.second)
        ]
        return {"first": sides[0], "second": sides[1], "why": self.why}


def find_contradictions(claims: Iterable[Claim], verdicts: Iterable[Verdict] = ()) -> list[Contradiction]:
    """The pairs of claims that cannot both hold, in the order of the first.

    Parameters
    ----------
    claims : of any number of documents; repeats of one content count once.
    verdicts : of the same claims in the same order; a figure that no rule has named is compared with those
        that put the same question to the data.
    """
    claims = list(claims)
    asked = {claim: verdict.query for claim, verdict in zip(claims, verdicts, strict=False)}
    groups: dict[tuple[str, ...], dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        if claim.stance in _SAID_AS_FACT:
            for key in _keys(claim, asked.get(claim, "")):
                groups[key].setdefault(
                    f"{claim.content} {claim.quote if not claim.subject_code else ''}", claim
                )
    place = {id(claim): number for number, claim in enumerate(claims)}
    found: dict[tuple[str, str], Contradiction] = {}
    for same in groups.values():
        for first, second in combinations(list(same.values())[:_MOST], 2):
            why = "" if _same_words(first, second) else _why(first, second)
            if why:
                found.setdefault((first.id, second.id), Contradiction(first, second, why))
    return sorted(found.values(), key=lambda pair: place[id(pair.first)])


def _same_words(first: Claim, second: Claim) -> bool:
    """Two figures of one stretch of text are its list, "5.9 after 8.3", not a quarrel with itself."""
    return (
        first.doc == second.doc and first.char_start < second.char_end and second.char_start < first.char_end
    )


def _keys(claim: Claim, query: str) -> Iterator[tuple[str, ...]]:
    """What a claim must share with another to be set against it."""
    subjects, objects = sorted(claim.subjects), sorted(claim.objects)
    known = predicates().get(claim.predicate)
    if known is not None and known.symmetric:
        subjects, objects = sorted({*subjects, *objects}), []
    unit = base_of(claim.unit)[0]
    if query and claim.number is not None:
        yield ("asked", query, unit)
    if claim.predicate == _ONLY_ONE:
        yield (claim.predicate, claim.unit, "|".join(objects), claim.value)
    if claim.predicate != _GENERAL and subjects:
        yield (
            claim.predicate,
            "|".join(subjects),
            "|".join(objects),
            unit if claim.number is not None else "",
        )


def _why(first: Claim, second: Claim) -> str:
    """Why both cannot hold; empty where they can."""
    if first.predicate == second.predicate == _ONLY_ONE and first.subjects != second.subjects:
        shared = set(first.subjects) & set(second.subjects)
        if not shared and first.subjects and second.subjects and first.objects and _same_time(first, second):
            return f"one place, {first.value}, is given to {first.subject} and to {second.subject}"
        return ""
    if first.number is not None and second.number is not None:
        return _numbers(first, second)
    if first.polarity != second.polarity and _between_two(first) and _overlap(first, second):
        return "one affirms what the other denies"
    if (
        first.predicate == second.predicate
        and first.predicate in _DATED
        and first.polarity == second.polarity
    ):
        return _days(first, second)
    return ""


def _between_two(claim: Claim) -> bool:
    """Whether the claim ties two named actors: of a state's effects on itself one may be so and another not."""
    return len({*claim.subjects, *claim.objects}) > 1


def _numbers(first: Claim, second: Claim) -> str:
    if not _same_time(first, second):
        return ""
    a, b = _span(first), _span(second)
    if a is None or b is None:
        return ""
    apart = a[1] < b[0] or b[1] < a[0]
    if first.polarity != second.polarity:
        return (
            "one denies the number that the other gives" if not apart and first.value == second.value else ""
        )
    if first.polarity == "-" or not apart:
        return ""
    return f"one says {_figure(first)}, the other {_figure(second)}: more apart than their rounding allows"


def _figure(claim: Claim) -> str:
    op = {"~": "about ", ">": "more than ", "<": "less than "}.get(claim.value_op, "")
    return f"{op}{claim.value} {claim.unit}".rstrip()


def _span(claim: Claim) -> tuple[float, float] | None:
    """The values that a claim leaves open, in its base unit."""
    stated = stated_in(claim)
    if stated is None:
        return None
    factor = base_of(claim.unit)[1]
    low, high = stated.value - stated.tolerance, stated.value + stated.tolerance
    if stated.op == ">":
        low, high = stated.value, math.inf
    if stated.op == "<":
        low, high = -math.inf, stated.value
    return low * factor, high * factor


def _days(first: Claim, second: Claim) -> str:
    """Two dates of one act; a span or 'since' is no single day."""
    one, other = first.date_start, second.date_start
    single = first.date_start == first.date_end and second.date_start == second.date_end
    shared = min(len(one), len(other))
    if not single or not shared or one[:shared] == other[:shared]:
        return ""
    return f"dated {one} and {other}"


def _same_time(first: Claim, second: Claim) -> bool:
    """Whether both name the same years, or neither names any."""
    return _years(first) == _years(second)


def _years(claim: Claim) -> tuple[int | None, int | None]:
    return year_of(claim.date_start), year_of(claim.date_end)


def _overlap(first: Claim, second: Claim) -> bool:
    """Whether the times can overlap; what is undated overlaps everything."""
    (a, b), (c, d) = _years(first), _years(second)
    return (a or 0) <= (d or 9999) and (c or 0) <= (b or 9999)

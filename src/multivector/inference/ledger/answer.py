"""What the data say to a rule: yes, no, or why nothing yet; and how often it held before."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import polars as pl

from multivector.atlas import Region
from multivector.atlas.dates import span
from multivector.inference.ledger.quantity import Figure, history, quantity_of, rows_used
from multivector.inference.ledger.rule import NumberRule, Rule, StatusRule


@dataclass(frozen=True)
class Answer:
    """An outcome with what it rests on; `outcome` is None where the data cannot say, and `why` says so."""

    outcome: bool | None
    why: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: str | None = None
    sources: tuple[str, ...] = ()
    vintages: tuple[str, ...] = ()


@dataclass(frozen=True)
class BaseRate:
    """In `held` of `n` earlier years the rule's sentence was true."""

    held: int
    n: int

    @property
    def rate(self) -> float:
        """(held + 1) / (n + 2): the rule of succession, so that it is never 0 or 1 (Laplace 1774)."""
        return (self.held + 1) / (self.n + 2)


def answer(rule: Rule, region: Region, today: dt.date) -> Answer:
    """Put a rule to the region's data.

    A number is compared by its headline value. Where only bounds are known they answer if both lie on one
    side of the threshold. Nothing is answered before the rule's day is over, and a status not after the day
    on which its source was read: that a membership has no end says nothing of the years to come.
    """
    if today < rule.day:
        return Answer(None, f"{rule.day} is yet to come")
    return _number(rule, region) if isinstance(rule, NumberRule) else _status(rule, region)


def _number(rule: NumberRule, region: Region) -> Answer:
    quantity = quantity_of(region, rule.quantity)
    known = history(region, quantity, rule.state, rule.partner)
    figure = known.get(rule.year)
    if figure is None:
        reach = f"; the data reach to {max(known)}" if known else ""
        return Answer(None, f"no number for {rule.year}{reach}")
    actors = (rule.state, rule.partner) if rule.partner else (rule.state,)
    rows = rows_used(region, quantity, actors, rule.year)
    outcome, why = _decide(rule, figure, quantity.unit)
    return Answer(
        outcome,
        why,
        value=None if math.isnan(figure.value) else figure.value,
        low=figure.low,
        high=figure.high,
        sources=tuple(sorted(set(rows["source"]))),
        vintages=tuple(sorted(set(rows["vintage"]))),
    )


def _decide(rule: NumberRule, figure: Figure, unit: str) -> tuple[bool | None, str]:
    bounds = f"{figure.low:.6g} to {figure.high:.6g} {unit}"
    agreed = rule.holds(figure.low) == rule.holds(figure.high)
    if math.isfinite(figure.value):
        spread = "" if agreed else f"; bounds {bounds} lie on both sides of the threshold"
        return rule.holds(figure.value), f"{figure.value:.6g} {unit} in {rule.year}{spread}"
    if agreed:
        return rule.holds(figure.low), f"between {bounds} in {rule.year}; both bounds say the same"
    return None, f"only bounds are known for {rule.year}, {bounds}, and the threshold lies between them"


def _status(rule: StatusRule, region: Region) -> Answer:
    read_on = last_read(region, rule.organisation)
    if read_on is None or rule.on > read_on:
        return Answer(None, f"memberships were read on {read_on}; {rule.on} is later")
    status = region.membership(rule.state, rule.organisation, rule.on)
    if status is None:
        return Answer(None, f"the dated rows do not follow {rule.state} to {rule.on}")
    rows = _rows_of(region, rule.organisation)
    own = rows.filter(pl.col("member") == rule.state)
    used = own if own.height else rows
    return Answer(
        rule.holds(status),
        f"status on {rule.on}: {status}",
        status=status,
        sources=tuple(sorted(set(used["source"]))),
    )


def _rows_of(region: Region, organisation: str) -> pl.DataFrame:
    return region.table("memberships").filter(pl.col("organization") == organisation)


def last_read(region: Region, organisation: str) -> dt.date | None:
    """The day to which the organisation's rows are known: when the latest of their sources was read."""
    keys = set(_rows_of(region, organisation)["source"])
    days = [span(str(region.source(key)["read_on"])) for key in keys]
    return max((day[1] for day in days if day is not None), default=None)


def base_rate(rule: Rule, region: Region, last_year: int) -> BaseRate | None:
    """How often the rule's sentence was true in the years before its own, to `last_year` at most.

    The reference class is the same state (and partner) in every earlier year that the data decide; None
    where there is none. It is a first guess, not a rival: whoever knows a better class gives its rate.
    """
    if isinstance(rule, StatusRule):
        outcomes = _earlier_status(rule, region, min(last_year, rule.on.year - 1))
    else:
        quantity = quantity_of(region, rule.quantity)
        known = history(region, quantity, rule.state, rule.partner)
        last = min(last_year, rule.year - 1)
        outcomes = [_decide(rule, figure, "")[0] for year, figure in known.items() if year <= last]
    decided = [outcome for outcome in outcomes if outcome is not None]
    return BaseRate(sum(decided), len(decided)) if decided else None


def _earlier_status(rule: StatusRule, region: Region, last: int) -> list[bool | None]:
    begun = [span(text or "") for text in _rows_of(region, rule.organisation)["from"]]
    first = min((days[0].year for days in begun if days is not None), default=last + 1)
    read_on = last_read(region, rule.organisation)
    outcomes: list[bool | None] = []
    for year in range(max(first, region.first_year), last + 1):
        day = dt.date(year, 12, 31)
        known = read_on is not None and day <= read_on
        status = region.membership(rule.state, rule.organisation, day) if known else None
        outcomes.append(None if status is None else rule.holds(status))
    return outcomes

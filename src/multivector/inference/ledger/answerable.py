"""Whether a region's data can ever answer a rule; if not, what would be right."""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import get_close_matches

import polars as pl

from multivector.atlas import Region
from multivector.atlas.ties import partner_axis
from multivector.errors import LedgerError
from multivector.inference.ledger.answer import last_read
from multivector.inference.ledger.quantity import Quantity, history, quantity_of
from multivector.inference.ledger.rule import NumberRule, Rule, StatusRule

FARTHEST = 30  # years after the region's last: nobody will be there to score it


def require_answerable(rule: Rule, region: Region) -> None:
    """Refuse a rule that no data of the region can answer.

    Raises
    ------
    LedgerError : an unknown quantity, actor, partner, organisation or status; a year that the data do not
        reach back to, skip, or will not come to; a threshold that the quantity can never pass.
    """
    if rule.day.year > region.last_year + FARTHEST:
        raise _no(
            rule,
            f"{rule.day.year} is too far ahead",
            f"choose a year to {region.last_year + FARTHEST}",
        )
    if isinstance(rule, StatusRule):
        _require_status(rule, region)
    else:
        _require_number(rule, region)


def _no(rule: Rule, what: str, repair: str) -> LedgerError:
    return LedgerError(f"no data can answer '{rule}': {what}", where="rule", repair=repair)


def _require_actor(rule: Rule, region: Region, code: str, known: Iterable[str], what: str) -> None:
    listed = list(known)
    if code in listed:
        return
    some = get_close_matches(code.upper(), listed, 5, 0.5) or listed[:20]
    raise _no(rule, f"{code!r} {what} of {region.id}", f"use one of {', '.join(some)}")


def _require_number(rule: NumberRule, region: Region) -> None:
    quantity = quantity_of(region, rule.quantity)
    _require_actor(rule, region, rule.state, _followed(region, quantity), f"is not in {quantity.table}.csv")
    _require_partner(rule, region, quantity)
    _require_threshold(rule, quantity)
    years = sorted(history(region, quantity, rule.state, rule.partner))
    who = f"{rule.state} {rule.partner or ''}".strip()
    if not years:
        raise _no(
            rule, f"there is no {rule.quantity} of {who}", "choose a pair or a state that the data hold"
        )
    if rule.year < years[0]:
        raise _no(rule, f"{rule.quantity} of {who} begins in {years[0]}", f"choose a year from {years[0]}")
    last = _last_year(region, quantity)
    if rule.year <= last and rule.year not in years:
        span = f"{years[0]} to {years[-1]}"
        raise _no(
            rule,
            f"the data reach to {last} and hold no number of {who} for {rule.year}",
            f"choose one of the years that they hold (between {span}), or one after {last}",
        )
    name = "layers" if quantity.table.startswith("ties/") else "indicators"
    row = region.row(name, name.removesuffix("s"), quantity.of)
    if rule.year > last and region.last_year - last > float(str(row["max_age"])):
        raise _no(
            rule, f"{quantity.of} ends in {last} and is not continued", f"choose a year to {last}, or another quantity"
        )  # fmt: skip


def _followed(region: Region, quantity: Quantity) -> list[str]:
    """The actors whose quantity the data follow."""
    if quantity.kind == "share":
        return list(region.states)
    frame = region.table(quantity.table)
    if quantity.table == "observations":
        followed = set(frame.filter(pl.col("indicator") == quantity.of)["actor"])
        row = region.row("indicators", "indicator", quantity.of)
        groups = region.table("actors").filter(pl.col("kind") == "group")["code"]
        return sorted(followed | (set(groups) if row["additive"] == "yes" else set()))
    covered = region.table("coverage") if "coverage" in region.tables else frame.clear()
    listed = covered.filter(pl.col("layer") == quantity.of)["states"].to_list() if covered.height else []
    return sorted(set(frame["state"]) | {state for states in listed for state in states.split("|")})


def _require_partner(rule: NumberRule, region: Region, quantity: Quantity) -> None:
    if not quantity.has_partner:
        if rule.partner:
            raise _no(
                rule,
                f"{rule.quantity} is a figure of one actor",
                f"leave out {rule.partner}: {rule.quantity} {rule.state} {rule.year} ...",
            )
        return
    followed = quantity.kind == "distance"
    known = _followed(region, quantity) if followed else partner_axis(region, quantity.of)
    if rule.partner is None:
        raise _no(rule, f"{rule.quantity} needs a partner", "name the partner after the state")
    if rule.partner == rule.state:
        raise _no(rule, "a state is no partner of its own", "name another partner")
    others = [code for code in known if code != rule.state]
    _require_actor(rule, region, rule.partner, others, f"is no partner in {quantity.table}.csv")


def _require_threshold(rule: NumberRule, quantity: Quantity) -> None:
    low, high = quantity.bounds
    never = rule.threshold >= high if rule.comparison == "above" else rule.threshold <= low
    if never or not low <= rule.threshold <= high:
        span = f"at least {low:g}" if math.isinf(high) else f"between {low:g} and {high:g}"
        raise _no(
            rule,
            f"{rule.quantity} ({quantity.unit}) is {span}: it is always or never {rule.comparison} {rule.threshold:g}",
            f"choose a threshold that it can lie on either side of, {span}",
        )


def _last_year(region: Region, quantity: Quantity) -> int:
    """The last year that the quantity's table reaches, for anybody."""
    frame = region.table(quantity.table)
    if quantity.table == "observations":
        frame = frame.filter(pl.col("indicator") == quantity.of)
    years = [int(year) for year in frame["year"].to_list()]
    if quantity.table != "observations" and "coverage" in region.tables:
        layer = region.table("coverage").filter(pl.col("layer") == quantity.of)
        years += [int(year) for year in layer["last_year"].to_list()]
    return max(years)


def _require_status(rule: StatusRule, region: Region) -> None:
    table = region.table("memberships")
    _require_actor(
        rule, region, rule.organisation, sorted(set(table["organization"])), "has no row in memberships.csv"
    )
    rows = table.filter(pl.col("organization") == rule.organisation)
    _require_actor(
        rule, region, rule.state, sorted(set(table["member"])), "is followed by no row in memberships.csv"
    )
    statuses = sorted({*table["status"].to_list(), "none"})
    _require_actor(rule, region, rule.status, statuses, "is no status in memberships.csv")
    if rows["known_to"].is_null().sum() == 0:
        last = max(str(year) for year in rows["known_to"].to_list())
        if str(rule.on.year) > last[:4]:
            raise _no(rule, f"the rows of {rule.organisation} stop in {last}", f"choose a day to {last}")
    read_on = last_read(region, rule.organisation)
    known = read_on is not None and rule.on <= read_on
    if known and region.membership(rule.state, rule.organisation, rule.on) is None:
        raise _no(
            rule,
            f"the dated rows of {rule.organisation} do not follow {rule.state} to {rule.on}",
            "choose an actor or a day that they follow",
        )

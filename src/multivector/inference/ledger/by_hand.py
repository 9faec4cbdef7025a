"""Forecasts and resolutions that a person gives."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from multivector.atlas import Region
from multivector.errors import LedgerError
from multivector.inference.ledger.answer import answer, base_rate
from multivector.inference.ledger.answerable import require_answerable
from multivector.inference.ledger.book import Book, add_resolutions
from multivector.inference.ledger.entry import BY_DATA, Forecast, Resolution, Runs, made_of
from multivector.inference.ledger.rule import Rule


def make_forecast(
    region: Region,
    rule: Rule,
    *,
    text: str,
    probability: float,
    made: dt.date | None = None,
    due: dt.date | None = None,
    rate: float | None = None,
    key: str = "",
    runs: Runs | None = None,
    manifest: Mapping[str, Any] | None = None,
    last_year: int | None = None,
    today: dt.date | None = None,
) -> Forecast:
    """A forecast whose rule the region's data can answer.

    Parameters
    ----------
    probability : in (0, 1). made : today when left out. due : the end of the year after the rule's.
    rate : the base rate; counted in the earlier years (to `last_year`) when left out.
    key : the id; made of day and rule when left out. manifest : of a run; the region's hash otherwise.

    Raises
    ------
    LedgerError : a rule that no data can answer, a probability outside (0, 1), dates that do not fit.
    """
    require_answerable(rule, region)
    today = today or dt.date.today()
    made = made or today
    if made > today:
        raise LedgerError(
            f"made on {made}, which is yet to come", where="made", repair=f"give a day to {today}"
        )
    due = due or max(made, dt.date(rule.day.year + 1, 12, 31))
    counted = base_rate(rule, region, last_year or region.last_year) if rate is None else None
    source = "given by hand"
    if rate is None:
        source = "no earlier year decides the rule"
    if counted is not None:
        rate = counted.rate
        source = f"the rule held in {counted.held} of {counted.n} earlier years; (held + 1) / (n + 2)"
    name = re.sub(r"[^A-Za-z0-9.]+", "-", str(rule)).strip("-").lower()
    content = {
        "id": key or f"{made}.{name}"[:160],
        "text": _one_line(text, "text"),
        "probability": probability,
        "rule": rule,
        "made": made,
        "due": due,
        "base_rate": rate,
        "base_rate_from": source,
        "hindsight": answer(rule, region, today).outcome is not None or due < today,
        "region": f"{region.id}@{region.version}",
        "runs": runs,
        "manifest": dict(manifest) if manifest is not None else _manifest(region),
    }
    forecast: Forecast = made_of(Forecast, content)
    return forecast


def _one_line(text: str, where: str) -> str:
    """The text on one line: a list of forecasts shows one a line, and a terminal obeys control characters."""
    line = " ".join(text.split())
    control = next((letter for letter in line if unicodedata.category(letter) == "Cc"), None)
    if not line or control is not None:
        what = f"holds the control character {control!a}" if control else "is empty"
        raise LedgerError(what, where=where, repair="write a plain sentence")
    return line


def _manifest(region: Region) -> dict[str, Any]:
    return {"region_hash": region.hash, "versions": {"multivector": metadata.version("multivector")}}


def resolve_by_hand(
    path: Path,
    key: str,
    *,
    outcome: bool,
    source: str,
    by: str,
    today: dt.date | None = None,
    now: dt.datetime | None = None,
) -> Book:
    """Resolve a forecast that the data do not hold, naming the source and the person.

    A second, differing outcome is appended as a revision.

    Raises
    ------
    LedgerError : no such forecast, not yet answerable, or already resolved so.
    """
    today = today or dt.date.today()
    said_by, person = _one_line(source, "source"), _one_line(by, "by")
    if person.lower() == BY_DATA:
        raise LedgerError(f"{by!r} is no person", where="by", repair="name who read the source")

    def choose(book: Book) -> list[Resolution]:
        forecast = book.forecast(key)
        if today < forecast.rule.day:
            raise LedgerError(
                f"'{forecast.rule}' cannot be answered before {forecast.rule.day}",
                where=key,
                repair="wait until then",
            )
        said = book.latest(key)
        if said is not None and said.outcome == outcome:
            raise LedgerError(
                f"is already resolved {'yes' if outcome else 'no'}, by {said.by} on {said.resolved}",
                where=key,
                repair="give another outcome to revise it, or leave it as it is",
            )
        content = {
            "id": key,
            "outcome": outcome,
            "why": said_by,
            "sources": (said_by,),
            "data_version": "none: resolved by hand",
            "resolved": today,
            "by": person,
        }
        return [made_of(Resolution, content)]

    return add_resolutions(path, choose, now)

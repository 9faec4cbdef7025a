"""Forecasts resolved by a region's data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from multivector.atlas import Region
from multivector.errors import LedgerError
from multivector.inference.ledger.answer import Answer, answer
from multivector.inference.ledger.book import Book, add_resolutions
from multivector.inference.ledger.entry import BY_DATA, Forecast, Resolution, made_of
from multivector.inference.ledger.rule import Rule

SAME = 1e-9  # two values that differ by less are one


@dataclass(frozen=True)
class Open:
    """A forecast that stays open, and why; overdue where its due day has passed."""

    id: str
    why: str
    overdue: bool


@dataclass
class Resolved:
    """What a pass over the ledger did: new resolutions, revisions of older ones, and what stays open."""

    resolved: list[Resolution] = field(default_factory=list)
    revised: list[Resolution] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)


def resolve_by_data(
    path: Path, region: Region, *, today: dt.date | None = None, now: dt.datetime | None = None
) -> Resolved:
    """Resolve every open forecast about the region that its data answer, and revise those they answer anew.

    Nothing stored is changed: each resolution is a new line. What a person says after the data stands until
    the data say something new.
    """
    today = today or dt.date.today()
    done = Resolved()

    @cache
    def ask(rule: Rule) -> Answer:
        return _ask(rule, region, today)

    def choose(book: Book) -> list[Resolution]:
        for forecast in book.forecasts:
            about = forecast.region.partition("@")[0]
            elsewhere = Answer(None, f"it is about {about}, not {region.id}")
            found = ask(forecast.rule) if about == region.id else elsewhere
            _one(forecast, found, book, region, today, done)
        return [*done.resolved, *done.revised]

    add_resolutions(path, choose, now)
    return done


def _one(
    forecast: Forecast, found: Answer, book: Book, region: Region, today: dt.date, done: Resolved
) -> None:
    before = book.resolutions.get(forecast.id, ())
    by_data = [each for each in before if each.by == BY_DATA]
    said = by_data[-1] if by_data else book.latest(forecast.id)
    if found.outcome is None:
        if said is None:
            done.open.append(Open(forecast.id, found.why, forecast.due < today))
        return
    resolution = _resolution(forecast, found, region, today)
    if said is None:
        done.resolved.append(resolution)
    elif _differs(said, resolution):
        done.revised.append(resolution)


def _ask(rule: Rule, region: Region, today: dt.date) -> Answer:
    try:
        return answer(rule, region, today)
    except LedgerError as error:
        return Answer(None, f"{region.id}@{region.version} no longer answers it: {error.what}")


def _differs(said: Resolution, now: Resolution) -> bool:
    if said.outcome != now.outcome:
        return True
    both = said.value is not None and now.value is not None
    return both and abs((said.value or 0.0) - (now.value or 0.0)) > SAME


def _resolution(forecast: Forecast, found: Answer, region: Region, today: dt.date) -> Resolution:
    vintages = f", vintage {', '.join(found.vintages)}" if found.vintages else ""
    content = {
        "id": forecast.id,
        "outcome": found.outcome,
        "why": found.why,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "status": found.status,
        "sources": found.sources,
        "data_version": f"{region.id}@{region.version} ({region.hash[:12]}){vintages}",
        "resolved": today,
        "by": BY_DATA,
    }
    resolution: Resolution = made_of(Resolution, content)
    return resolution

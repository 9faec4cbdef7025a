"""Corridors, railways, pipelines and ports: length, capacity, volume, time, cost, and when they opened."""

from __future__ import annotations

import re

from multivector.evidence.checking.answer import Question, answer, best, compared, unanswered
from multivector.evidence.checking.book import Figure, Route, Row
from multivector.evidence.checking.precision import Stated
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.units import base_of
from multivector.evidence.checking.verdict import (
    NOT_CHECKABLE,
    REFUTED,
    SUPPORTED,
    Verdict,
    Word,
    inverted,
    version_of,
)
from multivector.evidence.checking.windows import Window, same_date
from multivector.evidence.checking.words import words

_CAPACITY = words("capacity")
_OPENED = words("opened")
_STARTED = words("started")
_DUE = words("due")
_MEASURES: dict[str, tuple[str, ...]] = {
    "km": ("length",),
    "days": ("transit_days",),
    "USD": ("cost",),
    "EUR": ("cost",),
    "MW": ("capacity",),
}


def check_route(said: Said) -> Verdict | None:
    """A figure of a route that the quote names; None where it names none or no measure of one."""
    routes = said.routes
    if not routes:
        return None
    stated = said.stated
    if stated is None:
        return None
    made = [v for route in routes[:3] for v in _tried(said, route, stated)]
    decided = [verdict for verdict in made if verdict.verdict != NOT_CHECKABLE]
    return best(decided or made)


def _tried(said: Said, route: Route, stated: Stated) -> list[Verdict]:
    unit = said.unit
    if unit == "percent":
        return _percent(said, route, stated)
    if unit in ("t", "m3", "TEU", "trains", "barrels a day"):
        measures: tuple[str, ...] = ("capacity",) if said.has(_CAPACITY) else ("volume",)
    else:
        measures = _MEASURES.get(unit, ())
    made = []
    for measure in measures:
        rows = [
            r
            for r in said.book.route_figures.get((route.code, measure), [])
            if base_of(str(r["unit"]))[0] == unit
        ]
        if rows:
            made.append(_figures(said, route, measure, rows, stated))
    if not made and measures:
        why = f"the region has no {measures[0].replace('_', ' ')} of {route.name} in {said.claim.unit}"
        made.append(unanswered(said.claim, said.book, why))
    return made


def _figures(said: Said, route: Route, measure: str, rows: list[Row], stated: Stated) -> Verdict:
    """Lengths and the like against all sources; volumes against those of the year."""
    claim, book = said.claim, said.book
    title = f"{measure.replace('_', ' ').capitalize()} of {route.name}"
    shown = said.claim.unit or said.unit
    dataset = "Figures of routes"
    if measure not in ("volume", "capacity"):
        question = Question(title, dataset, f" {said.unit}", 0, lambda _: None, ())
        spans = [book.figure([row]) for row in rows]
        verdicts = [compared(claim, book, question, stated, figure, Window(0, 0)) for figure in spans]
        joint = book.figure(rows)
        if measure == "length":
            return best(verdicts) or unanswered(claim, book, "no row", question)
        return compared(claim, book, question, stated, joint, Window(0, 0))
    question = Question(title, dataset, f" {said.unit}", 0, lambda _: None, ())
    year = said.year
    dated = [row for row in rows if year is None or str(row["period"] or "")[:4] == str(year)]
    if measure == "capacity":
        dated = _capacity_of(rows, year)
    if not dated:
        years = ", ".join(sorted({str(row["period"])[:4] for row in rows if row["period"]}))
        why = f"no figure for {year}: the data give {years}; coverage that ends is missing, not a refutation"
        return unanswered(claim, book, why, question)
    whole = [row for row in dated if len(str(row["period"] or "")) <= 4] or dated
    window = (
        Window(year or int(str(whole[-1]["period"] or "0")[:4] or 0), year or 0) if year else Window(0, 0)
    )
    verdicts = []
    for row in sorted(whole, key=lambda r: str(r["period"] or ""), reverse=True):
        note = f" ({row['note']})" if row["note"] else ""
        figure = _loose(book.figure([row]), str(row["note"] or ""), measure)
        verdict = compared(claim, book, question, stated, figure, window)
        verdicts.append(
            verdict.reread(verdict.verdict, f"{verdict.why}{note} [{row['period'] or 'undated'}; {shown}]")
        )
    found = best(verdicts) or unanswered(claim, book, "no row", question)
    if len({v.verdict for v in verdicts}) > 1:
        found = found.reread(found.verdict, f"{found.why}; the sources differ: {_all(verdicts)}")
    return found


def _all(verdicts: list[Verdict]) -> str:
    return ", ".join(dict.fromkeys(verdict.computed_text for verdict in verdicts))


def _capacity_of(rows: list[Row], year: int | None) -> list[Row]:
    """The capacity in a year is the last one stated by then; without a year any."""
    if year is None:
        return rows
    known = [row for row in rows if not row["period"] or int(str(row["period"])[:4]) <= year + 1]
    dated = [row for row in known if row["period"]]
    latest = max((str(row["period"])[:4] for row in dated), default="")
    return [row for row in known if str(row["period"] or latest)[:4] == latest] or rows


def _loose(figure: Figure, note: str, measure: str) -> Figure:
    """'More than' and 'about' in the source's own words widen its number."""
    if measure == "volume" and re.search(r"more than|surpassed|over\b", note):
        return Figure(figure.value, figure.value, 1.1 * figure.value, figure.sources, figure.vintages)
    if re.search(r"about|approximately|expected|derived", note):
        return Figure(figure.value, 0.98 * figure.value, 1.02 * figure.value, figure.sources, figure.vintages)
    return figure


def _percent(said: Said, route: Route, stated: Stated) -> list[Verdict]:
    """A route's share of a state's oil exports, or the change of its volume from one year to the next."""
    claim, book = said.claim, said.book
    rows = book.route_figures.get((route.code, "share_of_oil_exports"), [])
    if rows and said.goods == "oil" and said.has(r"export\w*|shipped abroad|crude"):
        question = Question(
            f"Share of oil exports by {route.name}", "Figures of routes", " percent", 0, lambda _: None, ()
        )
        return [compared(claim, book, question, stated, book.figure(rows), Window(0, 0))]
    change = said.has(
        r"\b(rose|risen|grew|grown|increas\w+|up|jumped|surged|soared|climbed|growth|fell|fallen|dropped|declined|decreas\w+|down)\b"
    )
    year = said.year
    if not change or year is None:
        return []
    unit = "TEU" if said.has(r"\bTEU|container") else "t"
    by_year: dict[str, list[Row]] = {}
    for row in book.route_figures.get((route.code, "volume"), []):
        if base_of(str(row["unit"]))[0] in (unit, "m3") and len(str(row["period"] or "")) == 4:
            by_year.setdefault(str(row["period"]), []).append(row)
    made = []
    sign = -1 if re.match(r"fell|fallen|dropped|declined|decreas|down", change[1], re.I) else 1
    for now in by_year.get(str(year), []):
        for before in by_year.get(str(year - 1), []):
            # Two series of one route count different things: only like with like.
            if str(now["note"])[:12] != str(before["note"])[:12]:
                continue
            rate = sign * 100 * (float(str(now["value"])) / float(str(before["value"])) - 1)
            question = Question(
                f"Change of the volume of {route.name}",
                "Figures of routes",
                " percent",
                0,
                lambda _: None,
                (),
            )
            figure = Figure(rate, rate - 1, rate + 1, (str(now["source"]), str(before["source"])), ())
            made.append(compared(claim, book, question, stated, figure, Window(year, year)))
    return made


def check_transit(said: Said) -> Verdict | None:
    """The share of a state's oil exports that crosses another's territory; None where none is said to."""
    crossed = said.has(r"(?:cross\w*|through|via|across|over) (?:the )?(?:territory of )?<(\w+)>")
    if crossed is None or said.unit != "percent" or not said.goods:
        return None
    others = [code for code in said.codes if code != crossed[1]]
    for owner in others:
        rows = said.book.figures.get((owner, f"{said.goods}_transit_share", crossed[1]), [])
        if rows:
            by_year = {int(str(row["year"])): said.book.figure([row]) for row in rows}
            title = f"Share of the {said.goods} exports of {said.book.name(owner)} through {said.book.name(crossed[1])}"
            question = Question(
                title, "Routes of exports", " percent", 0, by_year.get, tuple(sorted(by_year))
            )
            return answer(said.claim, said.book, question, said.stated, said.window)
    return None


def check_opening(said: Said) -> Verdict | None:
    """When a route opened, or when its construction began; None where the quote says neither."""
    if not said.routes or said.unit not in ("", "year", "none") or said.claim.predicate in ("ranks",):
        return None
    day = said.claim.date_start or said.claim.date_end or (str(said.year) if said.year else "")
    if not day:
        return None
    measure = (
        "started"
        if said.has(_STARTED) and not said.has(r"complet\w+")
        else "planned"
        if said.has(_DUE)
        else "opened"
    )
    if measure == "opened" and not said.has(_OPENED):
        return None
    route = said.routes[0]
    rows = said.book.route_figures.get((route.code, measure), [])
    if not rows:
        return None
    return _dated(said, route, measure, rows, day)


def _dated(said: Said, route: Route, measure: str, rows: list[Row], day: str) -> Verdict:
    known = [str(row["period"]) for row in rows]
    hit = any(same_date(day, date) for date in known)
    found: Word = SUPPORTED if hit else REFUTED
    verb = {"opened": "opened", "started": "work began", "planned": "planned for"}[measure]
    listed = ", ".join(f"{row['period']}" + (f" ({row['note']})" if row["note"] else "") for row in rows)
    claim = said.claim
    return Verdict(
        claim.id,
        inverted(found) if claim.polarity == "-" else found,
        f"{route.name}: {verb} {listed}; the claim says {day}",
        dataset="Figures of routes",
        data_version=version_of(said.book.region),
        query=f"when {route.name} was {'opened' if measure == 'opened' else measure}",
        computed_text=", ".join(known),
        tolerance="none: a date as precise as stated",
        window=day,
        source=tuple(sorted({str(row["source"]) for row in rows})),
    )

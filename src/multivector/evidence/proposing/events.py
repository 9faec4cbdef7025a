"""Rows of `events.csv` and `rivalries.csv` from claims of what happened between actors."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from multivector.atlas import Region
from multivector.evidence.checking.windows import same_date
from multivector.evidence.proposing.row import Drafted, Row, at_once, precision_of, source_of
from multivector.evidence.records import Claim, predicates
from multivector.evidence.words import in_words


@cache
def kinds() -> dict[str, dict[str, str]]:
    """What kind of event a predicate is, with sign and magnitude as they usually are, and how many it takes."""
    text = files("multivector.evidence").joinpath("proposing/events.csv").read_text(encoding="utf-8")
    return {row["predicate"]: row for row in csv.DictReader(io.StringIO(text))}


def event_rows(claim: Claim, region: Region) -> Drafted:
    """One row; kind, layer, sign and magnitude are those of the predicate, for a person to judge."""
    if claim.polarity == "-":
        return Drafted(why="it says that it did not happen")
    if not claim.subjects:
        return Drafted(why="it names no known actor")
    kind = kinds()[claim.predicate]
    if len({*claim.subjects, *claim.objects}) < int(kind["parties"]):
        return Drafted(why="it names no second actor that is known")
    if "event_kinds" in region.tables and kind["kind"] not in set(region.table("event_kinds")["kind"]):
        return Drafted(why=f"event_kinds.csv has no kind {kind['kind']}")
    both = predicates()[claim.predicate].symmetric
    actors = tuple(dict.fromkeys((*claim.subjects, *claim.objects))) if both else claim.subjects
    target = () if both else claim.objects
    date = at_once(claim)
    cells = {
        "id": f"claim_{claim.id}", "date": date, "date_precision": precision_of(date),
        "kind": kind["kind"], "actors": "|".join(actors), "target": "|".join(target),
        "sign": kind["sign"], "magnitude": kind["magnitude"], "layer": kind["layer"], "title": in_words(claim),
        "status": kind["status"], "source": source_of(claim), "source2": "", "confidence": "",
        "date_conflict": "0", "note": "",
    }  # fmt: skip
    note = f"sign and magnitude are the usual ones of {claim.predicate}: judge them"
    like = "; ".join(f"{row['date']} {row['title']}" for row in _alike(region, cells)[:3])
    note += f"; like events that the region has: {like}" if like and not date else ""
    return Drafted((Row("events", cells, held(region, cells), note),), codes=(*actors, *target))


def held(region: Region, cells: Mapping[str, str]) -> str:
    """How the region has the event: one of that kind at that date, by these actors or some of them."""
    if not cells["date"]:
        return ""
    for row in _alike(region, cells):
        if same_date(str(row["date"]), cells["date"]):
            return f"events.csv has {row['id']}, {row['date']}: {row['title']}"
    return ""


def _alike(region: Region, cells: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """Events of the kind whose actors are these, some of these, or these and others; the latest first."""
    who = _parties(cells)
    return [
        row
        for row, others in _events(region)
        if row["kind"] == cells["kind"] and (who <= others or (len(others) > 1 and others <= who))
    ]


@lru_cache(maxsize=2)
def _events(region: Region) -> list[tuple[Mapping[str, Any], frozenset[str]]]:
    """The region's events with their parties, the latest first; read once for all claims."""
    rows = region.table("events").iter_rows(named=True) if "events" in region.tables else ()
    return [(row, _parties(row)) for row in sorted(rows, key=lambda row: str(row["date"]), reverse=True)]


def _parties(cells: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(f"{cells['actors']}|{cells['target'] or ''}".split("|")) - {""}


def rivalry_rows(claim: Claim, region: Region) -> Drafted:
    """One row for a pair of rivals."""
    pair = tuple(dict.fromkeys((*claim.subjects, *claim.objects)))
    if claim.polarity == "-":
        return Drafted(why="it says that there is no rivalry")
    if len(pair) != 2:
        return Drafted(why="it names no pair of known actors")
    cells = {
        "a": pair[0], "b": pair[1], "name": "-".join(_names(region, pair)), "from": claim.date_start,
        "to": claim.date_end if claim.date_end != claim.date_start else "", "known_to": "",
        "source": source_of(claim),
    }  # fmt: skip
    return Drafted((Row("rivalries", cells, held_pair(region, cells)),), codes=pair)


def held_pair(region: Region, cells: Mapping[str, str]) -> str:
    """How the region has the rivalry."""
    rows = region.table("rivalries").iter_rows(named=True) if "rivalries" in region.tables else ()
    known = [row for row in rows if {row["a"], row["b"]} == {cells["a"], cells["b"]}]
    said = "; ".join(f"{row['from']} to {row['to'] or row['known_to'] or 'today'}" for row in known)
    return f"rivalries.csv has the pair, {said}" if known else ""


def _names(region: Region, codes: tuple[str, ...]) -> list[str]:
    known = dict(region.table("actors").select("code", "name").iter_rows())
    return [str(known.get(code, code)) for code in codes]

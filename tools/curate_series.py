"""Yearly series for indices of standing: national capabilities, protests, and extracts kept in `extracts/`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from curate_common import REGION, codes, focus, read, short

Observation = tuple[str, ...]
"""Indicator, actor, year, value, low, high, unit, vintage, source."""

EXTRACTS = Path(__file__).resolve().parent / "extracts"
VINTAGES = {
    "wgi_2024": "2024-11", "ti_cpi_2024": "2025-02", "wdi_wbl": "2025", "wdi_gini": "2025", "wdi_debt": "2025",
    "wdi_broadband": "2025", "wdi_fuel": "2025", "vdem13_libdem": "2023-03", "vdem15_libdem": "2025-03",
}  # fmt: skip
"""When each extract's publisher released it, as precisely as the copy that was read shows."""


NAMES = {"v2x_libdem": "liberal_democracy"}
LAST = {"vdem13_libdem": 2022}
"""Years after which an extract carries single numbers of another release: out."""


def series(folder: Path) -> Iterator[Observation]:
    yield from capabilities(folder)
    yield from protests(folder)
    yield from leaders()
    yield from extracts()


COMPONENTS = {
    "milex": "USD", "milper": "persons", "irst": "t", "pec": "t coal equivalent", "tpop": "persons",
    "upop": "persons",
}  # fmt: skip


def capabilities(folder: Path) -> Iterator[Observation]:
    """The six components of the Correlates of War's capabilities, and their sums over the world.

    The data set counts in thousands; here they are whole. A component that it lacks has no row.
    """
    told = [
        (r["iso3"], r["year"], name, r[name])
        for r in read(folder, "nmc.csv")
        if r["iso3"] in focus()
        for name in COMPONENTS
    ]
    totals = read(folder.parent / "reference/power", "cow_nmc_world_totals.csv")
    told += [("WLD", r["year"], r["variable"], r["world_total"]) for r in totals]
    for actor, year, name, number in told:
        if name in COMPONENTS and number:
            value = f"{1000 * float(number):.0f}"
            yield (f"nmc_{name}", actor, year, value, "", "", COMPONENTS[name], "2025", "nmc7")


def protests(folder: Path) -> Iterator[Observation]:
    """Protests a year, and those that the state answered with killings.

    The file stops on 31 March 2020: that year is left out, and what follows is missing, not zero.
    """
    killed: dict[tuple[str, str], int] = {}
    for r in read(folder, "protest_events_mm.csv"):
        if r["killings"] in ("1", "1.0"):
            killed[r["state"], r["year"]] = killed.get((r["state"], r["year"]), 0) + 1
    for r in read(folder, "protest_counts_mm.csv"):
        actor, year = r["state"], r["year"]
        if actor in codes("state") and int(year) <= 2019:
            tail = ("", "", "events", "2020-07", "mm_v2020")
            yield ("protest_events", actor, year, r["events"], *tail)
            yield ("protest_killings", actor, year, str(killed.get((actor, year), 0)), *tail)


def leaders() -> Iterator[Observation]:
    """Age and years in office on 31 December; no row where nobody held the office, or beyond what is known.

    Two terms with a break count apart. A birth of which only the year is known is set in its middle.
    """
    told = read(REGION, "leaders.csv")
    for year in range(1991, 2026):
        day = date(year, 12, 31)
        for r in told:
            if day_of(r["from"]) <= day and (not r["to"] or day < day_of(r["to"])):
                if r["known_to"] and r["known_to"] < f"{year}-12":
                    continue
                tail = ("", "", "years", "2026-11", r["source"])
                for name, since in (("leader_age", r["born"]), ("leader_tenure", r["from"])):
                    yield (name, r["actor"], str(year), short((day - day_of(since)).days / 365.25), *tail)


def day_of(text: str) -> date:
    """A whole date as it is; of a year alone its middle."""
    return date.fromisoformat(text) if len(text) == 10 else date(int(text), 7, 1)


def extracts() -> Iterator[Observation]:
    """Rows of the small extracts; the words of their units give way to those of `indicators.csv`."""
    units = {row["indicator"]: row["unit"] for row in read(REGION, "indicators.csv")}
    for path in sorted(EXTRACTS.glob("*.csv")):
        key = record(path)["key"]
        with path.open(encoding="utf-8", newline="") as handle:
            for r in csv.DictReader(handle):
                name = NAMES.get(r["indicator"], r["indicator"])
                if r["actor"] in focus() and int(r["year"]) <= LAST.get(key, 9999):
                    bounds = [short(r[end]) if r[end] else "" for end in ("low", "high")]
                    numbers = (short(r["value"]), *bounds, units[name])
                    yield (name, r["actor"], r["year"], *numbers, VINTAGES[key], key)


def record(path: Path) -> dict[str, str]:
    """The record beside an extract: key, title, publisher, address, licence, day read, note."""
    with path.with_suffix(".toml").open("rb") as handle:
        return tomllib.load(handle)


def extract_sources() -> dict[str, list[str]]:
    """Rows of `sources.csv` that the records of the extracts make."""
    rows = {}
    for path in sorted(EXTRACTS.glob("*.csv")):
        r = record(path)
        head = [r["key"], r["title"], r["publisher"], VINTAGES[r["key"]], r["address"], r["licence"]]
        rows[r["key"]] = [*head, r["read"], "", r["note"]]
    return rows

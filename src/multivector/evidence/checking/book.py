"""A region's tables as a checker asks them: indexed once, sums over windows remembered."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from multivector.atlas import Region
from multivector.evidence.checking.units import base_of
from multivector.evidence.reading.gazetteer import Gazetteer

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of one year or period, its bounds and sources, in one unit.

    `bound` tells that no row gives it: what is listed leaves it between `low` and `high`, and `value` is `high`.
    """

    value: float
    low: float
    high: float
    sources: tuple[str, ...]
    vintages: tuple[str, ...] = ()
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """A row of `routes` with the pattern of its names."""

    code: str
    name: str
    kind: str
    pattern: re.Pattern[str]


@dataclass(eq=False)
class Book:
    """The region's facts by key. Made by `book_of`; every table that a region may lack reads as empty."""

    region: Region
    _tables: dict[str, list[Row]] = field(default_factory=dict)
    _shares: dict[tuple[str, int, int], dict[str, dict[str, tuple[float, float, float]]]] = field(
        default_factory=dict
    )
    _ties: dict[str, dict[tuple[str, int], dict[str, Figure]]] = field(default_factory=dict)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table; none where the region has no such table."""
        if table not in self._tables:
            held = table in self.region.tables
            self._tables[table] = list(self.region.table(table).iter_rows(named=True)) if held else []
        return self._tables[table]

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Names in quotes, linked as the reader links them."""
        held = "gazetteer" in self.region.tables
        return Gazetteer.from_table(self.region.table("gazetteer")) if held else Gazetteer(())

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Actor -> state, power, partner, group or organisation."""
        return {str(row["code"]): str(row["kind"]) for row in self.rows("actors")}

    @cached_property
    def names(self) -> dict[str, str]:
        """Actor -> short English name."""
        return {str(row["code"]): str(row["name"]) for row in self.rows("actors")}

    def name(self, code: str) -> str:
        """The actor's name where the region has it, else the code."""
        return self.names.get(code, code)

    @cached_property
    def figures(self) -> dict[tuple[str, str, str], list[Row]]:
        """Rows of `figures` by actor, measure and what it is of."""
        found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in self.rows("figures"):
            found[str(row["actor"]), str(row["measure"]), str(row["of"] or "")].append(row)
        return found

    @cached_property
    def observed(self) -> dict[tuple[str, str], list[Row]]:
        """Rows of `observations` by actor and indicator."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.rows("observations"):
            found[str(row["actor"]), str(row["indicator"])].append(row)
        return found

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Routes with the patterns of their names, capitals as written."""
        made = []
        for row in self.rows("routes"):
            names = sorted({str(row["name"]), *str(row["aliases"]).split("|")}, key=len, reverse=True)
            body = "|".join(_written(name) for name in names)
            made.append(
                Route(str(row["route"]), str(row["name"]), str(row["kind"]), re.compile(rf"\b(?:{body})\b"))
            )
        return tuple(made)

    @cached_property
    def route_figures(self) -> dict[tuple[str, str], list[Row]]:
        """Rows of `route_figures` by route and measure."""
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.rows("route_figures"):
            found[str(row["route"]), str(row["measure"])].append(row)
        return found

    def tie(self, layer: str, state: str, year: int) -> dict[str, Figure]:
        """Partners of a state on a layer in a year, with every source's number within the bounds."""
        if layer not in self._ties:
            rows: dict[tuple[str, int], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
            for row in self.rows(f"ties/{layer}"):
                rows[str(row["state"]), int(str(row["year"]))][str(row["partner"])].append(row)
            self._ties[layer] = {
                key: {partner: self.figure(found) for partner, found in partners.items()}
                for key, partners in rows.items()
            }
        return self._ties[layer].get((state, year), {})

    @cached_property
    def ranks(self) -> dict[str, float]:
        """Of two sources of one number the one of lower rank is the headline."""
        return {str(row["key"]): float(str(row["rank"] or 10**6)) for row in self.rows("sources")}

    @cached_property
    def by_hand(self) -> dict[str, str]:
        """Sources that are the project's own: those whose note begins "compiled by hand", with its first part."""
        notes = {str(row["key"]): str(row["note"] or "").partition(";")[0] for row in self.rows("sources")}
        return {key: note for key, note in notes.items() if note.startswith("compiled by hand")}

    def figure(self, rows: list[Row]) -> Figure:
        """One number from the rows of a year: the headline's value, bounds over all, in the base unit."""
        values: list[tuple[float, str, float]] = []
        bounds: list[float] = []
        for row in rows:
            _, factor = base_of(str(row.get("unit") or ""))
            parts = [row[part] for part in ("value", "low", "high")]
            numbers = [None if part is None else float(str(part)) * factor for part in parts]
            bounds += [number for number in numbers if number is not None]
            if numbers[0] is not None:
                rank = self.ranks.get(str(row["source"]), 10.0**6)
                values.append((-rank, str(row.get("vintage") or ""), numbers[0]))
        value = max(values)[2] if values else (min(bounds) + max(bounds)) / 2
        vintages = tuple(sorted({str(row["vintage"]) for row in rows if row.get("vintage")}))
        sources = tuple(sorted({str(row["source"]) for row in rows}))
        return Figure(value, min(bounds), max(bounds), sources, vintages)

    def tie_years(self, layer: str, state: str) -> list[int]:
        """The years in which the layer has rows of the state."""
        self.tie(layer, state, 0)
        return sorted(year for code, year in self._ties[layer] if code == state)

    def shares(self, layer: str, first: int, last: int) -> dict[str, dict[str, tuple[float, float, float]]]:
        """State -> partner -> value, low and high of its share over the window, as fractions."""
        key = (layer, first, last)
        if key not in self._shares:
            data = self.region.share(layer, first, last)
            value, low, high = (data[name].values for name in ("value", "low", "high"))
            partners = [str(code) for code in data["partner"].values]
            self._shares[key] = {
                str(state): {
                    p: (float(value[i, j]), float(low[i, j]), float(high[i, j]))
                    for j, p in enumerate(partners)
                }
                for i, state in enumerate(data["state"].values)
            }
        return self._shares[key]


def _written(name: str) -> str:
    """The name with any dash, and in any case unless it is an abbreviation."""
    body = re.escape(name).replace("–", "-").replace(r"\-", "-").replace("-", "[-–—]")
    return body if name.isupper() else f"(?i:{body})"


@lru_cache(maxsize=4)
def _book(key: str, region: Region) -> Book:
    return Book(region)


def book_of(region: Region) -> Book:
    """The region's book; one a region, however often claims are checked."""
    return _book(region.hash, region)

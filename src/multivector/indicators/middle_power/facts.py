"""A region read for the index: series carried forward within their age, mixes, events, memberships."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from multivector.atlas.dates import span
from multivector.atlas.series import ACTOR
from multivector.axes import YEAR
from multivector.indicators.middle_power.bodies import Tie, stands, ties_at
from multivector.indicators.middle_power.grid import Grid, joined
from multivector.indicators.mixes import Mix, mixes

if TYPE_CHECKING:
    from multivector.atlas import Region

__all__ = ["EARLIER", "Facts", "held_within", "stands"]

EARLIER = 10
"""Years before the first that are read too, for numbers carried forward."""


class Facts:
    """What the readers of indicators ask of a region, over `years` (the end of each year)."""

    def __init__(self, region: Region, years: tuple[int, ...]) -> None:
        self.region = region
        self.states = region.states
        self.years = years
        self._mixes: dict[tuple[str, int, int], list[Mix]] = {}
        self._ties: dict[int, tuple[Tie, ...]] = {}
        self._memberships: dict[int, tuple[np.ndarray, tuple[str, ...]]] = {}

    @property
    def shape(self) -> tuple[int, int]:
        """States by years."""
        return len(self.states), len(self.years)

    def has_indicator(self, name: str) -> bool:
        """Whether the region declares the indicator."""
        return name in self.region.table("indicators")["indicator"].to_list()

    def series(self, name: str) -> Grid:
        """The newest number of each state that is known at the end of each year, within its greatest age."""
        if not self.has_indicator(name):
            return Grid.blank(self.shape, f"the region has no indicator {name}")
        first = max(self.region.first_year, self.years[0] - EARLIER)
        panel = self.region.series(name, first, self.years[-1], actors=self.states)
        ages = float(panel.attrs["max_age"])
        value, low, high = (
            panel[key].sel({ACTOR: list(self.states)}).to_numpy() for key in ("value", "low", "high")
        )
        source, known_years = panel["source"].to_numpy(), panel[YEAR].to_numpy()
        grid = Grid.blank(self.shape)
        for s, _ in enumerate(self.states):
            for t, year in enumerate(self.years):
                past = np.flatnonzero(np.isfinite(high[s]) & (known_years <= year))
                if not past.size:
                    continue
                newest = int(past[-1])
                if year - known_years[newest] > ages:
                    grid.refuse((s, t), f"last known of {known_years[newest]}, older than {ages:g} years")
                    continue
                numbers = (float(value[s, newest]), float(low[s, newest]), float(high[s, newest]))
                grid.put((s, t), numbers, float(known_years[newest]), str(source[s, newest]))
        return grid

    def mixes(self, layer: str, year: int, window: int) -> list[Mix]:
        """Each state's mix over the powers on a layer at the end of a year."""
        key = (layer, year, window)
        if key not in self._mixes:
            self._mixes[key] = mixes(self.region.at(year), layer, window)
        return self._mixes[key]

    @cached_property
    def supply_layers(self) -> tuple[str, ...]:
        """Layers on which one side depends."""
        layers = self.region.table("layers")
        return tuple(layers.filter(layers["kind"] != "symmetric")["layer"])

    def per_head(self, name: str, people: float) -> Grid:
        """A series divided by the population of the year, per so many people."""
        amount, population = self.series(name), self.series("population")
        with np.errstate(invalid="ignore"):
            return Grid(
                amount.value / population.value * people,
                amount.low / population.high * people,
                amount.high / population.low * people,
                np.minimum(amount.of, population.of),
                np.vectorize(joined, otypes=[object])(amount.source, population.source),
                np.where(amount.missing != "", amount.missing, population.missing),
            )

    def powers_series(self, name: str) -> np.ndarray:
        """A series of the powers [power, year]; missing where a year is not known."""
        powers, years = self.region.powers, list(self.years)
        panel = self.region.series(name, years[0], years[-1], actors=powers)
        return np.asarray(panel["value"].sel({ACTOR: list(powers), YEAR: years}).to_numpy(), float)

    def memberships(self, year: int) -> tuple[np.ndarray, tuple[str, ...]]:
        """Who belongs to which organisation at the year's end [state, organisation], and the sources."""
        if year not in self._memberships:
            self._memberships[year] = self._members(year)
        return self._memberships[year]

    def _members(self, year: int) -> tuple[np.ndarray, tuple[str, ...]]:
        table = self.region.table("memberships")
        bodies = sorted(set(table["organization"].to_list()))
        held = np.array(
            [[state in self.region.members(body, year) for body in bodies] for state in self.states],
            dtype=int,
        ).reshape(len(self.states), len(bodies))
        return held, tuple(sorted(set(table["source"].to_list())))

    def ties_by_power(self, state: str, year: int) -> tuple[np.ndarray, tuple[str, ...]]:
        """How deeply bodies and treaties tie a state to each power at the year's end, and the sources.

        w_g = sum_b d_b [b binds the state to g],   d_b = 3 alliance or union, 2 organisation or treaty, 1 format

        A body binds its members to the powers that are members too or, where `bodies.csv` names them, to the
        powers that lead it; each body counts once for a power.
        """
        if year not in self._ties:
            self._ties[year] = tuple(ties_at(self.region, year))
        own = [tie for tie in self._ties[year] if tie.state == state]
        depth = np.array([sum(t.depth for t in own if t.power == g) for g in self.region.powers], float)
        return depth, tuple(sorted({key for tie in own for key in tie.sources}))

    @cached_property
    def neighbours(self) -> dict[str, set[str]]:
        """Actors with which each state shares a border on land; empty without a table of borders."""
        found = {state: set[str]() for state in self.states}
        if "borders" not in self.region.tables:
            return {}
        for a, b in self.region.table("borders").select("a", "b").iter_rows():
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
        return found


def held_within(row: Mapping[str, Any], first: int, last: int) -> bool:
    """Whether a row held on some day of the years first to last; of what has no end, as far as it is known."""
    begun, ended = (span(str(cell)) if cell else None for cell in (row["from"], row["to"] or row["known_to"]))
    return begun is not None and begun[0].year <= last and (ended is None or ended[1].year >= first)

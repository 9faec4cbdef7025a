"""Factor 4, connectivity: how much of the region's movement of goods and data passes through the state.

The transport graph has no dates of opening, so what is taken of it is the graph of today: earlier years read the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from multivector.indicators.middle_power.facts import Facts
from multivector.indicators.middle_power.grid import Grid, joined

if TYPE_CHECKING:
    from multivector.atlas import Region

IN_USE = "existing"
CARGO = ("rail", "road", "sea", "ferry")
"""Modes that carry goods of any kind; a pipeline does not."""
SLACK = 1e-9
NO_GRAPH = "the region has no transport graph"


def betw(facts: Facts) -> Grid:
    """Share of the pairs of places of two other actors whose shortest way in use runs through the state.

    Betweenness of a group of places, unweighted by flow; a pair counts whole where any of its shortest ways runs
    through the state. Lengths in kilometres.

    Source: M. G. Everett, S. P. Borgatti, J. Mathematical Sociology 23 (1999) 181-201 (group betweenness).
    """
    return _static(facts, lambda region, state: _graph(region).betweenness(state))


def removal(facts: Facts) -> Grid:
    """Loss to the others if the state closed transit: (E - E_i) / E, E the mean of 1 / distance.

    Both are means over the pairs of places of two other actors; E_i is taken with the state's places closed.

    Source: V. Latora, M. Marchiori, Phys. Rev. Lett. 87 (2001) 198701 (global efficiency).
    """
    return _static(facts, lambda region, state: _graph(region).loss(state))


def transit_t(facts: Facts) -> Grid:
    """ln(1 + tonnes carried in transit), where the region has the series."""
    return facts.series("transit_tonnes").with_values(np.log1p)


def lpi(facts: Facts) -> Grid:
    """The Logistics Performance Index as published."""
    return facts.series("lpi_overall")


def border_time(facts: Facts) -> Grid:
    """Hours at the border, where the region has the series."""
    return facts.series("border_hours")


def route_div(facts: Facts) -> Grid:
    """Effective number of neighbours through which the state's shortest ways out lead: exp(-sum p ln p).

    p_b is the share of the shortest ways from the state's places to those of all other actors that leave by way of
    neighbour b. Ways are counted, not tonnes. Source: M. O. Hill, Ecology 54 (1973) 427-432, order 1.
    """
    return _static(facts, lambda region, state: _graph(region).ways_out(state))


def digital(facts: Facts) -> Grid:
    """Fixed broadband subscriptions per 100 people: they stand in for bandwidth and speed."""
    return facts.series("fixed_broadband_per100")


class Graph:
    """The legs in use between places: distances and shortest ways.

    A leg that crosses a third state gets a point there, through which ways lead and where none begins or ends.
    """

    def __init__(self, region: Region) -> None:
        places, legs = region.table("places"), region.table("legs")
        used = legs.filter(
            (legs["status"] == IN_USE) & legs["mode"].is_in(CARGO) & legs["length_km"].is_not_null()
        )
        actor = dict(places.select("place", "actor").iter_rows())
        parts = list[tuple[str, str, float]]()
        for leg, start, end, km, named in used.select(
            "leg", "start", "end", "length_km", "actors"
        ).iter_rows():
            crossed = [
                code
                for code in str(named or "").split("|")
                if code and code not in (actor[start], actor[end])
            ]
            points = [start, *(f"{leg} in {code}" for code in crossed), end]
            actor |= dict(zip(points[1:-1], crossed, strict=True))
            parts += [(a, b, float(km) / (len(points) - 1)) for a, b in itertools.pairwise(points)]
        number = {place: n for n, place in enumerate(actor)}
        self.actor = np.array(list(actor.values()), dtype=object)
        self.real = np.arange(len(actor)) < places.height
        self.length = np.full((len(actor), len(actor)), np.inf)
        for a, b, km in parts:
            i, j = number[a], number[b]
            self.length[i, j] = self.length[j, i] = min(self.length[i, j], km)
        self.sources = joined(*used["length_source"].drop_nulls(), *places["source"])
        self.distance, self.before = self._ways(np.ones(len(actor), dtype=bool))

    def betweenness(self, state: str) -> float:
        """See `betw`."""
        through, pairs = self.actor == state, self._pairs(state)
        if not through.any() or not pairs.any():
            return float("nan")
        # A shortest way runs through i if going by way of one of its places is as short as it gets.
        by_way = np.min(self.distance[:, through, None] + self.distance[through][None], axis=1)
        reached = pairs & np.isfinite(self.distance)
        on_way = reached & (by_way <= self.distance * (1 + SLACK))
        return float(on_way.sum() / reached.sum())

    def loss(self, state: str) -> float:
        """See `removal`."""
        pairs = self._pairs(state)
        if not (self.actor == state).any() or not pairs.any():
            return float("nan")
        before, after = (
            np.where(pairs, 1 / np.where(pairs, distance, 1.0), 0.0).sum()
            for distance in (self.distance, self._ways(self.actor != state)[0])
        )
        return float((before - after) / before)

    def ways_out(self, state: str) -> float:
        """See `route_div`."""
        own = self.actor == state
        if not own.any():
            return float("nan")
        reached = (own & self.real)[:, None] & (~own & self.real)[None] & np.isfinite(self.distance)
        left = dict[str, int]()
        for start, end in np.argwhere(reached):
            first = self._first_abroad(int(start), int(end), own)
            left[first] = left.get(first, 0) + 1
        shares = np.array(list(left.values()), float) / max(1, sum(left.values()))
        return float(np.exp(-(shares * np.log(shares)).sum())) if left else float("nan")

    def _first_abroad(self, start: int, end: int, own: np.ndarray) -> str:
        """The actor of the first place outside the state on the shortest way."""
        place = end
        while not own[before := int(self.before[start, place])]:
            place = before
        return str(self.actor[place])

    def _pairs(self, state: str) -> np.ndarray:
        """Pairs of places of two different actors, neither of them the state."""
        others = (self.actor != state) & self.real
        return np.asarray(others[:, None] & others[None] & (self.actor[:, None] != self.actor[None]))

    def _ways(self, open_: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Distances, and the place before the last on each shortest way."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        length = np.where(open_[:, None] & open_[None] & np.isfinite(self.length), self.length, 0.0)
        return dijkstra(csr_array(length), directed=False, return_predecessors=True)  # type: ignore[no-any-return]


@cache
def _graph(region: Region) -> Graph:
    return Graph(region)


def _static(facts: Facts, measure: Callable[[Region, str], float]) -> Grid:
    """A number of the graph of today, the same in every year."""
    if not {"legs", "places"} <= set(facts.region.tables):
        return Grid.blank(facts.shape, NO_GRAPH)
    grid = Grid.blank(facts.shape, "the transport graph has no place in the state")
    for s, state in enumerate(facts.states):
        value = measure(facts.region, state)
        for t, year in enumerate(facts.years):
            grid.put((s, t), (value, value, value), year, _graph(facts.region).sources)
    return grid

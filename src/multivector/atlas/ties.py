"""Ties as arrays: which row counts, what absence means, and what bounds hold where a number is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from multivector.atlas.groups import add_groups, groups_of
from multivector.atlas.select import Window, attributes, ranks, rows_seen
from multivector.axes import PARTNER, STATE, YEAR

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    from multivector.atlas.region import Region


@dataclass(slots=True)
class Release:
    """What one source said, in one vintage, of one state's ties in one year.

    `cells` are partner, value, low, high. A complete release covers `partners` (all, if none is named):
    those without a cell are at zero.
    """

    source: str
    rank: float
    vintage: str
    cells: list[tuple[str, float, float, float]] = field(default_factory=list)
    complete: bool = False
    partners: tuple[str, ...] = ()


class Grid:
    """Arrays on (state, partner, year) while they are filled.

    `listed` says which partners the headline names; `rest` is what it leaves of one for the others.
    """

    def __init__(self, states: tuple[str, ...], partners: list[str], years: list[int]) -> None:
        self.states, self.partners, self.years = states, partners, years
        self.place = {code: j for j, code in enumerate(partners)}
        shape = (len(states), len(partners), len(years))
        self.value, self.low, self.high = (np.full(shape, np.nan) for _ in range(3))
        self.source: NDArray[np.object_] = np.full(shape, "", dtype=object)
        self.listed = np.zeros(shape, dtype=bool)
        self.rest = np.full((shape[0], shape[2]), np.nan)


def tie_dataset(region: Region, layer: str, window: Window) -> xr.Dataset:
    """See `Region.tie`."""
    import xarray as xr

    facts = region.row("layers", "layer", layer)
    grid = Grid(window.actors, partner_axis(region, layer), window.years)
    for (state, year), releases in _releases(region, layer, window).items():
        i, t = window.actors.index(state), year - window.first
        head, *others = releases
        _fill(grid, i, t, head, partial=facts["partial"] == "yes")
        for other in others:
            _widen(grid, i, t, other)
    if facts["kind"] != "symmetric":
        add_groups(region, grid, parts_of_one=facts["unit"] == "share")
    axes, said = (STATE, PARTNER, YEAR), {"units": facts["unit"], "long_name": facts["title"]}
    numbers = {"value": grid.value, "low": grid.low, "high": grid.high}
    return xr.Dataset(
        {name: (axes, array, said) for name, array in numbers.items()}
        | {"source": (axes, grid.source.astype(str))},
        coords={STATE: list(grid.states), PARTNER: grid.partners, YEAR: grid.years},
        attrs=attributes(region, facts),
    )


def partner_axis(region: Region, layer: str) -> list[str]:
    """Partners in a fixed order: powers, states, then the others that the layer or a group names."""
    named = set(region.table(f"ties/{layer}")["partner"])
    in_groups = pl.col("organization").is_in(list(groups_of(region)))
    named |= set(region.table("memberships").filter(in_groups)["member"])
    fixed = [*region.powers, *region.states]
    # The rest in the order of actors.csv, not of the alphabet: renaming an actor must move nothing.
    order = region.table("actors")["code"].to_list()
    return [*fixed, *(code for code in order if code in named - set(fixed))]


def _releases(region: Region, layer: str, window: Window) -> dict[tuple[str, int], list[Release]]:
    """What was said of each state and year, the headline first."""
    found: dict[tuple[str, int], dict[tuple[str, str], Release]] = {}
    rank = ranks(region)
    for state, year, row in _covered(region, layer, window):
        partners = tuple(row["partners"].split("|")) if row["partners"] else ()
        release = Release(row["source"], rank[row["source"]], row["vintage"], [], True, partners)
        found.setdefault((state, year), {})[row["source"], row["vintage"]] = release
    rows = rows_seen(region, f"ties/{layer}", window).filter(pl.col("state").is_in(list(window.actors)))
    names = ("state", "year", "source", "vintage", "rank", "partner", "value", "low", "high")
    for state, year, source, vintage, order, *cell in rows.select(names).iter_rows():
        said = found.setdefault((state, year), {})
        release = said.setdefault((source, vintage), Release(source, order, vintage))
        release.cells.append((cell[0], cell[1], cell[2], cell[3]))
    return {key: _in_order(said.values()) for key, said in found.items()}


def _in_order(releases: Any) -> list[Release]:
    late_first = sorted(releases, key=lambda release: release.vintage, reverse=True)
    return sorted(late_first, key=lambda release: release.rank)


def _covered(region: Region, layer: str, window: Window) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Each state and year in which a release covers every tie of the layer."""
    if "coverage" not in region.tables:
        return
    for row in region.table("coverage").filter(pl.col("layer") == layer).iter_rows(named=True):
        if window.sees(row["vintage"]):
            for state in set(row["states"].split("|")) & set(window.actors):
                for year in range(
                    max(row["first_year"], window.first), min(row["last_year"], window.last) + 1
                ):
                    yield state, year, row


def _fill(grid: Grid, i: int, t: int, head: Release, *, partial: bool) -> None:
    """The headline: its cells, zeros where it covers all, sharp bounds where it lists the largest."""
    others = np.array([code != grid.states[i] for code in grid.partners])
    if head.complete:
        covered = others & np.array([not head.partners or code in head.partners for code in grid.partners])
        for array in (grid.value, grid.low, grid.high):
            array[i, covered, t] = 0.0
        grid.source[i, covered, t] = head.source
    elif partial:
        # A partner that is not among the largest has at least nothing, and at most the smallest listed
        # share or what is left of one, whichever is less.
        smallest = min(high for _, _, _, high in head.cells)
        rest = max(0.0, 1.0 - sum(low for _, _, low, _ in head.cells))
        grid.low[i, others, t], grid.high[i, others, t] = 0.0, min(smallest, rest)
        grid.source[i, others, t], grid.rest[i, t] = head.source, rest
    for partner, value, low, high in head.cells:
        j = grid.place[partner]
        grid.value[i, j, t], grid.low[i, j, t], grid.high[i, j, t] = value, low, high
        grid.source[i, j, t], grid.listed[i, j, t] = head.source, True


def _widen(grid: Grid, i: int, t: int, other: Release) -> None:
    """Another release does not move the value; the bounds hold what it said."""
    for partner, _, low, high in other.cells:
        j = grid.place[partner]
        grid.low[i, j, t] = np.fmin(grid.low[i, j, t], low)
        grid.high[i, j, t] = np.fmax(grid.high[i, j, t], high)

"""Ties as arrays: which row counts, what absence means, and what bounds hold where a number is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from multivector.atlas.dates import span
from multivector.atlas.groups import add_groups
from multivector.axes import PARTNER, STATE, YEAR

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    from multivector.atlas.region import Region

Cell = tuple[str, float, float, float]
"""Partner, value, low, high; NaN where missing."""


@dataclass(slots=True)
class Release:
    """What one source said, in one vintage, of one state's ties in one year."""

    source: str
    vintage: str
    rank: float
    cells: list[Cell]
    complete: bool = False
    partners: tuple[str, ...] = ()


@dataclass(slots=True)
class Grid:
    """Arrays on (state, partner, year) while they are filled.

    `rest` is what is left of one for partners that are not listed; `listed` says who is.
    """

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    source: NDArray[np.object_]
    listed: NDArray[np.bool_]
    rest: NDArray[np.float64]


def tie_dataset(
    region: Region, layer: str, first: int, last: int, states: Sequence[str], as_of: str | None
) -> xr.Dataset:
    """See `Region.tie`."""
    import xarray as xr

    facts = region.row("layers", "layer", layer)
    partners = partner_axis(region, layer)
    years = list(range(first, last + 1))
    grid = _empty(len(states), len(partners), len(years))
    place = {code: j for j, code in enumerate(partners)}
    for (state, year), releases in _releases(region, layer, states, years, as_of).items():
        i, t = states.index(state), year - first
        ordered = sorted(releases, key=lambda r: r.vintage, reverse=True)
        head, *others = sorted(ordered, key=lambda r: r.rank)
        _fill(grid, i, t, head, place, partial=facts["partial"] == "yes", own=place.get(state))
        for other in others:
            _widen(grid, i, t, other, place)
    if facts["kind"] != "symmetric":
        add_groups(region, grid, partners, years, states, whole=facts["unit"] == "share")
    axes = (STATE, PARTNER, YEAR)
    return xr.Dataset(
        {
            name: (axes, array, {"units": facts["unit"], "long_name": facts["title"]})
            for name, array in (("value", grid.value), ("low", grid.low), ("high", grid.high))
        }
        | {"source": (axes, grid.source.astype(str))},
        coords={STATE: list(states), PARTNER: partners, YEAR: years},
        attrs=attributes(region, facts),
    )


def attributes(region: Region, facts: dict[str, Any]) -> dict[str, Any]:
    """What every dataset of a region says about itself."""
    return {**{k: v for k, v in facts.items() if v is not None}, "region": region.id, "region_hash": region.hash}


def partner_axis(region: Region, layer: str) -> list[str]:
    """Partners in a fixed order: powers, states, then the others that the layer or a group names."""
    named = set(region.table(f"ties/{layer}")["partner"])
    groups = region.table("actors").filter(pl.col("kind") == "group")["code"]
    belong = region.table("memberships").filter(pl.col("organization").is_in(groups.to_list()))["member"]
    fixed = [*region.powers, *region.states]
    return [*fixed, *sorted((named | set(belong)) - set(fixed))]


def published_by(vintage: str, as_of: str | None) -> bool:
    """Whether a vintage was published by a date; a year stands for all of it, on the safe side."""
    if as_of is None:
        return True
    made, limit = span(vintage), span(as_of)
    return made is not None and limit is not None and made[0] <= limit[1]


def ranks(region: Region) -> dict[str, float]:
    """Rank of each source; those without one come last."""
    frame = region.table("sources").select("key", pl.col("rank").fill_null(10**6).cast(pl.Float64))
    return dict(frame.iter_rows())


def _releases(
    region: Region, layer: str, states: Sequence[str], years: Sequence[int], as_of: str | None
) -> dict[tuple[str, int], list[Release]]:
    found: dict[tuple[str, int], dict[tuple[str, str], Release]] = {}
    rank = ranks(region)
    for cover in _coverage(region, layer, as_of):
        for state in set(states) & set(cover["states"].split("|")):
            for year in range(max(cover["first_year"], years[0]), min(cover["last_year"], years[-1]) + 1):
                found.setdefault((state, year), {})[cover["source"], cover["vintage"]] = Release(
                    cover["source"], cover["vintage"], rank[cover["source"]], [], True,
                    tuple((cover["partners"] or "").split("|")) if cover["partners"] else (),
                )  # fmt: skip
    rows = region.table(f"ties/{layer}").filter(
        pl.col("state").is_in(list(states)) & pl.col("year").is_between(years[0], years[-1])
    )
    columns = ("state", "partner", "year", "value", "low", "high", "vintage", "source")
    for state, partner, year, value, low, high, vintage, source in rows.select(columns).iter_rows():
        if not published_by(vintage, as_of):
            continue
        value = np.nan if value is None else value
        cell = (partner, value, value if low is None else low, value if high is None else high)
        here = found.setdefault((state, year), {})
        here.setdefault((source, vintage), Release(source, vintage, rank[source], [])).cells.append(cell)
    return {key: list(releases.values()) for key, releases in found.items()}


def _coverage(region: Region, layer: str, as_of: str | None) -> Iterator[dict[str, Any]]:
    if "coverage" not in region.tables:
        return
    for row in region.table("coverage").filter(pl.col("layer") == layer).iter_rows(named=True):
        if published_by(row["vintage"], as_of):
            yield row


def _empty(n: int, m: int, years: int) -> Grid:
    def missing() -> NDArray[np.float64]:
        return np.full((n, m, years), np.nan)

    return Grid(
        missing(), missing(), missing(), np.full((n, m, years), "", dtype=object),
        np.zeros((n, m, years), dtype=bool), np.full((n, years), np.nan),
    )  # fmt: skip


def _fill(
    grid: Grid, i: int, t: int, release: Release, place: dict[str, int], *, partial: bool, own: int | None
) -> None:
    """The headline release: its cells, zeros where it covers all, sharp bounds where it lists the largest."""
    if release.complete:
        chosen = [place[code] for code in release.partners or place if code in place and place[code] != own]
        for array in (grid.value, grid.low, grid.high):
            array[i, chosen, t] = 0.0
        grid.source[i, chosen, t] = release.source
    elif partial:
        _bound_unlisted(grid, i, t, release, own)
    for partner, value, low, high in release.cells:
        j = place[partner]
        grid.value[i, j, t], grid.low[i, j, t], grid.high[i, j, t] = value, low, high
        grid.source[i, j, t], grid.listed[i, j, t] = release.source, True


def _bound_unlisted(grid: Grid, i: int, t: int, release: Release, own: int | None) -> None:
    """A partner that is not among the largest has at least nothing, and at most the smallest listed share
    or what is left of one, whichever is less."""
    smallest = min(high for _, _, _, high in release.cells)
    rest = max(0.0, 1.0 - sum(low for _, _, low, _ in release.cells))
    others = np.arange(grid.value.shape[1]) != (-1 if own is None else own)
    grid.low[i, others, t], grid.high[i, others, t] = 0.0, min(smallest, rest)
    grid.source[i, others, t], grid.rest[i, t] = release.source, rest


def _widen(grid: Grid, i: int, t: int, release: Release, place: dict[str, int]) -> None:
    """Another release does not move the value; the bounds hold what it said."""
    for partner, _, low, high in release.cells:
        j = place[partner]
        grid.low[i, j, t] = np.fmin(grid.low[i, j, t], low)
        grid.high[i, j, t] = np.fmax(grid.high[i, j, t], high)

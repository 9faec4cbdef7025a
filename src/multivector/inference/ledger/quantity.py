"""What a rule can be about: the quantities of a region, and the history of each for one state.

LAYER_share_Ny   partner's share of what the state took over the N years that end with the year
LAYER            the tie of one year, in the layer's unit
un_distance      |ideal point of the state - ideal point of the partner| in a year's votes
INDICATOR        a row of `observations.csv`
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import polars as pl

from multivector.atlas import Region
from multivector.errors import LedgerError

if TYPE_CHECKING:
    import xarray as xr

DISTANCE, IDEAL_POINT = "un_distance", "un_ideal_point"
MOST_YEARS = 10  # the longest window of a share
_SHARE = re.compile(r"(?P<layer>\w+)_share_(?P<years>\d{1,2})y")
_BOUNDS: dict[str, tuple[float, float]] = {
    "share": (0, 1),
    "index 0-1": (0, 1),
    "score 1-5": (1, 5),
    "obligation 0-3": (0, 3),
    **dict.fromkeys(("TIV", "USD", "international USD", "persons", "Mt", "distance"), (0, math.inf)),
}


@dataclass(frozen=True)
class Quantity:
    """A quantity of a region: what it is read from, its unit, and the window of a share."""

    name: str
    kind: Literal["share", "tie", "distance", "indicator"]
    of: str
    unit: str
    years: int = 1

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest value that mean anything."""
        return _BOUNDS.get(self.unit, (-math.inf, math.inf))

    @property
    def has_partner(self) -> bool:
        """Whether a rule about it names a second actor."""
        return self.kind != "indicator"

    @property
    def table(self) -> str:
        """The table that it is read from."""
        return f"ties/{self.of}" if self.kind in ("share", "tie") else "observations"


@dataclass(frozen=True)
class Figure:
    """A number of one year; `value` is missing (NaN) where only bounds are known."""

    value: float
    low: float
    high: float


def quantity_of(region: Region, name: str) -> Quantity:
    """The quantity of that name.

    Raises
    ------
    LedgerError : the region has none; the message names those that it has.
    """
    found = _SHARE.fullmatch(name)
    if found and found["layer"] in _volumes(region) and 1 <= int(found["years"]) <= MOST_YEARS:
        return Quantity(name, "share", found["layer"], "share", int(found["years"]))
    if name in region.layers:
        return Quantity(name, "tie", name, str(region.row("layers", "layer", name)["unit"]))
    indicators = region.table("indicators")["indicator"].to_list()
    if name == DISTANCE and IDEAL_POINT in indicators:
        return Quantity(name, "distance", IDEAL_POINT, "distance")
    if name in indicators:
        return Quantity(name, "indicator", name, str(region.row("indicators", "indicator", name)["unit"]))
    known = [
        *(f"{layer}_share_5y" for layer in _volumes(region)),
        *region.layers,
        *([DISTANCE] if IDEAL_POINT in indicators else []),
        "membership",
        *indicators,
    ]
    near = get_close_matches(name, known, 3)
    meant = f"did you mean {' or '.join(near)}? " if near else ""
    raise LedgerError(
        f"no data of {region.id} answer {name!r}",
        where="rule",
        repair=f"{meant}known are {', '.join(known)}",
    )


def _volumes(region: Region) -> list[str]:
    """Layers whose numbers can be summed over years and parted among partners."""
    rows = region.table("layers").filter((pl.col("unit") != "share") & (pl.col("kind") != "symmetric"))
    return rows["layer"].to_list()


def history(region: Region, quantity: Quantity, state: str, partner: str | None) -> dict[int, Figure]:
    """Every year's figure that the data hold, by year; a year without any is left out."""
    if quantity.kind == "share":
        figures = _window_shares(region, quantity, state, str(partner))
    elif quantity.kind == "tie":
        panel = region.tie(quantity.of, states=[state])
        named = partner in panel["partner"].to_numpy()
        figures = _figures(panel.sel(state=state, partner=partner)) if named else {}
    elif quantity.kind == "distance":
        panel = region.series(quantity.of, actors=[state, str(partner)])
        # Bounds of the two points are not bounds of their distance: only the value counts.
        apart = abs(panel["value"].sel(actor=state) - panel["value"].sel(actor=partner))
        pairs = zip(panel["year"].to_numpy(), apart.to_numpy(), strict=True)
        figures = {int(year): Figure(float(v), float(v), float(v)) for year, v in pairs}
    else:
        figures = _figures(region.series(quantity.of, actors=[state]).sel(actor=state))
    return {year: figure for year, figure in figures.items() if math.isfinite(figure.high)}


def _figures(cell: xr.Dataset) -> dict[int, Figure]:
    numbers = (cell[name].to_numpy().tolist() for name in ("year", "value", "low", "high"))
    return {year: Figure(value, low, high) for year, value, low, high in zip(*numbers, strict=True)}


def _window_shares(region: Region, quantity: Quantity, state: str, partner: str) -> dict[int, Figure]:
    figures = {}
    for year in range(region.first_year + quantity.years - 1, region.last_year + 1):
        share = _share(region, quantity.of, year - quantity.years + 1, year)
        if partner in share["partner"].to_numpy():
            cell = share.sel(state=state, partner=partner)
            figures[year] = Figure(*(float(cell[name]) for name in ("value", "low", "high")))
    return figures


@lru_cache(maxsize=64)
def _share(region: Region, layer: str, first: int, last: int) -> xr.Dataset:
    """Kept, because a run's judgements ask the same windows of all states."""
    return region.share(layer, first, last)


def rows_used(region: Region, quantity: Quantity, actors: Iterable[str], year: int) -> pl.DataFrame:
    """The rows behind a figure: source and vintage, the coverage that makes absence zero included."""
    frame = region.table(quantity.table)
    actors = list(actors)
    recent = pl.col("year").is_between(year - quantity.years + 1, year)
    if quantity.table == "observations":
        rows = frame.filter(recent & (pl.col("indicator") == quantity.of) & pl.col("actor").is_in(actors))
        return rows.select("source", "vintage")
    rows = frame.filter(recent & (pl.col("state") == actors[0]))
    if quantity.kind == "tie":
        rows = rows.filter(pl.col("partner").is_in(actors))
    if rows.height or "coverage" not in region.tables:
        return rows.select("source", "vintage")
    covered = (pl.col("first_year") <= year) & (pl.col("last_year") >= year)
    layer = region.table("coverage").filter((pl.col("layer") == quantity.of) & covered)
    return layer.select("source", "vintage")

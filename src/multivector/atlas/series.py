"""Yearly observations of actors as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.atlas.groups import groups_of, members_in
from multivector.atlas.select import Window, attributes, rows_seen
from multivector.axes import YEAR

ACTOR = "actor"

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    from multivector.atlas.region import Region


class Panel:
    """Arrays on (actor, year) while they are filled."""

    def __init__(self, actors: list[str], window: Window) -> None:
        self.place = {code: i for i, code in enumerate(actors)}
        self.first, shape = window.first, (len(actors), len(window.years))
        self.value, self.low, self.high = (np.full(shape, np.nan) for _ in range(3))
        self.source: NDArray[np.object_] = np.full(shape, "", dtype=object)


def series_dataset(region: Region, indicator: str, window: Window) -> xr.Dataset:
    """See `Region.series`."""
    import xarray as xr

    facts = region.row("indicators", "indicator", indicator)
    rows = rows_seen(region, "observations", window).filter(pl.col("indicator") == indicator)
    panel = Panel(list(dict.fromkeys([*window.actors, *rows["actor"]])), window)
    for actor, year, *numbers, source in rows.select(
        "actor", "year", "value", "low", "high", "source"
    ).iter_rows():
        _enter(panel, (panel.place[actor], year - window.first), numbers, source)
    if facts["additive"] == "yes":
        _add_groups(region, panel, window)
    chosen = [panel.place[actor] for actor in window.actors]
    axes, said = (ACTOR, YEAR), {"units": facts["unit"], "long_name": facts["title"]}
    arrays = {"value": panel.value, "low": panel.low, "high": panel.high}
    return xr.Dataset(
        {name: (axes, array[chosen], said) for name, array in arrays.items()}
        | {"source": (axes, panel.source[chosen].astype(str))},
        coords={ACTOR: list(window.actors), YEAR: window.years},
        attrs=attributes(region, facts),
    )


def _enter(panel: Panel, cell: tuple[int, int], numbers: list[float], source: str) -> None:
    """The first row of a cell is its headline; later ones widen the bounds."""
    value, low, high = numbers
    if not panel.source[cell]:
        panel.value[cell], panel.low[cell], panel.high[cell] = value, low, high
        panel.source[cell] = source
    else:
        panel.low[cell] = np.fmin(panel.low[cell], low)
        panel.high[cell] = np.fmax(panel.high[cell], high)


def _add_groups(region: Region, panel: Panel, window: Window) -> None:
    """The sum over the members at each year's end; missing where one member's number is."""
    for group in set(groups_of(region)) & panel.place.keys():
        for t, year in enumerate(window.years):
            cell, members = (panel.place[group], t), members_in(region, group, year)
            if panel.source[cell] or not members or not set(members) <= panel.place.keys():
                continue
            chosen = [panel.place[code] for code in members]
            for array in (panel.value, panel.low, panel.high):
                array[cell] = array[chosen, t].sum()
            if np.isfinite(panel.value[cell]):
                panel.source[cell] = "|".join(sorted(set(panel.source[chosen, t])))

"""A region at a date: for each number its value, bounds, year and age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from multivector.atlas.dates import age, last_full_year
from multivector.axes import YEAR

if TYPE_CHECKING:
    import xarray as xr

    from multivector.atlas.region import Region


@lru_cache(maxsize=64)
def _panel(
    region: Region, layer: str, states: tuple[str, ...] | None, as_of: dt.date | str | int | None
) -> xr.Dataset:
    """All years of a layer, read once for snapshots at many dates, which cut it; a region does not change."""
    return region.tie(layer, states=states, as_of=as_of)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What is known of a region at a date. Made by `Region.at`."""

    region: Region
    date: dt.date
    as_of: dt.date | str | int | None = None

    def tie(self, layer: str, *, states: Sequence[str] | None = None) -> xr.Dataset:
        """The latest number of each pair that counts by the date.

        Returns
        -------
        xarray.Dataset : `value`, `low`, `high`, `year`, `age`, `source` on (state, partner). Past the
        layer's `max_age` value and bounds are NaN; `year` and `age` still say how old the last number is.
        """
        panel = _panel(self.region, layer, None if states is None else tuple(states), self.as_of)
        return self._latest(panel, last_full_year(self.date))

    def observation(self, indicator: str, *, actors: Sequence[str] | None = None) -> xr.Dataset:
        """The latest number of each actor that counts by the date, like `tie`, on (actor)."""
        last = last_full_year(self.date)
        panel = self.region.series(
            indicator,
            self.region.first_year,
            max(last, self.region.first_year),
            actors=actors,
            as_of=self.as_of,
        )
        return self._latest(panel, last)

    def share(self, layer: str, window: int = 5) -> xr.Dataset:
        """Each partner's share of a state's total over the `window` years that end by the date.

        Equation: s[i,j] = sum_t x[i,j,t] / sum_k sum_t x[i,k,t], groups left out of the sum over k.
        A layer of shares is returned as it stands. See `Region.share`.
        """
        if self.region.row("layers", "layer", layer)["unit"] == "share":
            return self.tie(layer)
        last = last_full_year(self.date)
        return self.region.share(layer, last - window + 1, last, as_of=self.as_of)

    def members(self, organization: str, status: str = "member") -> tuple[str, ...]:
        """Who is known to belong to the organisation at the date."""
        return self.region.members(organization, self.date, status)

    def _latest(self, panel: xr.Dataset, last: int) -> xr.Dataset:
        import xarray as xr

        years = panel[YEAR].to_numpy()
        known = np.isfinite(panel["high"].to_numpy()) & (years <= last)
        found = known.any(axis=-1)
        newest = known.shape[-1] - 1 - np.argmax(known[..., ::-1], axis=-1)
        axes = panel["high"].dims[:-1]
        ages = np.array([age(self.date, int(year)) for year in years])
        young = found & (ages[newest] <= float(panel.attrs["max_age"]) + 1e-9)

        def pick(name: str) -> np.ndarray:
            return np.take_along_axis(panel[name].to_numpy(), newest[..., None], axis=-1)[..., 0]

        data = {
            name: (axes, np.where(young, pick(name), np.nan), panel[name].attrs)
            for name in ("value", "low", "high")
        }
        data["year"] = (axes, np.where(found, years[newest], np.nan), {"long_name": "year of the number"})
        data["age"] = (axes, np.where(found, ages[newest], np.nan), {"units": "years"})
        data["source"] = (axes, np.where(young, pick("source"), ""), {})
        coords = {axis: panel[axis] for axis in axes}
        return xr.Dataset(data, coords=coords, attrs=panel.attrs | {"date": self.date.isoformat()})

    def __repr__(self) -> str:
        return f"Snapshot({self.region.id!r}, {self.date.isoformat()})"

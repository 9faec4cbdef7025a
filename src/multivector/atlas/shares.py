"""Shares of a state's total over a window of years, with bounds where vintages differ."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from multivector.atlas.groups import groups_of
from multivector.axes import PARTNER, STATE, YEAR

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    from multivector.atlas.region import Region


def share_dataset(
    region: Region, layer: str, first: int, last: int, as_of: date | str | int | None
) -> xr.Dataset:
    """See `Region.share`."""
    import xarray as xr

    panel = region.tie(layer, first, last, as_of=as_of)
    value, low, high = (panel[name].sum(YEAR, skipna=False).to_numpy() for name in ("value", "low", "high"))
    partners = panel[PARTNER].to_numpy()
    single = ~np.isin(partners, groups_of(region))
    own = panel[STATE].to_numpy()[:, None] == partners[None, :]
    counted = single[None, :] & ~own

    def total(array: NDArray[np.float64]) -> NDArray[np.float64]:
        """Over all single partners; missing where one of them is."""
        return np.asarray(np.where(counted, array, 0.0).sum(axis=1, keepdims=True))

    with np.errstate(invalid="ignore", divide="ignore"):
        # A partner's share is least when it gave least and all others most, and the other way round.
        least = low / (low + np.maximum(total(high) - high, 0.0))
        most = high / (high + np.maximum(total(low) - low, 0.0))
        share = np.where(total(value) > 0, value / total(value), np.nan)
    nothing = ~(total(high) > 0)
    axes = (STATE, PARTNER)
    attrs = {"units": "share", "long_name": f"share of the total of {first}-{last}"}
    return xr.Dataset(
        {
            "value": (axes, share, attrs),
            "low": (axes, np.where(nothing, np.nan, least), attrs),
            "high": (axes, np.where(nothing, np.nan, most), attrs),
            "total": ((STATE,), total(value)[:, 0], {"units": panel.attrs["unit"]}),
        },
        coords={STATE: panel[STATE], PARTNER: panel[PARTNER]},
        attrs=panel.attrs | {"first_year": first, "last_year": last},
    )

"""What is known of each state's mix over the powers on one layer at a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from multivector.atlas.dates import age, last_full_year
from multivector.atlas.groups import groups_of
from multivector.axes import PARTNER, STATE
from multivector.indicators.top_shares import Floats

if TYPE_CHECKING:
    import xarray as xr

    from multivector.atlas import Region, Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Mix:
    """One state's shares of one layer, by power in the region's order, out of all partners.

    Attributes
    ----------
    value, low, high : missing (NaN) where not known; a power that is not listed has bounds and no value.
    room : what is left of 1 for the powers when the other partners' least shares are taken off.
    year, age : of the newest number (the last of a window); None where there is none.
    sources : keys in the region's `sources.csv`.
    missing : why nothing is known; empty where something is.
    """

    state: str
    layer: str
    value: Floats
    low: Floats
    high: Floats
    room: float
    year: int | None
    age: float | None
    sources: tuple[str, ...]
    missing: str = ""


def mixes(snapshot: Snapshot, layer: str, window: int) -> list[Mix]:
    """Each state's mix on a layer at a date.

    A layer of shares gives its newest year within the layer's greatest age. A layer of amounts (arms in
    TIV, ...) is lumpy, so its shares are those of the last `window` covered years together.
    """
    facts = snapshot.region.row("layers", "layer", layer)
    if facts["unit"] == "share":
        panel = snapshot.tie(layer)
        return [_of_shares(snapshot, layer, panel, state, facts) for state in snapshot.region.states]
    return _of_amounts(snapshot, layer, window, facts)


def _of_shares(snapshot: Snapshot, layer: str, panel: xr.Dataset, state: str, facts: dict[str, Any]) -> Mix:
    here = panel.sel({STATE: state})
    years = here["year"].to_numpy()
    newest = int(np.nanmax(years)) if np.isfinite(years).any() else None
    if not np.isfinite(here["high"].to_numpy()).any():
        why = (
            "no data" if newest is None else f"last known of {newest}, older than {facts['max_age']:g} years"
        )
        return _unknown(snapshot, layer, state, newest, why)
    return _known(snapshot, layer, state, here=here, year=newest, keys=_keys(here["source"].to_numpy()))


def _of_amounts(snapshot: Snapshot, layer: str, window: int, facts: dict[str, Any]) -> list[Mix]:
    region, found = snapshot.region, dict[str, Mix]()
    last = last_full_year(snapshot.date)
    end = last
    while age(snapshot.date, end) <= facts["max_age"] + 1e-9 and len(found) < len(region.states):
        first = end - window + 1
        shares = region.share(layer, first, end, as_of=snapshot.as_of)
        sources = region.tie(layer, first, end, as_of=snapshot.as_of)["source"]
        for state in set(region.states) - set(found):
            here, keys = shares.sel({STATE: state}), _keys(sources.sel({STATE: state}).to_numpy())
            total = float(here["total"])
            if total > 0:
                found[state] = _known(snapshot, layer, state, here=here, year=end, keys=keys)
            elif total == 0:
                found[state] = _unknown(snapshot, layer, state, end, f"nothing recorded in {first}-{end}")
        end -= 1
    why = f"no covered window of {window} years ends within {facts['max_age']:g} years"
    return [found.get(state) or _unknown(snapshot, layer, state, None, why) for state in region.states]


def _known(
    snapshot: Snapshot, layer: str, state: str, *, here: xr.Dataset, year: int | None, keys: tuple[str, ...]
) -> Mix:
    powers = list(snapshot.region.powers)
    on_powers = here.sel({PARTNER: powers})
    value, low, high = (on_powers[name].to_numpy().astype(float) for name in ("value", "low", "high"))
    outside = here.sel({PARTNER: _others(snapshot.region, here[PARTNER].to_numpy(), state, snapshot.date)})
    room = max(0.0, 1.0 - float(np.nansum(outside["low"].to_numpy())))
    # Shares are parts of one whole: a power of which nothing is known can have what the others leave.
    unknown = ~np.isfinite(high)
    low = np.where(unknown, 0.0, low)
    high = np.where(unknown, max(0.0, room - float(low.sum())), np.minimum(high, 1.0))
    aged = None if year is None else age(snapshot.date, year)
    return Mix(state, layer, value, np.minimum(low, high), high, room, year, aged, keys)


def _unknown(snapshot: Snapshot, layer: str, state: str, year: int | None, why: str) -> Mix:
    nan = np.full(len(snapshot.region.powers), np.nan)
    aged = None if year is None else age(snapshot.date, year)
    return Mix(state, layer, nan, nan, nan, float("nan"), year, aged, (), why)


def _others(region: Region, partners: np.ndarray, state: str, day: date) -> list[str]:
    """Single partners that are neither a power nor counted inside one."""
    inside = {
        code for group in groups_of(region) if group in region.powers for code in region.members(group, day)
    }
    left_out = {*region.powers, *groups_of(region), *inside, state}
    return [code for code in partners.tolist() if code not in left_out]


def _keys(sources: np.ndarray) -> tuple[str, ...]:
    return tuple(sorted({key for cell in np.unique(sources) for key in str(cell).split("|") if key}))

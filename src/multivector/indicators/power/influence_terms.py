"""The terms of influence at a date, from the atlas: each within bounds, [i, g] for states and powers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.atlas.dates import span
from multivector.axes import PARTNER, STATE
from multivector.indicators.power.influence import terms

if TYPE_CHECKING:
    import xarray as xr

    from multivector.atlas import Snapshot

WINDOW = 5
"""Years of deliveries that are summed, as for the balance."""
STRONGEST = 3.0
"""The strongest obligation on the scale of the alliance layer."""

Floats = NDArray[np.float64]


class Bounds(NamedTuple):
    """Least and greatest value of one term, [i, g]; NaN where nothing is known."""

    low: Floats
    high: Floats


def influence_terms(snapshot: Snapshot) -> dict[str, Bounds]:
    """Every declared term. What is not known lies between 0 and 1."""
    raw = {**_trade(snapshot), **_arms(snapshot), **_obligation(snapshot), **_organisations(snapshot)}
    found = {}
    for term in terms():
        if term.side == "dimension":
            continue
        low, high = raw[term.name]
        most = np.nanmax(high, initial=0.0)
        scale = most if term.name in VOLUMES and most > 0 else 1.0
        known = np.isfinite(low) & np.isfinite(high)
        found[term.name] = Bounds(
            np.where(known, np.clip(low / scale, 0, 1), 0.0),
            np.where(known, np.clip(high / scale, 0, 1), 1.0),
        )
    return found


VOLUMES = ("trade_volume", "arms_volume", "shared_organisations")
"""Terms without a scale of their own: divided by the largest of any pair."""


def counted_organisations(snapshot: Snapshot) -> tuple[str, ...]:
    """The organisations whose every row says who belongs at the date."""
    table = snapshot.region.table("memberships")
    groups = set(snapshot.region.table("actors").filter(pl.col("kind") == "group")["code"])
    stopped = {
        row["organization"]
        for row in table.iter_rows(named=True)
        if (known := span(row["known_to"] or "")) and known[1] < snapshot.date
    }
    return tuple(sorted(set(table["organization"]) - stopped - groups))


def _trade(snapshot: Snapshot) -> Mapping[str, Bounds]:
    imports, exports = (_layer(snapshot, layer) for layer in ("imports", "exports"))
    states = snapshot.region.states
    bought, sold, output = (
        observed(snapshot, name, states)[:, None] for name in ("imports_gs", "exports_gs", "gdp_current_usd")
    )
    volume = [m * bought + x * sold for m, x in zip(imports, exports, strict=True)]
    return {
        "trade_volume": Bounds(*volume),
        "trade_share": Bounds(*(v / (bought + sold) for v in volume)),
        "trade_over_output": Bounds(*(v / output for v in volume)),
    }


def _arms(snapshot: Snapshot) -> Mapping[str, Bounds]:
    if "arms" not in snapshot.region.layers:
        return dict.fromkeys(("arms_share", "arms_volume"), _layer(snapshot, "arms"))
    share = snapshot.share("arms", WINDOW)
    bounds = _pairs(snapshot, share)
    total = share["total"].to_numpy()[:, None]
    # A state that took nothing depends on nobody for arms; a window that is not covered is not known.
    nothing = total == 0
    bounds = Bounds(*(np.where(nothing, 0.0, end) for end in bounds))
    return {"arms_share": bounds, "arms_volume": Bounds(*(end * total for end in bounds))}


def _obligation(snapshot: Snapshot) -> Mapping[str, Bounds]:
    return {"obligation": Bounds(*(end / STRONGEST for end in _layer(snapshot, "alliance")))}


def _organisations(snapshot: Snapshot) -> Mapping[str, Bounds]:
    region, counted = snapshot.region, counted_organisations(snapshot)
    members = {organisation: set(snapshot.members(organisation)) for organisation in counted}
    groups = set(region.table("actors").filter(pl.col("kind") == "group")["code"])
    own = np.array([sum(i in m for m in members.values()) for i in region.states], dtype=float)[:, None]
    # A group is no member itself, and the memberships of all its members are not followed.
    shared = np.array(
        [
            [
                np.nan if g in groups or not counted else sum({i, g} <= m for m in members.values())
                for g in region.powers
            ]
            for i in region.states
        ],
        dtype=float,
    )
    part = shared / np.maximum(own, 1)
    return {"shared_organisations": Bounds(shared, shared), "organisation_share": Bounds(part, part)}


def observed(snapshot: Snapshot, indicator: str, actors: tuple[str, ...]) -> Floats:
    """Values of the actors at the date; NaN throughout where the region has no such indicator."""
    if indicator not in set(snapshot.region.table("indicators")["indicator"]):
        return np.full(len(actors), np.nan)
    return np.asarray(snapshot.observation(indicator, actors=actors)["value"].to_numpy())


def _layer(snapshot: Snapshot, layer: str) -> Bounds:
    """Bounds of a layer; NaN throughout where the region has no such layer."""
    region = snapshot.region
    if layer in region.layers:
        return _pairs(snapshot, snapshot.tie(layer))
    nothing = np.full((len(region.states), len(region.powers)), np.nan)
    return Bounds(nothing, nothing)


def _pairs(snapshot: Snapshot, tie: xr.Dataset) -> Bounds:
    """Bounds [i, g] of a dataset on (state, partner)."""
    region = snapshot.region
    picked = tie.sel({STATE: list(region.states), PARTNER: list(region.powers)})
    return Bounds(picked["low"].to_numpy(), picked["high"].to_numpy())

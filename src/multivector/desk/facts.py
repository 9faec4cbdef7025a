"""What the register itself says about a supplier and its buyers: levels, gaps, lumps. No model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.atlas import Region
from multivector.world.inputs import covered_years
from multivector.world.run import WINDOW_YEARS

LOOK_BACK = 10  # years


@dataclass(frozen=True)
class Flow:
    """Deliveries of one supplier to one state, in TIV million.

    `silent_since` is the last year with a delivery where nothing followed for three years or more;
    `years_with` counts years with a delivery in the last ten; `largest` is the biggest year's part in them.
    """

    state: str
    total: float
    years_with: int
    largest: float
    silent_since: int | None
    ever: bool


def flows(region: Region, supplier: str, last: int) -> tuple[Flow, ...]:
    """One `Flow` a state, over the ten years that end with `last`."""
    first, _ = covered_years(region, "arms")
    values = region.tie("arms", first, last)["value"].sel(partner=supplier)
    out = []
    for state in region.states:
        series = values.sel(state=state).to_numpy() if state != supplier else np.zeros(last - first + 1)
        recent = np.nan_to_num(series[-LOOK_BACK:])
        delivered = np.flatnonzero(np.nan_to_num(series) > 0)
        latest = first + int(delivered[-1]) if delivered.size else None
        quiet = latest is not None and last - latest >= 3
        total = float(recent.sum())
        out.append(
            Flow(
                state=state,
                total=total,
                years_with=int((recent > 0).sum()),
                largest=float(recent.max() / total) if total > 0 else float("nan"),
                silent_since=latest if quiet else None,
                ever=latest is not None,
            )
        )
    return tuple(out)


def yearly_total(region: Region, supplier: str | None, first: int, last: int) -> float:
    """Mean deliveries a year to all states of the region; without a supplier, of everybody else's sum.

    TIV million a year.
    """
    values = region.tie("arms", first, last)["value"]
    actors = region.table("actors")
    groups = set(actors.filter(actors["kind"] == "group")["code"])
    partners = [code for code in values["partner"].to_numpy().tolist() if code not in groups]
    chosen = values.sel(partner=partners if supplier is None else [supplier])
    return float(chosen.sum()) / (last - first + 1)


def window_share(region: Region, state: str, partner: str, last: int) -> float:
    """The partner's share of the state's deliveries in the five years that end with `last`."""
    shares = region.share("arms", last - WINDOW_YEARS + 1, last)["value"]
    return float(shares.sel(state=state, partner=partner))


def top_suppliers(region: Region, state: str, last: int, least: float) -> list[tuple[str, float]]:
    """Suppliers with at least `least` of the state's five-year deliveries, largest first; no groups."""
    shares = region.share("arms", last - WINDOW_YEARS + 1, last)["value"].sel(state=state)
    actors = region.table("actors")
    groups = set(actors.filter(actors["kind"] == "group")["code"])
    pairs = [
        (str(code), float(value))
        for code, value in zip(shares["partner"].to_numpy(), shares.to_numpy(), strict=True)
        if code not in groups and np.isfinite(value) and value >= least
    ]
    return sorted(pairs, key=lambda pair: -pair[1])

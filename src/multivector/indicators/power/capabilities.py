"""The capabilities of a region's actors at a date, from the atlas: CINC, and what missing components hide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from multivector.atlas.dates import age, last_full_year
from multivector.axes import YEAR
from multivector.indicators.measured import interval
from multivector.indicators.power.cinc import (
    COMPONENTS,
    Cinc,
    amount_to_pass,
    cinc,
    rank_unsure,
    shares_of_world,
)
from multivector.indicators.table import Row, number

if TYPE_CHECKING:
    from multivector.atlas import Snapshot

PREFIX = "nmc_"
"""The indicators `nmc_milex`, `nmc_milper`, ... hold the components."""
WORLD = "world"
"""Kind of the actor that holds their sums over all states."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Capabilities:
    """Components of the actors in one year, with their history up to it.

    amounts [u, k], world [k] : in that year. shares [u, y, k] : of the world, years first to `year`.
    sources [u, k] : keys.
    """

    actors: tuple[str, ...]
    year: int
    amounts: Floats
    world: Floats
    shares: Floats
    years: tuple[int, ...]
    units: tuple[str, ...]
    sources: NDArray[np.str_]

    @property
    def greatest(self) -> Floats:
        """[u, k] the largest share that the actor had in any year; NaN where it never had a number."""
        known = np.isfinite(self.shares).any(axis=1)
        return np.where(known, np.nan_to_num(self.shares, nan=-1).max(axis=1), np.nan)

    @property
    def never_known(self) -> tuple[str, ...]:
        """Actors with a component that had no number in any year, while another has one."""
        never = np.isnan(self.greatest)
        return tuple(np.array(self.actors, dtype=object)[never.any(axis=1) & ~never.all(axis=1)])

    def last_known(self, u: int, k: int) -> tuple[float, int | None]:
        """The actor's share in the last year in which it had a number, and that year."""
        known = np.flatnonzero(np.isfinite(self.shares[u, :, k]))
        return (float(self.shares[u, known[-1], k]), self.years[known[-1]]) if known.size else (np.nan, None)


def capabilities(snapshot: Snapshot) -> Capabilities | str:
    """What the atlas holds of the components at the date, or why nothing can be said."""
    region = snapshot.region
    known = set(region.table("indicators")["indicator"])
    if lacking := [PREFIX + k for k in COMPONENTS if PREFIX + k not in known]:
        return f"the region has no indicator {', '.join(lacking)}"
    table = region.table("actors")
    world = table.filter(table["kind"] == WORLD)["code"].to_list()
    if len(world) != 1:
        return f"actors.csv has {len(world)} actors of the kind {WORLD}, whose rows hold the totals"
    actors, last = (*region.states, *region.powers, *world), last_full_year(snapshot.date)
    panels = [
        region.series(PREFIX + k, region.first_year, max(last, region.first_year), actors=actors, as_of=snapshot.as_of)
        for k in COMPONENTS
    ]  # fmt: skip
    years = panels[0][YEAR].to_numpy()
    amounts = np.stack([panel["value"].to_numpy() for panel in panels], axis=-1)
    covered = np.isfinite(amounts[-1]).all(axis=-1) & (years <= last)
    if not covered.any():
        return f"no year up to {last} has world totals of all components"
    at = int(np.flatnonzero(covered)[-1])
    old, oldest = age(snapshot.date, int(years[at])), float(panels[0].attrs["max_age"])
    if old > oldest + 1e-9:
        return f"last known of {years[at]}, older than {oldest:g} years"
    history = shares_of_world(np.moveaxis(amounts[:-1, : at + 1], 0, 1), amounts[-1, : at + 1])
    return Capabilities(
        actors=actors[:-1],
        year=int(years[at]),
        amounts=amounts[:-1, at],
        world=amounts[-1, at],
        shares=np.moveaxis(history, 0, 1),
        years=tuple(int(y) for y in years[: at + 1]),
        units=tuple(str(panel.attrs["unit"]) for panel in panels),
        sources=np.stack([panel["source"].to_numpy()[:-1, at] for panel in panels], axis=-1),
    )


def cinc_rows(found: Capabilities) -> tuple[list[Row], list[Row]]:
    """Rows of the index, the strongest first, and of the ranks that hang on what is missing.

    A component that was never known may be anything, and the bounds say so. Pairs are told apart all the
    same: for them it is at most what the published mean takes it for, else every state would stand against
    every other.
    """
    now, never = found.shares[:, -1], np.isnan(found.greatest)
    index = cinc(now, np.where(never, 1.0, found.greatest))
    unsure = rank_unsure(cinc(now, np.where(never, index.value[:, None], found.greatest)))
    order = np.argsort(-np.nan_to_num(index.value, nan=-1.0), kind="stable")
    rank = np.array([1 + int((index.value > value).sum()) for value in index.value])
    rows = [_cinc_row(found, index, int(u), int(rank[u]), unsure) for u in order]
    flips = [row for u in order for v in order if unsure[u, v] for row in _flip_rows(found, int(u), int(v))]
    return rows, flips


def _cinc_row(found: Capabilities, index: Cinc, u: int, rank: int, unsure: NDArray[np.bool_]) -> Row:
    gaps = [k for k, x in zip(COMPONENTS, found.amounts[u], strict=True) if not np.isfinite(x)]
    nothing = int(index.n[u]) == 0
    hangs = [found.actors[v] for v in np.flatnonzero(unsure[u] | unsure[:, u])]
    return {
        "actor": found.actors[u],
        "year": found.year,
        "cinc": number(index.value[u]),
        **interval(
            "all_six",
            np.nan if gaps else index.value[u],
            *((np.nan,) * 2 if nothing else (index.low[u], index.high[u])),
        ),
        "rank": None if nothing else rank,
        "components": int(index.n[u]),
        "missing_components": "|".join(gaps),
        "rank_unsure_against": "|".join(hangs),
        "sources": "|".join(sorted(set(found.sources[u].tolist()) - {""})),
        "missing": "no component is known" if nothing else "",
    }


def _flip_rows(found: Capabilities, u: int, v: int) -> list[Row]:
    """u stands above v as published: where they would stand with each one's gaps counted."""
    rows = list[Row]()
    for lacking, other in ((u, v), (v, u)):
        gaps = np.flatnonzero(~np.isfinite(found.amounts[lacking]))
        if not gaps.size:
            continue
        last = [found.last_known(lacking, int(k)) for k in gaps]
        full = not np.isnan(found.amounts[other]).any()
        needed = (
            amount_to_pass(found.amounts, found.world, lacking, other) if full and gaps.size == 1 else np.nan
        )
        one = int(gaps[0])
        rows.append(
            {
                "above": found.actors[u],
                "below": found.actors[v],
                "lacks": found.actors[lacking],
                "components": "|".join(np.array(list(COMPONENTS))[gaps]),
                "at_zero": _higher(found, lacking, gaps, [0.0] * gaps.size, other),
                "last_known_year": last[0][1] if gaps.size == 1 else None,
                "at_last_known": _higher(found, lacking, gaps, [share for share, _ in last], other),
                "at_its_greatest": _higher(found, lacking, gaps, list(found.greatest[lacking, gaps]), other),
                "amount_to_pass": number(needed),
                "unit": found.units[one] if np.isfinite(needed) else "",
                "share_to_pass": number(needed / (found.world[one] + needed))
                if np.isfinite(needed)
                else None,
            }
        )
    return rows


def _higher(found: Capabilities, u: int, gaps: NDArray[np.int64], shares: list[float], v: int) -> str:
    """Who stands higher when u's gaps have these shares; v's own gaps stay out of its mean."""
    if not np.isfinite(shares).all():
        return ""
    filled = found.shares[[u, v], -1].copy()
    filled[0, gaps] = shares
    mine, theirs = cinc(filled).value
    return found.actors[u] if mine > theirs else found.actors[v] if theirs > mine else ""

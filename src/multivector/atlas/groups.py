"""A group is the dated sum of its members: where that can be computed, and missing where not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from multivector.atlas.region import Region
    from multivector.atlas.ties import Grid


def groups_of(region: Region) -> tuple[str, ...]:
    """Codes of the actors that are groups."""
    return tuple(region.table("actors").filter(pl.col("kind") == "group")["code"])


def add_groups(
    region: Region, grid: Grid, partners: Sequence[str], years: Sequence[int], states: Sequence[str], *, whole: bool
) -> None:
    """Fill each group's column with the sum over those who are members at the year's end.

    The value is missing unless every member's is known; the bounds are sums of the members' bounds, and
    where shares are parts of a whole the members that are not listed can take no more than what is left.
    """
    place = {code: j for j, code in enumerate(partners)}
    for group in groups_of(region):
        if group not in place or grid.listed[:, place[group]].any():
            continue
        g = place[group]
        for t, year in enumerate(years):
            members = region.members(group, date(year, 12, 31))
            for i, state in enumerate(states):
                chosen = [place[code] for code in members if code in place and code != state]
                _sum_into(grid, i, g, t, chosen, whole=whole)


def _sum_into(grid: Grid, i: int, g: int, t: int, chosen: list[int], *, whole: bool) -> None:
    low, high = grid.low[i, chosen, t], grid.high[i, chosen, t]
    grid.value[i, g, t] = grid.value[i, chosen, t].sum() if chosen else np.nan
    if not chosen or not np.isfinite(high).all():
        grid.low[i, g, t] = grid.high[i, g, t] = np.nan
        grid.source[i, g, t] = ""
        return
    most = float(high.sum())
    if whole and np.isfinite(grid.rest[i, t]):
        listed = grid.listed[i, chosen, t]
        most = min(most, float(high[listed].sum()) + float(grid.rest[i, t]), 1.0)
    grid.low[i, g, t], grid.high[i, g, t] = low.sum(), most
    grid.source[i, g, t] = "|".join(sorted(set(grid.source[i, chosen, t]) - {""}))

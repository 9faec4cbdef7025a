"""A group is the dated sum of its members: where that can be computed, and missing where not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from multivector.atlas.region import Region
    from multivector.atlas.ties import Grid


def groups_of(region: Region) -> tuple[str, ...]:
    """Codes of the actors that are groups."""
    actors = region.table("actors").select("code", "kind")
    return tuple(code for code, kind in actors.iter_rows() if kind == "group")


def members_in(region: Region, group: str, year: int) -> tuple[str, ...]:
    """Who is a member at the year's end: yearly numbers are summed over them."""
    return region.members(group, date(year, 12, 31))


def add_groups(region: Region, grid: Grid, *, parts_of_one: bool) -> None:
    """Fill each group's column with the sum over its members.

    The value is missing unless every member's is known. The bounds are the sums of the members' bounds;
    where shares are parts of one, members that are not listed can take no more than is left. A group
    that a source lists itself keeps that row.
    """
    for group in groups_of(region):
        g = grid.place.get(group)
        if g is None:
            continue
        for t, year in enumerate(grid.years):
            members = [code for code in members_in(region, group, year) if code in grid.place]
            for i, state in enumerate(grid.states):
                chosen = [grid.place[code] for code in members if code != state]
                if chosen and not grid.listed[i, g, t]:
                    _sum_into(grid, (i, g, t), chosen, parts_of_one=parts_of_one)


def _sum_into(grid: Grid, cell: tuple[int, int, int], chosen: list[int], *, parts_of_one: bool) -> None:
    i, _, t = cell
    low, high, rest = grid.low[i, chosen, t], grid.high[i, chosen, t], grid.rest[i, t]
    grid.value[cell] = grid.value[i, chosen, t].sum()
    if not np.isfinite(high).all():
        grid.low[cell] = grid.high[cell] = np.nan
        grid.source[cell] = ""
        return
    most = float(high.sum())
    if parts_of_one and np.isfinite(rest):
        most = min(most, float(high[grid.listed[i, chosen, t]].sum()) + float(rest), 1.0)
    grid.low[cell], grid.high[cell] = low.sum(), most
    grid.source[cell] = "|".join(sorted(set(grid.source[i, chosen, t]) - {""}))

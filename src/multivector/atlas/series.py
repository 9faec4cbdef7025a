"""Yearly observations of actors as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.atlas.groups import groups_of
from multivector.atlas.ties import attributes, published_by, ranks
from multivector.axes import YEAR

if TYPE_CHECKING:
    import xarray as xr

    from multivector.atlas.region import Region


def series_dataset(
    region: Region, indicator: str, first: int, last: int, actors: Sequence[str], as_of: str | None
) -> xr.Dataset:
    """See `Region.series`."""
    import xarray as xr

    facts = region.row("indicators", "indicator", indicator)
    rows = region.table("observations").filter(
        (pl.col("indicator") == indicator) & pl.col("year").is_between(first, last)
    )
    everyone = list(dict.fromkeys([*actors, *rows["actor"]]))
    shape = (len(everyone), last - first + 1)
    value, low, high = (np.full(shape, np.nan) for _ in range(3))
    source = np.full(shape, "", dtype=object)
    for actor, year, number, least, most, key in _ordered(region, rows, as_of):
        i, t = everyone.index(actor), year - first
        number = np.nan if number is None else number
        least, most = number if least is None else least, number if most is None else most
        if not source[i, t]:
            value[i, t], low[i, t], high[i, t], source[i, t] = number, least, most, key
        else:
            low[i, t], high[i, t] = np.fmin(low[i, t], least), np.fmax(high[i, t], most)
    if facts["additive"] == "yes":
        _add_groups(region, everyone, first, value, low, high, source)
    chosen = [everyone.index(actor) for actor in actors]
    described = {"units": facts["unit"], "long_name": facts["title"]}
    return xr.Dataset(
        {
            name: (("actor", YEAR), array[chosen], described)
            for name, array in (("value", value), ("low", low), ("high", high))
        }
        | {"source": (("actor", YEAR), source[chosen].astype(str))},
        coords={"actor": list(actors), YEAR: list(range(first, last + 1))},
        attrs=attributes(region, facts),
    )


def _ordered(region: Region, rows: pl.DataFrame, as_of: str | None) -> list[tuple[str, int, *tuple[object, ...]]]:
    """Rows with the headline first: lower rank of the source, then later vintage."""
    rank = pl.col("source").replace_strict(ranks(region), return_dtype=pl.Float64)
    kept = rows.filter(
        pl.col("vintage").map_elements(lambda v: published_by(v, as_of), return_dtype=pl.Boolean)
    ).with_columns(rank.alias("rank"))
    best = kept.sort(["rank", "vintage"], descending=[False, True], maintain_order=True)
    return best.select("actor", "year", "value", "low", "high", "source").rows()


def _add_groups(
    region: Region,
    everyone: list[str],
    first: int,
    value: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    source: np.ndarray,
) -> None:
    """The sum over the members of each year's end; missing where one member is."""
    for group in groups_of(region):
        if group not in everyone:
            continue
        g = everyone.index(group)
        for t in range(value.shape[1]):
            members = region.members(group, date(first + t, 12, 31))
            if source[g, t] or not members or not set(members) <= set(everyone):
                continue
            chosen = [everyone.index(code) for code in members]
            for array in (value, low, high):
                array[g, t] = array[chosen, t].sum()
            if np.isfinite(value[g, t]):
                source[g, t] = "|".join(sorted(set(source[chosen, t])))

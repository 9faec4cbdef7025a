"""Which rows are asked for, and which of two sources of one number counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from multivector.atlas.dates import span

if TYPE_CHECKING:
    from multivector.atlas.region import Region


@dataclass(frozen=True, slots=True)
class Window:
    """Years `first` to `last`, both included, of these actors, in vintages published by `as_of`."""

    first: int
    last: int
    actors: tuple[str, ...]
    as_of: date | None = None

    @property
    def years(self) -> list[int]:
        """Every year of the window."""
        return list(range(self.first, self.last + 1))

    def sees(self, vintage: str) -> bool:
        """Whether the vintage may have been published by then: it began no later."""
        made = span(vintage)
        return self.as_of is None or (made is not None and made[0] <= self.as_of)


def rows_seen(region: Region, table: str, window: Window) -> pl.DataFrame:
    """A table's rows in the window's years and vintages, the headline first.

    Of two sources of one number the one of lower rank is the headline, then the later vintage. A row's
    bounds are its value where it gives none; missing numbers are NaN.
    """
    frame = region.table(table).filter(pl.col("year").is_between(window.first, window.last))
    seen = [vintage for vintage in frame["vintage"].unique() if window.sees(vintage)]
    nan = pl.lit(float("nan"))
    return (
        frame.filter(pl.col("vintage").is_in(seen))
        .with_columns(
            pl.coalesce("value", nan).alias("value"),
            pl.coalesce("low", "value", nan).alias("low"),
            pl.coalesce("high", "value", nan).alias("high"),
            pl.col("source").replace_strict(ranks(region), return_dtype=pl.Float64).alias("rank"),
        )
        .sort(["rank", "vintage"], descending=[False, True], maintain_order=True)
    )


def ranks(region: Region) -> dict[str, float]:
    """Rank of each source; those without one come last."""
    frame = region.table("sources").select("key", pl.col("rank").fill_null(10**6).cast(pl.Float64))
    return dict(frame.iter_rows())


def attributes(region: Region, facts: dict[str, Any]) -> dict[str, Any]:
    """What every dataset of a region says about itself."""
    given = {key: value for key, value in facts.items() if value is not None}
    return {**given, "region": region.id, "region_hash": region.hash}

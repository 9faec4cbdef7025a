"""A region as an immutable value: its tables, its hash, its names, and its snapshots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from multivector.atlas.dates import day_of
from multivector.atlas.members import members_on, status_on
from multivector.atlas.select import Window
from multivector.errors import InputError

if TYPE_CHECKING:
    import xarray as xr

    from multivector.atlas.snapshot import Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A region's facts. Made by `load_region`; it does not change.

    Attributes
    ----------
    id, title, version : as `region.toml` says.
    hash : SHA-256 over every file of the folder, by name and content.
    states, powers : codes in the region's own order, which every array follows.
    first_year, last_year : the years that the region speaks of.
    path : the folder.
    """

    id: str
    title: str
    version: str
    hash: str
    states: tuple[str, ...]
    powers: tuple[str, ...]
    first_year: int
    last_year: int
    path: Path
    _tables: Mapping[str, pl.DataFrame]
    _members: dict[tuple[str, date, str], tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables."""
        return tuple(self._tables)

    @property
    def layers(self) -> tuple[str, ...]:
        """Names of the layers of ties."""
        return tuple(self._tables["layers"]["layer"])

    def table(self, name: str) -> pl.DataFrame:
        """A table by its name: "actors", "ties/arms", "events", ... (a copy: the region stays as it is).

        Raises
        ------
        InputError : names the tables that exist.
        """
        if name not in self._tables:
            raise InputError(
                f"no table {name!r} in {self.id}",
                where="table",
                repair=f"ask for one of {', '.join(self._tables)}",
            )
        return self._tables[name].clone()

    def row(self, table: str, column: str, key: str) -> dict[str, object]:
        """The one row of a table whose column holds the key, as a dictionary."""
        frame = self.table(table)
        known = frame[column].to_list()
        if key not in known:
            near = get_close_matches(key, known, 3) or known[:12]
            raise InputError(
                f"no {column} {key!r} in {table}.csv of {self.id}",
                where=table,
                repair=f"known are: {', '.join(near)}",
            )
        return frame.row(known.index(key), named=True)

    def name(self, code: str) -> str:
        """The actor's short English name."""
        return str(self.row("actors", "code", code)["name"])

    def source(self, key: str) -> dict[str, object]:
        """Title, publisher, year, address, licence, day read and note of a source."""
        return self.row("sources", "key", key)

    def members(self, organization: str, on: date | str | int, status: str = "member") -> tuple[str, ...]:
        """Who is known to have belonged to the organisation on a day (a year stands for its last day)."""
        key = (organization, day_of(on), status)  # asked again and again, and the region does not change
        if key not in self._members:
            self._members[key] = members_on(self.table("memberships"), *key)
        return self._members[key]

    def membership(self, member: str, organization: str, on: date | str | int) -> str | None:
        """The actor's status in the organisation on a day.

        Returns
        -------
        str or None : "member", "observer", ...; "none" where the dated rows of the organisation exclude it;
        None where nothing is known (no rows, or the source stops before that day).
        """
        return status_on(self.table("memberships"), member, organization, day_of(on))

    def tie(
        self,
        layer: str,
        first: int | None = None,
        last: int | None = None,
        *,
        states: Sequence[str] | None = None,
        as_of: date | str | int | None = None,
    ) -> xr.Dataset:
        """What was observed on a layer, by state, partner and year.

        Parameters
        ----------
        layer : a row of `layers.csv`.
        first, last : years, both included; the region's own when left out.
        states : the actors that depend; the region's states when left out.
        as_of : only vintages published by then ("2021", "2021-06"), for hindcasts in real time.

        Returns
        -------
        xarray.Dataset : `value`, `low`, `high` (unit in attrs) and `source` on (state, partner, year);
        missing is NaN. Where two sources differ the headline is the one of lower rank, then of later
        vintage, and the bounds hold both. Where only the largest partners are listed the others have
        sharp bounds and no value. A group is the sum of its members on 31 December of each year.
        """
        from multivector.atlas.ties import tie_dataset

        return tie_dataset(self, layer, self._window(first, last, states or self.states, as_of))

    def _window(
        self, first: int | None, last: int | None, actors: Sequence[str], as_of: date | str | int | None
    ) -> Window:
        begin, end = first or self.first_year, last or self.last_year
        if begin > end:
            raise InputError(f"the years {begin} to {end} run backwards", where="years", repair="swap them")
        for code in actors:
            self.row("actors", "code", code)
        return Window(begin, end, tuple(actors), None if as_of is None else day_of(as_of))

    def share(
        self, layer: str, first: int, last: int, *, as_of: date | str | int | None = None
    ) -> xr.Dataset:
        """Each partner's share of what a state took over the years `first` to `last`, both included.

        Returns
        -------
        xarray.Dataset : `value`, `low`, `high` on (state, partner) and `total` on (state). Missing where a
        year of the window is not covered or the window holds nothing.
        """
        from multivector.atlas.shares import share_dataset

        return share_dataset(self, layer, first, last, as_of)

    def series(
        self,
        indicator: str,
        first: int | None = None,
        last: int | None = None,
        *,
        actors: Sequence[str] | None = None,
        as_of: date | str | int | None = None,
    ) -> xr.Dataset:
        """What was observed of an indicator, by actor and year: `value`, `low`, `high`, `source`.

        `actors` are the states and powers when left out. Where the indicator is additive a group is the sum
        of its members at the year's end; missing where one member's number is.
        """
        from multivector.atlas.series import series_dataset

        window = self._window(first, last, actors or (*self.states, *self.powers), as_of)
        return series_dataset(self, indicator, window)

    def at(self, when: int | str | date, *, as_of: date | str | int | None = None) -> Snapshot:
        """The region as known at a date: for each number value, bounds, year and age.

        A yearly number counts from the end of its year. `when` is a year, "2021Q4", "2024-06", a day or a
        `datetime.date`; what is less than a day stands for its last day.
        """
        from multivector.atlas.snapshot import Snapshot

        return Snapshot(self, day_of(when), as_of)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """A copy in another process is the region loaded there again."""
        from multivector.atlas.load import load_region

        return load_region, (str(self.path),)

    def __repr__(self) -> str:
        return f"Region({self.id!r}, version={self.version!r}, hash={self.hash[:12]!r})"

    def _repr_html_(self) -> str:
        from multivector.atlas.page import region_html

        return region_html(self)

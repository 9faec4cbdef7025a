"""The posterior as a table in the region's folder: equally likely rows of parameters for each origin.

`posterior.csv`: origin, draw, one column a parameter, source. Rows of origin T know nothing after T, so
that a run which starts at T, or a forecast made there, can take them without looking ahead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.errors import InputError

FILE = "posterior.csv"
MANIFEST = "posterior.json"
_KEYS = ("origin", "draw")
_REPAIR = "write it again with tools/fit_arms_posterior.py"

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PosteriorTable:
    """Names [p] of the fitted parameters and, by origin, rows [k, p] that count equally."""

    names: tuple[str, ...]
    rows: Mapping[int, Floats]
    source: str

    @classmethod
    def of(cls, region: Region) -> PosteriorTable:
        """Read the region's table.

        Raises
        ------
        InputError : missing, unreadable, without rows, or with a value that is not a number.
        """
        path = region.path / FILE
        try:
            table = pl.read_csv(path)
            names = tuple(name for name in table.columns if name not in {*_KEYS, "source"})
            origins = table["origin"].cast(pl.Int64).to_numpy()
            values = table.select(names).cast(pl.Float64).to_numpy()
            sources = table["source"].unique().to_list()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise InputError("cannot be read as a posterior", where=str(path), repair=_REPAIR) from error
        if not names or not len(values) or not np.isfinite(values).all() or len(sources) != 1:
            raise InputError(
                "a posterior needs rows, numbers in every cell and one source",
                where=str(path),
                repair=_REPAIR,
            )
        rows = {int(origin): values[origins == origin] for origin in np.unique(origins)}
        return cls(names, rows, str(sources[0]))

    def at(self, origin: int) -> Floats:
        """Rows [k, p] of an origin.

        Raises
        ------
        InputError : names the origins that there are.
        """
        if origin not in self.rows:
            raise InputError(
                f"there is no posterior for the origin {origin}",
                where=FILE,
                repair=f"choose one from {min(self.rows)} to {max(self.rows)}",
            )
        return self.rows[origin]

    def latest(self, origin: int) -> Floats | None:
        """Rows [k, p] of the last origin that knows nothing after `origin`; none before the first."""
        known = [each for each in self.rows if each <= origin]
        return self.rows[max(known)] if known else None

    def as_csv(self) -> str:
        """The table as text, four significant digits."""
        text = StringIO()
        text.write(",".join((*_KEYS, *self.names, "source")) + "\n")
        for origin, rows in sorted(self.rows.items()):
            for draw, row in enumerate(rows):
                numbers = ",".join(f"{value:.4g}" for value in row)
                text.write(f"{origin},{draw},{numbers},{self.source}\n")
        return text.getvalue()

"""Wide priors of the arms parameters: what is said before any delivery is looked at.

`arms_priors.csv` of the region holds low, mode and high of a triangular distribution for each parameter
that the register can teach: round numbers, wide on purpose. All other parameters keep their priors from
`parameters.csv`: the register of deliveries says nothing about them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.stats import qmc, triang

from multivector.atlas import Region
from multivector.errors import InputError
from multivector.world.parameters import Priors

FILE = "arms_priors.csv"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WidePriors:
    """Names [p] and their triangular ranges [p, 3]: low, mode, high."""

    names: tuple[str, ...]
    ranges: Floats

    @classmethod
    def of(cls, region: Region) -> WidePriors:
        """Read the region's file.

        Raises
        ------
        InputError : missing, unreadable, out of order, or a parameter that the region does not have.
        """
        path = region.path / FILE
        repair = "give parameter, low, mode and high, as in parameters.csv and within its least and most"
        try:
            table = pl.read_csv(path)
            names = tuple(str(name) for name in table["parameter"].to_list())
            ranges = table.select("low", "mode", "high").to_numpy().astype(float)
        except (OSError, pl.exceptions.PolarsError, ValueError) as error:
            raise InputError("cannot be read as a table of priors", where=str(path), repair=repair) from error
        known = {row.name: row for row in Priors.of(region).rows}
        for name, (low, mode, high) in zip(names, ranges, strict=True):
            row = known.get(name)
            if row is None or not row.least <= low < high <= row.most or not low <= mode <= high:
                raise InputError(
                    f"the prior of {name!r} is {low:g}, {mode:g}, {high:g}", where=str(path), repair=repair
                )
        return cls(names, ranges)

    def draw(self, draws: int, seed: int) -> Floats:
        """Values [k, p] that fill the space evenly: Sobol' points, `draws` a power of two.

        Source: Owen 1998, scrambled Sobol' points, J. Complexity 14:466-489.
        """
        return self.values(qmc.Sobol(len(self.names), rng=seed).random(draws))

    def values(self, uniforms: Floats) -> Floats:
        """Quantiles [k, p]."""
        return np.asarray(self._distribution().ppf(uniforms))

    def uniforms(self, values: Floats) -> Floats:
        """The inverse: where values [k, p] stand in their priors, held inside [0, 1)."""
        most = np.nextafter(1.0, 0.0, dtype=np.float32)  # the world computes in 32 bits
        return np.asarray(np.clip(self._distribution().cdf(values), 0.0, most), float)

    def over(self, priors: Priors) -> Priors:
        """The region's priors, with these ranges in the place of its own."""
        wide = dict(zip(self.names, self.ranges.tolist(), strict=True))
        return Priors(
            tuple(
                replace(row, **dict(zip(("low", "mode", "high"), wide[row.name], strict=True)))
                if row.name in wide
                else row
                for row in priors.rows
            )
        )

    def _distribution(self) -> triang:
        low, mode, high = self.ranges.T
        return triang((mode - low) / (high - low), loc=low, scale=high - low)

"""Wide priors of the arms parameters: what is said before any delivery is looked at.

The parameters that the register can teach are marked `fitted` in the region's `parameters.csv`; their triangular
ranges are round numbers, wide on purpose. What is not marked keeps its prior: the register of deliveries
says nothing about it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc, triang

from multivector.atlas import Region
from multivector.errors import InputError
from multivector.world.parameters import Priors

FITTED = "fitted"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WidePriors:
    """Names [p] and their triangular ranges [p, 3]: low, mode, high."""

    names: tuple[str, ...]
    ranges: Floats

    @classmethod
    def of(cls, region: Region) -> WidePriors:
        """The rows of the region's parameters that are marked.

        Raises
        ------
        InputError : no row is marked, or one leaves no room to be fitted.
        """
        rows = [row for row in Priors.of(region).rows if row.basis == FITTED]
        repair = "mark a parameter `fitted` in the column basis, with low below high"
        if not rows:
            raise InputError("no parameter is to be fitted", where="parameters.csv", repair=repair)
        for row in rows:
            if row.low == row.high:
                raise InputError(
                    f"the prior of {row.name!r} is a point", where="parameters.csv", repair=repair
                )
        return cls(tuple(row.name for row in rows), np.array([(row.low, row.mode, row.high) for row in rows]))

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

    def _distribution(self) -> triang:
        low, mode, high = self.ranges.T
        return triang((mode - low) / (high - low), loc=low, scale=high - low)

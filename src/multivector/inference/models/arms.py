"""Forecasters of arms shares: the world itself, and the world with what past errors and a baseline add.

world                 the mechanisms, simulated under the posterior of the origin
world_recalibrated    the same, widened or narrowed as its past errors ask
world_and_mix3        half world, half mix3 (the best baseline of the reference), recalibrated

The first says what the mechanisms know; what the others gain over it is not the mechanisms' doing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from multivector.atlas import Region
from multivector.inference.hindcast.baselines import Mixture
from multivector.inference.hindcast.family import Family, Floats, Forecaster
from multivector.inference.hindcast.scored import without_gaps
from multivector.inference.models.arms_paths import simulate_shares
from multivector.inference.models.recalibrated import Recalibrated
from multivector.world.posterior import FILE as POSTERIOR_FILE
from multivector.world.posterior import PosteriorTable

MEMBERS = 1024
_SPAN = 5  # years that are simulated together


@dataclass(frozen=True, eq=False)
class ArmsWorld:
    """The world under the posterior of each origin; where there is none it cannot speak.

    A member whose window holds no delivery says nothing about shares: the forecast is of the share given
    that there is one.
    """

    region: Region
    posterior: PosteriorTable
    name: str = "world"
    members: int = MEMBERS
    _made: dict[tuple[int, int, int], Floats] = field(default_factory=dict, repr=False)

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`. Members run in turn through the posterior's rows."""
        if origin not in self.posterior.rows:
            return {h: np.full((self.members, len(family.cells)), np.nan) for h in horizons}
        missing = [h for h in horizons if (origin, h, seed) not in self._made]
        if missing:
            # Five or ten years, whatever is asked: few compilations, and the same members in every answer.
            years = range(1, _SPAN * -(-max(horizons) // _SPAN) + 1)
            rows = self.posterior.at(origin)
            each = -(-self.members // len(rows))
            shares = simulate_shares(
                self.region, family, origin, rows, members=each, horizons=years, seed=seed
            ).reshape(len(rows) * each, len(years), -1)
            for year in years:
                self._made[origin, year, seed] = without_gaps(shares[:, year - 1].astype(float))
        return {h: self._made[origin, h, seed].copy() for h in horizons}


@dataclass(frozen=True)
class HalfAndHalf:
    """Equal mixture of two forecasters. Source: linear opinion pool, Stone 1961, Ann. Math. Stat. 32:1339-1342."""

    parts: tuple[Forecaster, Forecaster]
    name: str

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        made = [part.forecast(family, origin, horizons, seed) for part in self.parts]
        return {h: np.concatenate([_quantiles(sample[h], MEMBERS) for sample in made]) for h in horizons}


def arms_forecasters(region: Region) -> tuple[Forecaster, ...]:
    """The three forecasters, sharing what the world has simulated; none where the region has no posterior."""
    if not (region.path / POSTERIOR_FILE).is_file():
        return ()
    world = ArmsWorld(region, PosteriorTable.of(region))
    first = min(world.posterior.rows)
    half = HalfAndHalf((world, Mixture()), "world_and_mix3")
    return (
        world,
        Recalibrated(world, first, "world_recalibrated"),
        Recalibrated(half, first, "world_and_mix3"),
    )


def _quantiles(sample: Floats, size: int) -> Floats:
    """`size` members that stand for the sample, cell by cell."""
    place = ((np.arange(size) + 0.5) / size * len(sample)).astype(int)
    return np.asarray(np.sort(sample, axis=0)[place])

"""Concentration of suppliers as the world has it: the index of each member's own five-year window.

    index[m, i] = sum_j share[m, i, j]^2

from the deliveries of the members that run from the posterior of the origin. Known years of the window are
those of the register; a member whose window holds nothing says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from multivector.atlas import Region
from multivector.inference.hindcast.family import Family, Floats
from multivector.inference.hindcast.scored import without_gaps
from multivector.world.ensemble import run_ensemble
from multivector.world.inputs import inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Plan
from multivector.world.posterior import FILE
from multivector.world.run import WINDOW_YEARS, five_year_shares

MEMBERS = 1024
_SPAN = 5  # years that are simulated together


@dataclass(frozen=True)
class WorldConcentration:
    """The world's forecast of each state's Herfindahl-Hirschman index."""

    region: Region
    name: str = "world"
    members: int = MEMBERS

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`; members draw their parameters from the posterior as it was at the origin."""
        inputs = inputs_at(self.region, origin)
        years = _SPAN * -(-max(horizons) // _SPAN)  # five or ten, whatever is asked: few compilations
        plan = Plan(inputs, Priors.at(self.region, origin), (), 4 * years, paired=False)
        fields = run_ensemble(plan, self.members, seed, progress=False)
        quarters = fields["deliveries"][0]
        by_year = quarters.reshape(self.members, years, 4, *quarters.shape[2:]).sum(axis=2)
        shares, _ = five_year_shares(by_year, inputs.history[1 - WINDOW_YEARS :])
        index = (shares.astype(float) ** 2).sum(axis=-1)
        return {h: without_gaps(index[:, h - 1]) for h in horizons}


def concentration_forecasters(region: Region) -> tuple[WorldConcentration, ...]:
    """The world, where the region has a posterior that is nested at every origin; else nobody."""
    return (WorldConcentration(region),) if (region.path / FILE).is_file() else ()

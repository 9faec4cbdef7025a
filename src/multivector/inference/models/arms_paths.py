"""Five-year shares that the world gives from an origin, for given rows of its fitted parameters.

    share[h, i, s] = (known TIV in the window that ends at T + h + simulated TIV) / total of both

The known part is the family's own record, so that forecast and outcome count the same deliveries; the
simulated part is the world's, its suppliers summed into the family's columns.

Axes: k row of parameters, m member of a row, h horizon, c cell (state and supplier, suppliers fastest).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.inference.hindcast.arms import OTHER, grouping
from multivector.inference.hindcast.family import Family, Floats
from multivector.inference.hindcast.settings import Settings
from multivector.inference.models.arms_priors import WidePriors
from multivector.world.ensemble import run_ensemble
from multivector.world.inputs import inputs_at
from multivector.world.parameters import Priors
from multivector.world.plan import Design, Plan
from multivector.world.run import WINDOW_YEARS, five_year_shares


def simulate_shares(
    region: Region,
    family: Family,
    origin: int,
    rows: Floats,
    *,
    members: int,
    horizons: Sequence[int],
    seed: int,
) -> NDArray[np.float32]:
    """Shares [k, m, h, c] from the end of year `origin`; missing where a member's window holds nothing.

    Parameters
    ----------
    family : arms_share_5y as known at the origin or later; only years to the origin are read.
    rows : [k, p] values of the parameters of `WidePriors`, each simulated `members` times.
    """
    wide = WidePriors.of(region)
    inputs = inputs_at(region, origin)
    years = max(horizons)
    plan = Plan(inputs, Priors.of(region), (), 4 * years, paired=False)
    count = len(rows) * members
    uniforms = np.full((count, len(plan.factors)), np.nan)  # what is not fitted each member draws for itself
    columns = [plan.factors.index(name) for name in wide.names]
    uniforms[:, columns] = np.repeat(wide.uniforms(rows), members, axis=0)
    design = Design(uniforms, np.arange(count, dtype=np.uint32))
    plan = Plan(inputs, plan.priors, (), 4 * years, paired=False, design=design)
    fields = run_ensemble(plan, count, seed, progress=False)
    by_year = fields["deliveries"][0].reshape(count, years, 4, len(inputs.states), -1).sum(axis=2)
    grouped = by_year @ _columns(region, family, inputs.partners).astype(np.float32)
    shares, _ = five_year_shares(grouped, known_years(family, origin))
    wanted = shares[:, [horizon - 1 for horizon in horizons]]
    return np.asarray(wanted.reshape(len(rows), members, len(horizons), -1), np.float32)


def known_years(family: Family, origin: int) -> Floats:
    """Deliveries [4, i, s] of the last four years to the origin, as the family records them."""
    row = family.row(origin)
    years = np.concatenate([family.beside["before"][row], family.beside["deliveries"][row][None]])
    return np.asarray(years[-(WINDOW_YEARS - 1) :])


def _columns(region: Region, family: Family, partners: tuple[str, ...]) -> NDArray[np.float64]:
    """Matrix [j, s] that sums the world's suppliers into the family's columns."""
    names = tuple(dict.fromkeys(family.partner))
    named = tuple(name for name in names if name != OTHER)
    return grouping(region, partners, named, Settings.of(region, family.name).get("members_of", int))

"""Every forecaster on every origin and horizon of a family: the table of scored cells.

Two protocols. `rolling`: refitted at every origin. `fixed`: fitted once, at the family's fixed origin, and
asked for every year after it. At each origin a forecaster is handed the family cut off at that year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from multivector.inference.hindcast.baselines import baselines_of
from multivector.inference.hindcast.family import Family, Forecaster
from multivector.inference.hindcast.scored import Columns, Occasion, score

ROLLING = "rolling"
SEED = 7


def evaluate(family: Family, models: Sequence[Forecaster] = (), seed: int = SEED) -> pl.DataFrame:
    """Scored cells of the baselines and of the models given, one row a forecast.

    Returns
    -------
    Columns: protocol, model, origin, horizon, target, state, partner, own, new, at_origin, outcome, median,
    crps, mis90, cov80, cov90, width90, pit, bits; for families of yes and no also chance.
    """
    parts = list(_parts(family, (*baselines_of(family), *models), seed))
    return pl.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def _parts(family: Family, forecasters: Sequence[Forecaster], seed: int) -> Iterator[Columns]:
    for protocol, origin, horizons in occasions(family):
        past = family.until(origin)
        at = {h: Occasion.of(family, origin, h, seed) for h in horizons}
        for forecaster in forecasters:
            samples = forecaster.forecast(past, origin, horizons, seed)
            for h in horizons:
                columns = score(at[h], forecaster.name, samples[h])
                yield {"protocol": np.full(len(columns["crps"]), protocol), **columns}


def occasions(family: Family) -> Iterator[tuple[str, int, tuple[int, ...]]]:
    """Protocol, origin and the horizons whose years the data reach."""
    last = family.years[-1]
    for origin in family.origins:
        horizons = tuple(h for h in family.horizons if origin + h <= last)
        if horizons:
            yield ROLLING, origin, horizons
    if family.fixed is not None:
        origin, ahead = family.fixed
        yield f"fixed{origin}", origin, tuple(h for h in range(1, ahead + 1) if origin + h <= last)

"""What every model must beat: forecasts that know no mechanism. One idea a file."""

from multivector.inference.hindcast.baselines.chances import OwnFrequency, Recency, StaysAsItIs, Transition
from multivector.inference.hindcast.baselines.climatology import Climatology
from multivector.inference.hindcast.baselines.conformal import ConformalLevel
from multivector.inference.hindcast.baselines.drift import Drift
from multivector.inference.hindcast.baselines.local_level import LocalLevel
from multivector.inference.hindcast.baselines.mixture import Mixture
from multivector.inference.hindcast.baselines.persistence import Persistence
from multivector.inference.hindcast.baselines.pooled import PooledPersistence
from multivector.inference.hindcast.baselines.regression import PooledRegression
from multivector.inference.hindcast.baselines.window import WindowPersistence
from multivector.inference.hindcast.family import Family, Forecaster

__all__ = [
    "Climatology",
    "ConformalLevel",
    "Drift",
    "LocalLevel",
    "Mixture",
    "OwnFrequency",
    "Persistence",
    "PooledPersistence",
    "PooledRegression",
    "Recency",
    "StaysAsItIs",
    "Transition",
    "WindowPersistence",
    "baselines_of",
]


def baselines_of(family: Family) -> tuple[Forecaster, ...]:
    """The baselines that can forecast a family, persistence first."""
    if family.yes_no:
        return (StaysAsItIs(), OwnFrequency(), Transition(), Recency())
    whole: tuple[Forecaster, ...] = (
        Persistence(),
        Climatology(),
        Drift(),
        LocalLevel(),
        ConformalLevel(),
        PooledPersistence(),
        PooledRegression(),
        Mixture(),
    )
    return (*whole, WindowPersistence()) if "deliveries" in family.beside else whole

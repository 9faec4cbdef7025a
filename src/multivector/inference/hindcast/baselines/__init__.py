"""What every model must beat: forecasts that know no mechanism. One idea a file."""

from multivector.inference.hindcast.baselines.climatology import Climatology
from multivector.inference.hindcast.baselines.conformal import ConformalLevel
from multivector.inference.hindcast.baselines.drift import Drift
from multivector.inference.hindcast.baselines.local_level import LocalLevel
from multivector.inference.hindcast.baselines.mixture import Mixture
from multivector.inference.hindcast.baselines.persistence import Persistence
from multivector.inference.hindcast.baselines.pooled import PooledPersistence
from multivector.inference.hindcast.baselines.regression import PooledRegression

__all__ = [
    "Climatology",
    "ConformalLevel",
    "Drift",
    "LocalLevel",
    "Mixture",
    "Persistence",
    "PooledPersistence",
    "PooledRegression",
]

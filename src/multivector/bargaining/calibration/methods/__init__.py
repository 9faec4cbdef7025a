"""Ways to learn chances from past issues, one a file."""

from multivector.bargaining.calibration.methods.forest import Forest
from multivector.bargaining.calibration.methods.inflated_beta import InflatedBeta
from multivector.bargaining.calibration.methods.isotonic import Isotonic
from multivector.bargaining.calibration.methods.method import Forecaster, Method
from multivector.bargaining.calibration.methods.residuals import NearResiduals, PooledResiduals
from multivector.bargaining.calibration.methods.support_regression import SupportCurve, SupportRegression

__all__ = [
    "Forecaster",
    "Forest",
    "InflatedBeta",
    "Isotonic",
    "Method",
    "NearResiduals",
    "PooledResiduals",
    "SupportCurve",
    "SupportRegression",
]

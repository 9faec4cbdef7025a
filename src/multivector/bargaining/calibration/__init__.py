"""What past issues say of forecasts: scores of models, and the forecast that is calibrated on them."""

from multivector.bargaining.calibration.calibrated import calibrated, interval80, outside
from multivector.bargaining.calibration.deu import PastIssue, outcomes, read_deu
from multivector.bargaining.calibration.distribution import Distribution
from multivector.bargaining.calibration.errors import Difference, PointErrors, difference, point_errors
from multivector.bargaining.calibration.record import CalibrationRecord, read_record, shipped_record

__all__ = [
    "CalibrationRecord",
    "Difference",
    "Distribution",
    "PastIssue",
    "PointErrors",
    "calibrated",
    "difference",
    "interval80",
    "outcomes",
    "outside",
    "point_errors",
    "read_deu",
    "read_record",
    "shipped_record",
]

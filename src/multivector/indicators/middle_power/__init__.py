"""The middle-power index: six factors of a middle power and two kinds of challenge, from a region's tables."""

from multivector.indicators.middle_power.definition import Factor, Indicator, factors, indicators
from multivector.indicators.middle_power.measure import measure_middle_power
from multivector.indicators.middle_power.table import COLUMNS, MiddlePowerTable

__all__ = [
    "COLUMNS",
    "Factor",
    "Indicator",
    "MiddlePowerTable",
    "factors",
    "indicators",
    "measure_middle_power",
]

"""Charts: functions of explicit frames that return an SVG with a title and a description."""

from multivector.desk.charts.balance import balance_bars
from multivector.desk.charts.fan import fan_chart, fan_quantiles
from multivector.desk.charts.lean import leans_on_whom
from multivector.desk.charts.mix import supplier_mix
from multivector.desk.charts.moved import moved_bars
from multivector.desk.charts.profile import factor_profile
from multivector.desk.charts.ranked import ranked_bars
from multivector.desk.charts.score import coverage_chart, score_chart
from multivector.desk.charts.signed_matrix import signed_matrix
from multivector.desk.charts.signed_network import signed_network
from multivector.desk.charts.tornado import tornado

__all__ = [
    "balance_bars",
    "coverage_chart",
    "factor_profile",
    "fan_chart",
    "fan_quantiles",
    "leans_on_whom",
    "moved_bars",
    "ranked_bars",
    "score_chart",
    "signed_matrix",
    "signed_network",
    "supplier_mix",
    "tornado",
]

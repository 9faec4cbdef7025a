"""Charts: functions of explicit frames that return an SVG with a title and a description."""

from multivector.desk.charts.balance import balance_bars
from multivector.desk.charts.fan import fan_chart, fan_quantiles
from multivector.desk.charts.lean import leans_on_whom
from multivector.desk.charts.levers import levers_chart
from multivector.desk.charts.mix import supplier_mix
from multivector.desk.charts.moved import moved_bars
from multivector.desk.charts.moves import moves_chart
from multivector.desk.charts.outcome import outcome_chart
from multivector.desk.charts.profile import factor_profile
from multivector.desk.charts.ranked import ranked_bars
from multivector.desk.charts.score import coverage_chart, score_chart
from multivector.desk.charts.signed_matrix import signed_matrix
from multivector.desk.charts.signed_network import signed_network
from multivector.desk.charts.stakeholders import Settlement, positions_chart
from multivector.desk.charts.tornado import tornado
from multivector.desk.charts.turns import turns_chart
from multivector.desk.charts.waiting import waiting_chart
from multivector.desk.charts.worth import information_chart

__all__ = [
    "Settlement",
    "balance_bars",
    "coverage_chart",
    "factor_profile",
    "fan_chart",
    "fan_quantiles",
    "information_chart",
    "leans_on_whom",
    "levers_chart",
    "moved_bars",
    "moves_chart",
    "outcome_chart",
    "positions_chart",
    "ranked_bars",
    "score_chart",
    "signed_matrix",
    "signed_network",
    "supplier_mix",
    "tornado",
    "turns_chart",
    "waiting_chart",
]

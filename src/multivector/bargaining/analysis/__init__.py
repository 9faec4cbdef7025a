"""What hangs on what in a forecast of one issue: levers, information, what another outcome would take."""

from multivector.bargaining.analysis.information import Information, cells_worth, value_of_information
from multivector.bargaining.analysis.levers import Levers, all_levers, levers
from multivector.bargaining.analysis.moves import Move
from multivector.bargaining.analysis.quantity import Quantity, chance_by, settlement
from multivector.bargaining.analysis.reach import Reach, reach
from multivector.bargaining.analysis.smallest_change import Change

__all__ = [
    "Change",
    "Information",
    "Levers",
    "Move",
    "Quantity",
    "Reach",
    "all_levers",
    "cells_worth",
    "chance_by",
    "levers",
    "reach",
    "settlement",
    "value_of_information",
]

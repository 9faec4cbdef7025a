"""What hangs on what in a forecast of one issue: levers, information, models, the process, what another outcome would take."""

from multivector.bargaining.analysis.information import Information, cells_worth, value_of_information
from multivector.bargaining.analysis.levers import Levers, all_levers, levers
from multivector.bargaining.analysis.moves import Move
from multivector.bargaining.analysis.process import Coalition, bands, challenged, coalitions
from multivector.bargaining.analysis.quantity import Quantity, chance_by, settlement
from multivector.bargaining.analysis.reach import Reach, reach
from multivector.bargaining.analysis.smallest_change import Change
from multivector.bargaining.analysis.variants import Variants, draw_variants

__all__ = [
    "Change",
    "Coalition",
    "Information",
    "Levers",
    "Move",
    "Quantity",
    "Reach",
    "Variants",
    "all_levers",
    "bands",
    "cells_worth",
    "challenged",
    "chance_by",
    "coalitions",
    "draw_variants",
    "levers",
    "reach",
    "settlement",
    "value_of_information",
]

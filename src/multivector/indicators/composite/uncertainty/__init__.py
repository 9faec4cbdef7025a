"""How sure an index is: scores and ranks over what could have been otherwise, and what they hang on.

`assess` takes files or frames; `plan_of`, `points` and `evaluate` take arrays.
"""

from multivector.indicators.composite.uncertainty.assess import assess, read_plan
from multivector.indicators.composite.uncertainty.draws import points
from multivector.indicators.composite.uncertainty.effects import Sensitivity, sensitivity_of
from multivector.indicators.composite.uncertainty.evaluate import Evaluation, evaluate, nominal_scores
from multivector.indicators.composite.uncertainty.nearest_tie import nearest_tie
from multivector.indicators.composite.uncertainty.plan import Plan, plan_of
from multivector.indicators.composite.uncertainty.result import Uncertainty
from multivector.indicators.composite.uncertainty.spread import rank_probabilities
from multivector.indicators.composite.uncertainty.swap import Swap, swap_of

__all__ = [
    "Evaluation",
    "Plan",
    "Sensitivity",
    "Swap",
    "Uncertainty",
    "assess",
    "evaluate",
    "nearest_tie",
    "nominal_scores",
    "plan_of",
    "points",
    "rank_probabilities",
    "read_plan",
    "sensitivity_of",
    "swap_of",
]

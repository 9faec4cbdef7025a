"""What an answer hangs on: effects of factors on its variance, what flips it, how many runs are enough.

The estimators of effects are `multivector.sensitivity`; here is what knows a scenario and its judgements.
"""

from multivector.inference.sensitivity.enough import (
    Precision,
    quantile_error,
    runs_for,
    share_error,
)
from multivector.inference.sensitivity.flip import Flip, find_flip

__all__ = [
    "Flip",
    "Precision",
    "find_flip",
    "quantile_error",
    "runs_for",
    "share_error",
]

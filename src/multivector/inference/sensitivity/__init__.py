"""What an answer hangs on: effects of factors on its variance, what flips it, how many runs are enough.

A model is a function of uniform numbers, `f(u [n, d]) -> y [n]` or `[n, s]` (s outputs at once), with a
column for each factor. How a factor is distributed is the function's own business.
"""

from multivector.inference.sensitivity.enough import (
    Precision,
    quantile_error,
    runs_for,
    share_error,
)
from multivector.inference.sensitivity.flip import Flip, find_flip
from multivector.inference.sensitivity.shapley import ShapleyEffects, shapley_effects
from multivector.inference.sensitivity.sobol import SobolEffects, sobol_effects

__all__ = [
    "Flip",
    "Precision",
    "ShapleyEffects",
    "SobolEffects",
    "find_flip",
    "quantile_error",
    "runs_for",
    "shapley_effects",
    "share_error",
    "sobol_effects",
]

"""What a number hangs on: the effects of factors on its variance, for any function of them.

A model is a function of uniform numbers, `f(u [n, d]) -> y [n]` or `[n, s]` (s outputs at once), with a
column for each factor. How a factor is distributed is the function's own business.
"""

from multivector.sensitivity.shapley import ShapleyEffects, shapley_effects
from multivector.sensitivity.sobol import SobolEffects, sobol_effects

__all__ = ["ShapleyEffects", "SobolEffects", "shapley_effects", "sobol_effects"]

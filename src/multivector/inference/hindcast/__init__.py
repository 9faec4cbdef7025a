"""Forecasts of past years from the years before them: families, baselines, scores.

`family_of` reads a family of series from a region; `run_hindcast` scores every baseline and model on it.
"""

from multivector.inference.hindcast.families import FAMILIES, family_of
from multivector.inference.hindcast.family import Family, Forecaster

__all__ = ["FAMILIES", "Family", "Forecaster", "family_of"]

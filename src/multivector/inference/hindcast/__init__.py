"""Forecasts of past years from the years before them: families, baselines, models, scores.

`family_of` reads a family of series from a region; `hindcast` scores every baseline and model on it;
`Hindcast` holds the scored cells and sums them up.
"""

from multivector.inference.hindcast.families import FAMILIES, family_of
from multivector.inference.hindcast.family import Family, Forecaster
from multivector.inference.hindcast.result import Hindcast, hindcast

__all__ = ["FAMILIES", "Family", "Forecaster", "Hindcast", "family_of", "hindcast"]

"""Composite indices for any hierarchy of indicators, built from one declared recipe.

index = build("recipe.toml", "data.csv", "meta.csv")
index.ranks, index.frame("log"), index.dataset()
statistics.frames(index), strengths(index, "unit"), remove_elements(index), compare(index, other)
"""

from multivector.indicators.composite import aggregating, statistics, weighting
from multivector.indicators.composite.build import build
from multivector.indicators.composite.compare import Comparison, compare
from multivector.indicators.composite.framework import Framework, framework
from multivector.indicators.composite.inputs import Data, read_data, read_framework
from multivector.indicators.composite.recipe import Recipe
from multivector.indicators.composite.recipe_file import as_yaml, read_recipe, toml
from multivector.indicators.composite.remove import remove_elements
from multivector.indicators.composite.report import profiles, strengths, unit_summary, weaknesses
from multivector.indicators.composite.result import Composite
from multivector.indicators.composite.weighting.importance import weights_to_importance
from multivector.indicators.composite.weighting.reweighted import reweighted

__all__ = [
    "Comparison",
    "Composite",
    "Data",
    "Framework",
    "Recipe",
    "aggregating",
    "as_yaml",
    "build",
    "compare",
    "framework",
    "profiles",
    "read_data",
    "read_framework",
    "read_recipe",
    "remove_elements",
    "reweighted",
    "statistics",
    "strengths",
    "toml",
    "unit_summary",
    "weaknesses",
    "weighting",
    "weights_to_importance",
]

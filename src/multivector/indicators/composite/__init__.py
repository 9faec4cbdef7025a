"""Composite indices for any hierarchy of indicators, built from one declared recipe.

index = build("recipe.toml", "data.csv", "meta.csv")
index.ranks, index.frame("log"), index.dataset()
"""

from multivector.indicators.composite.build import build
from multivector.indicators.composite.framework import Framework, framework
from multivector.indicators.composite.inputs import Data, read_data, read_framework
from multivector.indicators.composite.recipe import Recipe
from multivector.indicators.composite.recipe_file import as_yaml, read_recipe, toml
from multivector.indicators.composite.result import Composite

__all__ = [
    "Composite",
    "Data",
    "Framework",
    "Recipe",
    "as_yaml",
    "build",
    "framework",
    "read_data",
    "read_framework",
    "read_recipe",
    "toml",
]

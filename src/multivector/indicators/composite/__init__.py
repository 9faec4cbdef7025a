"""Composite indices for any hierarchy of indicators, built from one declared recipe."""

from multivector.indicators.composite.build import build
from multivector.indicators.composite.framework import Framework, framework
from multivector.indicators.composite.recipe import Recipe
from multivector.indicators.composite.result import Composite

__all__ = ["Composite", "Framework", "Recipe", "build", "framework"]

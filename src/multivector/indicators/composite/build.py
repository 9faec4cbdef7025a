"""Build an index from its recipe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from multivector.indicators.composite.recipe import Recipe
from multivector.indicators.composite.result import Composite


def build(recipe: str | Path | dict[str, Any] | Recipe, data: Any, meta: Any) -> Composite:
    """Build an index: every stage of the recipe in order, each cell that changes in the log."""
    raise NotImplementedError

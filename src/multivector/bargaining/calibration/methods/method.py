"""What turns past issues into forecasts of new ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from multivector.bargaining.calibration.distribution import Distribution, Floats
from multivector.bargaining.calibration.predictors import Predictors

Forecaster: TypeAlias = Callable[[Predictors], Distribution]
"""Chances for each of k issues, `[k, 101]`."""


class Method(Protocol):
    """A way to learn chances from past issues."""

    @property
    def name(self) -> str:
        """As it is called in tables; names the options too."""

    def fit(self, x: Predictors, y: Floats) -> Forecaster:
        """Learn from issues with predictors `x` and outcomes `y` `[k]`."""

"""Chances that only ever rise with the compromise mean, and nothing else assumed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.bargaining.calibration.distribution import POINTS, Distribution, Floats
from multivector.bargaining.calibration.methods.method import Forecaster
from multivector.bargaining.calibration.predictors import Predictors


@dataclass(frozen=True)
class Isotonic:
    """Isotonic distributional regression of the outcome on the compromise mean.

    For each threshold t, `P(Y <= t | M)` is the non-increasing function of M nearest to `[y <= t]` by least
    squares, which makes the CRPS least among all that are ordered by M (Henzi, Ziegel & Gneiting 2021, JRSS B
    83:963-993). Between past means it is linear.
    """

    name: str = "isotonic"

    def fit(self, x: Predictors, y: Floats) -> Forecaster:
        """One regression a threshold."""
        from scipy.optimize import isotonic_regression

        place, member = np.unique(x.compromise, return_inverse=True)
        count = np.bincount(member)
        curve = np.ones((POINTS.size, place.size))
        for t, point in enumerate(POINTS[:-1]):
            share = np.bincount(member, y <= point) / count
            curve[t] = isotonic_regression(share, weights=count, increasing=False).x
        curve = np.maximum.accumulate(curve, axis=0)

        def forecast(new: Predictors) -> Distribution:
            return Distribution(np.stack([np.interp(new.compromise, place, each) for each in curve], axis=-1))

        return forecast

"""A beta distribution with extra mass at both ends of the scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.bargaining.calibration.distribution import POINTS, Distribution, Floats
from multivector.bargaining.calibration.methods.method import Forecaster
from multivector.bargaining.calibration.predictors import Predictors
from multivector.bargaining.stakes import TOP


@dataclass(frozen=True)
class InflatedBeta:
    """Zero-and-one inflated beta regression on the compromise mean and the support at the ends.

    The outcome is 0, inside or 100 by a multinomial logit in `(1, M, support at 0, support at 100)`; inside,
    `y / 100` is beta with `logit mean = a + b (2 M / 100 - 1)` and one precision (Ospina & Ferrari 2012, CSDA
    56:1609-1623). Maximum likelihood with a small ridge.
    """

    ridge: float = 1.0
    name: str = "inflated-beta"

    def fit(self, x: Predictors, y: Floats) -> Forecaster:
        """Both parts, one after the other."""
        from scipy.optimize import minimize
        from scipy.special import betainc, expit, gammaln, logsumexp

        inside = (y > 0) & (y < TOP)
        state = np.where(y >= TOP, 2, np.where(inside, 1, 0))

        def log_chances(theta: Floats, facts: Floats) -> Floats:
            ends = facts @ theta.reshape(2, -1).T
            logits = np.stack([ends[:, 0], np.zeros(len(facts)), ends[:, 1]], axis=-1)
            return np.asarray(logits - logsumexp(logits, axis=-1, keepdims=True))

        def shape(theta: Floats, lean: Floats) -> tuple[Floats, Floats]:
            centre, precision = expit(theta[0] + theta[1] * lean), np.exp(np.clip(theta[2], -2.0, 6.0))
            return centre * precision, (1.0 - centre) * precision

        def loss_ends(theta: Floats) -> float:
            chosen = log_chances(theta, _facts(x))[np.arange(y.size), state]
            return float(self.ridge * theta @ theta / 2 - chosen.sum())

        def loss_inside(theta: Floats) -> float:
            a, b = shape(theta, _lean(x)[inside])
            u = y[inside] / TOP
            log = gammaln(a + b) - gammaln(a) - gammaln(b) + (a - 1) * np.log(u) + (b - 1) * np.log1p(-u)
            return float(self.ridge * theta @ theta / 2 - log.sum())

        ends = minimize(loss_ends, np.zeros(2 * _facts(x).shape[1]), method="L-BFGS-B").x
        middle = minimize(loss_inside, np.array([0.0, 1.0, 1.0]), method="L-BFGS-B").x

        def forecast(new: Predictors) -> Distribution:
            zero, within, _ = np.exp(log_chances(ends, _facts(new))).T
            a, b = shape(middle, _lean(new))
            below = betainc(a[:, None], b[:, None], (POINTS[:-1] + 0.5) / TOP)
            cdf = np.ones((len(new), POINTS.size))
            cdf[:, :-1] = zero[:, None] + within[:, None] * below
            return Distribution(cdf)

        return forecast


def _lean(x: Predictors) -> Floats:
    return np.asarray(2.0 * x.compromise / TOP - 1.0)


def _facts(x: Predictors) -> Floats:
    return np.stack([np.ones(len(x)), _lean(x), x.support[:, 0], 1.0 - x.support[:, -1]], axis=-1)

"""Chances from who stands where: distribution regression on the stakeholders' support."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from multivector.bargaining.calibration.distribution import POINTS, Distribution, Floats
from multivector.bargaining.calibration.predictors import Predictors
from multivector.bargaining.stakes import TOP


def _signed(share: Floats) -> Floats:
    return 2.0 * share - 1.0


_THRESHOLDS: Final = POINTS[:-1]
_TERMS: Final[Mapping[str, Callable[[Predictors], Floats]]] = MappingProxyType(
    {
        "support": lambda x: _signed(x.support),
        "plain support": lambda x: _signed(x.plain_support),
        "compromise": lambda x: _signed(1.0 - x.compromise[:, None] / TOP) * np.ones_like(_THRESHOLDS),
        "median": lambda x: _signed((x.median[:, None] <= _THRESHOLDS).astype(np.float64)),
        "proposer": lambda x: _signed(x.proposer),
        "parliament": lambda x: _signed(x.parliament),
        "reference": lambda x: _signed(x.reference),
        "procedural": lambda x: _signed(x.procedural),
        "exchange": lambda x: _signed(1.0 - x.exchange[:, None] / TOP) * np.ones_like(_THRESHOLDS),
    }
)

_FROM_MIDDLE: Final = _THRESHOLDS - 49.5
_KNOTS: Final = np.array([0.0, 0.5, 10.5, 20.5, 30.5, 40.5, 49.5])
_BASIS: Final[Floats] = np.sign(_FROM_MIDDLE)[:, None] * np.clip(
    (np.abs(_FROM_MIDDLE)[:, None] - _KNOTS[:-1]) / np.diff(_KNOTS), 0.0, 1.0
)
"""`[100, 6]`: rising, and odd about the middle of the scale; the first is a jump at 50."""


@dataclass(frozen=True, eq=False)
class SupportCurve:
    """`logit P(Y <= t) = sum_b curve_b B_b(t) + sum_p slope_p (2 S_p(t) - 1)`.

    `S_p(t)` is a share of support at or below t. All coefficients are at least 0, so chances rise with t; and
    turning the scale around turns the forecast around, as no direction of a scale means anything by itself.
    `curve` is `[1, 6]`, or `[2, 6]` for graded and dichotomous issues; `slope` is `[p]`.
    """

    terms: tuple[str, ...]
    curve: Floats
    slope: Floats

    def __call__(self, x: Predictors) -> Distribution:
        return self.chances(_design(self.terms, x), _kinds(x, len(self.curve)))

    def chances(self, design: Floats, kind: Floats) -> Distribution:
        """From `design` `[..., 100, p]` of `2 S - 1` and `kind` `[..., q]` that picks the curve."""
        cdf = np.ones((*design.shape[:-2], POINTS.size))
        cdf[..., :-1] = _logistic(kind @ self.curve @ _BASIS.T + design @ self.slope)
        return Distribution(cdf)


@dataclass(frozen=True)
class SupportRegression:
    """Distribution regression (Foresi & Peracchi 1995, JASA 90:451-466) on shares of support.

    Fits a `SupportCurve` by least CRPS, `sum_t (P(Y <= t) - [y <= t])^2`, plus `ridge` times the sum of
    squared coefficients. `by_kind` gives dichotomous issues a curve of their own.
    """

    terms: tuple[str, ...] = ("support",)
    by_kind: bool = False
    ridge: float = 0.01

    @property
    def name(self) -> str:
        kind = ", by kind" if self.by_kind else ""
        return f"regression on {' + '.join(self.terms)}{kind} ({self.ridge:g})"

    def fit(self, x: Predictors, y: Floats) -> SupportCurve:
        """From fixed starting values, so that the same issues give the same curve."""
        from scipy.optimize import minimize

        kind = _kinds(x, 2 if self.by_kind else 1)
        design = _design(self.terms, x)
        below = (y[:, None] <= _THRESHOLDS).astype(np.float64)
        split = kind.shape[1] * _BASIS.shape[1]

        def loss(theta: Floats) -> tuple[float, Floats]:
            curve = theta[:split].reshape(kind.shape[1], -1)
            p = _logistic(kind @ curve @ _BASIS.T + design @ theta[split:])
            off = p - below
            back = 2.0 * off * p * (1.0 - p) / y.size
            gradient = np.concatenate(
                [(kind.T @ back @ _BASIS).ravel(), np.einsum("kt,ktp->p", back, design)]
            )
            value = np.sum(off**2) / y.size + self.ridge * theta @ theta
            return float(value), gradient + 2.0 * self.ridge * theta

        start = np.concatenate([np.full(split, 0.2), np.full(len(self.terms), 0.5)])
        best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * start.size).x
        return SupportCurve(self.terms, best[:split].reshape(kind.shape[1], -1), best[split:])


def _design(terms: tuple[str, ...], x: Predictors) -> Floats:
    return np.stack([_TERMS[term](x) for term in terms], axis=-1)


def _kinds(x: Predictors, kinds: int) -> Floats:
    """`[k, q]`: which curve each issue takes."""
    if kinds == 1:
        return np.ones((len(x), 1))
    return np.stack([~x.dichotomous, x.dichotomous], axis=-1).astype(np.float64)


def _logistic(z: Floats) -> Floats:
    p: Floats = 1.0 / (1.0 + np.exp(-z))
    return p

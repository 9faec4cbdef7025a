"""Shapley effects: the variance of an output divided among the factors, all of it and nothing twice.

The effect of factor k is its average contribution to the variance explained, over all orders in which factors
can become known. Effects are not negative and sum to the variance, whatever the interactions.

Estimator: for a row draw two independent points x and y and an order of the factors; walk from x to y,
replacing factor after factor. The step from z to z' that replaces k gives

    phi_k = (f(x) - (f(z) + f(z')) / 2) (f(z) - f(z'))

whose mean over rows is the effect of k: unbiased, with d + 1 evaluations a row.

Source: Goda 2021, doi:10.1016/j.ress.2021.107702; the effects: Owen 2014, doi:10.1137/130936233.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.sensitivity.model import Array, Model, evaluate, require_design


@dataclass(frozen=True)
class ShapleyEffects:
    """Effects [s, k] in the output's unit squared, their shares of the variance, and standard errors.

    An output that does not vary has no shares: NaN. `rows` [s] counts the rows used.
    """

    names: tuple[str, ...]
    effect: Array
    effect_error: Array
    share: Array
    share_error: Array
    variance: Array
    rows: Array
    evaluations: int


def shapley_effects(f: Model, names: Sequence[str], n: int, seed: int) -> ShapleyEffects:
    """Effects from n (d + 1) evaluations at independent points.

    The error of a share is that of a ratio of means: sd(phi_k - share_k v) / (mean(v) sqrt n), where v is what
    all steps of a row sum to.

    Raises
    ------
    InputError : there is no factor, or fewer than two rows.
    """
    require_design(names, n)
    d = len(names)
    rng = np.random.default_rng(seed)
    x, y = rng.random((n, d)), rng.random((n, d))
    place = rng.permuted(np.tile(np.arange(d), (n, 1)), axis=1)  # [n, k] when factor k is replaced
    replaced = place[:, None, :] < np.arange(d + 1)[None, :, None]
    walk = np.where(replaced, y[:, None, :], x[:, None, :])
    outputs = evaluate(f, walk.reshape(-1, d)).reshape(n, d + 1, -1)
    known = np.asarray(np.isfinite(outputs).all(axis=1), float)  # [n, s]
    steps = _steps(np.where(known[:, None] > 0, outputs, 0.0))  # [n, step, s]
    phi = np.take_along_axis(steps, place[:, :, None], axis=1)  # [n, k, s]

    rows = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        effect = phi.sum(axis=0) / rows
        whole = phi.sum(axis=1)
        variance = whole.sum(axis=0) / rows
        share = effect / np.where(variance > 0, variance, np.nan)
        effect_error = _error(phi - effect, known, rows)
        share_error = _error(phi - share * whole[:, None], known, rows) / variance
    return ShapleyEffects(
        names=tuple(names),
        effect=effect.T,
        effect_error=effect_error.T,
        share=share.T,
        share_error=share_error.T,
        variance=variance,
        rows=rows,
        evaluations=n * (d + 1),
    )


def _steps(outputs: Array) -> Array:
    before, after = outputs[:, :-1], outputs[:, 1:]
    return np.asarray((outputs[:, :1] - (before + after) / 2) * (before - after), float)


def _error(rest: Array, known: Array, rows: Array) -> Array:
    """Standard error [k, s] of the mean of rows whose deviations are `rest` [n, k, s]."""
    squares = np.where(known[:, None] > 0, rest, 0.0) ** 2
    return np.asarray(np.sqrt(squares.sum(axis=0) / (rows - 1) / rows), float)

"""A posterior by simulation: draws from wide priors, weighted by how well each forecast what came next.

No likelihood of the arms loop can be written down (orders and backlog are not observed), but every draw
k of the parameters can be simulated from every past origin and its forecasts scored. The weight at T is

    w[k](T) = exp(-r * L[k](T)) / sum_k exp(-r * L[k](T))
    L[k](T) = sum over origins o, horizons h with o + h <= T, and cells: CRPS[k, o, h, cell] / horizons

with the learning rate r. Nothing dated after T enters. Averaging over horizons counts a window once
rather than once a horizon. Windows of neighbouring origins still overlap: see `tempered_weights`.

Axes: k draw, m member of a draw, c cell. Unit of the loss: that of the cells.
Source: Bissiri, Holmes & Walker 2016, A general framework for updating belief distributions, J. R. Stat.
Soc. B 78(5):1103-1130; scoring rules as the loss: Loaiza-Maya, Martin & Frazier 2021, J. Appl.
Econometrics 36(5):517-543.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def gibbs_weights(loss: Floats, rate: float) -> Floats:
    """Weights [k] that fall with the loss [k] and sum to one; equal where the rate is zero."""
    weight = np.exp(-rate * (loss - loss.min()))
    return np.asarray(weight / weight.sum())


def tempered_weights(loss: Floats, rate: float, least: float) -> tuple[Floats, float]:
    """Weights [k] at the largest rate up to `rate` that leaves `least` effective draws; and that rate.

    Losses of overlapping windows and of shares that add to one are not independent: counted as if they
    were, they soon leave one draw out of hundreds, which says more of the sample of draws than of the world.
    Source: Miller & Dunson 2019, Robust Bayesian inference via coarsening, JASA 114:1113-1125.
    """
    low, high = 0.0, rate
    if effective_size(gibbs_weights(loss, high)) >= least:
        return gibbs_weights(loss, high), high
    for _ in range(40):  # effective draws fall as the rate grows, so halving finds it
        middle = (low + high) / 2.0
        if effective_size(gibbs_weights(loss, middle)) >= least:
            low = middle
        else:
            high = middle
    return gibbs_weights(loss, low), low


def effective_size(weights: Floats) -> float:
    """How many equally weighted draws the weights are worth, 1 / sum w^2. Source: Kong 1992."""
    return float(1.0 / (weights**2).sum())


def resample(weights: Floats, size: int, seed: int) -> NDArray[np.int64]:
    """`size` draws that stand for the weights when counted equally: systematic resampling.

    Draw k comes up floor(w * size) or ceil(w * size) times. Source: Kitagawa 1996,
    J. Comput. Graph. Stat. 5:1-25.
    """
    at = (np.arange(size) + np.random.default_rng(seed).uniform()) / size
    return np.minimum(np.searchsorted(np.cumsum(weights), at, side="right"), len(weights) - 1)


def crps_by_draw(samples: NDArray[np.floating], outcome: Floats) -> Floats:
    """Fair CRPS [k, c] of each draw's own members [k, m, c]: unbiased however few they are.

    mean|x - y| - sum|x_i - x_j| / (2 m (m - 1)); members that are missing are left out, and a draw with
    fewer than two members left has no score. Source: Ferro 2014, Q. J. R. Meteorol. Soc. 140:1917-1923.
    """
    x = np.sort(np.asarray(samples, float), axis=1)  # missing members go last
    known = np.isfinite(x)
    n = known.sum(axis=1)
    rank = np.arange(1, x.shape[1] + 1)[None, :, None]
    spread = np.where(known, (2.0 * rank - n[:, None] - 1.0) * np.where(known, x, 0.0), 0.0).sum(axis=1)
    miss = np.where(known, np.abs(x - outcome), 0.0).sum(axis=1)
    enough = n > 1
    score = miss / np.maximum(n, 1) - spread / np.maximum(n * (n - 1), 1)
    return np.where(enough, score, np.nan)

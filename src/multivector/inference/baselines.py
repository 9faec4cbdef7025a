"""What a model must beat before it may speak of likelihood: forecasts that know no mechanism.

All give the five-year shares of year T + h from what is known at T, as samples in [0, 1].

persistence         Normal(y[T], h * s^2), s^2 the mean of the series' own squared yearly changes to T,
                    clipped; given by its quantiles at (k - 1/2) / n, so that it has no sampling noise
pooled persistence  y[T] plus the h-year changes of all series that are above zero (or at zero) like this one
window persistence  the years of the window that are known at T stay; the years to come are drawn from the
                    state's own past years. A five-year share is mostly known one year ahead: a model that
                    only counts the known years right is no better than this.

Sources: the first two as in `docs/model.md`; the third resamples years as a bootstrap does (Efron 1979).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from multivector.world.run import WINDOW_YEARS, five_year_shares

SAMPLES = 1000
PAST_YEARS = 20  # from which window persistence draws; the same span as the model's memory


def persistence(shares: NDArray[np.float64], horizon: int) -> NDArray[np.float64]:
    """A sample [q, ...] from past shares [y, ...], the origin last; missing years are left out of s^2."""
    change = np.diff(shares, axis=0)
    known = np.isfinite(change)
    count = known.sum(axis=0)
    total = (np.where(known, change, 0.0) ** 2).sum(axis=0)
    variance = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    z = norm.ppf((np.arange(SAMPLES) + 0.5) / SAMPLES).reshape(-1, *[1] * (shares.ndim - 1))
    return np.asarray(np.clip(shares[-1] + np.sqrt(horizon * variance) * z, 0.0, 1.0))


def pooled_persistence(shares: NDArray[np.float64], horizon: int) -> NDArray[np.float64]:
    """A sample [q, ...]: the last share plus pooled h-year changes, by whether a share was above zero."""
    before, after = shares[:-horizon], shares[horizon:]
    change = after - before
    known = np.isfinite(change)
    now = shares[-1]
    sample = np.full((SAMPLES, *now.shape), np.nan)
    at = (np.arange(SAMPLES) + 0.5) / SAMPLES
    for above in (True, False):
        pool = change[known & ((before > 0) == above)]
        cells = np.isfinite(now) & ((now > 0) == above)
        if pool.size:
            sample[:, cells] = np.quantile(pool, at)[:, None]
    return np.asarray(np.clip(now + sample, 0.0, 1.0))


def window_persistence(deliveries: NDArray[np.float64], horizon: int, seed: int) -> NDArray[np.float64]:
    """A sample [q, i, s] from past deliveries [y, i, s], the origin last: known years kept, others drawn."""
    past = deliveries[-PAST_YEARS:]
    states = np.arange(past.shape[1])
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(past), size=(SAMPLES, horizon, len(states)))
    future = past[drawn, states]
    shares, _ = five_year_shares(future, past[1 - WINDOW_YEARS :])
    return np.asarray(shares[:, -1])

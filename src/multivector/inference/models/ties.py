"""Whether a supplier delivers arms to a state h years ahead: logistic regression with a prior, by NumPyro.

    P(y[t + h] = 1) = logistic(intercept + sum_k weight[k] * z[t, k]),  one fit for each origin and horizon
    intercept ~ Normal(-3, 1.5);  weight[k] ~ Normal(0, 0.3)
    log posterior = log prior + sum over pairs and t of 2^-((T - h - t) / half-life) * log P(y[t + h])

z are the regressors of `ties_features`, centred and scaled by what was known at the origin. Fitted to every
pair and year t of the last twenty with t + h no later than the origin; the chance given is the mean over
the posterior. Regressors, half-life and priors were chosen on origins to 2012, after a first set of seven
regressors had been scored on all origins and lost to the baselines at three and five years. Pacts and votes
are no regressors here.

Axes: n pair-year, k regressor, c cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from multivector.inference.hindcast.family import Family, Floats
from multivector.inference.models.sampling import posterior
from multivector.inference.models.ties_features import features

YEARS = 20  # of regressors behind a fit; earlier ones weigh below 1/100
HALF_LIFE = 3.0  # years until a pair-year counts half
DRAWS, WARMUP = 200, 150


def tie_model(regressors: Any, outcome: Any, counts: Any) -> None:
    """The NumPyro model: regressors [n, k], outcome [n], and how much each row counts [n]."""
    import jax
    import numpyro
    import numpyro.distributions as dist

    intercept = numpyro.sample("intercept", dist.Normal(-3.0, 1.5))
    weight = numpyro.sample("weight", dist.Normal(0.0, 0.3).expand([regressors.shape[1]]))
    score = intercept + regressors @ weight
    numpyro.factor("fit", (counts * (outcome * score - jax.nn.softplus(score))).sum())


def chances(
    table: Floats, delivers: Floats, horizon: int, seed: int, *, half_life: float = HALF_LIFE
) -> Floats:
    """Chance [c] of a delivery `horizon` years after the last year, from regressors [y, c, k] and outcomes [y, c].

    Missing where the pair is missing in the last year, and everywhere before there is a past to fit.
    """
    then, later = table[:-horizon][-YEARS:], delivers[horizon:][-YEARS:]
    usable = np.isfinite(then).all(axis=-1) & np.isfinite(later)
    if not usable.any() or not (later[usable] > 0).any():
        return np.full(delivers.shape[1], np.nan)
    centre, scale = then[usable].mean(axis=0), then[usable].std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    rows = _padded(np.where(usable[..., None], (then - centre) / scale, 0.0))
    counts = usable * 0.5 ** (np.arange(len(then) - 1, -1, -1) / half_life)[:, None]
    data = (rows, _padded(np.where(usable, later, 0.0)), _padded(counts))
    draws = posterior(tie_model, data, DRAWS, seed, WARMUP)
    score = draws["intercept"][:, None] + draws["weight"] @ ((table[-1] - centre) / scale).T
    return np.asarray((1.0 / (1.0 + np.exp(-score))).mean(axis=0))


def _padded(rows: Floats) -> Floats:
    """[y, c, ...] as [n, ...] of a length that is the same at every origin: one compiled fit serves all."""
    full = np.zeros((YEARS, *rows.shape[1:]))
    full[YEARS - len(rows) :] = rows
    return full.reshape(-1, *rows.shape[2:])


class ArmsTies:
    """Forecasts `arms_tie`: each cell is a state and a supplier."""

    name = "bayes_logit"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """Chances [1, c] by horizon."""
        table = features(family.values)
        return {h: chances(table, family.values, h, seed + origin)[None, :] for h in horizons}

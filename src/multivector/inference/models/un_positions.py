"""Positions in the General Assembly and distances between them, forecast from joint draws.

Every actor's position is a level with heavy-tailed surprises (`un_level`); actors share the gain and the
tails, and their scales are drawn from one population:

    gain ~ Beta(3, 1.5);  freedom = 2 + Gamma(2, 0.5)
    log scale[a] = centre + spread * z[a];  centre ~ Normal(-2.3, 0.5), spread ~ HalfNormal(0.2), z ~ Normal(0, 1)
    log posterior = log prior + sum_t 2^-((T - t) / half-life) * sum_a log density of error[t, a]

The older a year, the less its surprises count (discounting, West & Harrison 1997, Bayesian Forecasting
and Dynamic Models, ch. 6): positions moved much in the 1990s and little after, and a fit that weighs all
years alike gives intervals that are too wide. A distance is |position_i - position_g|, draw by draw.

Choices (half-life, spread, one gain, no drift, no correlation between actors) were made on origins to 2012;
2.0 years would have scored a little better there, with narrower intervals. Blind they were not: simpler fits
with half-lives of 5, 8 and 12 years had been read on all origins, and the whole series had been seen.
Positions as published are smoothed over time: errors of measurement are part of the surprises, not apart.

Axes: m member, a actor, c cell. Unit: ideal-point units.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from multivector.inference.hindcast.family import Family, Floats
from multivector.inference.models.sampling import Draws, posterior
from multivector.inference.models.un_level import follow, log_density, simulate

HALF_LIFE = 3.0  # years until a surprise counts half
YEARS = 32  # older years weigh below 1/1000
DRAWS = 500
PATHS = 4  # members a draw


def positions_model(values: Any, known: Any, weight: Any) -> None:
    """The NumPyro model: values, known [t, a] and weight [t]; site `level` is each actor's level at the end."""
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    centre = numpyro.sample("centre", dist.Normal(-2.3, 0.5))
    spread = numpyro.sample("spread", dist.HalfNormal(0.2))
    z = numpyro.sample("z", dist.Normal(0.0, 1.0).expand([values.shape[1]]))
    gain = numpyro.sample("gain", dist.Beta(3.0, 1.5))
    freedom = 2.0 + numpyro.sample("freedom_above_two", dist.Gamma(2.0, 0.5))
    scale = numpyro.deterministic("scale", jnp.exp(centre + spread * z))
    level, errors, counted = follow(values, known, gain)
    numpyro.deterministic("level", level)
    numpyro.factor("fit", (log_density(errors, counted, scale, freedom) * weight[:, None]).sum())


def fit(panel: Floats, seed: int, *, half_life: float = HALF_LIFE) -> Draws:
    """Posterior draws from positions [t, a], the origin last; `half_life` of infinity weighs all years alike.

    The last `YEARS` years enter, padded in front with missing ones: one compiled fit serves all origins.
    """
    recent = panel[-YEARS:]
    padded = np.full((YEARS, panel.shape[1]), np.nan)
    padded[YEARS - len(recent) :] = recent
    known = np.isfinite(padded)
    weight = 0.5 ** (np.arange(YEARS - 1, -1, -1) / half_life)
    return posterior(positions_model, (np.where(known, padded, 0.0), known, weight), DRAWS, seed)


def sample(panel: Floats, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
    """Joint forecasts [m, a] of positions by horizon; missing for an actor without a known value."""
    draws = fit(panel, seed)
    many = {name: np.repeat(draws[name], PATHS, axis=0) for name in ("level", "gain", "scale")}
    freedom = np.repeat(2.0 + draws["freedom_above_two"], PATHS)
    paths = simulate(many["level"], many["gain"], many["scale"], freedom, horizons, seed)
    silent = ~np.isfinite(panel[-YEARS:]).any(axis=0)
    for path in paths.values():
        path[:, silent] = np.nan
    return paths


class UnPositions:
    """Forecasts `un_ideal_point`: each cell is an actor."""

    name = "discounted_level"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """Samples [m, c] by horizon."""
        return sample(family.values, horizons, seed + origin)


class UnDistances:
    """Forecasts `un_distance`: positions of states and powers jointly, and how far apart they are."""

    name = "discounted_level"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """Samples [m, c] by horizon; cells run over powers within states."""
        states, powers = family.beside["positions"], family.beside["positions_of_powers"]
        n_states = states.shape[1]
        joint = sample(np.concatenate([states, powers], axis=1), horizons, seed + origin)
        return {
            h: np.abs(path[:, :n_states, None] - path[:, None, n_states:]).reshape(len(path), -1)
            for h, path in joint.items()
        }

"""Draws of what leverage assumes, so that each figure shows the spread that the assumptions cause."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from multivector.indicators.priors import Prior, dependence_layers, leverage_priors
from multivector.indicators.top_shares import Floats

if TYPE_CHECKING:
    from multivector.atlas import Snapshot

PERCENT = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Draws of the weights, importances and substitutabilities: axes m (draw), l (layer), i (actor).

    `observed` [l, i] says whose importance rests on an observation.
    """

    layers: tuple[str, ...]
    weight: Floats
    importance: Floats
    substitutability: Floats
    observed: npt.NDArray[np.bool_]


def leverage_draws(snapshot: Snapshot, actors: tuple[str, ...], draws: int, seed: int) -> Draws:
    """Draws for every layer on which one side depends.

    Each quantity of each layer has random numbers of its own, so that a layer or a row more does not change
    the others. Weights are gamma draws over their sum, which is the Dirichlet distribution.

    Returns
    -------
    Draws : weight [m, l] adds to 1 over l; importance [m, l, i]; substitutability [m, l, 1, 1].

    Raises
    ------
    InputError, RegionError : see `leverage_priors`.
    """
    region, layers = snapshot.region, dependence_layers(snapshot.region)
    priors = leverage_priors(region)

    def random(name: str, layer: str) -> np.random.Generator:
        return np.random.default_rng([seed, zlib.crc32(f"{name}/{layer}".encode())])

    gamma = [random("weight", layer).gamma(priors["weight", layer].mode, size=draws) for layer in layers]
    unit = [random("importance", layer).uniform(size=draws)[:, None] for layer in layers]
    ends = [_importance(snapshot, priors["importance", layer], actors) for layer in layers]
    substitutability = [
        _triangle(random("substitutability", layer), priors["substitutability", layer], draws)
        for layer in layers
    ]
    return Draws(
        layers=layers,
        weight=np.stack(gamma, axis=-1) / np.sum(gamma, axis=0)[:, None],
        # One random number a draw for all actors: what is unsure of a layer is unsure for all alike.
        importance=np.stack([_quantile(u, *end[:3]) for u, end in zip(unit, ends, strict=True)], axis=1),
        substitutability=np.stack(substitutability, axis=-1)[:, :, None, None],
        observed=np.stack([end[3] for end in ends]),
    )


def _importance(
    snapshot: Snapshot, prior: Prior, actors: tuple[str, ...]
) -> tuple[Floats, Floats, Floats, npt.NDArray[np.bool_]]:
    """Low, mode and high by actor: of the observed ratio, or of the prior; and which it is."""
    low, mode, high = (np.full(len(actors), end) for end in (prior.low, prior.mode, prior.high))
    if not prior.observed:
        return low, mode, high, np.zeros(len(actors), dtype=bool)
    above = _observed(snapshot, prior.observed, actors)
    below = _observed(snapshot, prior.over, actors) if prior.over else (np.ones(len(actors)),) * 3
    known = np.isfinite(above[1]) & (below[0] > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        ends = (above[0] / below[2], above[1] / below[1], above[2] / below[0])
    low, mode, high = (
        np.where(known, np.clip(end, 0.0, 1.0), assumed)
        for end, assumed in zip(ends, (low, mode, high), strict=True)
    )
    return low, mode, high, known


def _observed(snapshot: Snapshot, indicator: str, actors: tuple[str, ...]) -> tuple[Floats, Floats, Floats]:
    """Low, value and high of an indicator at the date; percents as parts of one."""
    data = snapshot.observation(indicator, actors=actors)
    scale = PERCENT if str(data.attrs["unit"]).startswith("percent") else 1.0
    low, value, high = (data[name].to_numpy() / scale for name in ("low", "value", "high"))
    return low, value, high


def _triangle(rng: np.random.Generator, prior: Prior, draws: int) -> Floats:
    return _quantile(
        rng.uniform(size=draws), *(np.asarray(end) for end in (prior.low, prior.mode, prior.high))
    )


def _quantile(unit: Floats, low: Floats, mode: Floats, high: Floats) -> Floats:
    """Quantile of the triangular distribution; the point itself where low and high are one."""
    width = np.where(high > low, high - low, 1.0)
    rising = low + np.sqrt(unit * width * np.maximum(mode - low, 0.0))
    falling = high - np.sqrt((1.0 - unit) * width * np.maximum(high - mode, 0.0))
    return np.asarray(np.where(high > low, np.where(unit < (mode - low) / width, rising, falling), low))

"""Baselines of yes and no: what chance a tie or a membership has, from what such pairs did before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from multivector.inference.hindcast.baselines.persistence import NAME as PERSISTENCE
from multivector.inference.hindcast.family import Family, Floats

_WINDOW = 5


@dataclass(frozen=True)
class StaysAsItIs:
    """Yes where it is yes now, no where it is no."""

    name: str = PERSISTENCE

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        return dict.fromkeys(horizons, family.at(origin)[None, :])


@dataclass(frozen=True)
class OwnFrequency:
    """(yes + 1/2) / (years + 1) of the pair's own past: Jeffreys' estimate of a rate."""

    name: str = "climatology"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        known = np.isfinite(family.values)
        yes = np.where(known, family.values, 0.0).sum(axis=0)
        chance = np.where(known.any(axis=0), (yes + 0.5) / (known.sum(axis=0) + 1.0), np.nan)
        return dict.fromkeys(horizons, chance[None, :])


@dataclass(frozen=True)
class Transition:
    """How often such pairs were yes h years on: pairs that are yes now, and pairs that are no, all years to T."""

    name: str = "transition_pooled"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        return {h: _by_class(family.values, family.values, h)[None, :] for h in horizons}


@dataclass(frozen=True)
class Recency:
    """The same by how many of the last five years were yes: 0 to 5."""

    name: str = "recency_pooled"

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """See `Forecaster`."""
        counts = recent(family.values)
        return {h: _by_class(family.values, counts, h)[None, :] for h in horizons}


def recent(values: Floats) -> Floats:
    """In how many of the five years that end with each year it was yes [y, c]; missing before five years.

    A year in which nothing was known of the pair is none with a yes; the year itself must be known.
    """
    counts = np.full(values.shape, np.nan)
    if len(values) >= _WINDOW:
        windows = np.lib.stride_tricks.sliding_window_view(np.nan_to_num(values), _WINDOW, axis=0)
        counts[_WINDOW - 1 :] = windows.sum(axis=-1)
    return np.where(np.isfinite(values), counts, np.nan)


def _by_class(values: Floats, classes: Floats, horizon: int) -> Floats:
    """Jeffreys' rate of yes `horizon` years later [c], by the class in which a pair is now."""
    chance = np.full(values.shape[1], np.nan)
    then, later = classes[:-horizon], values[horizon:]
    for kind in np.unique(classes[-1][np.isfinite(classes[-1])]):
        outcomes = later[(then == kind) & np.isfinite(later)]
        chance[classes[-1] == kind] = (outcomes.sum() + 0.5) / (outcomes.size + 1.0)
    return chance

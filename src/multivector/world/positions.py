"""Positions of actors on the main dimension of votes, as known at the end of a year.

A group of states (it casts no vote) stands at the mean of those members at the time whose positions are
known, two or more of them; the error says how many were left out and how far apart the known ones are. An
actor without a position stands at the mean of the others, with their spread as its error, and the mask says
so.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.atlas.groups import groups_of, members_in
from multivector.errors import InputError

POSITION = "un_ideal_point"
ERROR_YEARS = 5
_NINETY = 1.645  # standard errors from the middle to the 5 and 95 per cent quantiles of a normal

Array = NDArray[np.float64]


def positions(region: Region, actors: tuple[str, ...], origin: int) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Position, standard error and whether it is known, by actor [a]."""
    groups = {code: members_in(region, code, origin) for code in actors if code in groups_of(region)}
    single = tuple(dict.fromkeys([*actors, *(code for members in groups.values() for code in members)]))
    seen = region.at(origin).observation(POSITION, actors=single)["value"].to_numpy().astype(float)
    value = dict(zip(single, seen, strict=True))
    error = dict(zip(single, _errors(region, single, origin), strict=True))
    for group, members in groups.items():
        value[group], error[group] = _mean(members, value, error)
    position = np.array([value[code] for code in actors])
    known = np.isfinite(position)
    if known.sum() < 2:
        raise InputError(
            f"at the end of {origin} fewer than two actors have a position ({POSITION})",
            where="observations.csv",
            repair="choose an origin for which positions are known, or add observations of states and powers",
        )
    spread = float(position[known].std(ddof=1))
    errors = np.array([error[code] for code in actors])
    return np.where(known, position, position[known].mean()), np.where(known, errors, spread), known


def _errors(region: Region, actors: tuple[str, ...], origin: int) -> Array:
    """Standard error [a] of the positions: the mean of the last years that were given with bounds.

    Of an actor never measured with bounds it is the mean of the others'.
    """
    first = max(region.first_year, origin - ERROR_YEARS + 1)
    panel = region.series(POSITION, first, origin, actors=actors)
    half = (panel["high"] - panel["low"]).to_numpy().astype(float) / 2 / _NINETY
    given = np.isfinite(half) & (half > 0)
    number = given.sum(axis=1)
    usual = half[given].mean() if given.any() else 0.0
    mean = np.where(given, half, 0.0).sum(axis=1) / np.maximum(number, 1)
    return np.asarray(np.where(number > 0, mean, usual), np.float64)


def _mean(members: tuple[str, ...], value: dict[str, float], error: dict[str, float]) -> tuple[float, float]:
    """Mean of the known members, and its standard error as an estimate of the mean of all of them."""
    seen = [code for code in members if np.isfinite(value[code])]
    if len(seen) < 2:
        return np.nan, np.nan
    values = np.array([value[code] for code in seen])
    measured = np.mean([error[code] ** 2 for code in seen])
    sampled = values.var(ddof=1) * (1.0 - len(seen) / len(members))
    return float(values.mean()), float(np.sqrt((measured + sampled) / len(seen)))

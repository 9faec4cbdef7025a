"""Families from votes in the General Assembly: positions, and distances to the powers."""

from __future__ import annotations

import numpy as np

from multivector.atlas import Region
from multivector.inference.hindcast.family import Family, Floats
from multivector.inference.hindcast.settings import Settings

SETTLED, DOUBTED = "un_ideal_point", "un_ideal_point_doubted"


def positions(region: Region, actors: tuple[str, ...]) -> tuple[tuple[int, ...], Floats]:
    """Years and ideal points [y, actor]: what the measure uses, else what it doubts and leaves out."""
    first, last = region.first_year, region.last_year
    panels = [
        region.series(name, first, last, actors=actors)["value"].transpose("year", "actor").to_numpy()
        for name in (SETTLED, DOUBTED)
        if name in region.table("indicators")["indicator"].to_list()
    ]
    values = panels[0].copy()
    for panel in panels[1:]:
        values = np.where(np.isfinite(values), values, panel)
    known = np.flatnonzero(np.isfinite(values).any(axis=1))
    years = tuple(range(first + int(known[0]), first + int(known[-1]) + 1))
    return years, values[known[0] : known[-1] + 1]


def un_ideal_point(region: Region) -> Family:
    """Position on the main dimension of roll calls, of the region's states and of others.

    The others are known to every forecaster and fitted with the states; subsets say who is scored.
    Source: Bailey, Strezhnev & Voeten 2017, J. Conflict Resolution 61:430-456.
    """
    settings = Settings.of(region, "un_ideal_point")
    others = settings.get("others", lambda given: tuple(str(code) for code in given))
    actors = (*region.states, *others)
    years, values = positions(region, actors)
    return Family(
        name="un_ideal_point",
        title="position in General Assembly votes",
        unit="ideal-point units",
        years=years,
        values=values,
        cells=actors,
        group=actors,
        partner=("",) * len(actors),
        own=region.states,
        about="final vintage; positions are smoothed over time, which flatters every forecaster",
        **settings.common,
    )


def un_distance(region: Region) -> Family:
    """|position_i - position_g| for powers g."""
    settings = Settings.of(region, "un_distance")
    powers = settings.get("powers", lambda given: tuple(str(code) for code in given))
    years, values = positions(region, (*region.states, *powers))
    states, theirs = values[:, : len(region.states)], values[:, len(region.states) :]
    distance = np.abs(states[:, :, None] - theirs[:, None, :])
    return Family(
        name="un_distance",
        title="distance to a power in General Assembly votes",
        unit="ideal-point units",
        years=years,
        values=distance.reshape(len(years), -1),
        cells=tuple(f"{state}:{power}" for state in region.states for power in powers),
        group=tuple(state for state in region.states for _ in powers),
        partner=powers * len(region.states),
        floor=0.0,
        beside={"positions": states, "positions_of_powers": theirs},
        about="final vintage; positions are smoothed over time, which flatters every forecaster",
        **settings.common,
    )

"""The region's events as impulses on pairs of actors.

Who is paired with whom. An event with a target pairs each actor with it (two who act against a third are not
moved apart); without a target, or where it brings together, all who are named are paired. An organisation
stands for its members on the day, each paired with those who are named, and not with one another.

How much. sign * magnitude; where an event brings together, spread evenly over the partners that one actor
gets by it: a summit of twelve does not tie each pair as a treaty of two does. What is recorded more densely
in one decade than over all years so far, of one kind and magnitude, counts less by that ratio: rows follow
the sources that could be found, half of them date from the last years, and small events more so than wars.
It never counts more: what was not found makes nothing else larger.

Not used: `status` (whether an act was later undone was not known at the time) and `confidence` (it rates
the date).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.atlas.dates import day_of
from multivector.axes import QUARTERS_PER_YEAR
from multivector.errors import InputError


@dataclass(frozen=True, eq=False)
class EventPairs:
    """Events that move a pair, in the order of their quarters.

    Attributes
    ----------
    kinds : [k] names, in the order of `event_kinds.csv`.
    effect, half_life : [k, 3] low, mode, high: z a step; years.
    ids : [e] names of events. kind : [e] place of the kind. quarter : [e] index (see `quarters`).
    pairs : [e, a, b] sign times magnitude times weight; symmetric.
    """

    kinds: tuple[str, ...]
    effect: NDArray[np.float64]
    half_life: NDArray[np.float64]
    ids: tuple[str, ...]
    kind: NDArray[np.int64]
    quarter: NDArray[np.int64]
    pairs: NDArray[np.float64]

    def path(self, first: int, quarters: int) -> NDArray[np.float64]:
        """Impulses [t, k, a, b] of the events of `quarters` quarters from index `first` on."""
        shape = (quarters, len(self.kinds), *self.pairs.shape[1:])
        path = np.zeros(shape)
        for event, (kind, quarter) in enumerate(zip(self.kind, self.quarter, strict=True)):
            if first <= quarter < first + quarters:
                path[quarter - first, kind] += self.pairs[event]
        return path

    def age(self, quarter: int) -> NDArray[np.float64]:
        """Years [e] from each event to the end of a quarter."""
        return (quarter - self.quarter) / QUARTERS_PER_YEAR


def event_pairs(region: Region, actors: tuple[str, ...], after: date, until: date) -> EventPairs:
    """Events dated after one day and not after another; a month or a year stands for its last day.

    Raises
    ------
    InputError : an event is of a kind that `event_kinds.csv` does not have.
    """
    kinds, effect, half_life = _kinds(region)
    rows = _dated(region, until)
    weight = _weights(rows, region.first_year, until)
    ids, kind, quarter, pairs = [], [], [], []
    for row, day in rows:
        if row["kind"] not in kinds:
            raise InputError(
                f"events.csv has events of kind {row['kind']!r}, and event_kinds.csv has no such kind",
                where=f"event {row['id']}",
                repair=f"add a row to event_kinds.csv, or write one of: {', '.join(kinds)}",
            )
        moved = _matrix(region, row, day, actors)
        if day > after and moved.any():
            ids.append(str(row["id"]))
            kind.append(kinds.index(row["kind"]))
            quarter.append(day.year * QUARTERS_PER_YEAR + (day.month - 1) // 3)
            pairs.append(moved * weight[_class(row, day)])
    stack = np.stack(pairs) if pairs else np.zeros((0, len(actors), len(actors)))
    return EventPairs(
        kinds, effect, half_life, tuple(ids), np.array(kind, int), np.array(quarter, int), stack
    )


def _kinds(region: Region) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    if "event_kinds" not in region.tables:
        # One kind that moves nothing: the world draws the priors of one kind at least.
        return ("none",), np.zeros((1, 3)), np.ones((1, 3))
    table = region.table("event_kinds")
    ranges = [
        np.array(table.select(f"{name}_low", f"{name}_mode", f"{name}_high").rows(), float)
        for name in ("effect", "half_life")
    ]
    return tuple(table["kind"]), ranges[0], ranges[1]


def _dated(region: Region, until: date) -> list[tuple[dict[str, Any], date]]:
    """Signed events up to a day, in the order of their days; none where the region gives no kinds."""
    if not {"events", "event_kinds"} <= set(region.tables):
        return []
    rows = region.table("events").filter(pl.col("sign") != 0).iter_rows(named=True)
    dated = [(row, day_of(row["date"])) for row in rows]
    return sorted((r for r in dated if r[1] <= until), key=lambda r: (r[1], r[0]["id"]))


Class = tuple[str, int, int]


def _class(row: dict[str, Any], day: date) -> Class:
    """Kind, magnitude and decade of an event."""
    return str(row["kind"]), int(row["magnitude"]), day.year // 10


def _weights(rows: list[tuple[dict[str, Any], date]], first_year: int, until: date) -> dict[Class, float]:
    """Rows a year over all years so far against rows a year in the decade, at most 1, by class."""
    years = until.year - first_year + 1
    number = Counter(_class(row, day) for row, day in rows if day.year >= first_year)
    weights = {}
    for kind, magnitude, decade in {_class(row, day) for row, day in rows}:
        covered = min(until.year, decade * 10 + 9) - max(first_year, decade * 10) + 1
        alike = sum(n for (k, m, _), n in number.items() if (k, m) == (kind, magnitude))
        dense = number[kind, magnitude, decade] / max(covered, 1)
        weights[kind, magnitude, decade] = min(1.0, alike / years / dense) if dense else 1.0
    return weights


def _matrix(region: Region, row: dict[str, Any], day: date, actors: tuple[str, ...]) -> NDArray[np.float64]:
    """Impulse of one event on each pair [a, b], before its weight."""
    place = {code: k for k, code in enumerate(actors)}
    acting, behind = _parties(region, (row["actors"] or "").split("|"), day, place)
    targets, behind_targets = _parties(region, (row["target"] or "").split("|"), day, place)
    paired = np.zeros((len(actors), len(actors)))
    everyone = acting + [code for code in targets if code not in acting]
    apart = int(row["sign"]) < 0 and bool(targets or behind_targets)
    for a in acting if apart else everyone:
        partners = targets + behind_targets if apart else everyone + behind + behind_targets
        for b in partners:
            paired[place[a], place[b]] = paired[place[b], place[a]] = a != b
    others = paired.sum(axis=1)
    # The partners of the better connected of the two: a pair is moved by its share in what both do.
    spread = np.maximum(others[:, None], others[None, :]) if not apart else np.ones_like(paired)
    return int(row["sign"]) * int(row["magnitude"]) * paired / np.maximum(spread, 1.0)


def _parties(
    region: Region, named: list[str], day: date, place: dict[str, int]
) -> tuple[list[str], list[str]]:
    """Actors that are named, and those for whom a named organisation stands.

    An organisation that is named alone stands for its members as if they were named.
    """
    listed = [code for code in named if code in place]
    members = [code for name in named if name and name not in place for code in region.members(name, day)]
    behind = sorted({code for code in members if code in place and code not in listed})
    return (listed, behind) if listed else (behind, [])

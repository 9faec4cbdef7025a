"""One unit's report: its scores and ranks, what it is strong in, and what it is weak in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import Floats
from multivector.indicators.composite.ranking import ranks
from multivector.indicators.composite.statistics.stage import columns, scale

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite


def unit_summary(index: Composite, unit: str, levels: Sequence[int] | None = None) -> pl.DataFrame:
    """Scores and ranks of a unit, highest level first: Code, Name, Score, Rank, Of.

    `Of` is how many units are ranked in the element (at the unit's time, in a panel).

    Parameters
    ----------
    index : from `build`.
    unit : its code; in a panel with its time, as `KAZ 2020`.
    levels : which levels of elements; all nodes unless given.

    Raises
    ------
    InputError : no such unit or level.
    """
    framework = index.framework
    wanted = {framework.level[node] for node in framework.nodes} if levels is None else set(levels)
    if strange := wanted - set(framework.level.values()):
        there = ", ".join(str(n) for n in sorted(set(framework.level.values())))
        raise InputError(f"no level {min(strange)}", where="levels", repair=f"ask for some of {there}")
    codes = [code for code in framework.codes if framework.level[code] in wanted]
    codes.sort(key=lambda code: -framework.level[code])
    row, peers = _place(index, unit, "Aggregated")
    x = columns(index, "Aggregated", codes)[peers]
    places, own = ranks(x.T).T, int(np.flatnonzero(peers == row)[0])
    return pl.DataFrame(
        {
            "Code": codes,
            "Name": [framework.names[code] for code in codes],
            "Score": _known(x[own]),
            "Rank": [None if np.isnan(r) else int(r) for r in places[own]],
            "Of": (~np.isnan(x)).sum(axis=0),
        }
    )


def strengths(index: Composite, unit: str, n: int = 5, **how: object) -> pl.DataFrame:
    """The n indicators in which a unit ranks best; see `weaknesses` for columns and options."""
    return _profile(index, unit, n, best=True, **how)  # type: ignore[arg-type]


def weaknesses(index: Composite, unit: str, n: int = 5, **how: object) -> pl.DataFrame:
    """The n indicators in which a unit ranks worst, best of them first.

    Ranks are of all units (of the unit's time), on the scale on which more is better. What is imputed is
    ranked as what is known: `Raw` is null there.

    Parameters
    ----------
    index : from `build`.
    unit : its code; in a panel with its time.
    n : how many.
    group : a group column of the data: ranks among the units of the unit's group only.
    least_unique : least share of different values; indicators with fewer (as yes or no) are passed over.
    drop_last : pass over indicators in which the unit shares or holds the last rank. In strengths, on unless
        given: a rank of 20 that all zeros share is no strength. In weaknesses, off unless given: COINr has
        it on, which hides the very indicators in which a unit is last.

    Returns
    -------
    Code, Name, Pillar (the indicator's parent), Rank, Value (on the index's scale), Raw (as given), Unit.

    Raises
    ------
    InputError : no such unit or group.
    """
    return _profile(index, unit, n, best=False, **how)  # type: ignore[arg-type]


def _profile(
    index: Composite,
    unit: str,
    n: int,
    *,
    best: bool,
    group: str | None = None,
    least_unique: float = 0.0,
    drop_last: bool | None = None,
) -> pl.DataFrame:
    framework, stage = index.framework, scale(index)
    row, peers = _place(index, unit, stage, group)
    x = columns(index, stage, framework.indicators)[peers]
    places, own = ranks(x.T).T, int(np.flatnonzero(peers == row)[0])
    rank = places[own]
    unique = np.array([len(np.unique(column[~np.isnan(column)])) for column in places.T]) / len(peers)
    passed = np.isnan(rank) | (unique <= least_unique)
    if best if drop_last is None else drop_last:
        passed |= rank == np.fmax.reduce(places, axis=0)
    order = np.argsort(np.where(passed, np.inf, rank), kind="stable")[: int((~passed).sum())]
    chosen = order[:n] if best else order[max(len(order) - n, 0) :]
    codes = [framework.indicators[k] for k in chosen]
    raw = columns(index, "Raw", codes)[_place(index, unit, "Raw")[0]]
    return pl.DataFrame(
        {
            "Code": codes,
            "Name": [framework.names[code] for code in codes],
            "Pillar": [framework.parent[code] for code in codes],
            "Rank": rank[chosen].astype(int),
            "Value": x[own, chosen],
            "Raw": _known(raw),
            "Unit": [framework.unit[code] for code in codes],
        },
        schema_overrides={"Code": pl.String, "Name": pl.String, "Pillar": pl.String, "Raw": pl.Float64}
        | {"Unit": pl.String},
    )


def _place(
    index: Composite, unit: str, stage: str, group: str | None = None
) -> tuple[int, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """The unit's row in a stage, and the rows that it is ranked among."""
    held = index.stages[stage]
    labels = [str(label) for label in held["unit"].values]
    if unit not in labels:
        dropped = unit in [index.data.label(u) for u in range(len(index.data.codes))]
        why = f"the unit {unit!r} was dropped by the screen" if dropped else f"there is no unit {unit!r}"
        few = ", ".join(labels[:12]) + (", ..." if len(labels) > 12 else "")
        raise InputError(why, where="unit", repair=f"ask for one of: {few}")
    row = labels.index(unit)
    peers = np.asarray(held["Time"].values) == held["Time"].values[row]
    if group is not None:
        if group not in index.data.groups:
            there = ", ".join(index.data.groups) or "none: give the meta table rows of type Group"
            raise InputError(f"there is no group {group!r}", where="group", repair=f"there are {there}")
        of = {index.data.label(u): value for u, value in enumerate(index.data.groups[group])}
        peers &= np.array([of[label] == of[unit] for label in labels])
    return row, np.flatnonzero(peers)


def _known(values: Floats) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]

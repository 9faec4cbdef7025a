"""One unit's report: its scores and ranks, what it is strong in, and what it is weak in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

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


def strengths(index: Composite, unit: str, n: int = 5, **how: Any) -> pl.DataFrame:
    """The n indicators in which a unit ranks best; see `weaknesses` for columns and options."""
    return _profile(index, unit, n, best=True, **how)


def weaknesses(index: Composite, unit: str, n: int = 5, **how: Any) -> pl.DataFrame:
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
    return _profile(index, unit, n, best=False, **how)


def profiles(index: Composite, n: int = 5) -> pl.DataFrame:
    """The n strengths and the n weaknesses of every unit, as `strengths` and `weaknesses` give them.

    Columns: uCode, Time (in a panel), kind (strength or weakness), then those of `weaknesses`.
    """
    held = index.stages[scale(index)]
    codes, times = held["uCode"].values.tolist(), held["Time"].values.tolist()
    ranked: dict[str, _Ranked] = {}
    parts = []
    for row, unit in enumerate(index.units):
        if times[row] not in ranked:
            ranked[times[row]] = _ranked(index, _place(index, unit, scale(index))[1])
        for best, kind in ((True, "strength"), (False, "weakness")):
            of = {"uCode": codes[row], "Time": times[row], "kind": kind}
            table = _chosen(index, ranked[times[row]], row, n, best=best)
            parts.append(table.select(*(pl.lit(v).alias(k) for k, v in of.items()), pl.all()))
    made = pl.concat(parts)
    return made if index.data.panel else made.drop("Time")


def _profile(index: Composite, unit: str, n: int, *, best: bool, **how: Any) -> pl.DataFrame:
    row, peers = _place(index, unit, scale(index), how.pop("group", None))
    return _chosen(index, _ranked(index, peers), row, n, best=best, **how)


@dataclass(frozen=True, eq=False)
class _Ranked:
    """Indicators of the units that are ranked together: rows in the stage, values, ranks, shares unique."""

    peers: NDArray[np.int64]
    x: Floats
    places: Floats
    unique: Floats


def _ranked(index: Composite, peers: NDArray[np.int64]) -> _Ranked:
    x = columns(index, scale(index), index.framework.indicators)[peers]
    places = ranks(x.T).T
    unique = np.array([len(np.unique(column[~np.isnan(column)])) for column in places.T]) / len(peers)
    return _Ranked(peers, x, places, unique)


def _chosen(
    index: Composite,
    ranked: _Ranked,
    row: int,
    n: int,
    *,
    best: bool,
    least_unique: float = 0.0,
    drop_last: bool | None = None,
) -> pl.DataFrame:
    if n < 1:
        raise InputError(f"{n} indicators are asked for", where="n", repair="ask for one or more")
    framework, own = index.framework, int(np.flatnonzero(ranked.peers == row)[0])
    rank = ranked.places[own]
    passed = np.isnan(rank) | (ranked.unique <= least_unique)
    if best if drop_last is None else drop_last:
        passed |= rank == np.fmax.reduce(ranked.places, axis=0)
    order = np.argsort(np.where(passed, np.inf, rank), kind="stable")[: int((~passed).sum())]
    chosen = order[:n] if best else order[max(len(order) - n, 0) :]
    codes = [framework.indicators[k] for k in chosen]
    unit = index.stages[scale(index)]["unit"].values[row]
    raw = index.stages["Raw"]["unit"].values.tolist().index(unit)
    return pl.DataFrame(
        {
            "Code": codes,
            "Name": [framework.names[code] for code in codes],
            "Pillar": [framework.parent[code] for code in codes],
            "Rank": rank[chosen].astype(int),
            "Value": ranked.x[own, chosen],
            "Raw": _known(index.stages["Raw"].values[raw, chosen]),
            "Unit": [framework.unit[code] for code in codes],
        },
        schema={
            "Code": pl.String, "Name": pl.String, "Pillar": pl.String, "Rank": pl.Int64,
            "Value": pl.Float64, "Raw": pl.Float64, "Unit": pl.String,
        },
    )  # fmt: skip


def _place(
    index: Composite, unit: str, stage: str, group: str | None = None
) -> tuple[int, NDArray[np.int64]]:
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

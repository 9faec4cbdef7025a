"""Trends of a panel: how each element of each unit has changed over its times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import polars as pl

from multivector.errors import InputError
from multivector.indicators.composite.aggregating.children import Floats
from multivector.indicators.composite.statistics.stage import columns

if TYPE_CHECKING:
    from multivector.indicators.composite.result import Composite

Kind = Literal["growth", "change", "slope"]
STEADY = 1e-12


def trends(
    index: Composite, kind: Kind = "slope", *, stage: str = "Aggregated", since: float | None = None
) -> pl.DataFrame:
    """Trend of each element of a stage in each unit.

    growth:  (y_last / y_first)^(1 / (t_last - t_first)) - 1, compound and per unit of time
    change:  (y_last - y_first) / (t_last - t_first)
    slope:   least squares of y on t over the known times

    Columns: uCode, iCode, trend, better (1 where the change is for the better, -1 for the worse, 0 steady; by
    the indicator's direction before it is normalised, upward after), Avail (share of the times that is
    known), t_first, t_latest, missing (why there is no trend).

    Parameters
    ----------
    index : a panel.
    kind : growth, change or slope.
    stage : which values; indicators and nodes in `Aggregated`.
    since : first time that counts.

    Raises
    ------
    InputError : no panel, no such kind or stage, times that are no numbers, or none since `since`.
    """
    if kind not in get_args(Kind):
        raise InputError(
            f"no trend {kind!r}", where="kind", repair=f"choose one of {', '.join(get_args(Kind))}"
        )
    if not index.data.panel:
        raise InputError(
            "there is one time, and a trend needs two", where="data", repair="give a column Time with several"
        )
    codes = index.framework.codes if stage == "Aggregated" else index.framework.indicators
    x = columns(index, stage, codes)
    held = index.stages[stage]
    moment = dict(zip(index.data.times, index.data.moments.tolist(), strict=True))
    t = np.array([moment[str(time)] for time in held["Time"].values])
    late = t >= (-np.inf if since is None else since)
    if not late.any():
        raise InputError(f"no time since {since}", where="since", repair=f"the last time is {t.max():g}")
    units = np.asarray(held["uCode"].values)
    before = stage not in ("Normalised", "Aggregated")
    rows = []
    for unit in dict.fromkeys(units[late]):
        at = np.flatnonzero((units == unit) & late)
        at = at[np.argsort(t[at])]
        for n, code in enumerate(codes):
            sign = index.framework.direction[code] if before else 1
            rows.append((str(unit), code, *_trend(t[at], x[at, n], kind, sign)))
    schema = {
        "uCode": pl.String, "iCode": pl.String, "trend": pl.Float64, "better": pl.Int64, "Avail": pl.Float64,
        "t_first": pl.Float64, "t_latest": pl.Float64, "missing": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _trend(t: Floats, y: Floats, kind: Kind, sign: int) -> tuple[object, ...]:
    """Trend, whether it is for the better, availability, first and last known time, and why there is none."""
    known = ~np.isnan(y)
    share = float(known.mean())
    if known.sum() < 2:
        return None, None, share, None, None, f"known at {known.sum()} times"
    t, y = t[known], y[known]
    first, last, span = float(t[0]), float(t[-1]), float(t[-1] - t[0])
    if kind == "growth" and (y[0] <= 0 or y[-1] <= 0):
        return None, None, share, first, last, "growth of or to a value that is not positive"
    if kind == "growth":
        value = float((y[-1] / y[0]) ** (1.0 / span) - 1.0)
    elif kind == "change":
        value = float((y[-1] - y[0]) / span)
    else:
        centred = t - t.mean()
        value = float(centred @ y / (centred @ centred))
    steady = abs(value) * span <= STEADY * max(float(np.abs(y).max()), 1.0)
    return value, 0 if steady else int(np.sign(value)) * sign, share, first, last, ""

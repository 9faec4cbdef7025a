"""Normalise: every indicator turned so that higher is better, and brought onto its scale."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.log import Log
from multivector.indicators.composite.recipe import Normalise, NormaliseOption
from multivector.indicators.composite.stages.scales import NORMALISE, extremes
from multivector.indicators.composite.stages.sheet import Sheet

STAGE = "Normalised"
NEEDS_SPREAD = frozenset({"minmax", "zscore", "distance_to_maximum"})
READS: dict[str, tuple[str, ...]] = {
    "minmax": ("low", "high"),
    "zscore": ("mean", "sd"),
    "scaled": ("low", "high"),
    "distance_to_reference": ("unit", "cap"),
    "distance_to_target": ("target", "cap"),
    "goalposts": ("low", "high", "scale", "cap"),
    **dict.fromkeys(("rank", "borda", "percentile_rank"), ("tie",)),
}
"""Which parameters of the recipe a method reads; the others read none."""


def normalise(sheet: Sheet, option: Normalise, log: Log) -> Sheet:
    """x times its direction, by the method of each indicator; one entry for each indicator in the log.

    Goalposts, ends and targets are in the indicator's own unit: they turn with it.

    Raises
    ------
    InputError : a constant indicator where the method needs spread; a parameter that the method does not
        read, or lacks; a reference unit that is not there or is itself the worst.
    """
    x = np.full(sheet.x.shape, np.nan)
    for how, columns in sheet.options(option, option.indicators, "recipe, stage normalise, indicators"):
        _check_reads(how)
        turn = sheet.framework.directions[columns]
        for block in sheet.blocks(option.over):
            at = np.ix_(block, columns)
            turned = sheet.x[at] * turn
            _require_spread(sheet, how, turned, block, columns)
            x[at] = NORMALISE[how.method](turned, **_parameters(sheet, how, turned, block, columns))
        for n, column in enumerate(columns):
            code = sheet.framework.indicators[column]
            log.note(STAGE, "normalised", f"{_named(how)}, direction {turn[n]:+g}", element=code)
    return sheet.having(x)


def _named(how: NormaliseOption) -> str:
    given = [
        f"{key} {value}" for key in READS.get(how.method, ()) if (value := getattr(how, key)) is not None
    ]
    return " ".join([how.method, *given])


def _check_reads(how: NormaliseOption) -> None:
    for key in ("low", "high", "mean", "sd", "unit", "target", "scale", "tie", "cap"):
        if getattr(how, key) is not None and key not in READS.get(how.method, ()):
            reads = ", ".join(READS.get(how.method, ())) or "no parameters"
            raise InputError(
                f"{how.method} does not read {key!r}",
                where=f"recipe, stage normalise, {key}",
                repair=f"remove it; {how.method} reads {reads}",
            )


def _parameters(
    sheet: Sheet,
    how: NormaliseOption,
    turned: NDArray[np.float64],
    block: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> dict[str, Any]:
    """What the array function takes, turned like the indicator."""
    turn = sheet.framework.directions[columns]
    given = {key: getattr(how, key) for key in READS.get(how.method, ())}
    known = {key: value for key, value in given.items() if value is not None}
    if how.method == "distance_to_target":
        return {"target": _targets(sheet, how, turned, columns), "cap": bool(how.cap)}
    if how.method == "distance_to_reference":
        return {"reference": _references(sheet, how, turned, block, columns), "cap": bool(how.cap)}
    if how.method in {"goalposts", "scaled"}:
        low, high = _posts(how)
        ends = np.where(turn > 0, low, -high), np.where(turn > 0, high, -low)
        return {**known, "low": ends[0], "high": ends[1]}
    if how.method == "minmax" and known.get("low", 0.0) >= known.get("high", 100.0):
        raise InputError(
            "low is not below high", where="recipe, stage normalise, low", repair="give low < high"
        )
    return known


def _posts(how: NormaliseOption) -> tuple[float, float]:
    low, high = how.low, how.high
    if how.method == "scaled":
        low, high = 0.0 if low is None else low, 100.0 if high is None else high
    if low is None or high is None or not low < high:
        raise InputError(
            f"{how.method} needs `low` below `high`, found {low} and {high}",
            where="recipe, stage normalise",
            repair="give both, in the indicator's unit; directions turn by themselves",
        )
    return low, high


def _targets(
    sheet: Sheet, how: NormaliseOption, turned: NDArray[np.float64], columns: NDArray[np.int64]
) -> NDArray[np.float64]:
    codes = [sheet.framework.indicators[column] for column in columns]
    for code in codes:
        if how.target is None and code not in sheet.framework.target:
            raise InputError(
                f"{code!r} has no target",
                where=f"meta, element {code}, column Target",
                repair="write one, or give `target` in the recipe",
            )
    targets = np.array([sheet.framework.target[c] if how.target is None else how.target for c in codes])
    targets = targets * sheet.framework.directions[columns]
    for n, code in enumerate(codes):
        if targets[n] <= (worst := float(extremes(turned)[0][0, n])):
            raise InputError(
                f"the target of {code!r}, {abs(targets[n]):g}, is no better than the worst value, {abs(worst):g}",
                where=f"meta, element {code}, column Target",
                repair="give a target that is better than the worst unit",
            )
    return targets


def _references(
    sheet: Sheet,
    how: NormaliseOption,
    turned: NDArray[np.float64],
    block: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> NDArray[np.float64]:
    """The reference unit's value at each unit's time, `[u, i]`."""
    if how.unit is None:
        raise InputError(
            "distance_to_reference needs `unit`",
            where="recipe, stage normalise, unit",
            repair="give `unit`, the uCode of the unit that stands for 1",
        )
    codes = np.array([sheet.codes[u] for u in block])
    times = np.array([sheet.times[u] for u in block])
    reference = np.empty(turned.shape)
    worst = extremes(turned)[0][0]
    for time in dict.fromkeys(times):
        at = np.flatnonzero((codes == how.unit) & (times == time))
        if not len(at):
            when = f" at {time}" if time else ""
            raise InputError(
                f"there is no unit {how.unit!r}{when} to be the reference",
                where="recipe, stage normalise, unit",
                repair="name a unit that the screen leaves at every time",
            )
        row = turned[at[0]]
        for n, column in enumerate(columns):
            if not np.isnan(worst[n]) and not row[n] > worst[n]:  # a time of which nothing is known stays so
                is_what = "missing" if np.isnan(row[n]) else "the worst of all"
                raise InputError(
                    f"{sheet.framework.indicators[column]!r} of the reference unit {how.unit!r} is {is_what}",
                    where=f"data, unit {how.unit}, column {sheet.framework.indicators[column]}",
                    repair="choose another unit, or another method for this indicator",
                )
        reference[times == time] = row
    return reference


def _require_spread(
    sheet: Sheet,
    how: NormaliseOption,
    turned: NDArray[np.float64],
    block: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> None:
    least, greatest = (ends[0] for ends in extremes(turned))
    known = (~np.isnan(turned)).sum(axis=0)
    at = f" at {sheet.times[block[0]]}" if len(block) < len(sheet.rows) else ""
    constant = (greatest - least <= 1e-12 * np.abs(greatest)) & (known > 0)
    if how.method in NEEDS_SPREAD and constant.any():
        named = ", ".join(repr(sheet.framework.indicators[columns[n]]) for n in np.flatnonzero(constant))
        raise InputError(
            f"{how.method} cannot be taken of what is the same in every unit{at}: {named}",
            where="recipe, stage normalise",
            repair="remove the indicator, or give it another method (goalposts, rank) under `indicators`",
        )
    if how.method == "fraction_of_maximum" and (greatest[known > 0] <= 0).any():
        n = int(np.flatnonzero((greatest <= 0) & (known > 0))[0])
        raise InputError(
            f"the greatest value of {sheet.framework.indicators[columns[n]]!r} is not positive{at} "
            "(less is better turns the sign), so a fraction of it means nothing",
            where="recipe, stage normalise",
            repair="choose minmax or distance_to_maximum for it under `indicators`",
        )
    if how.method == "percentile_rank" and (known == 1).any():
        n = int(np.flatnonzero(known == 1)[0])
        raise InputError(
            f"{sheet.framework.indicators[columns[n]]!r} is known of one unit only{at}",
            where="recipe, stage normalise",
            repair="impute it, or choose another method for it under `indicators`",
        )

"""The stages over many samples at once: array functions on `[s, u, i]`, without the log and the checks.

The options have been checked by the plain steps on the nominal values. What depends on the drawn values must
show as a number that is lost; a method whose checks leave no such trace is not covered here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from multivector.indicators.composite.recipe import (
    Denominate,
    Impute,
    ImputeOption,
    Normalise,
    NormaliseOption,
    Screen,
    Treat,
    TreatOption,
)
from multivector.indicators.composite.stages import fills
from multivector.indicators.composite.stages.normalise import NEEDS_SPREAD
from multivector.indicators.composite.stages.outliers import (
    kurtosis,
    outlying,
    skewness,
    treat_outliers,
)
from multivector.indicators.composite.stages.scales import NORMALISE, extremes
from multivector.indicators.composite.stages.screen import share_available, share_nonzero
from multivector.indicators.composite.stages.sheet import Sheet
from multivector.indicators.composite.stages.treat import RULES

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

Earlier = Denominate | Impute | Screen | Treat | Normalise
"""A stage before aggregation."""
PLAIN_SCALES = frozenset({"distance_to_reference", "distance_to_target", "fraction_of_maximum"})
"""Normalisations that need a look at each sample: a target that the worst unit passes still gives numbers."""


def covers(stage: Earlier) -> bool:
    """Whether the stage with its options has a fast form."""
    if isinstance(stage, Normalise):
        return all(how.method not in PLAIN_SCALES for how in (stage, *stage.indicators.values()))
    if isinstance(stage, Treat):
        return all(how.then != "log_gii" for how in (stage, *stage.indicators.values()))
    return True


def step(stage: Earlier, sheet: Sheet, x: Floats) -> Floats:
    """One stage: `[s, u, i] -> [s, u, i]`; `sheet` gives units, groups and the framework."""
    match stage:
        case Denominate():
            return x / _divisors(stage, sheet)
        case Impute():
            return _imputed(stage, sheet, x)
        case Screen():
            return _screened(stage, sheet, x)
        case Treat():
            return _treated(stage, sheet, x)
        case Normalise():
            return _normalised(stage, sheet, x)


def _divisors(stage: Denominate, sheet: Sheet) -> Floats:
    """What each cell is divided by, `[u, i]`; missing where the denominator is no positive number."""
    chosen = {**sheet.framework.denominator, **stage.by}
    below = np.ones((len(sheet.rows), len(sheet.framework.indicators)))
    for column, code in enumerate(sheet.framework.indicators):
        if name := chosen.get(code, ""):
            below[:, column] = sheet.data.denominators[name][sheet.rows] / stage.per.get(name, 1.0)
    return np.where(below > 0, below, np.nan)


def _imputed(stage: Impute, sheet: Sheet, x: Floats) -> Floats:
    y = x.copy()
    for how, columns in sheet.options(stage, stage.indicators, "recipe, stage impute, indicators"):
        if how.method == "none":
            continue
        for block in sheet.blocks(stage.over):
            part = x[..., block[:, None], columns]
            y[..., block[:, None], columns] = np.where(
                np.isnan(part), _filling(sheet, how, block, part), part
            )
    return y


def _filling(sheet: Sheet, how: ImputeOption, block: Places, x: Floats) -> Floats | float:
    codes = [sheet.codes[u] for u in block]
    match how.method:
        case "constant":
            return float(how.value or 0.0)
        case "panel_linear":
            return fills.panel_linear(x, codes, sheet.data.moments[sheet.rows][block])
        case "panel_latest":
            return fills.panel_latest(x, codes, sheet.data.moments[sheet.rows][block])
    middle = fills.median if how.method.endswith("median") else fills.mean
    if how.method.startswith("group_"):
        labels = sheet.data.groups[how.group or ""]
        return fills.by_group(x, [labels[u] for u in sheet.rows[block]], middle)
    return middle(x)


def _screened(stage: Screen, sheet: Sheet, x: Floats) -> Floats:
    poor = share_available(x) < stage.least_available
    with np.errstate(invalid="ignore"):
        empty = share_nonzero(x) < stage.least_nonzero
    out = {"available": poor, "nonzero": empty, "both": poor | empty}[stage.by]
    named = np.array([(code in stage.keep, code in stage.drop) for code in sheet.codes])
    stays = ~named[:, 1] & (named[:, 0] | ~out)
    return np.where(stays[..., None], x, np.nan)


def _treated(stage: Treat, sheet: Sheet, x: Floats) -> Floats:
    y = x.copy()
    given = {**stage.indicators, **dict.fromkeys(stage.leave, TreatOption(rule="none"))}
    for how, columns in sheet.options(stage, given, "recipe, stage treat, indicators"):
        if how.rule == "none":
            continue
        for block in sheet.blocks(stage.over):
            y[..., block[:, None], columns] = _without_outliers(how, x[..., block[:, None], columns])
    return y


def _without_outliers(how: TreatOption, x: Floats) -> Floats:
    """Only the indicators of the samples that have outliers are treated, each for itself: few do."""
    rule = RULES[how.rule]
    limits = how.skew or rule[0], how.kurtosis or rule[1]
    s, i = np.nonzero(outlying(skewness(x), kurtosis(x), *limits))
    treated = treat_outliers(
        x[s, :, i][..., None],
        winmax=how.winmax,
        skew=limits[0],
        kurtosis_=limits[1],
        then=how.then,
        power=how.power,
        combine=how.combine,
    )
    x[s, :, i] = treated.values[..., 0]
    return x


def _normalised(stage: Normalise, sheet: Sheet, x: Floats) -> Floats:
    y = np.full(x.shape, np.nan)
    for how, columns in sheet.options(stage, stage.indicators, "recipe, stage normalise, indicators"):
        turn = sheet.framework.directions[columns]
        for block in sheet.blocks(stage.over):
            turned = x[..., block[:, None], columns] * turn
            if how.method in NEEDS_SPREAD:
                turned = _without_flat(turned)
            y[..., block[:, None], columns] = NORMALISE[how.method](turned, **_parameters(how, turn))
    return y


def _without_flat(x: Floats) -> Floats:
    """Constant indicators lost, so that they show: rounding must not pass for spread."""
    least, greatest = extremes(x)
    with np.errstate(invalid="ignore"):
        return np.where(greatest - least <= 1e-12 * np.abs(greatest), np.nan, x)


def _parameters(how: NormaliseOption, turn: Floats) -> dict[str, Floats | float | bool]:
    """What the array function takes; ends in the indicator's own unit turn with it."""
    named = ("low", "high", "mean", "sd", "scale", "cap")
    given = {key: value for key in named if (value := getattr(how, key, None)) is not None}
    if how.method in {"scaled", "goalposts"}:
        low, high = given.get("low", 0.0), given.get("high", 100.0)
        given |= {"low": np.where(turn > 0, low, -high), "high": np.where(turn > 0, high, -low)}
    return given

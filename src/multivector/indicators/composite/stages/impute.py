"""Impute: fill missing cells, each of them in the log."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.log import Log
from multivector.indicators.composite.recipe import Impute, ImputeOption
from multivector.indicators.composite.stages import fills
from multivector.indicators.composite.stages.sheet import Sheet

STAGE = "Imputed"


def impute(sheet: Sheet, option: Impute, log: Log) -> Sheet:
    """Fill missing cells by the option of each indicator. What no rule can fill stays missing, and is logged.

    Raises
    ------
    InputError : an unknown group column or indicator; a panel method without times.
    """
    x = sheet.x.copy()
    for how, columns in sheet.options(option, option.indicators, "recipe, stage impute, indicators"):
        if how.method == "none":
            continue
        for block in sheet.blocks(option.over):
            at = np.ix_(block, columns)
            x[at] = np.where(np.isnan(sheet.x[at]), _filled(sheet, how, block, columns), sheet.x[at])
        _note(sheet, x, how, columns, log)
    return sheet.having(x)


def _filled(
    sheet: Sheet, how: ImputeOption, block: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.float64]:
    x = sheet.x[np.ix_(block, columns)]
    rule, _, middle = how.method.rpartition("_")
    if how.method == "constant":
        return np.full(x.shape, how.value)
    if rule == "panel":
        codes = [sheet.codes[u] for u in block]
        times = _times(sheet)[block]
        return (fills.panel_linear if middle == "linear" else fills.panel_latest)(x, codes, times)
    of = fills.mean if middle == "mean" else fills.median
    if rule == "group":
        groups = _groups(sheet, how.group or "")
        return fills.by_group(x, [groups[u] for u in block], of)
    return np.broadcast_to(of(x), x.shape)


def _groups(sheet: Sheet, name: str) -> tuple[str, ...]:
    if name not in sheet.data.groups:
        there = ", ".join(sheet.data.groups) or "none"
        raise InputError(
            f"there is no group column {name!r}",
            where="recipe, stage impute, group",
            repair=f"name a row of type Group in the meta table; there is {there}",
        )
    return tuple(sheet.data.groups[name][u] for u in sheet.rows)


def _times(sheet: Sheet) -> NDArray[np.float64]:
    if not sheet.data.panel:
        raise InputError(
            "the data have one time only, so nothing can be read along time",
            where="recipe, stage impute, method",
            repair="give data with a column Time of several values, or choose another method",
        )
    return sheet.data.moments[sheet.rows]


def _note(
    sheet: Sheet, x: NDArray[np.float64], how: ImputeOption, columns: NDArray[np.int64], log: Log
) -> None:
    groups = _groups(sheet, how.group) if how.group else None
    for column in columns:
        code = sheet.framework.indicators[column]
        for u in np.flatnonzero(np.isnan(sheet.x[:, column])):
            of = f" of {how.group} {groups[u]}" if groups else ""
            cell = sheet.cell(int(u), code)
            if np.isnan(x[u, column]):
                log.note(STAGE, "still missing", f"no value to fill it by {how.method}{of}", **cell)
            else:
                log.note(STAGE, "imputed", f"{how.method}{of}", after=float(x[u, column]), **cell)

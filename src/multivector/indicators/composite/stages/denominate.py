"""Denominate: amounts into rates, so that size does not pass for merit."""

from __future__ import annotations

import numpy as np

from multivector.errors import InputError
from multivector.indicators.composite.cell import LARGEST, require_size
from multivector.indicators.composite.log import Log
from multivector.indicators.composite.recipe import Denominate
from multivector.indicators.composite.stages.sheet import Sheet, require_codes

STAGE = "Denominated"
SMALLEST = 1e-60
"""What is divided by less does not stay finite."""


def denominate(sheet: Sheet, option: Denominate, log: Log) -> Sheet:
    """x / (denominator / per), by the meta table's column `Denominator` unless the recipe says otherwise.

    Raises
    ------
    InputError : no such column; a denominator that is missing (unless `missing = "leave"`), zero or negative.
    """
    require_codes(option.by, sheet.framework.indicators, "recipe, stage denominate, by")
    chosen = {**sheet.framework.denominator, **option.by}
    require_codes(option.per, tuple(chosen.values()), "recipe, stage denominate, per", "denominator")
    x = sheet.x.copy()
    for column, code in enumerate(sheet.framework.indicators):
        name = chosen.get(code, "")
        if not name:
            continue
        below = sheet.data.denominators[name][sheet.rows] / option.per.get(name, 1.0)
        _require_positive(sheet, column, below, name, option.missing)
        x[:, column] = sheet.x[:, column] / np.where(below > 0, below, np.nan)
        for u in np.flatnonzero(np.abs(x[:, column]) > LARGEST):
            require_size(x[u, column], f"{code!r} of unit {sheet.units[u]} divided by {name}")
        per = f" per {option.per[name]:g}" if name in option.per else ""
        log.note(STAGE, "divided", f"by {name}{per}", element=code)
        for u in np.flatnonzero(np.isnan(below) & ~np.isnan(sheet.x[:, column])):
            before = float(sheet.x[u, column])
            log.note(STAGE, "missing", f"{name} is missing", before=before, **sheet.cell(int(u), code))
    return sheet.having(x)


def _require_positive(sheet: Sheet, column: int, below: np.ndarray, name: str, missing: str) -> None:
    code = sheet.framework.indicators[column]
    needed = ~np.isnan(sheet.x[:, column])
    wrong = needed & ~(below > SMALLEST)
    if missing == "leave":
        wrong &= ~np.isnan(below)
    if wrong.any():
        u = int(np.flatnonzero(wrong)[0])
        is_what = "missing" if np.isnan(below[u]) else f"{below[u]:g}"
        more = f" (and {wrong.sum() - 1} more units)" if wrong.sum() > 1 else ""
        raise InputError(
            f"the denominator {name} of {code!r} is {is_what}{more}",
            where=f"data, unit {sheet.units[u]}, column {name}",
            repair='give a positive number; for a missing one, `missing = "leave"` leaves the cell missing',
        )

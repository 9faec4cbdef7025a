"""Screen: drop the units of which too little is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.log import Log
from multivector.indicators.composite.recipe import Screen
from multivector.indicators.composite.stages.sheet import Sheet, require_codes

STAGE = "Screened"
Floats = NDArray[np.float64]


def share_available(x: Floats) -> Floats:
    """Share of the indicators that are known of each unit, `[..., u, i]` to `[..., u]`."""
    return np.asarray((~np.isnan(x)).mean(axis=-1))


def share_nonzero(x: Floats) -> Floats:
    """Share of a unit's known values that are not zero, `[..., u, i]` to `[..., u]`; NaN if none is known."""
    known = (~np.isnan(x)).sum(axis=-1)
    zero = (x == 0).sum(axis=-1)
    return np.asarray(np.where(known > 0, 1.0 - zero / np.maximum(known, 1), np.nan))


def screen(sheet: Sheet, option: Screen, log: Log) -> Sheet:
    """Keep the units with enough of their values; `keep` and `drop` go before the rule.

    Raises
    ------
    InputError : an unknown unit; fewer than three units left.
    """
    for given, key in ((option.keep, "keep"), (option.drop, "drop")):
        require_codes(given, sheet.codes, f"recipe, stage screen, {key}", "unit")
    available, nonzero = share_available(sheet.x), share_nonzero(sheet.x)
    low_data = available < option.least_available
    low_nonzero = nonzero < option.least_nonzero
    out = {"available": low_data, "nonzero": low_nonzero, "both": low_data | low_nonzero}[option.by]
    keep = np.array([code in option.keep for code in sheet.codes])
    drop = np.array([code in option.drop for code in sheet.codes])
    stays = ~drop & (keep | ~out)
    for u in np.flatnonzero(~stays | (out & keep)):
        why = (
            "named in drop"
            if drop[u]
            else f"{available[u]:.3g} of its values known, {nonzero[u]:.3g} of those not zero"
        )
        log.note(STAGE, "kept by name" if stays[u] else "dropped", why, **sheet.cell(int(u)))
    log.tables["availability"] = [
        {
            "uCode": sheet.codes[u],
            "N_missing": int(np.isnan(sheet.x[u]).sum()),
            "N_zero": int((sheet.x[u] == 0).sum()),
            "N_miss_or_zero": int((np.isnan(sheet.x[u]) | (sheet.x[u] == 0)).sum()),
            "Dat_Avail": float(available[u]),
            "Non_Zero": float(nonzero[u]),
            "LowData": bool(low_data[u]),
            "LowNonZero": bool(low_nonzero[u]),
            "LowDatOrZeroFlag": bool(low_data[u] | low_nonzero[u]),
            "Included": bool(stays[u]),
            **({"Time": sheet.times[u]} if sheet.data.panel else {}),
        }
        for u in range(len(sheet.rows))
    ]
    left = replace(sheet, rows=sheet.rows[stays], x=sheet.x[stays])
    if len(set(left.codes)) < 3:
        raise InputError(
            f"the screen leaves {len(set(left.codes))} units: {', '.join(left.units) or 'none'}",
            where="recipe, stage screen",
            repair="lower least_available or least_nonzero, or name units in keep; an index needs three",
        )
    return left

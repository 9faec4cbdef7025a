"""Treat: outliers that would set the scale for everybody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.composite.log import Log
from multivector.indicators.composite.recipe import Treat, TreatOption
from multivector.indicators.composite.stages.outliers import (
    Treated,
    kurtosis,
    outlying,
    skewness,
    treat_outliers,
)
from multivector.indicators.composite.stages.sheet import Sheet, require_codes

STAGE = "Treated"
RULES = {"jrc": (2.0, 3.5), "coinr": (2.0, 3.5), "gii": (2.25, 3.5)}
"""Thresholds of |skewness| and kurtosis, which must be passed together: the JRC's, which COINr 1.1 follows,
and those of the Global Innovation Index."""


@dataclass(frozen=True)
class _Limits:
    """An option with its thresholds filled in."""

    skew: float
    kurtosis: float

    @classmethod
    def of(cls, how: TreatOption) -> _Limits:
        skew, kurt = RULES.get(how.rule, RULES["coinr"])
        return cls(how.skew or skew, how.kurtosis or kurt)


def treat(sheet: Sheet, option: Treat, log: Log) -> Sheet:
    """Treat each indicator by its option; each changed cell is in the log.

    Raises
    ------
    InputError : an unknown indicator; values that a transform cannot take.
    """
    require_codes(option.leave, sheet.framework.indicators, "recipe, stage treat, leave")
    leave = dict.fromkeys(option.leave, TreatOption(rule="none"))
    x = sheet.x.copy()
    rows = log.tables.setdefault("treatment", [])
    for how, columns in sheet.options(
        option, {**option.indicators, **leave}, "recipe, stage treat, indicators"
    ):
        if how.rule == "none":
            continue
        for block in sheet.blocks(option.over):
            at = np.ix_(block, columns)
            done = _treated(sheet, how, block, columns)
            x[at] = done.values
            _note(sheet, how, block, columns, done, log)
            time = sheet.times[block[0]] if option.over == "each_time" else ""
            rows += _details(sheet, how, sheet.x[at], columns, done, time)
    order = {code: n for n, code in enumerate(sheet.framework.indicators)}
    rows.sort(key=lambda row: order[row["iCode"]])
    return sheet.having(x)


def _treated(sheet: Sheet, how: TreatOption, block: NDArray[np.int64], columns: NDArray[np.int64]) -> Treated:
    limits = _Limits.of(how)
    done = treat_outliers(
        sheet.x[np.ix_(block, columns)],
        winmax=how.winmax,
        skew=limits.skew,
        kurtosis_=limits.kurtosis,
        then=how.then,
        power=how.power,
        combine=how.combine,
    )
    for n in np.flatnonzero(done.transformed):
        before = sheet.x[block, columns[n]]
        lost = ~np.isnan(before) & ~np.isfinite(done.values[:, n])
        code = sheet.framework.indicators[columns[n]]
        if lost.any():
            u = int(np.flatnonzero(lost)[0])
            raise InputError(
                f"{how.then} of {code!r} cannot be taken: {sheet.units[block[u]]} has {before[u]:g}",
                where=f"data, unit {sheet.units[block[u]]}, column {code}",
                repair='choose `then = "log_ct"`, which shifts to positive values, or leave the indicator',
            )
        if how.then == "log_gii" and np.nanmax(before) <= 1:
            raise InputError(
                f"log_gii would turn {code!r} upside down: its greatest value, {np.nanmax(before):g}, "
                "is not above 1",
                where=f"recipe, stage treat, indicator {code}",
                repair='choose `then = "log_ct"` for it, or give the indicator in smaller units',
            )
    return done


def _note(
    sheet: Sheet,
    how: TreatOption,
    block: NDArray[np.int64],
    columns: NDArray[np.int64],
    done: Treated,
    log: Log,
) -> None:
    limits = _Limits.of(how)
    before = sheet.x[np.ix_(block, columns)]
    lean, tail = skewness(before), kurtosis(before)
    after_lean, after_tail = skewness(done.values), kurtosis(done.values)
    still = outlying(after_lean, after_tail, limits.skew, limits.kurtosis)
    for n, column in enumerate(columns):
        code = sheet.framework.indicators[column]
        why = f"skewness {lean[n]:.3g}, kurtosis {tail[n]:.3g}"
        touched = done.raised[:, n] | done.lowered[:, n]
        if done.transformed[n]:
            touched = ~np.isnan(before[:, n])
        for u in np.flatnonzero(touched):
            action = f"transformed by {how.then}" if done.transformed[n] else "winsorised"
            values = {"before": float(before[u, n]), "after": float(done.values[u, n])}
            log.note(STAGE, action, why, **values, **sheet.cell(int(block[u]), code))
        if still[n]:
            after = f"skewness {after_lean[n]:.3g}, kurtosis {after_tail[n]:.3g} after treatment"
            log.note(STAGE, "still has outliers", after, element=code)


def _details(
    sheet: Sheet,
    how: TreatOption,
    before: NDArray[np.float64],
    columns: NDArray[np.int64],
    done: Treated,
    time: str,
) -> list[dict[str, object]]:
    """A row per indicator: skewness and kurtosis before and after, and what was done."""
    limits = _Limits.of(how)
    lean, tail = skewness(before), kurtosis(before)
    after_lean, after_tail = skewness(done.values), kurtosis(done.values)
    out = outlying(lean, tail, limits.skew, limits.kurtosis)
    still = outlying(after_lean, after_tail, limits.skew, limits.kurtosis)
    winsorised = (done.raised | done.lowered).sum(axis=-2)
    return [
        {
            "iCode": sheet.framework.indicators[column],
            "pass_before": not out[n],
            "skew_before": float(lean[n]),
            "kurtosis_before": float(tail[n]),
            "winsorised": int(winsorised[n]),
            "transform": how.then if done.transformed[n] else "",
            "pass_after": not still[n],
            "skew_after": float(after_lean[n]),
            "kurtosis_after": float(after_tail[n]),
            **({"Time": time} if time else {}),
        }
        for n, column in enumerate(columns)
    ]

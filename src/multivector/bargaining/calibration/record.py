"""What past issues say of forecasts: the fitted headline forecast and the scores of all, as the package ships them.

`record.json` is written by `tools/calibrate_bargaining.py` from DEU III; it holds coefficients and scores of our
own computation, and none of the data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from multivector.bargaining.calibration.methods.support_regression import SupportCurve
from multivector.errors import InputError

FILE: Final = Path(__file__).with_name("record.json")


@dataclass(frozen=True, eq=False)
class CalibrationRecord:
    """The headline forecast and its track record.

    Parameters
    ----------
    method : its name in the tables.
    curve : its coefficients, learnt from all past issues.
    level : of the shortest interval that held 80 % of outcomes of issues not learnt from.
    domain : which issues the record speaks for, in words.
    actors : fewest and most actors in them.
    headline : its scores, chosen and learnt inside training folds: crps, mae, coverage, width and so on.
    forecasts, models : one mapping a row of the tables of forecasts and of models.
    source : publisher, identifiers and hashes of what the record was computed from.
    """

    method: str
    curve: SupportCurve
    level: float
    domain: str
    actors: tuple[int, int]
    headline: Mapping[str, Any]
    forecasts: tuple[Mapping[str, Any], ...]
    models: tuple[Mapping[str, Any], ...]
    source: Mapping[str, Any]


def read_record(path: Path) -> CalibrationRecord:
    """Read a record.

    Raises
    ------
    InputError : the file is missing or is no record; says how to make one.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        fitted = kept["fitted"]
        curve = SupportCurve(
            tuple(fitted["terms"]), np.array(fitted["curve"], float), np.array(fitted["slope"], float)
        )
        if curve.curve.shape != (1, 6) or curve.slope.shape != (1,) or curve.terms != ("support",):
            raise ValueError("another method")
        least, most = kept["domain"]["actors"]
        return CalibrationRecord(
            str(fitted["method"]),
            curve,
            float(fitted["level"]),
            str(kept["domain"]["what"]),
            (int(least), int(most)),
            kept["headline"],
            tuple(kept["forecasts"]),
            tuple(kept["models"]),
            kept["source"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            "is no record of calibrated forecasts from support",
            where=str(path),
            repair="write it again: python tools/calibrate_bargaining.py FOLDER_OF_DEU_III",
        ) from error


@cache
def shipped_record() -> CalibrationRecord:
    """The record that comes with the package."""
    return read_record(FILE)

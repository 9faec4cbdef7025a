"""How numbers of an issue are written, on the command line and on pages: digits by the length of a scale, cells in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

Row = Mapping[str, Any]
COARSE: Final = 20.0
"""A scale of this length and more is told in whole units; a tenth of it takes a digit more."""
MORE_DIGITS: Final = 6
"""Places that as many digits more do not tell apart are one."""


def shown(value: float, span: float, *, signed: bool = False, more: int = 0) -> str:
    """A place, or with its sign a difference of places, on a scale of that length; `more` digits where asked."""
    digits = max(0, math.ceil(math.log10(COARSE / span))) + more
    if signed:
        digits += 1
    told = f"{value:{'+' if signed else ''}.{digits}f}"
    return told.lstrip("-") if float(told) == 0 else told


def gain(value: float, part: Row) -> str:
    """What a move brings: percentage points of a chance, else units of the scale."""
    if part["is_chance"]:
        return f"{shown(100 * value, 100, signed=True)} pp"
    return shown(value, part["span"], signed=True)


def turned(before: float, after: float, part: Row) -> tuple[str, str]:
    """What a quantity is and what it would be, with the digits that tell the two apart."""
    size, span, unit = (100.0, 100.0, "%") if part["is_chance"] else (1.0, part["span"], "")
    return _apart(size * before, size * after, span, unit)


def cell_turned(row: Row) -> tuple[str, str]:
    """A cell at its mode and where it would have to be."""
    return _apart(row["mode"], row["value"], row["span"])


def _apart(before: float, after: float, span: float, unit: str = "") -> tuple[str, str]:
    for more in range(MORE_DIGITS + 1):
        told = tuple(f"{shown(value, span, more=more)}{unit}" for value in (before, after))
        if told[0] != told[1]:
            break
    return told[0], told[1]


def share(row: Row) -> str:
    """An estimated share of a variance with its standard error; estimates without bias may fall below 0 or above 1."""
    told = f"{row['share']:.0%}"
    return f"{'0%' if told == '-0%' else told} ± {row['error']:.0%}"


def with_error(value: float, error: float) -> str:
    """An estimate and its standard error, to the error's first digit."""
    digits = max(0, -math.floor(math.log10(error))) if error > 0 else 2
    return f"{value:.{digits}f} ± {error:.{digits}f}"


def rested(row: Row) -> str:
    """The draws of a process over which moves are told."""
    if row["at_rest"]:
        return f"the {row['at_rest']} draws that came to rest"
    return f"all {row['draws']} draws, none of which came to rest"


def share_name(row: Row) -> str:
    """What a share of the variance belongs to."""
    if row["part"] == "option":
        return f"{row['option']} of {row['family']}"
    return {"family": "family of models", "options": "options within families", "cells": "cells"}[row["part"]]


def cell_name(row: Row, several: bool) -> str:
    """A cell: "position of X", with its dimension where there are several."""
    on = f" on {row['dimension']}" if several and row["dimension"] else ""
    return f"{row['attribute']} of {row['stakeholder']}{on}"


def forecast_in_words(forecast: Row) -> str:
    """A forecast of one dimension with its interval and unit."""
    span = forecast["at"][-1] - forecast["at"][0]
    median, low, high = (shown(forecast[key], span) for key in ("median", "low80", "high80"))
    unit = f" {forecast['unit']}" if forecast["unit"] else ""
    return f"{median}{unit}, 80 % interval {low} to {high}"

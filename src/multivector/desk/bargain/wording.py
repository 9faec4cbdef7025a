"""How numbers of an issue are written, on the command line and on pages: digits by the length of a scale, cells in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

Row = Mapping[str, Any]
COARSE: Final = 20.0
"""A scale of this length and more is told in whole units; a tenth of it takes a digit more."""


def shown(value: float, span: float, *, signed: bool = False) -> str:
    """A place, or with its sign a difference of places, on a scale of that length."""
    digits = max(0, math.ceil(math.log10(COARSE / span)))
    if signed:
        digits += 1
    told = f"{value:{'+' if signed else ''}.{digits}f}"
    return told.lstrip("-") if float(told) == 0 else told


def gain(value: float, part: Row) -> str:
    """What a move brings: percentage points of a chance, else units of the scale."""
    if part["is_chance"]:
        return f"{shown(100 * value, 100, signed=True)} pp"
    return shown(value, part["span"], signed=True)


def outcome(value: float, part: Row) -> str:
    """What a quantity comes to: a chance in per cent, else a place."""
    return f"{value:.0%}" if part["is_chance"] else shown(value, part["span"])


def share(row: Row) -> str:
    """An estimated share of a variance with its standard error; estimates without bias may fall below 0 or above 1."""
    told = f"{row['share']:.0%}"
    return f"{'0%' if told == '-0%' else told} ± {row['error']:.0%}"


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

"""Units as texts and tables write them, brought to one base each: t, m3, barrels a day, kWh, MW, km, USD, percent."""

from __future__ import annotations

import re

# pattern of the unit -> base, factor; the first that fits counts
_UNITS: tuple[tuple[str, str, float], ...] = (
    (r"percentage points?", "percentage points", 1.0),
    (r"percent of gdp|% of gdp", "percent", 1.0),
    (r"percent.*|per cent|%|pct", "percent", 1.0),
    (r"mt( a year|/y|/a)?|million (metric )?(tonnes?|tons?)", "t", 1e6),
    (r"kilotonnes?|kt", "t", 1e3),
    (r"(metric[ _])?(tonnes?|tons?)|t", "t", 1.0),
    (r"bcm( a year|/y)?|billion cubic met(er|re)s", "m3", 1e9),
    (r"tcm|trillion cubic met(er|re)s", "m3", 1e12),
    (r"cubic[ _]met(er|re)s?|m3", "m3", 1.0),
    (r"million barrels (a|per) day", "barrels a day", 1e6),
    (r"barrels (a|per) day|barrels/day|bbl/day|bpd|b/d", "barrels a day", 1.0),
    (r"barrels?", "barrels", 1.0),
    (r"twh|terawatt[- ]hours?", "kWh", 1e9),
    (r"gwh|gigawatt[- ]hours?", "kWh", 1e6),
    (r"mwh|megawatt[- ]hours?", "kWh", 1e3),
    (r"kwh|kilowatt[- ]hours?", "kWh", 1.0),
    (r"gw|gigawatts?", "MW", 1e3),
    (r"mw|megawatts?", "MW", 1.0),
    (r"kw|kilowatts?", "MW", 1e-3),
    (r"km|kilomet(er|re)s?|kms", "km", 1.0),
    (r"miles?", "km", 1.609344),
    (r"mm|millimet(er|re)s?", "mm", 1.0),
    (r"teus?( a year|/y)?|twenty[- ]foot.*|containers?", "TEU", 1.0),
    (r"(container[ _]|freight[ _])?trains?( a day)?", "trains", 1.0),
    (r"days?", "days", 1.0),
    (r"weeks?", "days", 7.0),
    (r"hours?", "days", 1 / 24),
    (r"months?", "days", 30.4),
    (r"years?", "years", 1.0),
    (r"bn usd", "USD", 1e9),
    (r"bn eur", "EUR", 1e9),
    (r"(international )?usd|dollars?", "USD", 1.0),
    (r"eur|euros?", "EUR", 1.0),
    (r"people|persons?|inhabitants|residents|citizens", "persons", 1.0),
)
_COMPILED = tuple((re.compile(pattern, re.I), base, factor) for pattern, base, factor in _UNITS)
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
    "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9,
    "tenth": 10, "tenths": 10,
}  # fmt: skip


def base_of(unit: str) -> tuple[str, float]:
    """The base unit and the factor to it; an unknown unit is its own base."""
    unit = unit.strip()
    if unit.lower() in _PARTS:
        return "percent", 100.0 / _PARTS[unit.lower()]
    for pattern, base, factor in _COMPILED:
        if pattern.fullmatch(unit):
            return base, factor
    return unit, 1.0


def is_part(unit: str) -> bool:
    """Whether the unit is a part of a whole: thirds, tenths."""
    return unit.strip().lower() in _PARTS

"""How exactly a number is stated, and whether a computed one agrees with it.

Rounding: a number stated to the nearest u agrees with anything within u/2. Where vintages of the data differ,
anything between the lowest and the highest, widened by u/2, agrees. A hedge ("about", "nearly") doubles u/2
and allows at least 5 per cent of the number. What misses by no more than 2 per cent of the number is `partly`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from multivector.evidence.checking.verdict import PARTLY, REFUTED, SUPPORTED, Word
from multivector.evidence.reading.quantities import quantities_of
from multivector.evidence.records import Claim

_HEDGE = 0.05
_NEAR = 0.02
_PART = 4.0  # percentage points: "a third" is good to four to each side, as it is always hedged


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as stated: its value, its operator, and the unit of its last digit."""

    value: float
    op: str
    step: float

    @property
    def tolerance(self) -> float:
        """Half the unit of the last digit, more where the number is hedged."""
        half = self.step / 2
        return max(2 * half, _HEDGE * abs(self.value)) if self.op == "~" else half


def stated_in(claim: Claim) -> Stated | None:
    """The number of a claim with the precision that its quote shows; else that of the digits in `value`."""
    value = claim.number
    if value is None or not math.isfinite(value):
        return None
    op = claim.value_op or "="
    for quantity in quantities_of(claim.quote):
        if math.isclose(quantity.value, value, rel_tol=1e-5):
            return Stated(
                value, op, min(quantity.step, _PART) if quantity.unit == "percent" else quantity.step
            )
    return Stated(value, op, _step(re.sub(r",(?=\d{1,2}$)", ".", claim.value)))


def _step(text: str) -> float:
    digits = text.replace(",", "").strip().lstrip("+-").lower()
    if "e" in digits:
        mantissa, _, power = digits.partition("e")
        return 10.0 ** (int(power) - len(mantissa.partition(".")[2]))
    if "." in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0"))
    # "60" is exact to the unit as people write shares; "1600000000" is 1.6 billion.
    return 10.0**zeros if len(digits) > 4 else 1.0


def agreement(stated: Stated, value: float, low: float, high: float) -> Word:
    """Supported, partly or refuted: the stated number against value and bounds (all in one unit)."""
    low, high = min(low, value), max(high, value)
    tolerance = stated.tolerance
    near = tolerance + _NEAR * abs(stated.value)
    # A computed 94.5 must not fail by the last bit of a float.
    slack = 1e-9 * max(1.0, abs(stated.value))
    if stated.op == ">":
        return _one_sided(value - stated.value, high - stated.value, near, slack)
    if stated.op == "<":
        return _one_sided(stated.value - value, stated.value - low, near, slack)
    beyond = max(low - stated.value, stated.value - high, 0.0)
    if beyond <= tolerance + slack:
        return SUPPORTED
    return PARTLY if beyond <= near + slack else REFUTED


def _one_sided(margin: float, best: float, near: float, slack: float) -> Word:
    if margin >= -slack:
        return SUPPORTED
    return PARTLY if best >= -slack or margin >= -near else REFUTED


def spread_text(low: float, high: float, unit: str, digits: int, vintages: int) -> str:
    """' (vintages differ: 93.9 to 94.5 percent)' where the bounds differ at that many digits, else nothing."""
    a, b = f"{low:,.{digits}f}", f"{high:,.{digits}f}"
    reason = "vintages differ" if vintages > 1 else "bounds"
    return f" ({reason}: {a} to {b}{unit})" if a != b else ""


def tolerance_text(stated: Stated, unit: str, spread: float, digits: int) -> str:
    """The tolerance in words; differences of percentages are percentage points."""
    unit = " percentage points" if unit.startswith(" percent") else unit
    base = f"±{stated.tolerance:g}{unit} (half a unit of the last digit stated)"
    if stated.op == "~":
        base = f"±{stated.tolerance:g}{unit} (the number is hedged)"
    if stated.op in (">", "<"):
        base = f"one-sided: {'more' if stated.op == '>' else 'less'} than {stated.value:g}"
    apart = f"{spread:.{digits}f}"
    return base + (f", and {apart}{unit} between the bounds" if float(apart) > 0 else "")

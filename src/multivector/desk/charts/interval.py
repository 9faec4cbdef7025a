"""One row of many pictures: a name, what is said of it, and below both a value on its interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from multivector.desk import palette
from multivector.desk.charts.plain import dot, line, words
from multivector.desk.charts.theme import WIDTH
from multivector.desk.svg import text_width

DOT = "#12566b"
LEFT = 12


def named(top: float, name: str, said: str, *, ink: bool = False) -> str:
    """The name to the left, as much of it as there is room for, and the words to the right, on one line."""
    room = WIDTH - 2 * LEFT - 8 - text_width(said, 10.5)
    return words(LEFT, top, name, room=room) + words(
        WIDTH - LEFT, top, said, size=10.5, colour=palette.INK if ink else palette.MUTED, anchor="end"
    )


def interval(
    y: float, x: Callable[[float], float], low: float | None, at: float, high: float | None, *,
    colour: str = palette.ACCENT, radius: float = 4.4, fill: str = DOT,
) -> str:  # fmt: skip
    """A line from low to high, where both are known, and a dot; `x` takes values to pixels."""
    drawn = "" if low is None or high is None else line(x(low), x(high), y, colour, 2.4)
    return drawn + dot(x(at), y, radius, fill)


def held(middle: float, said: str, size: float) -> float:
    """Where the middle of a text stands that is wanted at `middle` and must not leave the picture."""
    half = text_width(said, size) / 2
    return min(max(middle, half), WIDTH - half)


def between(low: float | None, high: float | None) -> str:
    """An interval in brackets; nothing where an end is missing."""
    return "" if low is None or high is None else f" ({brief(low)} to {brief(high)})"


def brief(value: float) -> str:
    """A value to three figures, or to the whole number, with a true minus."""
    rounded = round(value) if abs(value) >= 100 else float(f"{value:.3g}")
    return f"{rounded if abs(value) > 5e-10 else 0:g}".replace("-", "−")


def digits(span: float) -> int:
    """Digits after the point with which values over such a span are told apart."""
    return min(max(1 - math.floor(math.log10(span / 2.5)), 0), 6) if span > 0 else 0


def sentences(parts: Iterable[str]) -> str:
    """What screen readers say of the rows."""
    return "; ".join(parts) or "Nothing to show."

"""What places on an issue's scale mean, written below its axis."""

from __future__ import annotations

from collections.abc import Sequence

from multivector.desk import palette
from multivector.desk.charts.interval import brief
from multivector.desk.charts.plain import words, wrapped
from multivector.desk.charts.theme import WIDTH
from multivector.desk.svg import text_width

SIZE, LEADING, GAP = 9.5, 11.5, 8.0

Mark = tuple[float, str]
"""A place, and what it means."""


def ticks(marks: Sequence[Mark], low: float, high: float) -> list[float]:
    """Where the axis is marked: at the marks, else at quarters of the scale."""
    return [at for at, _ in marks] or [low + (high - low) * k / 4 for k in range(5)]


def meanings(marks: Sequence[Mark], top: float) -> tuple[str, float]:
    """The meanings side by side, or one below the other where a column is too narrow for some word; and their end.

    Each begins with its place, so that it is found whatever stands above it.
    """
    said = [f"{brief(at)}: {means}" for at, means in sorted(marks)]
    column = WIDTH / max(len(said), 1)
    if any(text_width(word, SIZE) > column - GAP for each in said for word in each.split()):
        lines = [line for each in said for line in wrapped(each, SIZE, WIDTH)]
        return _column(lines, 0.0, top, ""), top + LEADING * len(lines)
    columns = [wrapped(each, SIZE, column - GAP) for each in said]
    drawn = []
    for k, lines in enumerate(columns):
        anchor = "" if k == 0 else "end" if k == len(columns) - 1 else "middle"
        x = column * {"": k, "middle": k + 0.5, "end": k + 1}[anchor]
        drawn.append(_column(lines, x, top, anchor))
    return "".join(drawn), top + LEADING * max((len(lines) for lines in columns), default=0)


def _column(lines: Sequence[str], x: float, top: float, anchor: str) -> str:
    return "".join(
        words(x, top + LEADING * (n + 0.8), each, size=SIZE, colour=palette.MUTED, anchor=anchor)
        for n, each in enumerate(lines)
    )

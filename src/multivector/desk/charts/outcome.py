"""How an issue may end: the chances that the calibrated forecast gives, and what each model expects."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.desk import palette
from multivector.desk.charts.interval import DOT, brief, held, interval, sentences
from multivector.desk.charts.plain import TOP, across, dot, grid, page, words
from multivector.desk.charts.scale_marks import Mark, meanings, ticks
from multivector.desk.charts.theme import WIDTH
from multivector.desk.svg import Svg, number, text_width

HEIGHT, ROW, PAD = 120, 13.5, 12
POINTS = 5
"""Points of the forecast that stand together in one column."""
WITHIN, BEYOND = "#4f9fa4", "#c3d7d9"


def outcome_chart(
    points: ArrayLike,
    chance: ArrayLike,
    *,
    median: float,
    interval80: tuple[float, float],
    title: str,
    models: Sequence[tuple[str, float]] = (),
    marks: Sequence[Mark] = (),
    subtitle: str = "chance of each twentieth of the scale",
    prefix: str = "outcome",
) -> Svg:
    """Draw a column for every five points, below them the interval, and below it one dot a model.

    Parameters
    ----------
    points : `[p]`, evenly apart, from one end of the scale to the other, in its units.
    chance : `[p]`, that it ends at each.
    median, interval80 : of the forecast; columns whose middle lies within the interval are darker.
    models : names and what each expects; they are drawn from low to high.
    marks : places on the scale and what they mean.
    """
    at = np.asarray(points, dtype=float)
    low, high = float(at[0]), float(at[-1])
    middles, columns = _columns(at, np.asarray(chance, dtype=float))
    models = sorted(models, key=lambda model: (model[1], model[0]))

    x = across(low, high, PAD, WIDTH - PAD)
    top = TOP + 26
    base = top + HEIGHT
    bottom = base + 22 + (ROW * len(models) + 4 if models else 0)
    said = f"median {brief(median)}, 80% interval {brief(interval80[0])} to {brief(interval80[1])}"
    below, depth = meanings(marks, bottom + 20)
    peak = int(np.argmax(columns))
    body = [
        grid([(x(place), brief(place)) for place in ticks(marks, low, high)], top, bottom),
        *_bars(middles, columns, x, base, interval80),
        words(x(middles[peak]), top - 3, f"{columns[peak]:.0%}", size=9.5, anchor="middle"),
        words(held(x(median), said, 10.5), TOP + 4, said, size=10.5, anchor="middle"),
        interval(base + 10, x, interval80[0], median, interval80[1]),
        *(_model(name, x(place), base + 22 + ROW * (n + 0.5)) for n, (name, place) in enumerate(models)),
        below,
    ]
    likeliest = f"likeliest near {brief(middles[peak])} ({columns[peak]:.0%})"
    desc = sentences([f"{said[:1].upper()}{said[1:]}", likeliest, *(f"{n}: {brief(v)}" for n, v in models)])
    return page(body, prefix=prefix, title=title, subtitle=subtitle, desc=desc, width=WIDTH, height=depth + 2)


def _columns(at: NDArray[np.float64], chance: NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """Middles and chances of groups of `POINTS` about every fifth point; the ends' groups hold fewer."""
    group = (np.arange(at.size) + POINTS // 2) // POINTS
    sums = np.bincount(group, chance)
    middles = np.interp(np.arange(sums.size) * POINTS, np.arange(at.size), at)
    return middles.tolist(), sums.tolist()


def _bars(
    middles: Sequence[float], columns: Sequence[float], x: Callable[[float], float], base: float,
    interval80: tuple[float, float],
) -> list[str]:  # fmt: skip
    wide = 0.88 * (x(middles[1]) - x(middles[0])) if len(middles) > 1 else 10.0
    drawn = []
    for middle, column in zip(middles, columns, strict=True):
        tall = HEIGHT * column / max(columns)
        fill = WITHIN if interval80[0] <= middle <= interval80[1] else BEYOND
        drawn.append(
            f'<rect x="{number(x(middle) - wide / 2)}" y="{number(base - tall)}" width="{number(wide)}" '
            f'height="{number(tall)}" fill="{fill}"/>'
        )
    return drawn


def _model(name: str, x: float, y: float) -> str:
    """A dot with its name to the right, or to the left where that side has no room."""
    right = x + 8 + text_width(name, 9.5) <= WIDTH
    beside = words(
        x + (7 if right else -7), y + 3.4, name, size=9.5, colour=palette.MUTED, anchor="" if right else "end"
    )
    return dot(x, y, 3.2, DOT) + beside

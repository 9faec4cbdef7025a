"""When it may happen: the share of runs in which it has, by date, and the share in which it never does."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.desk import palette
from multivector.desk.charts.interval import sentences
from multivector.desk.charts.plain import TOP, across, apart, grid, line, page, words
from multivector.desk.charts.theme import WIDTH
from multivector.desk.svg import Svg, number

HEIGHT, LEFT, LABELS, KEY, BAR = 190, 32, 96, 18, 6
STYLES = (("#12566b", ""), (palette.WARM, "6 3"), (palette.INK, "1.5 2.5"), ("#9d83d6", "8 3 2 3"))
"""Colour and dashes of each reading in turn."""
YEAR = 365.25
MOST_POINTS = 120
STEPS = (1, 2, 5, 10, 20, 50)


def waiting_chart(
    years: ArrayLike,
    readings: Mapping[str, ArrayLike],
    never: Mapping[str, float],
    *,
    as_of: date,
    title: str,
    subtitle: str = "share of runs in which it has happened, by date",
    prefix: str = "waiting",
) -> Svg:
    """Draw one rising line a reading, and at the right edge, from the top, its share that never happens.

    Parameters
    ----------
    years : `[t]`, rising, from `as_of`.
    readings : by name, at most four: `[t]`, the share in which it has happened by then.
    never : by name, the share in which it never does. What is neither comes after the last of `years`.
    """
    t = np.asarray(years, dtype=float)
    right = WIDTH - LABELS - 10 - (BAR + 2) * len(readings)
    top = TOP + 8.0
    base = top + HEIGHT

    x, y = across(t[0], t[-1], LEFT, right), across(0.0, 1.0, base, top)
    order = sorted(readings, key=lambda name: never[name])
    body = [*_levels(y, right), *_dates(t, as_of, x, top, base)]
    middles = apart([y(1 - never[name]) for name in order], [30.0] * len(order), top, base)
    for k, name in enumerate(order):
        cdf = readings[name]
        colour, dash = STYLES[k]
        bar, label = right + 5 + (BAR + 2) * k, WIDTH - LABELS
        body += [
            _curve(t, np.asarray(cdf, dtype=float), x, y, colour, dash),
            f'<rect x="{number(bar)}" y="{number(top)}" width="{BAR}" height="{number(HEIGHT * never[name])}" '
            f'fill="{colour}"/>',
            line(label, label + KEY, middles[k] - 6, colour, 2, dash),
            words(label + KEY + 4, middles[k] - 2, name, size=11, room=LABELS - KEY - 4),
            words(
                label + KEY + 4, middles[k] + 10, f"never {never[name]:.0%}", size=10.5, colour=palette.MUTED
            ),
        ]
    desc = sentences(
        _said(name, t, np.asarray(readings[name], dtype=float), never[name], as_of) for name in order
    )
    return page(body, prefix=prefix, title=title, subtitle=subtitle, desc=desc, width=WIDTH, height=base + 20)


def _levels(y: Callable[[float], float], right: float) -> list[str]:
    """Level lines at quarters, with their shares to the left."""
    return [
        line(LEFT, right, y(share), "#e8ecef", 1)
        + words(LEFT - 4, y(share) + 3.5, f"{share:.0%}", size=10, colour=palette.MUTED, anchor="end")
        for share in (0, 0.25, 0.5, 0.75, 1)
    ]


def _dates(
    t: NDArray[np.float64], as_of: date, x: Callable[[float], float], top: float, base: float
) -> list[str]:
    """The starts of calendar years, as many as are legible."""
    start = as_of.year + (as_of.timetuple().tm_yday - 1) / YEAR
    first, last = math.ceil(start + t[0]), math.floor(start + t[-1])
    step = next((each for each in STEPS if (last - first) / each <= 5), STEPS[-1])
    shown = [year for year in range(first, last + 1) if year % step == 0]
    return [grid([(x(year - start), str(year)) for year in shown], top, base)]


def _curve(
    t: NDArray[np.float64], cdf: NDArray[np.float64], x: Callable[[float], float], y: Callable[[float], float],
    colour: str, dash: str,
) -> str:  # fmt: skip
    kept = np.unique(np.linspace(0, t.size - 1, min(t.size, MOST_POINTS)).round().astype(int))
    points = "L".join(f"{number(x(t[k]))} {number(y(cdf[k]))}" for k in kept)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{points}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'


def _said(name: str, t: NDArray[np.float64], cdf: NDArray[np.float64], never: float, as_of: date) -> str:
    """When half have happened, where half do, and how many never."""
    half = int(np.searchsorted(cdf, 0.5))
    reached = half < cdf.size
    middle = f"half by {_day(as_of, t[half])}" if reached else f"{cdf[-1]:.0%} by {_day(as_of, t[-1])}"
    return f"{name}: {middle}, never in {never:.0%}"


def _day(as_of: date, years: float) -> str:
    return (as_of + timedelta(days=round(years * YEAR))).isoformat()

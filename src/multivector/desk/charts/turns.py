"""Positions turn by turn: where each actor stands as the bargaining goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.desk import palette
from multivector.desk.charts.interval import brief, sentences
from multivector.desk.charts.plain import TOP, across, apart, line, page, words, wrapped
from multivector.desk.charts.theme import WIDTH
from multivector.desk.svg import Svg, number

LEFT, LABELS, SIZE, LEADING = 24, 132, 9.5, 10.8
LEAST_HEIGHT = 230
FEW = 5
"""Up to so many actors have their bands drawn; more would cover each other."""
REST = 0.5
"""Points of 100 from where it ends within which a median is at rest."""
DASHES = ("", "5 2.5", "1.5 2")


def turns_chart(
    names: Sequence[str],
    median: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    *,
    title: str,
    ends: tuple[float, float] = (0.0, 100.0),
    subtitle: str = "position, median of the draws",
    prefix: str = "turns",
) -> Svg:
    """Draw one line an actor from its start to the turn after which no median moves, named at the right.

    Parameters
    ----------
    names : of the actors.
    median, low, high : `[t, n]`, turn 0 first: the middle of the draws and the ends of the band about it, which
        is drawn for few actors only.
    ends : of the scale.
    """
    middle, bottom_of, top_of = (np.asarray(each, dtype=float) for each in (median, low, high))
    last = _rest(middle, REST * (ends[1] - ends[0]) / 100)
    labels = [wrapped(name, SIZE, LABELS - 6) for name in names]
    heights = [LEADING * len(lines) + 3 for lines in labels]
    top, right = TOP + 6.0, WIDTH - LABELS - 16.0
    base = top + max(LEAST_HEIGHT, sum(heights))

    x, y = across(0.0, max(last, 1), LEFT, right), across(*ends, base, top)
    order = np.argsort(-middle[last], kind="stable")
    placed = apart([y(middle[last, k]) for k in order], [heights[k] for k in order], top, base)
    body = [*_frame(ends, x, y, last, base)]
    if len(names) <= FEW:
        body += [_ribbon(bottom_of[: last + 1, k], top_of[: last + 1, k], x, y, _colour(k)) for k in order]
    for k, label in zip(order, placed, strict=True):
        body.append(_path(middle[: last + 1, k], x, y, k))
        body.append(
            f'<path d="M{number(right + 1)} {number(y(middle[last, k]))}L{number(right + 13)} {number(label)}" '
            f'stroke="{_colour(k)}" stroke-width=".8"/>'
        )
        first = label - LEADING * (len(labels[k]) - 1) / 2 + 3.3
        body += [words(right + 16, first + LEADING * n, each, size=SIZE) for n, each in enumerate(labels[k])]
    desc = sentences(
        f"{names[k]}: from {brief(middle[0, k])} to {brief(middle[last, k])} ({brief(bottom_of[last, k])} to "
        f"{brief(top_of[last, k])})"
        for k in order
    )
    return page(body, prefix=prefix, title=title, subtitle=subtitle, desc=desc, width=WIDTH, height=base + 32)


def _rest(median: NDArray[np.float64], within: float) -> int:
    """The first turn from which no median stands further than `within` from its end."""
    moving = np.nonzero(np.abs(median - median[-1]).max(axis=1) > within)[0]
    return min(int(moving[-1]) + 1 if moving.size else 1, len(median) - 1)


def _frame(
    ends: tuple[float, float],
    x: Callable[[float], float],
    y: Callable[[float], float],
    last: int,
    base: float,
) -> list[str]:
    """Level lines at quarters of the scale, and the numbers of some turns."""
    levels = [ends[0] + (ends[1] - ends[0]) * k / 4 for k in range(5)]
    step = next(each for each in (1, 2, 5, 10, 20, 50, 100, 1000) if last / each <= 6)
    return [
        *(
            line(LEFT, x(last), y(at), "#e8ecef", 1)
            + words(LEFT - 4, y(at) + 3.5, brief(at), size=10, colour=palette.MUTED, anchor="end")
            for at in levels
        ),
        *(
            words(x(turn), base + 14, str(turn), size=10, colour=palette.MUTED, anchor="middle")
            for turn in range(0, last + 1, step)
        ),
        words(x(last / 2), base + 27, "turn", size=10, colour=palette.MUTED, anchor="middle"),
    ]


def _colour(k: int) -> str:
    return palette.SUPPLIERS[k % len(palette.SUPPLIERS)]


def _ribbon(
    low: NDArray[np.float64], high: NDArray[np.float64], x: Callable[[float], float],
    y: Callable[[float], float], colour: str,
) -> str:  # fmt: skip
    there = [f"{number(x(t))} {number(y(at))}" for t, at in enumerate(low)]
    back = [f"{number(x(t))} {number(y(at))}" for t, at in reversed(list(enumerate(high)))]
    return f'<path d="M{"L".join(there + back)}Z" fill="{colour}" opacity=".14"/>'


def _path(path: NDArray[np.float64], x: Callable[[float], float], y: Callable[[float], float], k: int) -> str:
    """The line; from the eleventh actor on colours come again, dashed."""
    points = "L".join(f"{number(x(t))} {number(y(at))}" for t, at in enumerate(path))
    dash = DASHES[k // len(palette.SUPPLIERS) % len(DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{points}" fill="none" stroke="{_colour(k)}" stroke-width="1.7"{dashed}/>'

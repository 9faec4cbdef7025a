"""Who moved whom, and by how many points: movers in rows, those who were moved in columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.desk import palette
from multivector.desk.charts.interval import brief, sentences
from multivector.desk.charts.plain import TOP, cut, page, words, wrapped
from multivector.desk.charts.theme import WIDTH
from multivector.desk.svg import Svg, number

NAMES, SIZE, LEADING = 98, 9.2, 10.2
ROW, WIDEST = 24, 26
MOST = 16
"""Actors that are shown; more would leave no room for numbers."""
NAMED = 12
"""Moves that are told to screen readers."""
UP, DOWN = ("#d9eaea", "#a9d0d1", "#6db0b4"), ("#f8dfd8", "#efb8a8", "#df8a75")
"""From small moves to large ones."""
BREAKS = (5.0, 15.0)


def moves_chart(
    names: Sequence[str],
    matrix: ArrayLike,
    *,
    title: str,
    subtitle: str = "points; + up the scale, − down; row moved column",
    prefix: str = "moves",
) -> Svg:
    """Draw a cell with a signed number for each pair; those who moved and were moved most, in the order given.

    Parameters
    ----------
    names : of the actors.
    matrix : `[i, k]`, points by which bargains with i moved k. What rounds to nothing is left blank.
    """
    points = np.asarray(matrix, dtype=float)
    shown = _most(points)
    size = min((WIDTH - NAMES - 2) / max(len(shown), 1), WIDEST)
    top = TOP + 14.0
    bottom = top + ROW * len(shown)
    body = []
    for n, i in enumerate(shown):
        y, x = top + ROW * n, NAMES + size * n
        lines = _two(f"{n + 1} {names[i]}")
        first = y + ROW / 2 + 3.3 - LEADING * (len(lines) - 1) / 2
        body += [words(0, first + LEADING * k, each, size=SIZE) for k, each in enumerate(lines)]
        body.append(words(x + size / 2, top - 5, str(n + 1), size=SIZE, anchor="middle"))
        body += [_cell(points[i, k], NAMES + size * m, y, size, own=i == k) for m, k in enumerate(shown)]
    body += [
        words(0, bottom + 13 + 12 * n, each, size=SIZE, colour=palette.MUTED)
        for n, each in enumerate(wrapped(_left_out(points, shown), SIZE, WIDTH))
    ]
    return page(
        body, prefix=prefix, title=title, subtitle=subtitle, desc=_told(names, points), width=WIDTH,
        height=bottom + (30 if len(shown) < len(points) else 4),
    )  # fmt: skip


def _two(name: str) -> list[str]:
    """The name in at most two lines."""
    first, *rest = wrapped(name, SIZE, NAMES - 8)
    return [first, *([cut(" ".join(rest), SIZE, NAMES - 8)] if rest else [])]


def _most(points: NDArray[np.float64]) -> list[int]:
    """The actors with the largest sum of moves given and taken, in their own order."""
    size = np.abs(points).sum(axis=0) + np.abs(points).sum(axis=1)
    return sorted(np.argsort(-size, kind="stable")[:MOST].tolist())


def _cell(points: float, x: float, y: float, size: float, *, own: bool) -> str:
    box = f'<rect x="{number(x + 0.6)}" y="{number(y + 0.6)}" width="{number(size - 1.2)}" height="{ROW - 1.2:g}" fill="'
    if own:
        return f'{box}{palette.RULE}"/>'
    whole = round(abs(points))
    if not whole:
        return f'{box}{palette.BLANK}"/>'
    fill = (UP if points > 0 else DOWN)[palette.class_of(abs(points), BREAKS)]
    sign = "+" if points > 0 else "−"
    return f'{box}{fill}"/>' + words(
        x + size / 2, y + ROW / 2 + 3.2, f"{sign}{whole}", size=min(9.0, 0.54 * size), anchor="middle"
    )


def _left_out(points: NDArray[np.float64], shown: Sequence[int]) -> str:
    """How many actors are not shown, and the largest of their moves."""
    others = np.setdiff1d(np.arange(len(points)), shown)
    if not others.size:
        return ""
    largest = max(np.abs(points[others]).max(), np.abs(points[:, others]).max())
    return f"{others.size} more actors are left out: each gave and took less; no move with them exceeds {largest:.0f} points."


def _told(names: Sequence[str], points: NDArray[np.float64]) -> str:
    order = np.argsort(-np.abs(points), axis=None)[:NAMED]
    pairs = [divmod(int(flat), len(points)) for flat in order]
    return sentences(
        f"{names[i]} moved {names[k]} by {brief(round(points[i, k], 1))}"
        for i, k in pairs
        if round(abs(points[i, k]))
    )

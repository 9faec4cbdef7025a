"""Where the stakeholders of an issue stand, how sure that is, what they weigh, and where it is expected to end."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.interval import LEFT, between, brief, interval, named, sentences
from multivector.desk.charts.plain import TOP, across, grid, haloed, line, page, words
from multivector.desk.charts.scale_marks import Mark, meanings, ticks
from multivector.desk.charts.theme import WIDTH, without_nan
from multivector.desk.svg import Svg, number, text_width

STEP, KEY = 31, 18
LARGEST, LEAST = 8.0, 2.6
"""Radii of the heaviest stakeholder, and of one that weighs nothing."""
BAND, COMPROMISE = "#e1edf0", palette.WARM


@dataclass(frozen=True)
class Settlement:
    """Where the issue is expected to end, in the units of the scale.

    `median`, `low` and `high` are the forecast's with its interval; `compromise` is the weighted mean of positions.
    """

    median: float
    low: float
    high: float
    compromise: float


def positions_chart(
    actors: pl.DataFrame,
    *,
    title: str,
    marks: Sequence[Mark] = (),
    low: float = 0.0,
    high: float = 100.0,
    settlement: Settlement | None = None,
    subtitle: str = "dot: likeliest, its area the weight; line: low to high",
    prefix: str = "positions",
) -> Svg:
    """Draw one row a stakeholder, the lowest position first.

    Parameters
    ----------
    actors : `name, low, mode, high, weight`: the position with its interval in the units of the scale, and the
        weight (capability times salience), which is the dot's area.
    marks : places on the scale and what they mean. low, high : its ends.
    settlement : upright lines and a band through all rows.
    """
    rows = without_nan(actors, "low", "mode", "high", "weight").sort("mode", "name").to_dicts()
    most = max((row["weight"] for row in rows), default=1.0) or 1.0

    x = across(low, high, LEFT, WIDTH - LEFT)
    top = TOP + (28 if settlement else 0)
    bottom = top + STEP * len(rows) + 6
    below, depth = meanings(marks, bottom + 20)
    body = [_band(settlement, x, top, bottom)] if settlement else []
    body.append(grid([(x(at), brief(at)) for at in ticks(marks, low, high)], top, bottom))
    body += [_lines(settlement, x, top, bottom)] if settlement else []
    for n, row in enumerate(rows):
        y = top + STEP * n
        radius = max(LARGEST * math.sqrt(row["weight"] / most), LEAST)
        said = f"{brief(row['mode'])}{between(row['low'], row['high'])}"
        body.append(haloed(named(y + 12, row["name"], said)))
        body.append(interval(y + 23, x, row["low"], row["mode"], row["high"], radius=radius))
    desc = sentences([*_ends(settlement), *(_words(row, rows) for row in rows)])
    return page(
        [*body, below],
        prefix=prefix,
        title=title,
        subtitle=subtitle,
        desc=desc,
        width=WIDTH,
        height=depth + 2,
    )


def _band(settlement: Settlement, x: Callable[[float], float], top: float, bottom: float) -> str:
    wide = x(settlement.high) - x(settlement.low)
    return (
        f'<rect x="{number(x(settlement.low))}" y="{number(top)}" width="{number(wide)}" '
        f'height="{number(bottom - top)}" fill="{BAND}"/>'
    )


def _lines(settlement: Settlement, x: Callable[[float], float], top: float, bottom: float) -> str:
    """The two settlements as upright lines, each with its words and its kind of line in a lane above the rows."""
    drawn = []
    places = (settlement.median, palette.INK, ""), (settlement.compromise, COMPROMISE, "4 3")
    for lane, (at, colour, dash) in enumerate(places):
        said, y = _ends(settlement)[lane], top - 19 + 13 * lane
        wide = text_width(said, 10.5) + KEY + 5
        left = min(max(x(at) - wide / 2, 0.0), WIDTH - wide)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        drawn += [
            f'<path d="M{number(x(at))} {number(top)}V{number(bottom)}" stroke="{colour}" stroke-width="1.4"{dashed}/>',
            line(left, left + KEY, y - 3.5, colour, 1.6, dash),
            words(left + KEY + 5, y, said, size=10.5, colour=colour),
        ]
    return "".join(drawn)


def _ends(settlement: Settlement | None) -> list[str]:
    if settlement is None:
        return []
    return [
        f"forecast {brief(settlement.median)}{between(settlement.low, settlement.high)}",
        f"compromise mean {brief(settlement.compromise)}",
    ]


def _words(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    whole = sum(each["weight"] for each in rows) or 1.0
    return (
        f"{row['name']}: {brief(row['mode'])}{between(row['low'], row['high'])}, "
        f"{row['weight'] / whole:.0%} of the weight"
    )

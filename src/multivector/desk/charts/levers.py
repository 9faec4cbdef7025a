"""What an actor could change, and how much nearer to its wish that brings the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.interval import LEFT, brief, digits, interval, named, sentences
from multivector.desk.charts.plain import TOP, across, grid, page, steps, tick, words
from multivector.desk.charts.theme import WIDTH, without_nan
from multivector.desk.svg import Svg
from multivector.desk.words import decimals

STEP = 46
FAINT = "#a9b3ba"


def levers_chart(
    levers: pl.DataFrame, *, title: str, subtitle: str = "", unit: str = "", prefix: str = "levers"
) -> Svg:
    """Draw one row a lever, in the order of the rows: who, how much it gains, and what it would do.

    Parameters
    ----------
    levers : `actor, move, gain, low, high`: the move in words, the mean gain and the interval over draws. A gain
        whose interval reaches below zero is muted, as the move may do harm.
    unit : of the gain, written after it.
    """
    rows = without_nan(levers, "gain", "low", "high").drop_nulls("gain").to_dicts()
    ends = [0.0, *(row[end] for row in rows for end in ("gain", "low", "high") if row[end] is not None)]
    least, most = min(ends), max(*ends, 1e-9)

    x = across(least, most, LEFT + 6, WIDTH - LEFT - 6)
    bottom = TOP + STEP * len(rows)
    body = [grid([(x(at), brief(at)) for at in steps(least, most)], TOP, bottom)]
    said = [_gain(row, unit, digits(most - least)) for row in rows]
    for n, row in enumerate(rows):
        y, sure = TOP + STEP * n, row["low"] is None or row["low"] >= 0
        colour = palette.ACCENT if sure else FAINT
        body += [
            named(y + 14, row["actor"], said[n], ink=sure),
            tick(x(0), y + 24, palette.INK, 1.2, 11),
            interval(
                y + 24, None if row["low"] is None else x(row["low"]), x(row["gain"]),
                None if row["high"] is None else x(row["high"]), colour=colour, fill=colour,
            ),
            words(LEFT, y + 39, row["move"], size=9.5, colour=palette.MUTED, room=WIDTH - 2 * LEFT),
        ]  # fmt: skip
    desc = sentences(
        f"{row['actor']}, {row['move']}: {words_}" for row, words_ in zip(rows, said, strict=True)
    )
    return page(
        body, prefix=prefix, title=title, subtitle=subtitle, desc=desc, width=WIDTH, height=bottom + 20
    )


def _gain(row: Mapping[str, Any], unit: str, places: int) -> str:
    """A signed gain with its unit and interval."""
    said = f"{decimals(row['gain'], places)}{unit and f' {unit}'}"
    if None in {row["low"], row["high"]}:
        return said
    return f"{said} ({decimals(row['low'], places)} to {decimals(row['high'], places)})"

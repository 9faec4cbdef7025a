"""What an actor could change, and how much nearer to its wish that brings the outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    levers: pl.DataFrame,
    *,
    title: str,
    subtitle: str = "how much nearer to its wish; line: 5–95% of the draws",
    unit: str = "",
    prefix: str = "levers",
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
    places = digits(most - least)
    body += [_lever(row, _gain(row, unit, places), TOP + STEP * n, x) for n, row in enumerate(rows)]
    desc = sentences(
        f"{row['actor']}, {row['move']}: {_gain(row, unit, places)}{'' if _sure(row) else ', which may do harm'}"
        for row in rows
    )
    return page(
        body, prefix=prefix, title=title, subtitle=subtitle, desc=desc, width=WIDTH, height=bottom + 20
    )


def _lever(row: Mapping[str, Any], said: str, top: float, x: Callable[[float], float]) -> str:
    """Who and how much; the interval about a tick at no gain; the move in words."""
    colour = palette.ACCENT if _sure(row) else FAINT
    return (
        named(top + 14, row["actor"], said, ink=_sure(row))
        + tick(x(0), top + 24, palette.INK, 1.2, 11)
        + interval(top + 24, x, row["low"], row["gain"], row["high"], colour=colour, fill=colour)
        + words(LEFT, top + 39, row["move"], size=9.5, colour=palette.MUTED, room=WIDTH - 2 * LEFT)
    )


def _sure(row: Mapping[str, Any]) -> bool:
    return row["low"] is None or bool(row["low"] >= 0)


def _gain(row: Mapping[str, Any], unit: str, places: int) -> str:
    """A signed gain with its unit and interval."""
    said = f"{decimals(row['gain'], places)}{unit and f' {unit}'}"
    if None in {row["low"], row["high"]}:
        return said
    return f"{said} ({decimals(row['low'], places)} to {decimals(row['high'], places)})"

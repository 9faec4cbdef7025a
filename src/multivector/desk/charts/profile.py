"""One state's profile: its score on every factor, beside the median of the region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.interval import interval
from multivector.desk.charts.plain import grid, line, page, tick, words
from multivector.desk.charts.theme import WIDTH, without_nan
from multivector.desk.svg import Svg

STEP, LEFT = 36, 11
EACH = (WIDTH - 2 * LEFT) / 100


def factor_profile(factors: pl.DataFrame, *, title: str, subtitle: str = "", prefix: str = "profile") -> Svg:
    """Draw one row a factor, in the order of the rows: the score, its interval, the median's tick.

    Parameters
    ----------
    factors : `factor, title, value, low, high, median, known, all, scored`. Scores are 0 to 100, `median` that of
        the states scored; `known` of `all` indicators are at hand. A factor that is not `scored` has an empty track.
    """
    rows = without_nan(factors, "value", "low", "high", "median").to_dicts()
    top = 46.0 if subtitle else 28.0
    bottom = top + STEP * len(rows)
    body = [grid([(_x(at), f"{at}") for at in (0, 25, 50, 75, 100)], top, bottom)]
    body += [_track(row, top + STEP * n) for n, row in enumerate(rows)]
    desc = "; ".join(_words(row) for row in rows)
    return page(
        body, prefix=prefix, title=title, subtitle=subtitle, desc=desc, width=WIDTH, height=bottom + 20
    )


def _x(score: float) -> float:
    return LEFT + EACH * score


def _scored(row: Mapping[str, Any]) -> bool:
    return bool(row["scored"]) and row["value"] is not None


def _track(row: Mapping[str, Any], top: float) -> str:
    """The words above, the track below: dashed and without a dot where there is no score."""
    y = top + 25
    parts = [
        words(LEFT, top + 15, row["title"]),
        words(WIDTH - LEFT, top + 15, _said(row), size=10.5, colour=palette.MUTED, anchor="end"),
        line(_x(0), _x(100), y, palette.RULE, 1, "" if _scored(row) else "2 3"),
    ]
    if row["median"] is not None:
        parts.append(tick(_x(row["median"]), y, palette.WARM, 2, 14))
    if _scored(row):
        parts.append(interval(y, _x, row["low"], row["value"], row["high"]))
    return "".join(parts)


def _said(row: Mapping[str, Any]) -> str:
    score = f"{row['value']:.0f}" if _scored(row) else "not scored"
    return f"{score}, {row['known']} of {row['all']} known"


def _words(row: Mapping[str, Any]) -> str:
    between = ""
    if _scored(row) and None not in {row["low"], row["high"]}:
        between = f" ({row['low']:.0f} to {row['high']:.0f})"
    median = "" if row["median"] is None else f", median {row['median']:.0f}"
    return f"{row['title']}: {_said(row).replace(',', f'{between},', 1)} indicators{median}"

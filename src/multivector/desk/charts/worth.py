"""What it is worth to know a cell of the table: how much less the forecast would be off."""

from __future__ import annotations

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.evidence import evidence_mark
from multivector.desk.charts.interval import LEFT, brief, digits, sentences
from multivector.desk.charts.plain import TOP, across, grid, line, page, steps, words
from multivector.desk.charts.theme import WIDTH, without_nan
from multivector.desk.svg import Svg, number
from multivector.desk.words import decimals

STEP, BAR, VALUES = 34, 9, 36
KIND = WIDTH - 68.0
"""Where the kinds of evidence stand."""
FILL = "#9cc5c9"


def information_chart(
    cells: pl.DataFrame, *, title: str, subtitle: str = "", prefix: str = "information"
) -> Svg:
    """Draw one bar a cell, the most worth first, with its standard error and what the cell rests on.

    Parameters
    ----------
    cells : `cell, saved, error, evidence`: the cell in words, what knowing it saves of the forecast's expected
        error, the standard error of that, and whether the cell is stated, inferred or assumed.
    """
    rows = without_nan(cells, "saved", "error").drop_nulls("saved").sort("saved", descending=True).to_dicts()
    most = max((row["saved"] + (row["error"] or 0.0) for row in rows), default=0.0) or 1.0

    x = across(0.0, most, LEFT, WIDTH - LEFT - VALUES)
    bottom = TOP + STEP * len(rows)
    body = [grid([(x(at), brief(at)) for at in steps(0.0, most, 4)], TOP, bottom)]
    for n, row in enumerate(rows):
        y, end = TOP + STEP * n, max(x(row["saved"]), LEFT)
        value = decimals(row["saved"], digits(most)).removeprefix("+")
        body += [
            words(LEFT, y + 13, row["cell"], room=KIND - LEFT - 14),
            evidence_mark(KIND, y + 9.3, row["evidence"]),
            words(KIND + 9, y + 13, row["evidence"], size=10.5, colour=palette.MUTED),
            f'<rect x="{LEFT}" y="{number(y + 18)}" width="{number(end - LEFT)}" height="{BAR}" fill="{FILL}"/>',
            words(WIDTH - LEFT, y + 18 + BAR, value, size=10.5, anchor="end"),
        ]
        if row["error"]:
            low, high = row["saved"] - row["error"], row["saved"] + row["error"]
            body.append(line(x(max(low, 0.0)), x(max(high, 0.0)), y + 18 + BAR / 2, palette.INK, 1.4))
    desc = sentences(
        f"{row['cell']} ({row['evidence']}): {brief(row['saved'])}, give or take {brief(row['error'] or 0.0)}"
        for row in rows
    )
    return page(
        body, prefix=prefix, title=title, subtitle=subtitle, desc=desc, width=WIDTH, height=bottom + 20
    )

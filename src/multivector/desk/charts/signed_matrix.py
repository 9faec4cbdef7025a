"""A signed network as a matrix in the order of its camps: + friends, − rivals, framed where against the camps."""

from __future__ import annotations

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.camps import FILLS, Camps, Tie, camps_of, described, mark, told
from multivector.desk.charts.plain import page
from multivector.desk.svg import Svg, number, text, text_width

WIDTH, FONT = 500, 12.5
GOOD, BAD = "#bfdcdc", "#f3c3b6"
TOP = 80


def signed_matrix(
    nodes: pl.DataFrame, edges: pl.DataFrame, *, title: str, subtitle: str = "", prefix: str = "matrix"
) -> Svg:
    """Draw the ties of a signed network, every pair twice.

    Friends within a camp and rivals across are what two camps ask for: + in the two blocks on the diagonal, − off
    them. A framed cell is against that.

    Parameters
    ----------
    nodes, edges : as in `camps.camps_of`.
    """
    camps = camps_of(nodes, edges)
    order = [*camps.sides[0], *camps.sides[1]]
    left = max((text_width(camps.nodes[k]["name"], FONT) for k in order), default=60) + 24
    size = min((WIDTH - left - 2) / max(len(order), 1), 30.0)
    place = {k: n for n, k in enumerate(order)}
    parts = [
        *(_labels(camps, k, n, left, size) for n, k in enumerate(order)),
        *(_cell(tie, camps, place, left, size) for tie in sorted(camps.ties, key=lambda tie: tie.frustrated)),
        _blocks(len(camps.sides[0]), len(order), left, size),
    ]
    height = TOP + size * len(order) + 8
    return page(
        parts, prefix=prefix, title=title, subtitle=subtitle, desc=described(camps), width=WIDTH, height=height,
        sizes=(15, FONT),
    )  # fmt: skip


def _labels(camps: Camps, k: int, n: int, left: float, size: float) -> str:
    """The row's name with its mark, the column's code, and the empty cells behind the signs."""
    row = camps.nodes[k]
    x, y = left + n * size, TOP + n * size
    wide = size * len([*camps.sides[0], *camps.sides[1]])
    return (
        f"{mark(left - 11, y + size / 2, row, 5.0)}"
        f'<text x="{number(left - 22)}" y="{number(y + size / 2 + 4.3)}" font-size="{FONT}" text-anchor="end">'
        f"{text(row['name'])}</text>"
        f'<text transform="translate({number(x + size / 2 + 4)} {number(TOP - 6)}) rotate(-90)" font-size="12">'
        f"{text(row['code'])}</text>"
        f'<rect x="{number(left)}" y="{number(y + 0.5)}" width="{number(wide)}" height="{number(size - 1)}" '
        f'fill="{palette.BLANK}"/>'
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(size)}" height="{number(size)}" fill="{palette.RULE}"/>'
    )


def _cell(tie: Tie, camps: Camps, place: dict[int, int], left: float, size: float) -> str:
    cells = []
    inner = size - 1.4
    frame = f' stroke="{palette.INK}" stroke-width="1.8"' if tie.frustrated else ""
    for a, b in ((tie.a, tie.b), (tie.b, tie.a)):
        x, y = left + place[b] * size, TOP + place[a] * size
        cells.append(
            f'<rect x="{number(x + 0.7)}" y="{number(y + 0.7)}" width="{number(inner)}" height="{number(inner)}" '
            f'fill="{GOOD if tie.sign > 0 else BAD}"{frame}/>'
            f'<text x="{number(x + size / 2)}" y="{number(y + size / 2 + 4.6)}">{"+" if tie.sign > 0 else "−"}</text>'
        )
    return f'<g font-size="14" text-anchor="middle"><title>{told(tie, camps)}</title>{"".join(cells)}</g>'


def _blocks(first: int, whole: int, left: float, size: float) -> str:
    """The two camps framed."""
    frames = []
    for start, length, colour in ((0, first, FILLS[0]), (first, whole - first, FILLS[1])):
        if length:
            frames.append(
                f'<rect x="{number(left + start * size)}" y="{number(TOP + start * size)}" width="{number(length * size)}" '
                f'height="{number(length * size)}" fill="none" stroke="{colour}" stroke-width="2.4"/>'
            )
    return "".join(frames)

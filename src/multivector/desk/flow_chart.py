"""A world's flow as an N2 chart: mechanisms on the diagonal, in a cell what its row hands to its column.

Above the diagonal a field goes on within the quarter; below and on it, it comes back the quarter after.
So the upper triangle is the order of the step, the lower one the loop.
Source: Lano 1977, The N2 Chart, TRW Systems.
"""

from __future__ import annotations

from collections import defaultdict

from multivector.desk import palette
from multivector.desk.charts.plain import wrapped
from multivector.desk.svg import Svg, heading, number, text
from multivector.world.engine import World

WIDTH, LINE, PAD, SIZE = 112.0, 12.0, 7.0, 9.0
MARGIN = 12.0


def flow_chart(world: World, title: str) -> Svg:
    """The chart of a world, as SVG."""
    names = [mechanism.name for mechanism in world.mechanisms]
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for writer, field, reader in world.flow():
        cells[names.index(writer), names.index(reader)].append(field)
    heights = [
        _height(m.title, [fields for (row, _), fields in cells.items() if row == k])
        for k, m in enumerate(world.mechanisms)
    ]
    tops = [MARGIN + 16 + sum(heights[:k]) for k in range(len(names))]
    parts = []
    for k, mechanism in enumerate(world.mechanisms):
        box = (MARGIN + k * WIDTH, tops[k], heights[k])
        parts.append(_name(mechanism.name, mechanism.title, *box, loops=cells.get((k, k), [])))
    for (row, column), fields in cells.items():
        if row != column:
            parts.append(_cell(fields, MARGIN + column * WIDTH, tops[row], heights[row], back=row > column))
    whole = 2 * MARGIN + len(names) * WIDTH, tops[-1] + heights[-1] + 2 * MARGIN + 8
    words, labelled = heading(
        "flow", title, "Rows write, columns read; shaded cells come back a quarter later."
    )
    note = (
        "Row writes, column reads. White: within the quarter. Shaded: what was written a quarter before. "
        "In italics: state that the mechanism itself carries on."
    )
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" {labelled} viewBox="0 0 {number(whole[0])} {number(whole[1])}" '
        f'font-family="Inter, Helvetica, Arial, sans-serif" font-size="{number(SIZE)}">{words}'
        f'<rect width="100%" height="100%" fill="{palette.PAPER}"/>'
        f'<text x="{number(MARGIN)}" y="18" font-size="10.5" fill="{palette.MUTED}">{text(note)}</text>'
        f"{''.join(parts)}</svg>\n"
    )


def _height(title: str, rows: list[list[str]]) -> float:
    """Room for the longest cell, and for name, title and the state that is carried on."""
    most = max((len(fields) for fields in rows), default=1)
    return max(most, 2 + len(wrapped(title, SIZE, WIDTH - 3 * PAD))) * LINE + 2 * PAD


def _name(name: str, title: str, x: float, y: float, height: float, loops: list[str]) -> str:
    lines = wrapped(title, SIZE, WIDTH - 3 * PAD)
    body = "".join(_line(line, x, y, k + 1, fill=palette.PAPER) for k, line in enumerate(lines))
    own = _line(", ".join(loops), x, y, len(lines) + 1, fill=palette.RULE, style="italic") if loops else ""
    return (
        f'<rect x="{number(x + 2)}" y="{number(y + 2)}" width="{number(WIDTH - 4)}" height="{number(height - 4)}" rx="4" '
        f'fill="{palette.ACCENT}"/>'
        f"{_line(name, x, y, 0, fill=palette.PAPER, weight='700', size=10.5)}{body}{own}"
    )


def _cell(fields: list[str], x: float, y: float, height: float, *, back: bool) -> str:
    fill = palette.SEQUENTIAL[0] if back else palette.PAPER
    lines = "".join(_line(field, x, y, k, fill=palette.INK) for k, field in enumerate(fields))
    return (
        f'<rect x="{number(x + 2)}" y="{number(y + 2)}" width="{number(WIDTH - 4)}" height="{number(height - 4)}" rx="4" '
        f'fill="{fill}" stroke="{palette.RULE}"/>{lines}'
    )


def _line(
    words: str,
    x: float,
    y: float,
    row: int,
    *,
    fill: str,
    weight: str = "400",
    style: str = "normal",
    size: float = SIZE,
) -> str:
    return (
        f'<text x="{number(x + PAD + 2)}" y="{number(y + PAD + 9 + row * LINE)}" font-size="{number(size)}" '
        f'font-weight="{weight}" font-style="{style}" fill="{fill}">{text(words)}</text>'
    )

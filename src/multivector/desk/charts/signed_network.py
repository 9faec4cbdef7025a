"""A signed network as two camps that face each other: friends' lines run within, rivals' lines across."""

from __future__ import annotations

import polars as pl

from multivector.desk import palette
from multivector.desk.charts.camps import FRIEND, RIVAL, TINTS, Camps, Tie, camps_of, described, mark, told
from multivector.desk.charts.plain import page
from multivector.desk.svg import Svg, number, text, text_width

WIDTH, STEP, TOP = 500, 33, 62
BULGE, INSET = 66, 34  # how far a camp's arc bends, and how far its ends stand from the middle
FONT = 12.5
Point = tuple[float, float]


def signed_network(
    nodes: pl.DataFrame, edges: pl.DataFrame, *, title: str, subtitle: str = "", prefix: str = "network"
) -> Svg:
    """Draw the camps of a signed network.

    Each camp stands on an arc, in an order that keeps ties short. A solid line is a tie of friends, a dashed one of
    rivals. A tie against the camps (friends apart, rivals together) is drawn thick. A mark in both colours can
    stand in either camp at no cost; the square marks are powers.

    Parameters
    ----------
    nodes, edges : as in `camps.camps_of`.
    """
    camps = camps_of(nodes, edges)
    most = max(len(side) for side in camps.sides)
    tall = STEP * max(most, 4)
    at = _places(camps, tall)
    parts = [
        *(_band(side, tint, at) for side, tint in zip(camps.sides, TINTS, strict=True)),
        *(_line(tie, camps, at) for tie in sorted(camps.ties, key=lambda tie: (tie.frustrated, tie.sign))),
        *(_node(camps, k, right, at) for right, side in enumerate(camps.sides) for k in side),
        _legend(TOP + tall + 26, camps),
    ]
    height = TOP + tall + 26 + 30 + (17 if camps.alone else 0)
    return page(
        parts, prefix=prefix, title=title, subtitle=subtitle, desc=described(camps), width=WIDTH, height=height,
        sizes=(15, FONT),
    )  # fmt: skip


def _places(camps: Camps, tall: float) -> dict[int, Point]:
    """Every node on its camp's arc, evenly from top to bottom, so that no label meets another."""
    at: dict[int, Point] = {}
    for right, side in enumerate(camps.sides):
        for n, k in enumerate(side):
            share = (n + 0.5) / len(side)
            bend = BULGE * (1 - (2 * share - 1) ** 2)
            x = WIDTH / 2 - INSET - 55 - bend
            at[k] = (WIDTH - x if right else x, TOP + share * tall)
    return at


def _band(side: tuple[int, ...], tint: str, at: dict[int, Point]) -> str:
    """The soft ground that a camp stands on."""
    if not side:
        return ""
    points = " ".join(f"{number(x)},{number(y)}" for x, y in (at[k] for k in (*side, side[-1])))
    return (
        f'<polyline points="{points}" fill="none" stroke="{tint}" stroke-width="30" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def _line(tie: Tie, camps: Camps, at: dict[int, Point]) -> str:
    """A straight line across, a bow towards the middle within a camp."""
    (x1, y1), (x2, y2) = at[tie.a], at[tie.b]
    path = f"M{number(x1)} {number(y1)}"
    if camps.nodes[tie.a]["side"] == camps.nodes[tie.b]["side"]:
        inward = 1 if x1 < WIDTH / 2 else -1
        bow = (x1 + x2) / 2 + inward * (16 + 0.42 * abs(y1 - y2))
        path += f"Q{number(bow)} {number((y1 + y2) / 2)} {number(x2)} {number(y2)}"
    else:
        path += f"L{number(x2)} {number(y2)}"
    dash = "" if tie.sign > 0 else ' stroke-dasharray="5 3.5"'
    width, strength = (3.2, 0.95) if tie.frustrated else (1.3, 0.6)
    return (
        f'<path d="{path}" fill="none" stroke="{FRIEND if tie.sign > 0 else RIVAL}" stroke-width="{width}" '
        f'opacity="{strength}"{dash}><title>{told(tie, camps)}</title></path>'
    )


def _node(camps: Camps, k: int, right: int, at: dict[int, Point]) -> str:
    x, y = at[k]
    name = camps.nodes[k]["name"]
    away = 13 if right else -13
    return (
        f'{mark(x, y, camps.nodes[k])}<text x="{number(x + away)}" y="{number(y + 4.3)}" font-size="{FONT}" '
        f'text-anchor="{"start" if right else "end"}">{text(name)}</text>'
    )


def _legend(y: float, camps: Camps) -> str:
    """What lines and marks mean."""
    line = '<path d="M0 0H24" fill="none" stroke="{}" stroke-width="{}"{}/>'
    dash = ' stroke-dasharray="5 3.5"'
    example = {"side": 0, "differs": False, "kind": "state"}
    items = [
        [
            (line.format(FRIEND, 1.6, ""), 24, "friends"),
            (line.format(RIVAL, 1.6, dash), 24, "rivals"),
            (f'{line.format(FRIEND, 3.2, "")}<g transform="translate(28 0)">{line.format(RIVAL, 3.2, dash)}</g>', 52,
             "against the camps"),
        ],
        [
            (mark(6, 0, example), 12, "state"),
            (mark(6, 0, example | {"kind": "power"}), 12, "power"),
            (mark(6, 0, example | {"differs": True}), 12, "could stand in either camp"),
        ],
    ]  # fmt: skip
    parts = []
    for row, kinds in enumerate(items):
        x = 0.0
        for drawing, wide, said in kinds:
            parts.append(f'<g transform="translate({number(x)} {number(y + 20 * row)})">{drawing}</g>')
            parts.append(f'<text x="{number(x + wide + 6)}" y="{number(y + 20 * row + 4.2)}">{said}</text>')
            x += wide + 6 + text_width(said, FONT) + 20
    if camps.alone:
        words = f"no tie on record: {', '.join(camps.alone)}"
        parts.append(f'<text x="0" y="{number(y + 44)}" fill="{palette.MUTED}">{text(words)}</text>')
    return f'<g font-size="{FONT}">{"".join(parts)}</g>'

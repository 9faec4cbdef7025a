"""Two camps of a signed network as pictures show them: colours, marks, and who stands next to whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import polars as pl

from multivector.desk import palette
from multivector.desk.svg import number, text

FILLS = ("#3c4d92", "#f2b134")
TINTS = ("#e3e6f1", "#fcf0d6")
FRIEND, RIVAL = palette.ACCENT, palette.WARM
"""Sign is told by dash (lines) and by + and − (cells) as well as by colour."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two nodes, by place; `why` is what a reader sees on hovering."""

    a: int
    b: int
    sign: int
    frustrated: bool
    why: str


@dataclass(frozen=True, slots=True)
class Camps:
    """A network that stands in two camps.

    Attributes
    ----------
    nodes : rows of the frame that have a tie. alone : names of those that have none.
    ties : by place in `nodes`. sides : places of each camp, ordered so that ties are short.
    """

    nodes: tuple[dict[str, Any], ...]
    alone: tuple[str, ...]
    ties: tuple[Tie, ...]
    sides: tuple[tuple[int, ...], tuple[int, ...]]


def camps_of(nodes: pl.DataFrame, edges: pl.DataFrame) -> Camps:
    """The network of two frames.

    Parameters
    ----------
    nodes : `code, name, side, differs, kind`; side 0 or 1, kind "state" or "power"; `differs` where another
        partition that frustrates as few ties puts the node on the other side.
    edges : `source, target, sign, frustrated, why`; sign +1 or -1.
    """
    tied = set(edges["source"]) | set(edges["target"])
    rows = tuple(row for row in nodes.to_dicts() if row["code"] in tied)
    place = {row["code"]: k for k, row in enumerate(rows)}
    ties = tuple(
        Tie(place[row["source"]], place[row["target"]], row["sign"], row["frustrated"], row["why"] or "")
        for row in edges.to_dicts()
    )
    first, second = (tuple(k for k, row in enumerate(rows) if row["side"] == side) for side in (0, 1))
    alone = tuple(row["name"] for row in nodes.to_dicts() if row["code"] not in tied)
    return Camps(rows, alone, ties, _shortened((list(first), list(second)), ties))


def _shortened(
    sides: tuple[list[int], list[int]], ties: tuple[Tie, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Places within each camp, swapped while that shortens the ties: the same order for the same network."""

    def length() -> float:
        height = {k: (n + 0.5) / len(side) for side in sides for n, k in enumerate(side)}
        return sum((height[tie.a] - height[tie.b]) ** 2 for tie in ties)

    best = length()
    while True:
        before = best
        for side in sides:
            for i, j in combinations(range(len(side)), 2):
                side[i], side[j] = side[j], side[i]
                now = length()
                if now < best - 1e-12:
                    best = now
                else:
                    side[i], side[j] = side[j], side[i]
        if best == before:
            return tuple(sides[0]), tuple(sides[1])


def mark(x: float, y: float, row: dict[str, Any], size: float = 6.0) -> str:
    """A state's disc or a power's square in its camp's colour; in both where it could stand in either."""
    side = row["side"]
    outline = f'stroke="{palette.INK}" stroke-width="1"'
    square = row["kind"] == "power"
    if square:
        whole = f'<rect x="{number(x - size)}" y="{number(y - size)}" width="{number(2 * size)}" height="{number(2 * size)}"'
        half = (
            f'<rect x="{number(x)}" y="{number(y - size)}" width="{number(size)}" height="{number(2 * size)}"'
        )
    else:
        whole = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size)}"'
        half = f'<path d="M{number(x)} {number(y - size)}a{number(size)} {number(size)} 0 0 1 0 {number(2 * size)}z"'
    other = f'{half} fill="{FILLS[1 - side]}"/>' if row["differs"] else ""
    return f'{whole} fill="{FILLS[side]}"/>{other}{whole} fill="none" {outline}/>'


def told(tie: Tie, camps: Camps) -> str:
    """A tie in words, for hovering."""
    kind = "friends" if tie.sign > 0 else "rivals"
    against = " (against the camps)" if tie.frustrated else ""
    why = f": {tie.why}" if tie.why else ""
    return text(f"{camps.nodes[tie.a]['name']} and {camps.nodes[tie.b]['name']}, {kind}{against}{why}")


def described(camps: Camps) -> str:
    """The camps and the ties against them in words."""
    names = [", ".join(_named(camps.nodes[k]) for k in side) for side in camps.sides]
    against = [told(tie, camps) for tie in camps.ties if tie.frustrated]
    said = [f"One camp: {names[0] or 'none'}", f"the other: {names[1] or 'none'}"]
    if camps.alone:
        said.append(f"without a tie: {', '.join(camps.alone)}")
    friends = sum(tie.sign > 0 for tie in camps.ties)
    said.append(
        f"ties: {friends} of friends, {len(camps.ties) - friends} of rivals, {len(against)} against the camps"
    )
    return "; ".join([*said, *against]) + "."


def _named(row: dict[str, Any]) -> str:
    return f"{row['name']} (or the other)" if row["differs"] else str(row["name"])

"""Ties on the map: curves from a power to a state, as wide as the tie is strong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from multivector.desk import palette
from multivector.desk.sheet import Sheet
from multivector.desk.svg import number, text


@dataclass(frozen=True)
class Tie:
    """A link from a power (or supplier) to a state; `share` in [0, 1] sets its width."""

    state: str
    partner: str
    share: float
    note: str = ""


def tie_width(share: float, *, narrow: bool) -> float:
    """Pixels: in proportion to the share, above a hair's breadth."""
    return (0.7 + 4.3 * share) if narrow else (1.0 + 8.0 * share)


def tie_layer(sheet: Sheet, ties: Sequence[Tie]) -> str:
    """Links, thickest first: curves with a white casing from the partner's anchor to the state's point."""
    colours = palette.assign(dict.fromkeys(t.partner for t in ties), sheet.region_map.file.colours)
    return "".join(
        _link(sheet, tie, colours[tie.partner])
        for tie in sorted(ties, key=lambda t: (-t.share, t.state, t.partner))
    )


def _link(sheet: Sheet, tie: Tie, colour: str) -> str:
    """One link; nothing where the map gives the partner or the state no place."""
    start, place = sheet.anchor(tie.partner), sheet.region_map.file.states.get(tie.state)
    if start is None or place is None:
        return ""
    end = sheet.frame.point(*place.point)
    path, width = _curve(start, end), tie_width(tie.share, narrow=sheet.narrow)
    says = f"{sheet.name(tie.partner)} to {sheet.name(tie.state)}: {tie.share:.0%}"
    says += f" ({tie.note})" if tie.note else ""
    p = sheet.prefix
    return (
        f"<g><title>{text(says)}</title>"
        f'<path class="{p}-case" d="{path}" stroke-width="{number(width + 1.6)}"/>'
        f'<path class="{p}-tie" d="{path}" stroke="{colour}" stroke-width="{number(width)}"/>'
        f'<circle cx="{number(end[0])}" cy="{number(end[1])}" r="{number(max(width * 0.75, 2.2))}" '
        f'fill="{colour}" stroke="#fff"/></g>'
    )


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A quadratic curve that bends to one side by a sixth of its length."""
    (x0, y0), (x1, y1) = start, end
    cx, cy = (x0 + x1) / 2 - (y1 - y0) / 6, (y0 + y1) / 2 + (x1 - x0) / 6
    return f"M{number(x0)},{number(y0)}Q{number(cx)},{number(cy)} {number(x1)},{number(y1)}"

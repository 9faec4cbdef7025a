"""The words on the map: names and the lines that lead to them."""

from __future__ import annotations

from collections.abc import Sequence

from multivector.desk import palette
from multivector.desk.choropleth import Choropleth
from multivector.desk.maplinks import Tie
from multivector.desk.projection import Frame
from multivector.desk.sheet import Sheet
from multivector.desk.svg import number, text, text_width


def label(
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    fill: str,
    halo: str,
    weight: int = 600,
    align: str = "middle",
    css: str = "",
    spacing: str = "",
) -> str:
    """One run of text with a halo that keeps lines behind it off."""
    spaced = f' letter-spacing="{spacing}"' if spacing else ""
    return (
        f'<text class="{css}" x="{number(x)}" y="{number(y)}" font-size="{number(size)}" '
        f'font-weight="{weight}" text-anchor="{align}" fill="{fill}" stroke="{halo}" '
        f'stroke-width="{number(size / 4.5)}" stroke-opacity=".82"{spaced}>{text(words)}</text>'
    )


def state_labels(sheet: Sheet, choropleth: Choropleth) -> str:
    """The states' names: white on dark shapes, ink elsewhere, with a leader line where the map asks."""
    size = 11.0 if sheet.narrow else 14.5
    drawn = []
    for code, place in sheet.region_map.file.states.items():
        outside, (x, y) = sheet.led(code), sheet.label(code)
        fill = choropleth.colour(code) or palette.PAPER
        dark = palette.is_dark(fill) and not outside
        if outside:
            drawn.append(_leader(sheet, (x, y), sheet.frame.point(*place.point), sheet.name(code), size))
        drawn.append(
            label(
                x,
                y + size * 0.36,
                sheet.name(code),
                size,
                css=f"{sheet.prefix}-halo",
                fill="#fff" if dark else palette.INK,
                halo=fill if dark else "#fff",
            )
        )
    return "".join(drawn)


def _leader(sheet: Sheet, at: tuple[float, float], point: tuple[float, float], name: str, size: float) -> str:
    """A thin line from the edge of the name's box to the state."""
    half_width, half_height = text_width(name, size, bold=True) / 2 + 4, size * 0.75
    dx, dy = point[0] - at[0], point[1] - at[1]
    reach = min(half_width / abs(dx) if dx else 1.0, half_height / abs(dy) if dy else 1.0, 1.0)
    x, y = at[0] + dx * reach, at[1] + dy * reach
    ends = f"M{number(x)},{number(y)}L{number(point[0])},{number(point[1])}"
    return (
        f'<path d="{ends}" fill="none" stroke="#fff" stroke-width="2.4" stroke-opacity=".8"/>'
        f'<path class="{sheet.prefix}-leader" d="{ends}"/>'
        f'<circle cx="{number(point[0])}" cy="{number(point[1])}" r="1.8" fill="{palette.INK}"/>'
    )


def anchor_labels(sheet: Sheet, ties: Sequence[Tie]) -> str:
    """The names of partners that have a link, in their colours' ink; others with a place stay pale."""
    linked = dict.fromkeys(tie.partner for tie in ties)
    colours = palette.assign(linked, sheet.region_map.file.colours)
    size = 9.5 if sheet.narrow else 12.0
    drawn = []
    for code, anchor in sheet.region_map.file.anchors.items():
        at = sheet.anchor(code)
        if at is None or (code not in linked and (sheet.narrow or anchor.at is None)):
            continue
        x, y, align = _beside_edge(sheet.frame, at, size)
        words = sheet.name(code)
        if code in linked:
            drawn.append(
                f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="{4 if sheet.narrow else 5.5}" '
                f'fill="{colours[code]}" stroke="#fff" stroke-width="1.5"/>'
            )
        drawn.append(
            label(
                x,
                y,
                words.upper(),
                size,
                css=f"{sheet.prefix}-halo",
                align=align,
                halo="#fff",
                fill=palette.INK if code in linked else "#8a959c",
                weight=600 if code in linked else 400,
                spacing=".06em",
            )
        )
    return "".join(drawn)


def _beside_edge(frame: Frame, at: tuple[float, float], size: float) -> tuple[float, float, str]:
    """Where a name stands beside its anchor so that the frame does not cut it."""
    x, y = at
    if x <= 2:
        return x + size * 0.9, y + size * 0.36, "start"
    if x >= frame.width - 2:
        return x - size * 0.9, y + size * 0.36, "end"
    if y <= 2:
        return x - size * 0.9, y + size * 1.2, "end"
    return x, y - size * 0.9, "middle"


def context_labels(sheet: Sheet) -> str:
    """Seas and neighbours, pale; the narrow map has no room for them."""
    if sheet.narrow:
        return ""
    drawn = []
    for row in sheet.region_map.file.context:
        x, y = sheet.frame.point(*row.at)
        water = row.kind == "water"
        drawn.append(
            label(
                x,
                y,
                row.text,
                10.5,
                fill="#6f93a6" if water else "#8a959c",
                weight=400,
                css=f"{sheet.prefix}-halo {sheet.prefix}-context",
                halo=palette.WATER if water else palette.LAND,
                spacing=".05em" if water else ".12em",
            )
        )
    return "".join(drawn)

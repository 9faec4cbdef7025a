"""The words on the map: names, leader lines, the legend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from multivector.desk import palette
from multivector.desk.mapdata import RegionMap
from multivector.desk.projection import Frame
from multivector.desk.svg import number, text, text_width

if TYPE_CHECKING:
    from multivector.desk.map import Choropleth, Tie

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Sheet:
    """What every layer of one map needs to know."""

    prefix: str
    frame: Frame
    region_map: RegionMap
    names: Mapping[str, str]
    on: date
    narrow: bool

    def name(self, code: str) -> str:
        """The actor's name, or its code where the region gives none."""
        return self.names.get(code, code)

    def anchor(self, code: str) -> tuple[float, float] | None:
        """Where a partner's ties start, in pixels; None where the map gives it no place."""
        anchor = self.region_map.file.anchors.get(code)
        if anchor is None:
            return None
        edge = anchor.narrow_edge if self.narrow and anchor.narrow_edge else anchor.edge
        if edge is not None:
            return edge[0] * self.frame.width, edge[1] * self.frame.height
        return self.frame.point(*anchor.at) if anchor.at else None


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
        outside = place.leader == "always" or (sheet.narrow and place.leader == "narrow")
        x, y = sheet.frame.point(*(place.narrow_label or place.label if sheet.narrow else place.label))
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
                css=f"{sheet.prefix}-halo",
                halo=palette.WATER if water else palette.LAND,
                spacing=".05em" if water else ".12em",
            )
        )
    return "".join(drawn)


@dataclass(frozen=True)
class Legend:
    """The legend's markup and how tall it is."""

    markup: str
    height: float


def legend(sheet: Sheet, choropleth: Choropleth, tie_title: str) -> Legend:
    """Classes, "not scored", hatching, widths of links: a box on the wide map, a strip below the narrow one."""
    from multivector.desk.map import tie_width

    p, narrow = sheet.prefix, sheet.narrow
    size = 10.5 if narrow else 11.0
    colours = palette.ramp(len(choropleth.breaks) + 1)
    step = 40.0 if narrow else 34.0
    rows: list[str] = []
    y = 16.0

    def words(x: float, shown: str, *, bold: bool = False, align: str = "start") -> str:
        weight = 600 if bold else 400
        return (
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" font-weight="{weight}" '
            f'text-anchor="{align}" fill="#334">{text(shown)}</text>'
        )

    rows.append(words(12, choropleth.title, bold=True))
    y += 8
    for i, colour in enumerate(colours):
        rows.append(
            f'<rect x="{number(12 + i * step)}" y="{number(y)}" width="{number(step)}" height="11" fill="{colour}"/>'
        )
    y += 24
    for i, edge in enumerate(choropleth.breaks):
        rows.append(words(12 + (i + 1) * step, choropleth.pattern.format(edge), align="middle"))
    y += 14
    rows.append(
        f'<rect x="12" y="{number(y - 9)}" width="20" height="11" fill="url(#{p}-missing-key)" stroke="#c4cbcf" stroke-width=".6"/>'
    )
    rows.append(words(38, "not scored"))
    rows.append(
        f'<rect x="118" y="{number(y - 9)}" width="20" height="11" class="{p}-disputed" fill="url(#{p}-hatch-key)"/>'
    )
    rows.append(words(144, "disputed"))
    if tie_title:
        y += 22
        rows.append(words(12, tie_title, bold=True))
        y += 18
        for i, share in enumerate((0.1, 0.5, 1.0)):
            x, width = 12 + i * 78, tie_width(share, narrow=narrow)
            rows.append(
                f'<path d="M{x + 4},{number(y - 4)}h26" stroke="{palette.MUTED}" stroke-width="{number(width)}" stroke-linecap="round"/>'
            )
            rows.append(words(x + 40, f"{share:.0%}"))
    height = y + 14
    if narrow:
        return Legend(f'<g transform="translate(0 {number(sheet.frame.height)})">{"".join(rows)}</g>', height)
    width = max(
        12 + step * len(colours) + 12, 24 + text_width(tie_title or choropleth.title, size, bold=True), 250
    )
    top = sheet.frame.height - height - 16
    box = f'<rect width="{number(width)}" height="{number(height)}" rx="4" fill="#fff" fill-opacity=".94" stroke="#cfd6da"/>'
    return Legend(f'<g transform="translate(16 {number(top)})">{box}{"".join(rows)}</g>', height)

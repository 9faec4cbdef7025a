"""The map's legend: classes, "not scored", hatching, widths of links."""

from __future__ import annotations

from dataclasses import dataclass

from multivector.desk import palette
from multivector.desk.choropleth import Choropleth
from multivector.desk.maplinks import tie_width
from multivector.desk.sheet import Sheet
from multivector.desk.svg import number, text, text_width

LEFT = 12.0
SHARES = (0.1, 0.5, 1.0)


@dataclass(frozen=True)
class Legend:
    """The legend's markup and how tall it is."""

    markup: str
    height: float


def legend(sheet: Sheet, choropleth: Choropleth, tie_title: str) -> Legend:
    """A box on the wide map, a strip below the narrow one; `tie_title` is empty where there are no links."""
    size = 10.5 if sheet.narrow else 11.0
    step = 40.0 if sheet.narrow else 34.0
    rows = [_words(LEFT, 16, choropleth.title, size, weight=600), _classes(choropleth, step, size)]
    rows.append(_hatches(sheet, 62, size))
    height = 76.0
    if tie_title:
        rows += [_words(LEFT, 84, tie_title, size, weight=600), _widths(sheet, 102, size)]
        height = 116.0
    if sheet.narrow:
        return Legend(f'<g transform="translate(0 {number(sheet.frame.height)})">{"".join(rows)}</g>', height)
    titles = max(text_width(words, size, bold=True) for words in (choropleth.title, tie_title or "-"))
    width = max(2 * LEFT + step * (len(choropleth.breaks) + 1), 2 * LEFT + titles, 250)
    box = (
        f'<rect width="{number(width)}" height="{number(height)}" rx="4" fill="#fff" '
        f'fill-opacity=".94" stroke="#cfd6da"/>'
    )
    top = sheet.frame.height - height - 16
    return Legend(f'<g transform="translate(16 {number(top)})">{box}{"".join(rows)}</g>', height)


def _words(x: float, y: float, shown: str, size: float, *, weight: int = 400, align: str = "start") -> str:
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" font-weight="{weight}" '
        f'text-anchor="{align}" fill="#334">{text(shown)}</text>'
    )


def _classes(choropleth: Choropleth, step: float, size: float) -> str:
    """The classes as boxes, with the value at each break between them."""
    boxes = [
        f'<rect x="{number(LEFT + i * step)}" y="24" width="{number(step)}" height="11" fill="{colour}"/>'
        for i, colour in enumerate(palette.ramp(len(choropleth.breaks) + 1))
    ]
    breaks = [
        _words(LEFT + (i + 1) * step, 48, choropleth.pattern.format(edge), size, align="middle")
        for i, edge in enumerate(choropleth.breaks)
    ]
    return "".join(boxes + breaks)


def _hatches(sheet: Sheet, y: float, size: float) -> str:
    """What the two kinds of hatching mean."""
    box, p = f'y="{number(y - 9)}" width="20" height="11"', sheet.prefix
    return (
        f'<rect x="12" {box} fill="url(#{p}-missing-key)" stroke="#c4cbcf" stroke-width=".6"/>'
        f'<rect x="118" {box} class="{p}-disputed" fill="url(#{p}-hatch-key)"/>'
        + _words(38, y, "not scored", size)
        + _words(144, y, "disputed", size)
    )


def _widths(sheet: Sheet, y: float, size: float) -> str:
    """How wide a link of a given share is."""
    drawn = []
    for i, share in enumerate(SHARES):
        x, width = LEFT + i * 78, tie_width(share, narrow=sheet.narrow)
        drawn.append(
            f'<path d="M{number(x + 4)},{number(y - 4)}h26" stroke="{palette.MUTED}" '
            f'stroke-width="{number(width)}" stroke-linecap="round"/>'
        )
        drawn.append(_words(x + 40, y, f"{share:.0%}", size))
    return "".join(drawn)

"""The region's map as one SVG: states coloured by a value, ties of powers as links, disputed areas hatched.

A wide map stands alone. A narrow one, for small screens, shows the same shapes in a smaller frame with its
own labels; it borrows the shapes from the wide one, which must be in the same page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from multivector.desk import palette
from multivector.desk.choropleth import Choropleth
from multivector.desk.mapdata import RegionMap
from multivector.desk.maplabels import anchor_labels, context_labels, state_labels
from multivector.desk.maplegend import legend
from multivector.desk.maplinks import Tie, tie_layer
from multivector.desk.mapshapes import base_layer, dispute_layer, mark_layer
from multivector.desk.sheet import Sheet
from multivector.desk.svg import Svg, check_prefix, heading, number


def draw_map(
    region_map: RegionMap,
    names: Mapping[str, str],
    choropleth: Choropleth,
    ties: Sequence[Tie],
    on: date,
    *,
    title: str,
    tie_title: str = "",
    prefix: str = "map",
    narrow: bool = False,
) -> Svg:
    """Draw the map of a region on a day.

    Parameters
    ----------
    names : actor code -> name, from the region's table of actors.
    on : the day whose disputed areas are hatched.
    tie_title : what the links mean, for the legend (their width is the share).
    prefix : starts every id and class; a page with two maps needs two prefixes.
    narrow : the small-screen map, which uses the shapes of the wide map with the same prefix.
    """
    frame = region_map.frame(narrow=narrow)
    sheet = Sheet(check_prefix(prefix), frame, region_map, names, on, narrow)
    own = f"{prefix}-narrow" if narrow else prefix
    words, binding = heading(own, title, _describe(region_map, names, choropleth, ties, on))
    below = legend(sheet, choropleth, tie_title if ties else "")
    height = frame.height + (below.height if narrow else 0.0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{prefix}-svg" {binding} '
        f'viewBox="0 0 {number(frame.width)} {number(height)}">{words}',
        "" if narrow else _style(prefix) + _patterns(prefix),
        f'<clipPath id="{own}-frame"><rect width="{number(frame.width)}" height="{number(frame.height)}"/>'
        "</clipPath>",
        f'<g clip-path="url(#{own}-frame)">',
        _borrow(region_map, prefix) if narrow else _shapes(sheet, choropleth),
        tie_layer(sheet, ties),
        context_labels(sheet),
        anchor_labels(sheet, ties),
        state_labels(sheet, choropleth),
        "</g>",
        below.markup,
        "</svg>",
    ]
    return Svg("".join(parts))


def _shapes(sheet: Sheet, choropleth: Choropleth) -> str:
    """The layers that both maps use; the hatching is inherited, so that each map sets its own grain."""
    prefix = sheet.prefix
    return (
        f'<g id="{prefix}-base">{base_layer(sheet, choropleth)}</g><g fill="url(#{prefix}-hatch)">'
        f'<g id="{prefix}-disputed">{dispute_layer(sheet)}</g></g>{mark_layer(sheet, choropleth)}'
    )


def _borrow(region_map: RegionMap, prefix: str) -> str:
    """The wide map's shapes, moved and scaled into the narrow frame (both project alike)."""
    wide, small = region_map.frame(), region_map.frame(narrow=True)
    scale = small.scale / wide.scale
    x, y = wide.point(*small.center)
    move = f"translate({number(small.width / 2 - x * scale, 2)} {number(small.height / 2 - y * scale, 2)})"
    uses = f'<use href="#{prefix}-base"/><use href="#{prefix}-disputed" fill="url(#{prefix}-hatch-narrow)"/>'
    return f'<g transform="{move} scale({number(scale, 4)})">{uses}</g>'


def _describe(
    region_map: RegionMap, names: Mapping[str, str], values: Choropleth, ties: Sequence[Tie], on: date
) -> str:
    """The map in words, for readers who do not see it."""
    states = "; ".join(values.words(s, names.get(s, s)) for s in region_map.file.states)
    hatched = ", ".join(
        dict.fromkeys(o.area or o.note.split(":")[0] for o in region_map.file.overlay if o.holds(on))
    )
    links = "; ".join(
        f"{names.get(t.partner, t.partner)} to {names.get(t.state, t.state)} {t.share:.0%}" for t in ties
    )
    return (
        f"{states}. Links: {links or 'none'}. Hatched as disputed on {on.isoformat()}: {hatched or 'none'}."
    )


def _patterns(prefix: str) -> str:
    """Hatching by where it is used: on shapes (whose coordinates are tenths of a pixel) and in legends."""

    def lines(name: str, scale: float, angle: int, colour: str, ground: str = "") -> str:
        return (
            f'<pattern id="{prefix}-{name}" width="5" height="5" patternUnits="userSpaceOnUse" '
            f'patternTransform="scale({number(scale)}) rotate({angle})">{ground}'
            f'<path d="M1,0V5" stroke="{colour}" stroke-width="1.1"/></pattern>'
        )

    pale = f'<rect width="5" height="5" fill="{palette.BLANK}"/>'
    hatch = [
        lines(f"hatch{end}", scale, 45, "#4a545d") for end, scale in (("", 10), ("-narrow", 18), ("-key", 1))
    ]
    missing = [lines(f"missing{end}", scale, -45, "#ccd2d6", pale) for end, scale in (("", 12), ("-key", 1))]
    return f"<defs>{''.join(hatch + missing)}</defs>"


def _style(prefix: str) -> str:
    rules = {
        "svg text": "font-family:Inter,system-ui,sans-serif",
        "grid": "fill:none;stroke:#c9d8df;stroke-width:.6;vector-effect:non-scaling-stroke",
        "land": f"fill:{palette.LAND};stroke:#b9c2c8;stroke-width:.7;vector-effect:non-scaling-stroke",
        "state": "stroke:#fff;stroke-width:1.1;stroke-linejoin:round;vector-effect:non-scaling-stroke",
        "lake": f"fill:{palette.WATER};stroke:#a9c3cf;stroke-width:.5;vector-effect:non-scaling-stroke",
        "neutral": f"fill:{palette.NEUTRAL}",
        "disputed": (
            "fill-opacity:.7;stroke:#4a545d;stroke-width:.8;stroke-dasharray:2.5 2;"
            "vector-effect:non-scaling-stroke"
        ),
        "case": "fill:none;stroke:#fff;stroke-opacity:.8;stroke-linecap:round",
        "tie": "fill:none;stroke-linecap:round;stroke-opacity:.92",
        "leader": "fill:none;stroke:#16222d;stroke-width:.8",
        "halo": "paint-order:stroke;stroke-linejoin:round",
    }
    sheet = "".join(f".{prefix}-{name}{{{rule}}}" for name, rule in rules.items())
    return f"<style>{sheet}@media(max-width:820px){{.{prefix}-context{{display:none}}}}</style>"


__all__ = ["Choropleth", "Tie", "draw_map"]

"""The region's map as one SVG: states coloured by a value, ties of powers as links, disputed areas hatched.

A wide map stands alone. A narrow one, for small screens, shows the same shapes in a smaller frame with its
own labels; it borrows the shapes from the wide one, which must be in the same page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from multivector.desk import palette
from multivector.desk.mapdata import RegionMap
from multivector.desk.maplabels import Sheet, anchor_labels, context_labels, legend, state_labels
from multivector.desk.mapshapes import base_layer, dispute_layer, mark_layer
from multivector.desk.projection import Frame
from multivector.desk.svg import Svg, check_prefix, heading, number, text


@dataclass(frozen=True)
class Choropleth:
    """A value a state: what is coloured, where the classes break, how a value is written.

    A state that is missing, or whose value is None, is hatched light grey and reads "not scored".
    """

    title: str
    values: Mapping[str, float | None]
    breaks: tuple[float, ...]
    pattern: str = "{:.2f}"
    notes: Mapping[str, str] = field(default_factory=dict)

    def colour(self, state: str) -> str | None:
        """The class colour; None where the state is not scored."""
        value = self.values.get(state)
        if value is None or value != value:
            return None
        return palette.ramp(len(self.breaks) + 1)[palette.class_of(value, self.breaks)]

    def words(self, state: str, name: str) -> str:
        """What hovering over a state says."""
        value, note = self.values.get(state), self.notes.get(state, "")
        shown = "not scored" if value is None or value != value else self.pattern.format(value)
        return f"{name}: {self.title} {shown}" + (f" ({note})" if note else "")


@dataclass(frozen=True)
class Tie:
    """A link from a power (or supplier) to a state; `share` in [0, 1] sets its width."""

    state: str
    partner: str
    share: float
    note: str = ""


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
        f'<clipPath id="{own}-frame"><rect width="{number(frame.width)}" height="{number(frame.height)}"/></clipPath>',
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


def tie_layer(sheet: Sheet, ties: Sequence[Tie]) -> str:
    """Links, thickest first, each a curve with a white casing from the partner's anchor to the state's point."""
    colours = palette.assign(dict.fromkeys(t.partner for t in ties), sheet.region_map.file.colours)
    drawn = []
    for tie in sorted(ties, key=lambda t: (-t.share, t.state, t.partner)):
        start, place = sheet.anchor(tie.partner), sheet.region_map.file.states.get(tie.state)
        if start is None or place is None:
            continue
        end = sheet.frame.point(*place.point)
        path, width = _curve(start, end), tie_width(tie.share, narrow=sheet.narrow)
        says = f"{sheet.name(tie.partner)} to {sheet.name(tie.state)}: {tie.share:.0%}"
        says += f" ({tie.note})" if tie.note else ""
        drawn.append(
            f'<g><title>{text(says)}</title><path class="{sheet.prefix}-case" d="{path}" '
            f'stroke-width="{number(width + 1.6)}"/><path class="{sheet.prefix}-tie" d="{path}" '
            f'stroke="{colours[tie.partner]}" stroke-width="{number(width)}"/>'
            f'<circle cx="{number(end[0])}" cy="{number(end[1])}" r="{number(max(width * 0.75, 2.2))}" '
            f'fill="{colours[tie.partner]}" stroke="#fff"/></g>'
        )
    return "".join(drawn)


def tie_width(share: float, *, narrow: bool) -> float:
    """Pixels: in proportion to the share, above a hair's breadth."""
    return (0.7 + 4.3 * share) if narrow else (1.0 + 8.0 * share)


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A quadratic curve that bends to its right by a sixth of its length."""
    (x0, y0), (x1, y1) = start, end
    cx, cy = (x0 + x1) / 2 - (y1 - y0) / 6, (y0 + y1) / 2 + (x1 - x0) / 6
    return f"M{number(x0)},{number(y0)}Q{number(cx)},{number(cy)} {number(x1)},{number(y1)}"


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
    return "<style>" + "".join(f".{prefix}-{name}{{{rule}}}" for name, rule in rules.items()) + "</style>"


__all__ = ["Choropleth", "Frame", "Tie", "draw_map", "tie_layer", "tie_width"]

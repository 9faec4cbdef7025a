"""The shapes of the map: land, states, lakes, the net of meridians, disputed areas."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from multivector.desk import palette
from multivector.desk.choropleth import Choropleth
from multivector.desk.projection import Frame, clip
from multivector.desk.sheet import Sheet
from multivector.desk.svg import number, text
from multivector.desk.topojson import Points, Polygon, Shape

MARGIN = 12.0  # pixels beyond the frame, so that clipped edges stay out of sight
UNITS = 10  # path coordinates are tenths of a pixel, as integers


def base_layer(sheet: Sheet, choropleth: Choropleth) -> str:
    """Water, net, other land, the states in their colours, lakes."""
    p, frame, shapes = sheet.prefix, sheet.frame, sheet.region_map.shapes
    water = (
        f'<rect x="{-frame.width:.0f}" y="{-frame.height:.0f}" width="{3 * frame.width:.0f}" '
        f'height="{3 * frame.height:.0f}" fill="{palette.WATER}"/>'
    )
    parts = [water, f'<path class="{p}-grid" d="{_net(frame)}"/>']
    states = sheet.region_map.file.states
    countries = shapes.get("countries", ())
    parts += [_path(frame, shape, f'class="{p}-land"') for shape in countries if shape.code not in states]
    for shape in countries:
        if shape.code in states:
            fill = choropleth.colour(shape.code) or f"url(#{p}-missing)"
            words = choropleth.words(shape.code, sheet.name(shape.code))
            parts.append(_path(frame, shape, f'class="{p}-state" fill="{fill}"', words))
    parts += [_path(frame, shape, f'class="{p}-lake"') for shape in shapes.get("lakes", ())]
    return "".join(parts)


def dispute_layer(sheet: Sheet) -> str:
    """What is disputed on the day: grey where no side's colour may show, hatching over all of it."""
    p, frame = sheet.prefix, sheet.frame
    areas = {shape.name: shape for shape in sheet.region_map.shapes.get("disputed", ())}
    grey, hatched = [], []
    for overlay in sheet.region_map.file.overlay:
        if not overlay.holds(sheet.on):
            continue
        if overlay.area:
            shape = areas[overlay.area]
            words = f"{overlay.area}: {overlay.note}"
        elif overlay.at is not None:
            shape = Shape("", "", ((circle(overlay.at, overlay.radius_km),),))
            words = overlay.note
        if overlay.neutral:
            grey.append(_path(frame, shape, f'class="{p}-neutral"'))
        hatched.append(_path(frame, shape, f'class="{p}-disputed"', words))
    return "".join(grey + hatched)


def mark_layer(sheet: Sheet, choropleth: Choropleth) -> str:
    """Places too small for the base map, as points in the colour of their state."""
    drawn = []
    for mark in sheet.region_map.file.mark:
        x, y = sheet.frame.point(*mark.at)
        fill = choropleth.colour(mark.state) or f"url(#{sheet.prefix}-missing)"
        drawn.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="2.6" fill="{fill}" stroke="#fff">'
            f"<title>{text(sheet.name(mark.state))}: {text(mark.note)}</title></circle>"
        )
    return "".join(drawn)


def _path(frame: Frame, shape: Shape, attributes: str, words: str = "") -> str:
    data = "".join(_polygons(frame, shape.polygons))
    if not data:
        return ""
    title = f"<title>{text(words)}</title>" if words else ""
    scale = f'transform="scale({number(1 / UNITS)})"'
    return (
        f'<path {attributes} {scale} d="{data}">{title}</path>'
        if title
        else f'<path {attributes} {scale} d="{data}"/>'
    )


def _polygons(frame: Frame, polygons: Iterable[Polygon]) -> Iterable[str]:
    low, high = (-MARGIN, -MARGIN), (frame.width + MARGIN, frame.height + MARGIN)
    for polygon in polygons:
        for ring in polygon:
            yield _ring(clip(frame(ring[:-1]), low, high))


def _ring(points: Points) -> str:
    """A closed path of whole steps; steps of nothing are left out, islands under a pixel too."""
    grid = np.round(points * UNITS).astype(int)
    if len(grid) < 3 or np.ptp(grid, axis=0).max() < UNITS:
        return ""
    steps = np.diff(grid, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    line = "".join(f"{' ' if x >= 0 else ''}{x}{',' if y >= 0 else ''}{y}" for x, y in steps.tolist())
    return f"M{grid[0][0]},{grid[0][1]}l{line.lstrip()}Z"


def _net(frame: Frame) -> str:
    """Meridians and parallels every ten degrees, where the frame can show them."""
    lines = []
    for lon in range(0, 131, 10):
        lines.append(np.array([[lon, lat] for lat in range(10, 76, 5)], dtype=float))
    for lat in range(10, 76, 10):
        lines.append(np.array([[lon, lat] for lon in range(0, 131, 5)], dtype=float))
    drawn = []
    for line in lines:
        points = np.round(frame(line)).astype(int)
        shown = (
            (points > -200).all(axis=1)
            & (points[:, 0] < frame.width + 200)
            & (points[:, 1] < frame.height + 200)
        )
        if shown.sum() > 1:
            drawn.append("M" + "L".join(f"{x},{y}" for x, y in points[shown].tolist()))
    return "".join(drawn)


def circle(at: tuple[float, float], radius_km: float) -> Points:
    """A ring of points at a distance from a place, in degrees (small circles only)."""
    angle = np.linspace(0, 2 * np.pi, 41)
    north = radius_km / 111.195
    east = north / np.cos(np.radians(at[1]))
    return np.stack([at[0] + east * np.cos(angle), at[1] + north * np.sin(angle)], axis=1)

"""The map's projection: Albers' equal-area conic, so that areas of the same colour weigh the same.

    n = (sin p1 + sin p2) / 2,  C = cos^2 p1 + 2 n sin p1,  rho(lat) = R sqrt(C - 2 n sin lat) / n
    x = rho sin(n (lon - lon0)),  y = rho0 - rho cos(n (lon - lon0))

On a sphere of R = 6371.007 km (equal area with WGS 84). Source: Snyder, Map Projections: A Working Manual,
USGS Professional Paper 1395 (1987), equations 14-1 to 14-6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from multivector.desk.topojson import Points

EARTH_KM = 6371.007


@dataclass(frozen=True)
class Albers:
    """Degrees to kilometres east and north of `center`; exact areas, true scale on the two parallels."""

    parallels: tuple[float, float]
    center: tuple[float, float]

    def __call__(self, lonlat: Points) -> Points:
        """Project an array of (longitude, latitude) rows, in degrees, to (x, y) rows in km."""
        p1, p2 = np.radians(self.parallels)
        lon0, lat0 = np.radians(self.center)
        n = (np.sin(p1) + np.sin(p2)) / 2
        C = np.cos(p1) ** 2 + 2 * n * np.sin(p1)
        lon, lat = np.radians(np.asarray(lonlat, dtype=float)).T
        rho = EARTH_KM * np.sqrt(np.maximum(C - 2 * n * np.sin(lat), 0.0)) / n
        rho0 = EARTH_KM * np.sqrt(C - 2 * n * np.sin(lat0)) / n
        theta = n * (lon - lon0)
        return np.stack([rho * np.sin(theta), rho0 - rho * np.cos(theta)], axis=1)


@dataclass(frozen=True)
class Frame:
    """A window on the projected plane: `width` x `height` pixels around `center`, `km` kilometres across."""

    projection: Albers
    center: tuple[float, float]
    km: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Pixels a kilometre."""
        return self.width / self.km

    def __call__(self, lonlat: Points) -> Points:
        """Project (longitude, latitude) rows to pixels; y grows downwards, as SVG has it."""
        middle = self.projection(np.array([self.center]))
        offset = (self.projection(lonlat) - middle) * self.scale
        return offset * [1, -1] + [self.width / 2, self.height / 2]

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """One place in pixels."""
        x, y = self(np.array([[lon, lat]]))[0]
        return float(x), float(y)


def clip(ring: Points, low: tuple[float, float], high: tuple[float, float]) -> Points:
    """The part of a ring inside a rectangle (Sutherland and Hodgman 1974), edge by edge.

    A concave ring may run along the rectangle's edge; the caller clips a little outside what is shown.
    """
    for axis in (0, 1):
        for sign, bound in ((1.0, low[axis]), (-1.0, high[axis])):
            if len(ring) == 0:
                return ring
            ring = _clip_half(ring, axis, sign, bound)
    return ring


def _clip_half(ring: Points, axis: int, sign: float, bound: float) -> Points:
    inside = sign * (ring[:, axis] - bound) >= 0
    if inside.all():
        return ring
    if not inside.any():
        return ring[:0]
    before, was = np.roll(ring, 1, axis=0), np.roll(inside, 1)
    kept: list[Points] = []
    for a, b, a_in, b_in in zip(before, ring, was, inside, strict=True):
        if a_in != b_in:
            share = (bound - a[axis]) / (b[axis] - a[axis])
            kept.append(a + share * (b - a))
        if b_in:
            kept.append(b)
    return np.array(kept)

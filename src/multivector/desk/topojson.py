"""TopoJSON: shapes that share their borders.

A topology holds arcs (runs of points, delta-coded on an integer grid) and geometries that name the arcs of
their rings: `i` forwards, `~i` backwards. The format is public (TopoJSON specification 1.0, 2013); this
reads what a base map needs, polygons and multipolygons with a transform, and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError

Points = NDArray[np.float64]  # (n, 2): longitude and latitude in degrees, or x and y once projected
Polygon = tuple[Points, ...]  # the outer ring first, then its holes


@dataclass(frozen=True)
class Shape:
    """A named area: its polygons (longitude, latitude) and what the file says about it."""

    name: str
    code: str
    polygons: tuple[Polygon, ...]


def decode_arcs(topology: dict[str, Any]) -> list[Points]:
    """Every arc in degrees: running sums of the deltas, times the scale, plus the translation."""
    transform = topology["transform"]
    scale, translate = np.array(transform["scale"]), np.array(transform["translate"])
    return [np.cumsum(np.array(arc, dtype=float), axis=0) * scale + translate for arc in topology["arcs"]]


def join_ring(indices: list[int], arcs: list[Points]) -> Points:
    """The closed ring that the arcs form; the point where two arcs meet is kept once."""
    runs = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.concatenate([runs[0], *(run[1:] for run in runs[1:])])


def geometry_rings(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Arc indices by polygon and ring, whichever of the two kinds the geometry is."""
    kinds = {"Polygon": lambda g: [g["arcs"]], "MultiPolygon": lambda g: g["arcs"]}
    read = kinds.get(geometry.get("type", ""))
    return read(geometry) if read else []


def read_topology(path: Path) -> dict[str, tuple[Shape, ...]]:
    """The shapes of each object in the file, in the file's order.

    Raises
    ------
    InputError : the file is missing or is not TopoJSON.
    """
    try:
        topology = json.loads(path.read_text(encoding="utf-8"))
        arcs = decode_arcs(topology)
        return {
            name: tuple(_shape(geometry, arcs) for geometry in collection["geometries"])
            for name, collection in topology["objects"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise InputError(
            "the base map cannot be read as TopoJSON",
            where=str(path),
            repair="rebuild it with tools/build_basemap.py, or name another file under `basemap` in map.toml",
        ) from error


def _shape(geometry: dict[str, Any], arcs: list[Points]) -> Shape:
    properties = geometry.get("properties") or {}
    polygons = tuple(tuple(join_ring(ring, arcs) for ring in polygon) for polygon in geometry_rings(geometry))
    return Shape(str(properties.get("name", "")), str(properties.get("a3", "")), polygons)

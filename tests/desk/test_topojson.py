"""TopoJSON: arcs forwards and backwards, both kinds of polygon, files that are none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from multivector.desk.mapdata import RegionMap
from multivector.desk.topojson import read_topology
from multivector.errors import InputError

TWO_SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
    "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
    "objects": {
        "countries": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West", "a3": "WES"}},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"name": "East", "a3": "EAS"}},
            ],
        }
    },
}


def test_neighbours_share_an_arc(tmp_path: Path) -> None:
    path = tmp_path / "two.topo.json"
    path.write_text(json.dumps(TWO_SQUARES))
    west, east = read_topology(path)["countries"]
    assert (west.name, west.code, east.code) == ("West", "WES", "EAS")
    assert west.polygons[0][0].tolist() == [[11, 20], [11, 21], [10, 21], [10, 20], [11, 20]]
    assert east.polygons[0][0].tolist() == [[11, 20], [12, 20], [12, 21], [11, 21], [11, 20]]


@pytest.mark.parametrize("content", ["", "{}", '{"arcs": []}', "[1, 2]", "\x00\x01"])
def test_what_is_no_topology_is_refused_with_a_repair(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.topo.json"
    path.write_text(content)
    with pytest.raises(InputError, match="TopoJSON") as caught:
        read_topology(path)
    assert "build_basemap" in caught.value.repair


def test_every_ring_of_the_shipped_map_closes(region_map: RegionMap) -> None:
    rings = [
        r for shapes in region_map.shapes.values() for s in shapes for polygon in s.polygons for r in polygon
    ]
    assert len(rings) > 100
    assert all(np.array_equal(ring[0], ring[-1]) for ring in rings)

"""map.toml: what holds on which day, and what is wrong with one that does not hold."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from multivector.atlas import Region
from multivector.desk.mapdata import MAP_FILE, RegionMap, load_map
from multivector.desk.mapshapes import circle
from multivector.errors import RegionError

SIMFEROPOL, SUKHUMI, TSKHINVALI = (34.1, 44.95), (41.2, 43.05), (43.97, 42.22)
STEPANAKERT, LACHIN, SRINAGAR, DONETSK = (46.75, 39.82), (46.55, 39.64), (74.8, 34.1), (37.8, 48.0)
NAKHCHIVAN, BAIKONUR, VORUKH = (45.4, 39.2), (63.3, 45.95), (70.58, 39.85)


def within(place: tuple[float, float], ring: np.ndarray) -> bool:
    """Ray casting."""
    (x, y), inside = place, False
    for (x0, y0), (x1, y1) in pairwise(ring):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def hatched(region_map: RegionMap, place: tuple[float, float], on: date) -> bool:
    areas = {shape.name: shape for shape in region_map.shapes["disputed"]}
    for overlay in region_map.file.overlay:
        if not overlay.holds(on):
            continue
        rings = [p[0] for p in areas[overlay.area].polygons] if overlay.area else []
        if overlay.at:
            rings.append(circle(overlay.at, overlay.radius_km))
        if any(within(place, ring) for ring in rings):
            return True
    return False


@pytest.mark.parametrize(
    ("place", "on", "expected"),
    [
        (SIMFEROPOL, date(2013, 12, 31), False), (SIMFEROPOL, date(2015, 1, 1), True),
        (SUKHUMI, date(2026, 1, 1), True), (TSKHINVALI, date(2026, 1, 1), True),
        (STEPANAKERT, date(2019, 6, 1), True), (STEPANAKERT, date(2022, 6, 1), True),
        (STEPANAKERT, date(2023, 9, 19), True), (STEPANAKERT, date(2023, 9, 20), False),
        (LACHIN, date(2020, 11, 30), True), (LACHIN, date(2020, 12, 1), False),
        (SRINAGAR, date(2026, 1, 1), True), (DONETSK, date(2022, 1, 1), True),
        (NAKHCHIVAN, date(2019, 6, 1), False), (BAIKONUR, date(2022, 1, 1), False),
        (VORUKH, date(2022, 1, 1), False),
    ],
)  # fmt: skip
def test_areas_are_hatched_on_their_days(
    region_map: RegionMap, place: tuple[float, float], on: date, expected: bool
) -> None:
    assert hatched(region_map, place, on) is expected


@pytest.mark.reference
def test_the_base_map_colours_places_as_asked(region_map: RegionMap, shared: Path) -> None:
    """Every place of the table lies in the shape of the country whose colour it should have."""
    table = (shared / "specs" / "boundaries.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    drawn = {shape.name: shape for shape in region_map.shapes["countries"]}
    neutral = {o.area for o in region_map.file.overlay if o.neutral}
    areas = {shape.name: shape for shape in region_map.shapes["disputed"]}
    for row in rows:
        place = float(row["lon"]), float(row["lat"])
        if row["recommended_fill"] == "neutral grey":
            found = any(within(place, p[0]) for name in neutral for p in areas[name].polygons)
        elif "point" in row["recommended_overlay"]:
            found = any(np.hypot(*np.subtract(mark.at, place)) < 0.05 for mark in region_map.file.mark)
        else:
            found = any(within(place, p[0]) for p in drawn[row["recommended_fill"]].polygons)
        assert found, row["place"]


def test_a_region_without_a_map_has_none(archipelago: Path) -> None:
    assert load_map(archipelago) is None


@pytest.fixture
def folder(tmp_path: Path, region_map: RegionMap, region: Region) -> Path:
    (tmp_path / "geo").mkdir()
    shutil.copy(region.path / MAP_FILE, tmp_path)
    shutil.copy(region.path / region_map.file.basemap, tmp_path / "geo")
    return tmp_path


def test_every_fault_is_listed_at_once(folder: Path) -> None:
    path = folder / MAP_FILE
    text = path.read_text(encoding="utf-8")
    text = text.replace('area = "Crimea"', 'area = "Atlantis"').replace("[states.KAZ]", "[states.XYZ]")
    path.write_text(text.replace('source = "minsk_2014"', 'source = "rumour"'), encoding="utf-8")
    with pytest.raises(RegionError) as caught:
        load_map(folder)
    assert {fault.value for fault in caught.value.faults} == {"Atlantis", "XYZ", "rumour"}
    assert all(fault.repair for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("km = 5080", "km = -1", "frame.km"),
        ("neutral = true", 'neutral = "perhaps"', "overlay"),
        ("note =", "nota =", "overlay"),
    ],
)
def test_a_wrong_value_names_its_key(folder: Path, old: str, new: str, column: str) -> None:
    path = folder / MAP_FILE
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(RegionError) as caught:
        load_map(folder)
    assert all(fault.column.startswith((column, "mark")) for fault in caught.value.faults)


def test_what_is_no_toml_is_refused(folder: Path) -> None:
    (folder / MAP_FILE).write_text("frame = [", encoding="utf-8")
    with pytest.raises(RegionError, match="not TOML"):
        load_map(folder)


def test_the_sources_are_those_of_the_day(region_map: RegionMap) -> None:
    early = {source.key for source in region_map.sources(date(2010, 1, 1))}
    late = {source.key for source in region_map.sources(date(2022, 1, 1))}
    assert late - early == {"unga_68_262", "minsk_2014", "usc"}
    assert early - late == {"jam_lachin_2020"}

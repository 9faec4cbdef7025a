"""A region's map as data: `map.toml` and the base map that it names.

A region without `map.toml` has no map; a brief then leaves the section out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from multivector.desk.projection import Albers, Frame
from multivector.desk.topojson import Shape, read_topology
from multivector.errors import Fault, RegionError

LonLat = tuple[float, float]
MAP_FILE = "map.toml"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StatePlace(_Row):
    """Where a state's name stands, where ties end, and whether a line leads from the one to the other."""

    label: LonLat
    point: LonLat
    narrow_label: LonLat | None = None
    leader: Literal["never", "narrow", "always"] = "never"


class Anchor(_Row):
    """Where a power's ties start: a place, or a point on the frame as shares of its width and height."""

    at: LonLat | None = None
    edge: tuple[float, float] | None = None
    narrow_edge: tuple[float, float] | None = None


class Context(_Row):
    """A name that helps to read the map."""

    text: str
    at: LonLat
    kind: Literal["water", "land"]


class Overlay(_Row):
    """An area whose control or status is disputed from one day until before another."""

    area: str = ""
    at: LonLat | None = None
    radius_km: float = 0.0
    from_: date | None = Field(None, alias="from")
    until: date | None = None
    neutral: bool = False
    note: str
    source: str

    def holds(self, on: date) -> bool:
        """Whether the area is hatched on a day."""
        return (self.from_ is None or on >= self.from_) and (self.until is None or on < self.until)


class Mark(_Row):
    """A place too small for the base map, drawn as a point in the colour of its state."""

    at: LonLat
    state: str
    note: str
    source: str


class MapSource(_Row):
    """Where something on the map is from."""

    key: str
    title: str
    publisher: str
    year: str
    url: str
    licence: str
    read_on: str


class _Projection(_Row):
    parallels: tuple[float, float]
    center: LonLat


class _Frame(_Row):
    center: LonLat
    km: float = Field(gt=0)
    width: float = Field(gt=0)
    height: float = Field(gt=0)


class _Window(_Row):
    west: float
    south: float
    east: float
    north: float


class MapFile(_Row):
    """Everything that `map.toml` may hold."""

    basemap: str
    disclaimer: str = Field(min_length=1)
    projection: _Projection
    window: _Window
    frame: _Frame
    narrow: _Frame
    states: dict[str, StatePlace]
    anchors: dict[str, Anchor] = {}
    context: tuple[Context, ...] = ()
    overlay: tuple[Overlay, ...] = ()
    mark: tuple[Mark, ...] = ()
    colours: dict[str, Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]] = {}
    source: tuple[MapSource, ...] = ()


@dataclass(frozen=True)
class RegionMap:
    """A map file with its shapes."""

    file: MapFile
    shapes: dict[str, tuple[Shape, ...]]

    def frame(self, *, narrow: bool = False) -> Frame:
        """The window on the projected plane, for a wide page or a small screen."""
        given = self.file.narrow if narrow else self.file.frame
        projection = Albers(self.file.projection.parallels, self.file.projection.center)
        return Frame(projection, given.center, given.km, given.width, given.height)

    def sources(self, on: date) -> tuple[MapSource, ...]:
        """The sources of what the map shows on a day: the base map and the overlays that hold."""
        used = {overlay.source for overlay in self.file.overlay if overlay.holds(on)}
        used |= {mark.source for mark in self.file.mark}
        dated = {overlay.source for overlay in self.file.overlay}
        return tuple(s for s in self.file.source if s.key in used or s.key not in dated)


def load_map(folder: Path) -> RegionMap | None:
    """The map of the region in `folder`; None where it has none.

    Raises
    ------
    RegionError : map.toml does not hold; every fault is listed.
    InputError : the base map cannot be read.
    """
    path = folder / MAP_FILE
    if not path.is_file():
        return None
    try:
        file = MapFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fault = Fault(MAP_FILE, None, "", "", f"not TOML: {error}", "mend the line that is named")
        raise RegionError(str(folder), [fault]) from error
    except ValidationError as error:
        raise RegionError(str(folder), [_fault(dict(row)) for row in error.errors()]) from error
    shapes = read_topology(folder / file.basemap)
    faults = list(_unknown(file, shapes))
    if faults:
        raise RegionError(str(folder), faults)
    return RegionMap(file, shapes)


def _fault(row: dict[str, object]) -> Fault:
    place = row["loc"]
    key = ".".join(map(str, place)) if isinstance(place, tuple) else str(place)
    shown = str(row.get("input", ""))[:60]
    return Fault(MAP_FILE, None, key, shown, str(row["msg"]), "see the comments in a map.toml that holds")


def _unknown(file: MapFile, shapes: dict[str, tuple[Shape, ...]]) -> list[Fault]:
    """Names that lead nowhere: shapes, states and sources that do not exist."""
    codes = {shape.code for shape in shapes.get("countries", ())}
    areas = {shape.name for shape in shapes.get("disputed", ())}
    keys = {source.key for source in file.source}
    faults = [
        Fault(MAP_FILE, None, f"states.{code}", code, "no such shape", "use an a3 code of the base map")
        for code in file.states
        if code not in codes
    ]
    for i, overlay in enumerate(file.overlay):
        where = f"overlay.{i}"
        if overlay.area and overlay.area not in areas:
            known = ", ".join(sorted(areas))
            faults.append(Fault(MAP_FILE, None, where, overlay.area, "no such area", f"one of: {known}"))
        if not overlay.area and (overlay.at is None or overlay.radius_km <= 0):
            faults.append(
                Fault(MAP_FILE, None, where, "", "no place", "give `area`, or `at` and `radius_km`")
            )
        if overlay.source not in keys:
            faults.append(_unsourced(where, overlay.source))
    faults += [_unsourced(f"mark.{i}", m.source) for i, m in enumerate(file.mark) if m.source not in keys]
    return faults


def _unsourced(where: str, key: str) -> Fault:
    return Fault(MAP_FILE, None, where, key, "no such source", "add a [[source]] with this key")

"""What every layer of one map needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from multivector.desk.mapdata import RegionMap
from multivector.desk.projection import Frame


@dataclass(frozen=True)
class Sheet:
    """One map on one frame on one day; `prefix` starts its ids and classes, `names` are the actors'."""

    prefix: str
    frame: Frame
    region_map: RegionMap
    names: Mapping[str, str]
    on: date
    narrow: bool

    def name(self, code: str) -> str:
        """The actor's name, or its code where the region gives none."""
        return self.names.get(code, code)

    def anchor(self, code: str) -> tuple[float, float] | None:
        """Where a partner's links start, in pixels; None where the map gives it no place."""
        anchor = self.region_map.file.anchors.get(code)
        if anchor is None:
            return None
        edge = anchor.narrow_edge if self.narrow and anchor.narrow_edge else anchor.edge
        if edge is not None:
            return edge[0] * self.frame.width, edge[1] * self.frame.height
        return self.frame.point(*anchor.at) if anchor.at else None

    def label(self, code: str) -> tuple[float, float]:
        """Where the middle of a state's name stands, in pixels."""
        place = self.region_map.file.states[code]
        return self.frame.point(*(place.narrow_label or place.label if self.narrow else place.label))

    def led(self, code: str) -> bool:
        """Whether a state's name stands outside of it, with a line that leads there."""
        leader = self.region_map.file.states[code].leader
        return leader == "always" or (self.narrow and leader == "narrow")

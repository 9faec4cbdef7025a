"""Facts: states, ties, observations, events and their sources; load, check, snapshot at a date."""

from multivector.atlas.check import check_region
from multivector.atlas.declare import TABLES, TIES, Column, Table
from multivector.atlas.load import load_region
from multivector.atlas.region import Region
from multivector.atlas.snapshot import Snapshot

__all__ = ["TABLES", "TIES", "Column", "Region", "Snapshot", "Table", "check_region", "load_region"]

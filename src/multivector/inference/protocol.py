"""The brief's record of supplier shares: which suppliers and which target years are scored.

The region fixes both by hand in `hindcast.toml`, before anything is scored. A supplier that is not named
there belongs to OTHER; a group is the sum of its members, at the origin for forecasts and in each year for
outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from multivector.atlas import Region
from multivector.inference.hindcast.arms import OTHER, windows
from multivector.inference.hindcast.family import Family
from multivector.inference.hindcast.settings import Settings, pair
from multivector.world.run import WINDOW_YEARS

__all__ = ["OTHER", "Protocol", "grouped_deliveries", "observed_family", "observed_shares"]


@dataclass(frozen=True)
class Protocol:
    """What is scored. Years are pairs, first and last."""

    suppliers: tuple[str, ...]
    held_out_targets: tuple[int, int]

    @classmethod
    def of(cls, region: Region) -> Self:
        """Read the region's `hindcast.toml`."""
        settings = Settings.of(region, "arms_share_5y")
        return cls(
            settings.get("suppliers", lambda given: tuple(str(code) for code in given)),
            settings.get("held_out_targets", pair),
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """Scored suppliers and OTHER, in the order of the arrays."""
        return (*self.suppliers, OTHER)

    def grouping(self, region: Region, partners: tuple[str, ...], year: int) -> NDArray[np.float64]:
        """Matrix [j, s] that sums partners into the scored suppliers at the end of a year.

        Groups themselves belong nowhere: their members are counted.
        """
        groups = {
            row["code"] for row in region.table("actors").iter_rows(named=True) if row["kind"] == "group"
        }
        matrix = np.zeros((len(partners), len(self.columns)))
        for column, code in enumerate(self.suppliers):
            members = {code, *region.members(code, year)} - groups
            matrix[:, column] = [partner in members for partner in partners]
        alone = [partner not in groups for partner in partners]
        matrix[:, -1] = (matrix.sum(axis=1) == 0) & alone
        return matrix


def grouped_deliveries(region: Region, protocol: Protocol, first: int, last: int) -> NDArray[np.float64]:
    """Deliveries [y, i, s] of the scored suppliers in the years first..last, groups as of each year's end."""
    deliveries = region.tie("arms", first, last)["value"].transpose("year", "state", "partner")
    partners = tuple(deliveries["partner"].to_numpy().tolist())
    own = np.array([[state == partner for partner in partners] for state in region.states])
    values = np.where(own, 0.0, deliveries.to_numpy())  # a state is no supplier of its own
    years = deliveries["year"].to_numpy()
    return np.stack(
        [
            row @ protocol.grouping(region, partners, int(year))
            for year, row in zip(years, values, strict=True)
        ]
    )


def observed_shares(region: Region, protocol: Protocol, first: int, last: int) -> NDArray[np.float64]:
    """Five-year shares [y, i, s] in the data, for windows that end in first..last; missing if empty."""
    return windows(grouped_deliveries(region, protocol, first - WINDOW_YEARS + 1, last))


def observed_family(region: Region, protocol: Protocol, first: int, last: int) -> Family:
    """The shares of the newest edition as a family of the hindcast, for windows that end in first..last.

    The hindcast of `hindcast.arms` reads one release and one list of a group's members throughout; a run
    starts from the newest edition and the members of its year, and its record is kept on what it starts from.
    """
    deliveries = grouped_deliveries(region, protocol, first - WINDOW_YEARS + 1, last)
    shares = windows(deliveries)
    states, columns = region.states, protocol.columns
    before = np.stack([deliveries[k : k + WINDOW_YEARS - 1] for k in range(len(shares))])
    return Family(
        name="arms_share_5y",
        title="supplier's share of five years' arms deliveries",
        unit="share 0-1",
        years=tuple(range(first, last + 1)),
        values=shares.reshape(len(shares), -1),
        cells=tuple(f"{state}:{column}" for state in states for column in columns),
        group=tuple(state for state in states for _ in columns),
        partner=columns * len(states),
        floor=0.0,
        ceiling=1.0,
        kinds=True,
        beside={"deliveries": deliveries[WINDOW_YEARS - 1 :], "before": before},
        origins=tuple(range(first, last)),
        horizons=(1,),
        edges=(0.0, 1.0),
    )

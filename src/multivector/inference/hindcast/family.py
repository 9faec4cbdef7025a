"""A family of series that are forecast and scored together, and what a forecaster is.

Axes: `y` year, `c` cell (one series: a state, or a state and a partner), `m` member of a forecast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from multivector.errors import ComputationError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Subset:
    """Cells that are reported apart: those above `above` at the origin, or of one partner, or new ties.

    Parameters
    ----------
    above : the value at the origin must be greater; None asks nothing.
    partner : the cell's partner must be this one; empty asks nothing.
    new : only ties without a "yes" in the last five known years (families of yes and no).
    own : only the region's own states (`Family.own`), not others that are fitted with them.
    """

    name: str
    above: float | None = None
    partner: str = ""
    new: bool = False
    own: bool = False


@dataclass(frozen=True, eq=False)
class Family:
    """Series of one kind, up to some year.

    Attributes
    ----------
    name, title, unit : as printed.
    years : every year of `values`, in order, none left out.
    values : [y, c]; missing is NaN, never zero.
    cells : labels, "state" or "state:partner".
    group : [c] the state of each cell; errors are clustered by it.
    partner : [c] the other party of each cell; empty where there is none.
    origins : the years from which the rolling protocol forecasts.
    horizons : years ahead.
    floor, ceiling : bounds of the quantity; None where it has none.
    edges : of the bins of the log score, fixed before anything is scored; the last bin is closed.
    least : known values that a series must have at an origin to be scored.
    yes_no : whether the values are 1 (yes) and 0 (no), forecast by a probability.
    kinds : whether series above `floor` and at it change differently (shares: zero tends to stay zero).
    own : the region's own states, where the family holds others too; empty where it does not.
    fixed : the protocol without refit: its one origin and how many years it looks ahead; None for none.
    subsets : what is reported apart; the first is every cell.
    beside : other yearly arrays [y, ...] known at the same time, such as the deliveries behind shares.
    about : what the region says of the data: source, vintage, choices.
    """

    name: str
    title: str
    unit: str
    years: tuple[int, ...]
    values: Floats
    cells: tuple[str, ...]
    group: tuple[str, ...]
    partner: tuple[str, ...]
    origins: tuple[int, ...]
    horizons: tuple[int, ...]
    edges: tuple[float, ...]
    floor: float | None = None
    ceiling: float | None = None
    least: int = 3
    yes_no: bool = False
    kinds: bool = False
    own: tuple[str, ...] = ()
    fixed: tuple[int, int] | None = None
    subsets: tuple[Subset, ...] = (Subset("all"),)
    beside: Mapping[str, Floats] = field(default_factory=dict)
    about: str = ""

    def __post_init__(self) -> None:
        shape = (len(self.years), len(self.cells))
        if self.values.shape != shape or not len(self.group) == len(self.partner) == shape[1]:
            raise ComputationError(
                f"a family of {len(self.years)} years and {len(self.cells)} cells has values of shape "
                f"{self.values.shape}, {len(self.group)} groups and {len(self.partner)} partners",
                where=f"hindcast family {self.name}",
                repair="give one value, group and partner a cell",
            )

    def row(self, year: int) -> int:
        """Where a year stands on the axis `y`."""
        return year - self.years[0]

    def at(self, year: int) -> Floats:
        """Values [c] of a year; missing where the family does not reach."""
        if not self.years[0] <= year <= self.years[-1]:
            return np.full(len(self.cells), np.nan)
        return np.asarray(self.values[self.row(year)])

    def until(self, origin: int) -> Family:
        """The same family as known at the end of a year: everything later is gone, not hidden."""
        stop = self.row(origin) + 1
        if not 0 < stop <= len(self.years):
            raise ComputationError(
                f"the year {origin} is not among {self.years[0]}-{self.years[-1]}",
                where=f"hindcast family {self.name}",
                repair="name an origin inside the data",
            )
        return replace(
            self,
            years=self.years[:stop],
            values=self.values[:stop].copy(),
            beside={name: array[:stop].copy() for name, array in self.beside.items()},
        )

    def clip(self, sample: Floats) -> Floats:
        """Values held inside the quantity's bounds."""
        if self.floor is None and self.ceiling is None:
            return sample
        return np.clip(sample, self.floor, self.ceiling)


class Forecaster(Protocol):
    """Anything that forecasts a family: a baseline or a model."""

    @property
    def name(self) -> str:
        """As printed in the column `model`."""
        ...

    def forecast(self, family: Family, origin: int, horizons: Sequence[int], seed: int) -> dict[int, Floats]:
        """Samples [m, c] by horizon, at least 1,000 members; NaN in all of a cell where it cannot speak.

        `family` ends with the origin. For a family of yes and no the array is [1, c] and holds the
        probability of yes.
        """
        ...

"""Bueno de Mesquita's expected-utility model, run for a number of rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from multivector.bargaining.models.expected_utility.dyads import Dyads, dyads
from multivector.bargaining.models.expected_utility.offers import moves
from multivector.bargaining.models.expected_utility.places import joined
from multivector.bargaining.models.expected_utility.readings import SCHOLZ, Reading
from multivector.bargaining.models.model import Floats, shares
from multivector.bargaining.models.weighted_median import lower_median
from multivector.bargaining.stakes import TOP, Stakes


def round_dyads(stakes: Stakes, reading: Reading) -> Dyads:
    """What every pair of actors expects at the positions of `stakes`: arrays `[..., d, n, n]`.

    Each dimension is read as an issue of its own.
    """
    position, weight, salience = _by_dimension(stakes)
    return dyads(position, weight, salience, position, reading)


def run_expected_utility(stakes: Stakes, reading: Reading = SCHOLZ, rounds: int = 5) -> Floats:
    """Positions of every round, `[..., t, n, d]` with `t = rounds + 1`; t = 0 is where they start.

    Each dimension is read as an issue of its own. The article runs a fixed number of rounds; paths may cycle,
    so there is no rest to stop at. Positions a billionth of a point apart are one place (see `joined`), from the
    start: an actor may stand that much off where the stakes have it.

    References
    ----------
    Bueno de Mesquita 1994, in Bueno de Mesquita & Stokman (eds.), European Community Decision Making, ch. 4;
    Scholz, Calbert & Smith 2011, ICAART, 18-30.
    """
    position, weight, salience = _by_dimension(stakes)
    path = [position]
    for _ in range(rounds):
        path.append(joined(moves(path[-1], dyads(path[-1], weight, salience, position, reading), reading)))
    return np.moveaxis(np.stack(path), (0, -2), (-3, -1))


@dataclass(frozen=True)
class ExpectedUtility:
    """The settlement after `rounds` rounds: the weighted mean of positions, or their lower weighted median.

    `reading` says which of the texts is followed; two readings of the same article give other outcomes, so
    there is no model without a reading. See `multivector.bargaining.models.expected_utility.readings`.
    """

    reading: Reading = SCHOLZ
    rounds: int = 5
    settles_at: Literal["mean", "median"] = "mean"

    @property
    def name(self) -> str:
        return f"expected-utility-{self.reading.name}-{self.settles_at}"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100."""
        return self.settle(stakes, run_expected_utility(stakes, self.reading, self.rounds)[..., -1, :, :])

    def settle(self, stakes: Stakes, position: Floats) -> Floats:
        """The settlement `[..., d]` at `position` `[..., n, d]` with the weights of `stakes`."""
        share = shares(stakes, stakes.weight)
        if self.settles_at == "median":
            return lower_median(position, share)
        mean: Floats = np.sum(share * position, axis=-2)
        return mean


def _by_dimension(stakes: Stakes) -> tuple[Floats, Floats, Floats]:
    """Position, weight and salience (0 to 1) as `[..., d, n]`; positions of one place are equal."""
    shares(stakes, stakes.weight)  # a dimension on which nobody has weight has no median
    position, weight, salience = (
        np.swapaxes(each, -1, -2) for each in (stakes.position, stakes.weight, stakes.salience / TOP)
    )
    return joined(position), weight, salience

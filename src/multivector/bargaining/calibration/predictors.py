"""What a calibrated forecast may look at: a few facts of each issue, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from multivector.bargaining.calibration.council import agenda_setter
from multivector.bargaining.calibration.deu import PARLIAMENT, PROPOSER, PastIssue
from multivector.bargaining.calibration.distribution import POINTS
from multivector.bargaining.calibration.proposals import outcomes_together
from multivector.bargaining.models.compromise import Compromise
from multivector.bargaining.models.exchange import Exchange
from multivector.bargaining.models.model import shares
from multivector.bargaining.models.weighted_median import WeightedMedian
from multivector.bargaining.stakes import TOP, Stakes

Floats = NDArray[np.float64]


def support(stakes: Stakes, weight: Floats) -> Floats:
    """Share of `weight` `[..., n, d]` at or below t = 0, 1, ..., 99: `[..., d, 100]`.

    Positions are read on whole points, to even ones from the middle, so that turning the scale around turns
    the shares around.
    """
    share = shares(stakes, weight)
    place = np.rint(stakes.position)
    found = np.zeros((*stakes.batch, stakes.d, POINTS.size - 1))
    for i in range(stakes.n):  # one actor at a time: draws by actors by points would be large
        found += share[..., i, :, None] * (place[..., i, :, None] <= POINTS[:-1])
    return np.minimum(found, 1.0)


@dataclass(frozen=True, eq=False)
class Predictors:
    """Facts of issues, each `[k]` or `[k, 100]` (over thresholds t = 0, ..., 99).

    Parameters
    ----------
    compromise, median : the compromise mean and the weighted median, 0 to 100.
    support : share of capability times salience at or below t.
    plain_support : share of actors at or below t.
    spread : weighted standard deviation of positions, points.
    polarisation : variance of positions over the most that their mean allows, 0 to 1; 1 where all stand at
        the ends of the scale.
    dichotomous : every actor stands at an end of the scale.
    places : how many positions are held.
    proposer, parliament : at or below t, for who proposes and for its parliament (share of support where
        they have no position). Known of legislation only.
    reference : at or below t, for the reference point (1/2 where there is none).
    procedural : at or below t, for the agenda setter's outcome (1/2 where it is not defined).
    exchange : the mean after exchange between the issues of a proposal, 0 to 100.
    """

    compromise: Floats
    median: Floats
    support: Floats
    plain_support: Floats
    spread: Floats
    polarisation: Floats
    dichotomous: NDArray[np.bool_]
    places: Floats
    proposer: Floats
    parliament: Floats
    reference: Floats
    procedural: Floats
    exchange: Floats

    @classmethod
    def of(cls, issues: Sequence[PastIssue]) -> Self:
        """The predictors of past issues of one dimension."""
        rows = [_of_one(issue) for issue in issues]
        exchange = outcomes_together(Exchange(), issues)
        return cls(exchange=exchange, **{name: np.stack([row[name] for row in rows]) for name in rows[0]})

    def __len__(self) -> int:
        return len(self.compromise)

    def at(self, index: Any) -> Self:
        """The issues at `index`: a slice, a mask or whole numbers."""
        return type(self)(**{field.name: getattr(self, field.name)[index] for field in fields(self)})


def _of_one(issue: PastIssue) -> dict[str, Any]:
    stakes = issue.stakes
    mean = Compromise().outcome(stakes)[0]
    variance = np.sum(shares(stakes, stakes.weight)[:, 0] * (stakes.position[:, 0] - mean) ** 2)
    most = mean * (TOP - mean)
    held = support(stakes, stakes.weight)[0]
    setter = agenda_setter(issue)
    return {
        "compromise": mean,
        "median": WeightedMedian().outcome(stakes)[0],
        "support": held,
        "plain_support": support(stakes, np.ones_like(stakes.weight))[0],
        "spread": np.sqrt(variance),
        "polarisation": variance / most if most > 0 else 1.0,
        "dichotomous": np.bool_(issue.dichotomous),
        "places": float(np.unique(stakes.position).size),
        "proposer": _step(stakes, PROPOSER, held),
        "parliament": _step(stakes, PARLIAMENT, held),
        "reference": _at_or_below(issue.reference_point),
        "procedural": _at_or_below(None if setter is None else setter.outcome(stakes)[0]),
    }


def _step(stakes: Stakes, actor: str, otherwise: Floats) -> Floats:
    if actor not in stakes.names:
        return otherwise
    return _at_or_below(stakes.position[stakes.names.index(actor), 0])


def _at_or_below(place: float | None) -> Floats:
    if place is None:
        return np.full(POINTS.size - 1, 0.5)
    return (place <= POINTS[:-1]).astype(np.float64)

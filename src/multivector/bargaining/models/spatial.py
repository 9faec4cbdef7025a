"""Where the Spatial Model of Politics leaves an issue: its last positions as one settlement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from multivector.bargaining.models.compromise import Compromise
from multivector.bargaining.models.model import Floats, Model
from multivector.bargaining.models.pce import CondorcetMean
from multivector.bargaining.models.smp.options import SMPOptions
from multivector.bargaining.models.smp.run import run_smp
from multivector.bargaining.models.weighted_median import WeightedMedian
from multivector.bargaining.stakes import Stakes

_SETTLE: dict[str, Model] = {"mean": Compromise(), "median": WeightedMedian(), "pce": CondorcetMean()}


@dataclass(frozen=True)
class SpatialModel:
    """The Spatial Model of Politics, played until movement ceases, and a rule for its last positions.

    They are settled by their mean or lower median, weighted by capability and salience, or by their mean by
    chance of election (`CondorcetMean`). KTAB itself gives positions only.

    Raises (from `outcome`)
    -----------------------
    IssueError : all actors stand at the same position.
    ComputationError : a Markov election settled in no draw.
    """

    settles_at: Literal["mean", "median", "pce"] = "mean"
    options: SMPOptions = field(default_factory=SMPOptions)

    @property
    def name(self) -> str:
        return f"smp-{self.settles_at}"

    def outcome(self, stakes: Stakes) -> Floats:
        """`[..., d]`, on 0 to 100; NaN in draws in which an election did not settle (see `Turns.settled`)."""
        return self.settle(stakes, run_smp(stakes, self.options, keep="final").final)

    def settle(self, stakes: Stakes, position: Floats) -> Floats:
        """The settlement `[..., d]` at `position` `[..., n, d]` with the weights of `stakes`; NaN where that is NaN."""
        known = np.isfinite(position).all(axis=(-2, -1))
        rule = _SETTLE[self.settles_at]
        if known.all():
            return rule.outcome(stakes.moved(position))
        found = np.full((*known.shape, stakes.d), np.nan)
        found[known] = rule.outcome(stakes.at(known).moved(position[known]))
        return found

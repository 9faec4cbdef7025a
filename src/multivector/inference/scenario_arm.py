"""A plan's scenario arm alone: half the work where nothing is compared with the baseline."""

from __future__ import annotations

from dataclasses import dataclass, replace

from multivector.world.member import Arrays, RegionProgram
from multivector.world.plan import Plan


@dataclass(frozen=True, eq=False)
class ScenarioArm:
    """A paired plan, as `run_ensemble` takes it, without its baseline; its members are the pair's."""

    plan: Plan

    @property
    def program(self) -> RegionProgram:
        """What is compiled."""
        return replace(self.plan.program, arms=1)

    def arrays(self, precision: str) -> Arrays:
        """The plan's arrays, with the arm that feels the levers."""
        arrays: Arrays = self.plan.arrays(precision)
        return arrays._replace(arms=arrays.arms[-1:])

    @property
    def hash(self) -> str:
        """The plan's, marked."""
        return f"{self.plan.hash} scenario only"

    def label(self, quarter: int) -> str:
        """The simulated quarter as people write it."""
        return self.plan.label(quarter)

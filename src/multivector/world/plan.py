"""A plan: all that an ensemble depends on, but for its seed and size."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from multivector.world.diplomacy_start import arrays_of
from multivector.world.draws import factors
from multivector.world.inputs import Inputs
from multivector.world.levers import act_on, in_time
from multivector.world.member import Arrays, RegionProgram
from multivector.world.parameters import Priors
from multivector.world.quarters import quarter_index, quarter_text
from multivector.world.scenario import Lever, Scenario


@dataclass(frozen=True, eq=False)
class Design:
    """Given numbers in place of a member's own draws: member n takes row n.

    Attributes
    ----------
    uniforms : [n, d] in [0, 1), a column for each of `Plan.factors`; NaN leaves the member its own draw.
    noise : [n] the member whose random numbers are used for all else.
    """

    uniforms: NDArray[np.float64]
    noise: NDArray[np.uint32]

    @property
    def hash(self) -> str:
        """SHA-256 over both arrays."""
        return hashlib.sha256(self.uniforms.tobytes() + self.noise.tobytes()).hexdigest()


@dataclass(frozen=True, eq=False)
class Plan:
    """Inputs, priors and levers over a number of quarters; `paired` adds the scenario arm.

    `expected` swaps lots for their means: one smooth path a member, for gradients.
    """

    inputs: Inputs
    priors: Priors
    levers: tuple[Lever, ...]
    quarters: int
    paired: bool = True
    design: Design | None = None
    expected: bool = False

    @classmethod
    def of(cls, inputs: Inputs, priors: Priors, scenario: Scenario) -> Plan:
        """The plan of a scenario beside its baseline."""
        length = quarter_index(scenario.end) - quarter_index(scenario.start)
        return cls(inputs, priors, scenario.levers, length)

    @property
    def first(self) -> int:
        """Index of the first simulated quarter."""
        return (self.inputs.origin + 1) * 4

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters, in the order of the prior array."""
        return tuple(row.name for row in self.priors.rows)

    @property
    def factors(self) -> tuple[str, ...]:
        """The columns of a design: what a member draws by name."""
        return factors(self.names, self.priors.fitted, len(self.levers))

    @property
    def kinds(self) -> tuple[int, ...]:
        """Places of the kinds of event that levers cause; one at least, for the shape."""
        named = {lever.event for lever in self.levers if lever.event is not None}
        places = [place for place, kind in enumerate(self.inputs.diplomacy.events.kinds) if kind in named]
        return tuple(places) or (0,)

    @property
    def program(self) -> RegionProgram:
        """What is compiled."""
        return RegionProgram(
            names=self.names,
            levers=tuple(lever.kind for lever in self.levers),
            fitted=self.priors.fitted,
            quarters=self.quarters,
            arms=2 if self.paired else 1,
            kinds=self.kinds,
            expected=self.expected,
        )

    def label(self, quarter: int) -> str:
        """The simulated quarter as people write it."""
        return quarter_text(self.first + quarter)

    @property
    def hash(self) -> str:
        """SHA-256 over everything that the arrays are built from."""
        levers = "|".join(lever.model_dump_json(exclude={"why", "sources"}) for lever in self.levers)
        text = f"{self.inputs.hash} {self.priors.hash} {levers} {self.quarters} {self.paired}"
        text += f" {self.design.hash if self.design else None} {self.expected}"
        return hashlib.sha256(text.encode()).hexdigest()

    def arrays(self, precision: str) -> Arrays:
        """The plan as arrays of one precision."""
        built = Arrays(
            history=self.inputs.history,
            observed=self.inputs.observed,
            pull=self.inputs.pull,
            belongs=self.inputs.belongs,
            priors=np.array([(row.low, row.mode, row.high) for row in self.priors.rows]),
            posterior=np.array(self.priors.posterior).reshape(
                len(self.priors.posterior), len(self.priors.fitted)
            ),
            diplomacy=None,
            factor=_spreads([lever.factor for lever in self.levers]),
            recovery=_spreads([lever.recovery_years for lever in self.levers]),
            **act_on(self.levers, self.inputs, self.kinds),
            **in_time(self.levers, self.first, self.quarters),
            arms=np.array([0.0, 1.0] if self.paired else [0.0]),
            first=np.array(self.first, np.uint32),
            uniforms=self.design.uniforms if self.design else np.zeros((0, 0)),
            noise=self.design.noise.astype(np.uint32) if self.design else np.zeros(0, np.uint32),
        )
        whole = ("first", "noise", "diplomacy")
        numbers = {
            name: value.astype(precision) for name, value in built._asdict().items() if name not in whole
        }
        return built._replace(**numbers, diplomacy=arrays_of(self.inputs.diplomacy, precision))


def _spreads(spreads: list[Any]) -> Any:
    return np.array([(spread.low, spread.mode, spread.high) for spread in spreads]).reshape(len(spreads), 3)

"""A state's effort split over powers as a lever of the region's world.

The state keeps to another split from the first quarter on: its attention starts there, and the benefit that
it sees in each power is raised by as much as makes that split its best one,

    benefit'[g] = benefit[g] + tau (ln w[g] - ln w0[g])

so that it still reacts to leverage as before. All splits are run on the same random numbers.

Axes: k split, m member, g power, i state, j supplier, t quarter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from multivector.errors import InputError
from multivector.indicators.evenness import evenness
from multivector.inference.levers.best_split import FLOOR, Objective
from multivector.inference.levers.budget import Array
from multivector.inference.scenario_arm import ScenarioArm
from multivector.world.engine import Fields, Start, World
from multivector.world.ensemble import run_ensemble
from multivector.world.member import Arrays, RegionProgram
from multivector.world.plan import Plan
from multivector.world.run import WINDOW_YEARS, five_year_shares

SLOTS = 64  # rows of splits that a compiled member can be handed; unused ones cost nothing

Quantity = Callable[[Array], Array]
"""What is wanted [n] of a run's quarterly deliveries [n, t, i, j]."""


class SplitArrays(NamedTuple):
    """The region's arrays (one arm), splits [k, g], how many members each has, and the first of them."""

    region: Arrays
    splits: Any
    members: Any
    first: Any


@dataclass(frozen=True)
class SplitProgram:
    """The region's program with a state's effort given: member n is split n // members, member n % members."""

    region: RegionProgram
    state: int

    @property
    def world(self) -> World:
        return self.region.world

    @property
    def quarters(self) -> int:
        return self.region.quarters

    @property
    def arms(self) -> int:
        return 1

    @property
    def forced(self) -> tuple[str, ...]:
        return self.region.forced

    def begin(self, arrays: SplitArrays, key: jax.Array, number: jax.Array) -> Start:
        """The region's start, with the state's attention and benefit moved to the split."""
        start = self.region.begin(arrays.region, key, self._member(arrays, number))
        split = jnp.maximum(arrays.splits[number // arrays.members], FLOOR)
        return with_split(start, self.state, split / split.sum())

    def draw(self, arrays: SplitArrays, key: jax.Array, number: jax.Array, quarter: jax.Array) -> Fields:
        """The region's random inputs: the same for all splits."""
        return self.region.draw(arrays.region, key, self._member(arrays, number), quarter)

    def _member(self, arrays: SplitArrays, number: jax.Array) -> jax.Array:
        member: jax.Array = arrays.first + number % arrays.members
        return member


def with_split(start: Start, state: int, split: jax.Array) -> Start:
    """The same start, but for a state that splits its effort [g] otherwise and means to go on so."""
    attention, benefit = start.state["attention"], start.facts["benefit"]
    shift = start.facts["attention_temperature"] * (jnp.log(split) - jnp.log(attention[state]))
    return start._replace(
        state=start.state | {"attention": attention.at[state].set(split)},
        facts=start.facts | {"benefit": benefit.at[state].add(shift)},
    )


@dataclass(frozen=True, eq=False)
class SplitPlan:
    """A plan's scenario arm under each of several splits of a state's effort."""

    plan: Plan
    state: int
    splits: Array
    members: int
    first: int

    @property
    def program(self) -> SplitProgram:
        """What is compiled: one for any splits."""
        return SplitProgram(ScenarioArm(self.plan).program, self.state)

    def arrays(self, precision: str) -> SplitArrays:
        """The region's arrays, and the splits in their slots."""
        slots = np.full((max(SLOTS, len(self.splits)), self.splits.shape[1]), 1.0, precision)
        slots[: len(self.splits)] = self.splits
        return SplitArrays(
            ScenarioArm(self.plan).arrays(precision), slots, np.uint32(self.members), np.uint32(self.first)
        )

    @property
    def hash(self) -> str:
        """Names nothing in a store: these runs are not kept."""
        return f"{self.plan.hash} {self.state} {self.splits.tobytes().hex()} {self.members} {self.first}"

    def label(self, quarter: int) -> str:
        """The simulated quarter as people write it."""
        return self.plan.label(quarter)


def objective_of(
    plan: Plan, state: str, quantity: Quantity, *, members: int, first: int, seed: int
) -> Objective:
    """`quantity` in each member [k, m] under each split [k, g] of a state's effort.

    Parameters
    ----------
    members, first : how many members, from which on: the search and its appraisal take different ones.

    Raises
    ------
    InputError : the region has no such state.
    """
    place = place_of(plan, state)

    def objective(splits: Array) -> Array:
        run = SplitPlan(plan, place, splits, members, first)
        fields = run_ensemble(run, len(splits) * members, seed, progress=False)
        values: Array = quantity(fields["deliveries"][0])
        return values.reshape(len(splits), members)

    return objective


def arms_balance(plan: Plan, state: str, year: int) -> Quantity:
    """Evenness over the powers of a state's arms in the five years to `year`; NaN where none came from a power.

    Other layers stay as they were measured, so where arms are a state's worst layer, this is its balance.
    """
    place, after = place_of(plan, state), year - plan.inputs.origin - 1
    last = plan.quarters // 4 - 1
    if not 0 <= after <= last:
        raise InputError(
            f"the year {year} is not simulated",
            repair=f"ask for {plan.inputs.origin + 1} to {plan.inputs.origin + 1 + last}",
        )

    def balance(deliveries: Array) -> Array:
        own = deliveries[:, :, place : place + 1]
        by_year = own.reshape(len(own), -1, 4, *own.shape[2:]).sum(axis=2)
        past = plan.inputs.history[1 - WINDOW_YEARS :, place : place + 1]
        share, _ = five_year_shares(by_year, past)
        return np.asarray(evenness(share[:, after, 0].astype(float) @ plan.inputs.belongs))

    return balance


def place_of(plan: Plan, state: str) -> int:
    """Where a state stands on axis i."""
    if state not in plan.inputs.states:
        raise InputError(
            f"the region has no state {state!r}", repair=f"use one of: {', '.join(plan.inputs.states)}"
        )
    return plan.inputs.states.index(state)

"""Gradients of an objective to levers, through the world of expected flows.

Lots have no derivative, so the world is run with each lot replaced by its mean: one smooth path a member. Levers:

    effort on g    split = w0 + eps (e_g - w0): a little of the effort goes to g, from all in proportion
    dose of n      the scenario's lever n at (1 + eps) times its strength

The gradient says which way an answer moves and how steeply, per whole effort or whole dose. It is that of mean
flows: where what matters is whether a rare large order comes at all, trust the search.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from multivector.indicators.evenness import evenness
from multivector.inference.levers.budget import Array
from multivector.inference.levers.effort import place_of, with_split
from multivector.inference.scenario_arm import ScenarioArm
from multivector.world.engine import Fields, Start, World, simulate
from multivector.world.ensemble import CHUNK
from multivector.world.member import ACTS_ON, Arrays, RegionProgram
from multivector.world.plan import Plan
from multivector.world.run import WINDOW_YEARS

SmoothQuantity = Callable[[jax.Array], jax.Array]
"""What is wanted of one member's quarterly deliveries [t, i, j]; differentiable."""

Slopes = Callable[[Array, range], tuple[Array, Array]]


@dataclass(frozen=True)
class Gradient:
    """Mean over members of the derivative to each lever [n], with its standard error [n]."""

    levers: tuple[str, ...]
    mean: Array
    error: Array
    value: float
    members: int


@dataclass(frozen=True)
class _Moved:
    """The region's program of expected flows, with the levers of one state moved by `arrays[1]`."""

    region: RegionProgram
    state: int

    arms = 1

    @property
    def world(self) -> World:
        return self.region.world

    @property
    def quarters(self) -> int:
        return self.region.quarters

    @property
    def forced(self) -> tuple[str, ...]:
        return self.region.forced

    def begin(self, arrays: tuple[Arrays, jax.Array], key: jax.Array, number: jax.Array) -> Start:
        region, levers = arrays
        powers = region.belongs.shape[1]
        effort, dose = levers[:powers], 1.0 + levers[powers:]
        felt = region._replace(**{name: _dosed(getattr(region, name), dose) for name in ACTS_ON})
        start = self.region.begin(felt, key, number)
        now = start.state["attention"][self.state]
        return with_split(start, self.state, now + effort - effort.sum() * now)

    def draw(self, arrays: Any, key: jax.Array, number: jax.Array, quarter: jax.Array) -> Fields:
        return self.region.draw(arrays[0], key, number, quarter)


def _dosed(on: jax.Array, dose: jax.Array) -> jax.Array:
    return on * dose.reshape(-1, *[1] * (on.ndim - 1))


def smooth_value(
    plan: Plan, state: str, quantity: SmoothQuantity, *, seed: int, precision: str = "float64"
) -> Callable[[jax.Array, jax.Array], jax.Array]:
    """f(levers [n], member) -> the quantity, at levers of zero the world as it is; in JAX, differentiable."""
    arm = ScenarioArm(replace(plan, expected=True))
    program = _Moved(arm.program, place_of(plan, state))
    with jax.enable_x64(precision == "float64"):
        region = jax.tree.map(jnp.asarray, arm.arrays(precision))
    key = jax.random.key(seed)

    def value(levers: jax.Array, member: jax.Array) -> jax.Array:
        record = simulate(program, (region, levers), key, member)
        return quantity(record["deliveries"][0])

    return value


def gradient_to_levers(
    plan: Plan, state: str, quantity: SmoothQuantity, *, members: int = 64, seed: int = 7
) -> Gradient:
    """Derivative of a quantity to a state's effort on each power, and to the dose of each of the scenario's levers."""
    slopes = values_and_slopes(smooth_value(plan, state, quantity, seed=seed))
    return mean_gradient(slopes, lever_names(plan), members)


def values_and_slopes(value: Callable[[jax.Array, jax.Array], jax.Array]) -> Slopes:
    """Values [m] and derivatives [m, n] at levers [n] in 64 bits, compiled once."""
    compiled = jax.jit(jax.vmap(jax.value_and_grad(value), (None, 0)))

    def slopes(levers: Array, members: range) -> tuple[Array, Array]:
        with jax.enable_x64(True):
            numbers = jnp.arange(members.start, members.stop, dtype=jnp.uint32)
            values, derivatives = compiled(jnp.asarray(levers), numbers)
        return np.asarray(values), np.asarray(derivatives)

    return slopes


def mean_gradient(slopes: Slopes, levers: tuple[str, ...], members: int) -> Gradient:
    """The gradient at levers of zero over members 0, 1, ...; those whose quantity says nothing (NaN) are left out."""
    zero = np.zeros(len(levers))
    parts = [slopes(zero, range(first, first + CHUNK)) for first in range(0, members, CHUNK)]
    values, derivatives = (np.concatenate([part[k] for part in parts])[:members] for k in (0, 1))
    known = np.isfinite(values) & np.isfinite(derivatives).all(axis=1)
    n = int(known.sum())
    unknown = np.full(len(levers), np.nan)
    return Gradient(
        levers,
        derivatives[known].mean(axis=0) if n else unknown,
        derivatives[known].std(axis=0, ddof=1) / np.sqrt(n) if n > 1 else unknown,
        float(values[known].mean()) if n else float("nan"),
        n,
    )


def lever_names(plan: Plan) -> tuple[str, ...]:
    """The levers in the order of a gradient."""
    effort = tuple(f"effort on {power}" for power in plan.inputs.powers)
    doses = (f"dose of lever {n} ({lever.kind} of {lever.actor})" for n, lever in enumerate(plan.levers))
    return effort + tuple(doses)


def smooth_arms_balance(plan: Plan, state: str, year: int) -> SmoothQuantity:
    """`arms_balance` of expected flows: evenness over powers of the five years to `year`."""
    place = place_of(plan, state)
    last = 4 * (year - plan.inputs.origin)
    past = plan.inputs.history[:, place]

    def balance(deliveries: jax.Array) -> jax.Array:
        own = deliveries[max(0, last - 4 * WINDOW_YEARS) : last, place].sum(0)
        years_of_past = max(0, WINDOW_YEARS - last // 4)
        if years_of_past:
            own = own + past[-years_of_past:].sum(0)
        even: jax.Array = evenness(own @ plan.inputs.belongs)
        return even

    return balance

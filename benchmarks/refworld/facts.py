"""RefWorld's facts and the draws of its members: the same numbers for every engine that is timed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

LAYERS, STATES, POWERS, QUARTERS = 4, 40, 6, 40
FACTS_SEED = 20261121

# The eight parameters of a member, uniform between these ends, in the order in which they are drawn.
RANGES = {
    "beta": (0.5, 3.0),  # pull of the price
    "gamma": (0.0, 3.0),  # pull of alignment
    "rho": (0.05, 0.3),  # share of contracts that moves in a quarter
    "alpha": (0.02, 0.4),  # pull of leverage on alignment
    "sigma": (0.01, 0.1),  # noise of alignment
    "psi": (0.0, 1.5),  # rebalancing
    "delta": (0.0, 1.0),  # weight of leverage through third states
    "eta": (0.0, 3.0),  # congestion
}
SHOCK_SD = 0.1  # standard deviation of a supplier's price shock, in log price
OUTPUTS = ("concentration", "unmet", *(f"leverage_{g}" for g in range(POWERS)))


@dataclass(frozen=True)
class Facts:
    """What is the same in every member. The powers are the states 0 to 5."""

    need: Array  # [l, i] what a state buys
    importance: Array  # [l, i] weight of a layer to a state; sums to one over layers
    price: Array  # [l, i, j] log price delivered
    capacity: Array  # [l, j] what a supplier can deliver
    mass: Array  # [l, j] log share of the world's supply
    size: Array  # [g] size of a power
    appetite: Array  # [i] concentration of alignment that a state accepts
    align: Array  # [i, g] alignment at the start; rows sum to one
    share: Array  # [l, i, j] share of supplier j in what i buys at the start; sums to one over suppliers


@dataclass(frozen=True)
class Draws:
    """What differs between members."""

    parameters: Array  # [m, 8] in the order of RANGES
    eps: Array  # [m, t, i, g] noise of alignment
    shock: Array  # [m, t, l, j] shocks to log prices


def facts() -> Facts:
    """The facts, drawn in a fixed order from a fixed seed."""
    r = np.random.default_rng(FACTS_SEED)
    need = r.lognormal(0.0, 0.5, (LAYERS, STATES))
    importance = r.dirichlet(np.full(LAYERS, 2.0), STATES).T
    place = r.random((STATES, 2))
    distance = np.sqrt(((place[:, None] - place[None]) ** 2).sum(-1))
    price = 1.5 * distance + r.normal(0.0, 0.3, (LAYERS, STATES, STATES))
    weight = r.lognormal(0.0, 0.6, (LAYERS, STATES))
    weight[:, :POWERS] *= 6.0
    fraction = weight / weight.sum(axis=1, keepdims=True)
    capacity = 1.15 * fraction * need.sum(axis=1, keepdims=True)
    size = r.uniform(0.5, 1.5, POWERS)
    appetite = r.uniform(0.25, 0.45, STATES)
    align = r.dirichlet(np.full(POWERS, 1.5), STATES)
    align[:POWERS] = np.eye(POWERS)
    share = np.repeat(fraction[:, None, :], STATES, axis=1)
    share[:, np.arange(STATES), np.arange(STATES)] = 0.0
    share /= share.sum(axis=2, keepdims=True)
    return Facts(need, importance, price, capacity, np.log(fraction), size, appetite, align, share)


def reference_draws(members: int = 4) -> Draws:
    """The members of the reference files: parameters from seed 1, noise from seed 2."""
    low, high = np.array(list(RANGES.values())).T
    parameters = low + (high - low) * np.random.default_rng(1).random((members, len(RANGES)))
    r = np.random.default_rng(2)
    eps = r.standard_normal((members, QUARTERS, STATES, POWERS))
    shock = SHOCK_SD * r.standard_normal((members, QUARTERS, LAYERS, STATES))
    return Draws(parameters, eps, shock)


def draw_member(seed: int, member: int, dtype: type[np.floating] = np.float64) -> Draws:
    """One member's draws, the same whatever other members are drawn: [1, ...] arrays."""
    r = np.random.default_rng((seed, member))
    low, high = np.array(list(RANGES.values()), dtype).T
    kind = np.float32 if dtype is np.float32 else np.float64
    parameters = low + (high - low) * r.random((1, len(RANGES)), dtype=kind)
    eps = r.standard_normal((1, QUARTERS, STATES, POWERS), dtype=kind)
    shock = kind(SHOCK_SD) * r.standard_normal((1, QUARTERS, LAYERS, STATES), dtype=kind)
    return Draws(parameters, eps, shock)

"""RefWorld in plain Mesa: a state is an agent that buys, is leaned on and realigns; numbers are Python's.

All agents take a step together before any takes the next one, so that their order does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import mul

import mesa
import numpy as np

from refworld.facts import LAYERS, POWERS, RANGES, STATES, Array, Draws, Facts, draw_member

NAME = "Mesa, plain agents"


class State(mesa.Agent):
    """A state; the first six are the great powers, whose alignment is with themselves."""

    def __init__(self, model: World, number: int) -> None:
        super().__init__(model)
        facts = model.facts
        self.number = number
        self.is_power = number < POWERS
        self.need = facts.need[:, number].tolist()
        self.importance = facts.importance[:, number].tolist()
        self.appetite = float(facts.appetite[number])
        # Utility of a supplier before shocks and tastes: size of the supplier less the price's pull.
        self.pull = (facts.mass - model.beta * facts.price[:, number]).tolist()
        self.share = facts.share[:, number].tolist()
        self.align = facts.align[number].tolist()
        self.wary = [0.0] * POWERS
        self.utility: list[list[float]] = []
        self.demand: list[list[float]] = []
        self.dependence: list[float] = []
        self.leverage: list[float] = []
        self.unmet = 0.0

    def look_around(self) -> None:
        """Utility of every supplier, and what would be bought were there no queues."""
        model = self.model
        leaning = [model.gamma * a - w for a, w in zip(self.align, self.wary, strict=True)]
        taste = [dot(leaning, other.align) for other in model.states]
        self.utility = [
            [p - model.beta * s + x for p, s, x in zip(pull, shock, taste, strict=True)]
            for pull, shock in zip(self.pull, model.shock, strict=True)
        ]
        self.demand = [self._choose(utility) for utility in self.utility]

    def avoid_queues(self) -> None:
        """Choose again, suppliers with queues being dearer."""
        self.demand = [
            self._choose([u - c for u, c in zip(utility, crowding, strict=True)])
            for utility, crowding in zip(self.utility, self.model.crowding, strict=True)
        ]

    def buy(self) -> None:
        """Receive what suppliers can deliver; move a part of the contracts."""
        rho = self.model.rho
        self.unmet = 0.0
        for share, demand, delivered in zip(self.share, self.demand, self.model.delivered, strict=True):
            bought = [q * d for q, d in zip(demand, delivered, strict=True)]
            self.unmet += 1.0 - sum(bought)
            share[:] = [s + rho * (q - s) for s, q in zip(share, bought, strict=True)]
        self.dependence = [dot(self.importance, column) for column in zip(*self.share, strict=True)]

    def be_leaned_on(self) -> None:
        """Leverage of each power over this state, direct and through third states."""
        model = self.model
        raw = []
        for g, power in enumerate(model.powers):
            through_others = dot(self.dependence[POWERS:], [other.align[g] for other in model.others])
            reach = self.dependence[g] + model.delta * through_others
            raw.append(model.size[g] * reach * (1.0 - power.dependence[self.number]))
        total = sum(raw)
        self.leverage = [x / total for x in raw]

    def realign(self) -> None:
        """Move towards the powers with leverage, away from too close an embrace."""
        model = self.model
        concentration = dot(self.align, self.align)
        r = model.psi * max(concentration - self.appetite, 0.0)
        self.wary = [0.8 * w + r * x for w, x in zip(self.wary, self.leverage, strict=True)]
        if self.is_power:
            return
        z = [
            math.log(a + 1e-9) + 6.0 * model.alpha * (x - a) + model.sigma * noise - r * (a - 1.0 / 6.0)
            for a, x, noise in zip(self.align, self.leverage, model.eps[self.number], strict=True)
        ]
        self.align = softmax(z)

    def _choose(self, utility: list[float]) -> list[float]:
        """Shares of suppliers; no state buys from itself."""
        utility[self.number] = -math.inf
        return softmax(utility)


class World(mesa.Model):
    """The member: parameters, its states, and suppliers' queues."""

    def __init__(self, facts: Facts, parameters: Array, eps: Array, shock: Array) -> None:
        super().__init__(seed=0)
        self.facts = facts
        for name, value in zip(RANGES, parameters.tolist(), strict=True):
            setattr(self, name, value)
        self.all_eps, self.all_shock = eps.tolist(), shock.tolist()
        self.capacity, self.size = facts.capacity.tolist(), facts.size.tolist()
        self.states = [State(self, number) for number in range(STATES)]
        self.powers, self.others = self.states[:POWERS], self.states[POWERS:]
        self.crowding: list[list[float]] = []
        self.delivered: list[list[float]] = []
        self.y: list[list[float]] = []

    def step(self) -> None:
        """One quarter."""
        quarter = len(self.y)
        self.eps, self.shock = self.all_eps[quarter], self.all_shock[quarter]
        self.agents.do("look_around")
        self.crowding = [[self.eta * max(load - 1.0, 0.0) for load in row] for row in self._load()]
        self.agents.do("avoid_queues")
        self.delivered = [[min(1.0, 1.0 / load) if load else 1.0 for load in row] for row in self._load()]
        self.agents.do("buy")
        self.agents.do("be_leaned_on")
        self.agents.do("realign")
        self.y.append(self._outputs())

    def _load(self) -> list[list[float]]:
        """Demand for each supplier's goods by its capacity."""
        load = []
        for layer in range(LAYERS):
            total = [0.0] * STATES
            for state in self.states:
                need = state.need[layer]
                total = [x + need * q for x, q in zip(total, state.demand[layer], strict=True)]
            load.append([x / c for x, c in zip(total, self.capacity[layer], strict=True)])
        return load

    def _outputs(self) -> list[float]:
        others = self.others
        concentration = sum(dot(state.align, state.align) for state in others) / len(others)
        unmet = sum(state.unmet for state in self.states) / (LAYERS * STATES)
        leverage = [sum(state.leverage[g] for state in others) / len(others) for g in range(POWERS)]
        return [concentration, unmet, *leverage]


def dot(a: Iterable[float], b: Iterable[float]) -> float:
    """sum_k a_k b_k."""
    return sum(map(mul, a, b))


def softmax(values: list[float]) -> list[float]:
    """exp(v) / sum exp(v)."""
    top = max(values)
    weights = [math.exp(v - top) for v in values]
    total = sum(weights)
    return [w / total for w in weights]


def _run(facts: Facts, parameters: Array, eps: Array, shock: Array) -> tuple[Array, Array]:
    world = World(facts, parameters, eps, shock)
    for _ in range(len(eps)):
        world.step()
    return np.array(world.y), np.array([state.align for state in world.states])


def reproduce(facts: Facts, draws: Draws) -> tuple[Array, Array]:
    """Given members: y [m, t, 8] and the final alignment [m, i, g]."""
    pairs = [_run(facts, *member) for member in zip(draws.parameters, draws.eps, draws.shock, strict=True)]
    return np.stack([y for y, _ in pairs]), np.stack([align for _, align in pairs])


def simulate(facts: Facts, members: int, seed: int) -> Array:
    """Members with noise of their own: y [m, t, 8]. What is timed."""
    parts = []
    for member in range(members):
        own = draw_member(seed, member)
        parts.append(_run(facts, own.parameters[0], own.eps[0], own.shock[0])[0])
    return np.stack(parts)

"""RefWorld in plain NumPy, one member at a time: whole arrays, no loop but the one over quarters."""

from __future__ import annotations

import numpy as np

from refworld.facts import LAYERS, POWERS, QUARTERS, STATES, Array, Draws, Facts, draw_member

NAME = "NumPy, one member at a time"


class World:
    """The facts in one precision, and what can be computed from them once."""

    def __init__(self, facts: Facts, dtype: type[np.floating] = np.float64) -> None:
        self.dtype = dtype
        self.facts = Facts(**{name: value.astype(dtype) for name, value in vars(facts).items()})
        self.importance = np.ascontiguousarray(self.facts.importance.T[:, None, :])  # [i, 1, l]
        self.price = self.facts.price.copy()
        self.own = np.arange(STATES)
        # No state buys from itself: an infinite price, whatever the pull of prices.
        self.price[:, self.own, self.own] = np.inf

    def run(self, parameters: Array, eps: Array, shock: Array) -> tuple[Array, Array]:
        """One member: outputs y [t, 8] and the final alignment [i, g].

        Parameters: parameters [8] in the order of RANGES, eps [t, i, g], shock [t, l, j].
        """
        facts = self.facts
        beta, gamma, rho, alpha, sigma, psi, delta, eta = (self.dtype(value) for value in parameters)
        eps, shock = eps.astype(self.dtype, copy=False), shock.astype(self.dtype, copy=False)
        # What does not change within a member: pull of size and price.
        pull = facts.mass[:, None, :] - beta * self.price
        align, share = facts.align.copy(), facts.share.copy()
        wary, powers = np.zeros_like(align), np.eye(POWERS, dtype=self.dtype)
        y = np.empty((len(eps), 2 + POWERS), self.dtype)
        for t in range(len(eps)):
            taste = (gamma * align - wary) @ align.T
            utility = pull - (beta * shock[t])[:, None, :]
            utility += taste
            bought = self._allocate(utility, eta)
            met = bought.sum() / (LAYERS * STATES)
            bought -= share
            bought *= rho
            share += bought
            dependence = (self.importance @ share.transpose(1, 0, 2))[:, 0]
            leverage = self._leverage(dependence, align, delta)
            excess = np.maximum((align * align).sum(axis=1) - facts.appetite, 0)
            rebalancing = (psi * excess)[:, None]
            wary = self.dtype(0.8) * wary + rebalancing * leverage
            z = np.log(align + self.dtype(1e-9)) + 6 * alpha * (leverage - align) + sigma * eps[t]
            z -= rebalancing * (align - self.dtype(1 / 6))
            align = softmax(z)
            align[:POWERS] = powers
            others = align[POWERS:]
            y[t, 0] = (others * others).sum() / len(others)
            y[t, 1] = 1 - met
            y[t, 2:] = leverage[POWERS:].mean(axis=0)
        return y, align

    def _allocate(self, utility: Array, eta: np.floating) -> Array:
        """Bought [l, i, j]: two rounds of choice, the second dearer where the first overloads a supplier."""
        crowding = np.maximum(self._load(softmax(utility)) - 1, 0)
        utility -= eta * crowding
        demand = softmax(utility)
        with np.errstate(divide="ignore"):
            demand *= np.minimum(1, 1 / self._load(demand))
        return demand

    def _load(self, demand: Array) -> Array:
        """Demand for a supplier's goods by its capacity, [l, 1, j]."""
        return (self.facts.need[:, None, :] @ demand) / self.facts.capacity[:, None, :]

    def _leverage(self, dependence: Array, align: Array, delta: np.floating) -> Array:
        """Leverage of power g over i [i, g], direct and through third states; rows sum to one."""
        through_others = dependence[:, POWERS:] @ align[POWERS:]
        leverage = dependence[:, :POWERS] + delta * through_others
        leverage *= self.facts.size
        leverage *= 1 - dependence[:POWERS].T
        leverage /= leverage.sum(axis=1, keepdims=True)
        return leverage


def softmax(values: Array) -> Array:
    """exp(v) / sum exp(v) over the last axis."""
    result = values - values.max(axis=-1, keepdims=True)
    np.exp(result, out=result)
    result /= result.sum(axis=-1, keepdims=True)
    return result


def reproduce(facts: Facts, draws: Draws, dtype: type[np.floating] = np.float64) -> tuple[Array, Array]:
    """Given members: y [m, t, 8] and the final alignment [m, i, g]."""
    world = World(facts, dtype)
    pairs = [world.run(*member) for member in zip(draws.parameters, draws.eps, draws.shock, strict=True)]
    return np.stack([y for y, _ in pairs]), np.stack([align for _, align in pairs])


def simulate(facts: Facts, members: int, seed: int, dtype: type[np.floating] = np.float32) -> Array:
    """Members with noise of their own: y [m, t, 8]. What is timed."""
    world = World(facts, dtype)
    y = np.empty((members, QUARTERS, 2 + POWERS), dtype)
    for member in range(members):
        own = draw_member(seed, member, dtype)
        y[member], _ = world.run(own.parameters[0], own.eps[0], own.shock[0])
    return y

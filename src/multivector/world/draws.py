"""What a member draws once: parameters, its reading of the data, the backlog, the size of levers.

A draw depends on the seed, the member and the draw's own name, so that adding one changes no other. A
design replaces the uniform numbers behind the named factors by given ones: how an answer's sensitivity
to each is measured.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp

from multivector.mechanisms.deliveries import STAGES
from multivector.world.engine import Fields
from multivector.world.lots import normal, uniforms
from multivector.world.parameters import triangular

if TYPE_CHECKING:
    from multivector.world.member import Arrays, RegionProgram

POSTERIOR = "posterior"
_ONCE = 0  # draws made once a member fold this in; quarters use their own index, far above
_DATA = 2
_TIES = 3


@dataclass(frozen=True)
class Draws:
    """The draws of one member.

    `values` has each parameter, and size and recovery of each lever, by name; `data` the numbers in [0, 1)
    behind the member's reading of the data. Behind a value stands a number in [0, 1) of its own: the
    design's, or where that gives none (NaN) the member's.
    """

    program: RegionProgram
    arrays: Arrays
    key: jax.Array
    values: Fields
    data: Fields

    @classmethod
    def of(cls, program: RegionProgram, arrays: Arrays, key: jax.Array, number: jax.Array) -> Draws:
        """The draws of member `number` under the seed's key."""
        names = factors(program.names, program.fitted, len(program.levers))
        designed = arrays.uniforms.shape[0] > 0
        noise = arrays.noise[number] if designed else number
        own = jax.random.fold_in(jax.random.fold_in(key, noise), _ONCE)
        hashes = jnp.array([zlib.crc32(name.encode()) for name in names], jnp.uint32)
        keys = jax.vmap(lambda name: jax.random.fold_in(own, name))(hashes)
        dtype = arrays.history.dtype
        numbers = jax.vmap(lambda each: jax.random.uniform(each, (), dtype))(keys)
        if designed:
            given = arrays.uniforms[number]
            numbers = jnp.where(jnp.isnan(given), numbers, given)
        _, states, partners = arrays.history.shape
        stages = (STAGES, states, partners)
        shapes = {
            "revision": (states, partners),
            "demand": (states,),
            "openness": (states,),
            "waiting": stages,
            "batch": stages,
        }
        data = uniforms(jax.random.fold_in(own, _DATA), shapes, dtype)
        return cls(program, arrays, own, _values(program, arrays, names, numbers), data)

    def parameters(self) -> Fields:
        """Every parameter by name."""
        return {name: self.values[name] for name in self.program.names}

    def revised(self, history: jax.Array, spread: jax.Array) -> jax.Array:
        """History as a later edition may have it: one factor a pair in all its years."""
        return history * jnp.exp(spread * normal(self.data["revision"]))

    def demand(self, p: Fields, history: jax.Array, observed: jax.Array) -> jax.Array:
        """Yearly demand [i]: recent imports, at least the floor, times the state's own luck."""
        age = jnp.arange(len(history) - 1, -1, -1, dtype=history.dtype)
        weight = observed * 0.5 ** (age / p["demand_half_life"])
        volume = jnp.tensordot(weight, history, axes=1).sum(-1) / weight.sum()
        luck = p["demand_spread"] * normal(self.data["demand"])
        return jnp.maximum(volume, p["demand_floor"]) * jnp.exp(luck)

    def openness(self, p: Fields) -> jax.Array:
        """Openness [i] of each state around the typical one."""
        logit = jnp.log(p["openness"] / (1.0 - p["openness"]))
        return jax.nn.sigmoid(logit + p["openness_spread"] * normal(self.data["openness"]))

    def backlog(self, p: Fields, history: jax.Array, observed: jax.Array, *, expected: bool) -> jax.Array:
        """The backlog [k, i, j] at the origin, which no data hold.

        A pair that received arms lately has orders under way: each stage holds a batch with probability
        `backlog_chance`, with mean rate * lag * `backlog_scale` / K. `expected` gives the mean.
        """
        age = jnp.arange(len(history) - 1, -1, -1, dtype=history.dtype)
        recent = observed * 0.5 ** (age / p["backlog_half_life"])
        rate = jnp.tensordot(recent, history, axes=1) / recent.sum()
        shape = (STAGES, *rate.shape)
        mean = rate * p["lag"] * p["backlog_scale"] / STAGES
        if expected:
            return jnp.broadcast_to(mean, shape)
        spread = p["size_spread"]
        batch = jnp.exp(spread * normal(self.data["batch"]) - 0.5 * spread**2)
        waiting = self.data["waiting"] < p["backlog_chance"]
        return jnp.where(waiting, mean / p["backlog_chance"] * batch, 0.0)

    @property
    def ties_key(self) -> jax.Array:
        """The key behind what is not known of signed ties at the origin."""
        return jax.random.fold_in(self.key, _TIES)

    def lever(self, n: int) -> tuple[jax.Array, jax.Array]:
        """Size and recovery time of a lever."""
        return self.values[f"lever {n} factor"], self.values[f"lever {n} recovery"]


def _values(
    program: RegionProgram, arrays: Arrays, names: tuple[str, ...], numbers: jax.Array
) -> dict[str, jax.Array]:
    """Every parameter and lever by name: by the posterior's row where there is one, else by its prior."""
    alone = [k for k, name in enumerate(program.names) if name not in program.fitted]
    of_levers = jnp.stack([arrays.factor, arrays.recovery], axis=1).reshape(-1, 3)
    spreads = jnp.concatenate([arrays.priors[jnp.array(alone)], of_levers])
    drawn = names[1:] if program.fitted else names
    values = dict(zip(drawn, triangular(numbers[-len(drawn) :], *spreads.T), strict=True))
    if program.fitted:
        rows = len(arrays.posterior)
        row = jnp.minimum((numbers[0] * rows).astype(jnp.uint32), rows - 1)
        values |= dict(zip(program.fitted, arrays.posterior[row], strict=True))
    return values


def factors(names: tuple[str, ...], fitted: tuple[str, ...], levers: int) -> tuple[str, ...]:
    """What a design has a column for: the posterior's row as one, the other parameters, the levers."""
    alone = tuple(name for name in names if name not in fitted)
    sizes = tuple(f"lever {n} {what}" for n in range(levers) for what in ("factor", "recovery"))
    return ((POSTERIOR,) if fitted else ()) + alone + sizes

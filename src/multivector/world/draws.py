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

    `numbers` has a number in [0, 1) for each factor: the design's, or where it gives none (NaN) the
    member's own. `data` has those behind the member's reading of the data.
    """

    program: RegionProgram
    arrays: Arrays
    key: jax.Array
    numbers: Fields
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
        return cls(program, arrays, own, dict(zip(names, numbers, strict=True)), data)

    def parameters(self) -> Fields:
        """Every parameter: a row of the posterior where there is one, else a draw from its prior."""
        priors = self.arrays.priors
        values = {
            name: triangular(self.numbers[name], *priors[k])
            for k, name in enumerate(self.program.names)
            if name in self.numbers
        }
        rows = len(self.arrays.posterior)
        if rows and self.program.fitted:
            row = jnp.minimum((self.numbers[POSTERIOR] * rows).astype(jnp.uint32), rows - 1)
            values |= {name: self.arrays.posterior[row, k] for k, name in enumerate(self.program.fitted)}
        return values

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
        arrays = self.arrays
        return (
            triangular(self.numbers[f"lever {n} factor"], *arrays.factor[n]),
            triangular(self.numbers[f"lever {n} recovery"], *arrays.recovery[n]),
        )


def factors(names: tuple[str, ...], fitted: tuple[str, ...], levers: int) -> tuple[str, ...]:
    """What a design has a column for: the posterior's row as one, the other parameters, the levers."""
    alone = tuple(name for name in names if name not in fitted)
    sizes = tuple(f"lever {n} {what}" for n in range(levers) for what in ("factor", "recovery"))
    return ((POSTERIOR,) if fitted else ()) + alone + sizes

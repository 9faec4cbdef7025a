"""RefWorld as mechanisms on multivector's engine: the same `World`, `simulate` and `run_ensemble` as a region's.

The choice of suppliers is a logit whose utility adds a part by [l, i, j] that a member never changes
(price), one by [i, j] (taste) and one by [l, j] (mass, shocks, congestion). So

    exp(u[l,i,j]) = price_pull[l,i,j] * exp(taste[i,j]) * seller[l,j]

needs exponentials of the small parts only, and congestion changes the last alone. Each row's best price is
taken out of `price_pull`, so that nothing overflows.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from multivector.mechanisms.mechanism import Mechanism
from multivector.world.engine import Fields, Start, World
from multivector.world.ensemble import run_ensemble
from refworld.facts import POWERS, QUARTERS, RANGES, SHOCK_SD, STATES, Array, Draws, Facts

NAME = "multivector's engine"


def reallocate(
    share: jax.Array, align: jax.Array, wary: jax.Array, price_pull: jax.Array, shock: jax.Array, **f: Any
) -> tuple[jax.Array, jax.Array]:
    """Contracts move towards the suppliers chosen now, dearer where they are overloaded."""
    taste = (f["gamma"] * align - wary) @ align.T
    pull = price_pull * jnp.exp(taste)  # [l, i, j]
    seller = jnp.exp(f["mass"] - f["beta"] * shock)  # [l, j]
    load = _load(pull, seller, f["need"], f["capacity"])[0]
    seller = seller * jnp.exp(-f["eta"] * jnp.maximum(load - 1.0, 0.0))
    load, total = _load(pull, seller, f["need"], f["capacity"])
    served = seller * jnp.minimum(1.0, 1.0 / load)
    chosen = pull * (served[:, None, :] / total[:, :, None])
    met = jnp.einsum("lij,lj->li", pull, served) / total
    return share + f["rho"] * (chosen - share), 1.0 - met.mean()


def _load(
    pull: jax.Array, seller: jax.Array, need: jax.Array, capacity: jax.Array
) -> tuple[jax.Array, jax.Array]:
    """Demand by capacity [l, j], and the sums [l, i] that make the choice a probability."""
    total = jnp.einsum("lij,lj->li", pull, seller)
    return jnp.einsum("li,lij->lj", need / total, pull) * seller / capacity, total


def depend(share: jax.Array, importance: jax.Array) -> jax.Array:
    """Dependence [i, j] over all layers."""
    return jnp.einsum("li,lij->ij", importance, share)


def lever(dependence: jax.Array, align: jax.Array, size: jax.Array, delta: jax.Array) -> jax.Array:
    """Leverage [i, g] of powers, direct and through third states; rows sum to one."""
    through_others = dependence[:, POWERS:] @ align[POWERS:]
    held = size * (dependence[:, :POWERS] + delta * through_others) * (1.0 - dependence[:POWERS].T)
    return held / held.sum(-1, keepdims=True)


def rebalance(
    wary: jax.Array, align: jax.Array, leverage: jax.Array, psi: jax.Array, appetite: jax.Array
) -> tuple[jax.Array, jax.Array]:
    """A state whose alignment is more concentrated than it likes grows wary of who holds leverage."""
    pressure = psi * jnp.maximum((align * align).sum(-1) - appetite, 0.0)
    return 0.8 * wary + pressure[:, None] * leverage, pressure


def realign(
    align: jax.Array, leverage: jax.Array, pressure: jax.Array, eps: jax.Array, **f: Any
) -> jax.Array:
    """Leverage draws alignment, wariness evens it out; powers stay with themselves."""
    z = jnp.log(align + 1e-9) + 6.0 * f["alpha"] * (leverage - align) + f["sigma"] * eps
    moved = jax.nn.softmax(z - pressure[:, None] * (align - 1.0 / 6.0), axis=-1)
    return moved.at[:POWERS].set(jnp.eye(POWERS, dtype=align.dtype))


def report(align: jax.Array, unmet: jax.Array, leverage: jax.Array) -> jax.Array:
    """The eight outputs of a quarter."""
    others = align[POWERS:]
    concentration = (others * others).sum(-1).mean()
    return jnp.concatenate([jnp.stack([concentration, unmet]), leverage[POWERS:].mean(0)])


REFWORLD = World(
    mechanisms=(
        Mechanism(
            "reallocation",
            "contracts move to cheaper, closer suppliers",
            (
                *("share", "align", "wary", "price_pull", "shock", "mass", "need", "capacity"),
                *("beta", "gamma", "rho", "eta"),
            ),
            ("share", "unmet"),
            reallocate,
        ),
        Mechanism("dependence", "shares become dependence", ("share", "importance"), ("dependence",), depend),
        Mechanism(
            "leverage",
            "dependence becomes leverage",
            ("dependence", "align", "size", "delta"),
            ("leverage",),
            lever,
        ),
        Mechanism(
            "rebalancing",
            "the over-aligned grow wary",
            ("wary", "align", "leverage", "psi", "appetite"),
            ("wary", "pressure"),
            rebalance,
        ),
        Mechanism(
            "alignment",
            "leverage draws alignment",
            ("align", "leverage", "pressure", "eps", "alpha", "sigma"),
            ("align",),
            realign,
        ),
        Mechanism("report", "eight outputs", ("align", "unmet", "leverage"), ("y",), report),
    ),
    state=("share", "align", "wary"),
    facts=("need", "importance", "capacity", "mass", "size", "appetite", "price_pull", *RANGES),
    inputs=("eps", "shock"),
    records=("y",),
)
WITH_ALIGNMENT = World(
    REFWORLD.mechanisms, REFWORLD.state, REFWORLD.facts, REFWORLD.inputs, (*REFWORLD.records, "align")
)


class Arrays(NamedTuple):
    """The facts, and given draws (none: every member draws for itself)."""

    facts: Facts
    parameters: Any
    eps: Any
    shock: Any


@dataclass(frozen=True)
class RefProgram:
    """How a RefWorld member begins and what noise a quarter sees.

    `given` takes both from the arrays; `quiet` draws no noise, to tell what drawing costs.
    """

    given: bool = False
    quiet: bool = False

    quarters = QUARTERS
    arms = 1
    forced = ()

    @property
    def world(self) -> World:
        return WITH_ALIGNMENT if self.given else REFWORLD

    def begin(self, arrays: Arrays, key: jax.Array, number: jax.Array) -> Start:
        facts = arrays.facts
        if self.given:
            values = arrays.parameters[number]
        else:
            low, high = jnp.array(list(RANGES.values()), facts.need.dtype).T
            own = jax.random.fold_in(key, number)
            values = low + (high - low) * jax.random.uniform(own, low.shape, low.dtype)
        p = dict(zip(RANGES, values, strict=True))
        cost = jnp.where(jnp.eye(STATES, dtype=bool), jnp.inf, facts.price)
        pull = jnp.exp(-p["beta"] * (cost - cost.min(-1, keepdims=True)))
        named = {name: getattr(facts, name) for name in self.world.facts if hasattr(facts, name)}
        state = {"share": facts.share, "align": facts.align, "wary": jnp.zeros_like(facts.align)}
        return Start(state, named | p | {"price_pull": pull}, {})

    def draw(self, arrays: Arrays, key: jax.Array, number: jax.Array, quarter: jax.Array) -> Fields:
        if self.given:
            return {"eps": arrays.eps[number, quarter], "shock": arrays.shock[number, quarter]}
        align, mass = arrays.facts.align, arrays.facts.mass
        if self.quiet:
            small = 1e-6 * number.astype(align.dtype)  # by member, or the compiler would do all at once
            return {"eps": jnp.zeros_like(align) + small, "shock": jnp.zeros_like(mass) + small}
        own = jax.random.fold_in(jax.random.fold_in(key, number), quarter + 1)
        noise = jax.random.normal(own, (align.size + mass.size,), align.dtype)
        return {
            "eps": noise[: align.size].reshape(align.shape),
            "shock": SHOCK_SD * noise[align.size :].reshape(mass.shape),
        }


jax.tree_util.register_dataclass(Facts)


@dataclass(frozen=True, eq=False)
class RefPlan:
    """RefWorld for `run_ensemble`."""

    facts: Facts
    draws: Draws | None = None
    quiet: bool = False

    @property
    def program(self) -> RefProgram:
        return RefProgram(self.draws is not None, self.quiet)

    @property
    def hash(self) -> str:
        digest = hashlib.sha256(b"refworld")
        for value in (*vars(self.facts).values(), *(vars(self.draws).values() if self.draws else ())):
            digest.update(np.ascontiguousarray(value).tobytes())
        return digest.hexdigest()

    def arrays(self, precision: str) -> Arrays:
        facts = Facts(**{name: value.astype(precision) for name, value in vars(self.facts).items()})
        if self.draws is None:
            return Arrays(facts, np.zeros(0), np.zeros(0), np.zeros(0))
        return Arrays(facts, *(value.astype(precision) for value in vars(self.draws).values()))

    def label(self, quarter: int) -> str:
        return f"quarter {quarter + 1}"


def reproduce(facts: Facts, draws: Draws, dtype: type[np.floating] = np.float64) -> tuple[Array, Array]:
    """Given members: y [m, t, 8] and the final alignment [m, i, g]."""
    precision = np.dtype(dtype).name
    fields = run_ensemble(RefPlan(facts, draws), len(draws.eps), 0, precision=precision, progress=False)
    return fields["y"][0], fields["align"][0, :, -1]


def simulate(facts: Facts, members: int, seed: int) -> Array:
    """Members with noise of their own: y [m, t, 8]. What is timed."""
    return run_ensemble(RefPlan(facts), members, seed, progress=False)["y"][0]


def simulate_quiet(facts: Facts, members: int, seed: int) -> Array:
    """The same without noise: the difference is what random numbers cost."""
    return run_ensemble(RefPlan(facts, quiet=True), members, seed, progress=False)["y"][0]

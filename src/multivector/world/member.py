"""One member of the region's world: how it begins, and what is random in each of its quarters.

A member draws its parameters, data and levers once; baseline and scenario then run side by side on the same
random numbers, so their difference holds the effect of the levers and nothing else. Every draw comes
from (seed, member, name or quarter) alone: a member is the same whatever chunk, thread, process or run
computes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from multivector.mechanisms.deliveries import STAGES
from multivector.mechanisms.leverage import arms_leverage
from multivector.mechanisms.memory import WINDOW_QUARTERS
from multivector.mechanisms.orders import attention_ratio, order_weights
from multivector.mechanisms.pairs import number_of_pairs
from multivector.mechanisms.rebalancing import benefit_behind
from multivector.world.diplomacy_start import begin_ties
from multivector.world.draws import Draws
from multivector.world.engine import Fields, Start, World
from multivector.world.forcings import FORCED, forcings
from multivector.world.lots import gumbel, normal, uniforms
from multivector.world.step import EXPECTED, WORLD


class Arrays(NamedTuple):
    """Everything that a compiled member reads; arguments, so that one compilation serves many plans.

    history [y, i, j], observed [y], pull [i, j], belongs [j, g] as in `Inputs`; priors [p, 3] (low, mode,
    high); posterior [k, f], equally likely rows of parameter values (none: every parameter by its prior);
    diplomacy: where ties start; factor, recovery [n, 3] of the levers; active, after, starting [n, t] (1 from
    the lever's first quarter; years since its last; 1 in its first); what each changes: on_capacity [n, j],
    on_demand [n, i], on_effort and on_institution [n, g, i], on_pair [n, k, a, b] (events by kind), on_pact [n, a, b]; arms [s]
    (how much of the levers each arm feels: 0 baseline, 1 scenario); first: index of quarter 0; uniforms
    [q, d] and noise [q] of a design (no rows: every member draws for itself).
    """

    history: Any
    observed: Any
    pull: Any
    belongs: Any
    priors: Any
    posterior: Any
    diplomacy: Any
    factor: Any
    recovery: Any
    active: Any
    after: Any
    starting: Any
    on_capacity: Any
    on_demand: Any
    on_effort: Any
    on_institution: Any
    on_pair: Any
    on_pact: Any
    arms: Any
    first: Any
    uniforms: Any
    noise: Any


ACTS_ON = ("on_capacity", "on_demand", "on_effort", "on_institution", "on_pair", "on_pact")
"""The arrays that say what each lever changes."""


@dataclass(frozen=True)
class RegionProgram:
    """The region's world as a program: names of its parameters and sizes; numbers come in `Arrays`.

    `levers` are the levers' kinds; `fitted` the parameters that a posterior holds; `kinds` the places of
    the kinds of event that levers cause; `expected` swaps lots for their means.
    """

    names: tuple[str, ...]
    levers: tuple[str, ...]
    fitted: tuple[str, ...]
    quarters: int
    arms: int
    kinds: tuple[int, ...] = (0,)
    expected: bool = False

    forced = FORCED

    @property
    def world(self) -> World:
        """The mechanisms."""
        return EXPECTED if self.expected else WORLD

    def begin(self, arrays: Arrays, key: jax.Array, number: jax.Array) -> Start:
        """The state at the origin, with the benefit under which nothing moves by itself."""
        draws = Draws.of(self, arrays, key, number)
        p = draws.parameters()
        history = draws.revised(arrays.history, p["register_revision"])
        facts = {
            "pull": arrays.pull,
            "belongs": arrays.belongs,
            "own_openness": draws.openness(p),
            "yearly_demand": draws.demand(p, history, arrays.observed),
        }
        facts |= {name: p[name] for name in self.world.facts if name in p}
        ties, of_ties = begin_ties(arrays.diplomacy, p, draws.ties_key, self.kinds)
        facts |= of_ties
        state = self._state(draws, p, history, arrays) | ties
        facts["leverage0"] = _leverage_at(state, facts)
        facts["benefit"] = benefit_behind(
            state["attention"],
            facts["leverage0"],
            risk_weight=p["risk_weight"],
            temperature=p["attention_temperature"],
        )
        return Start(state, facts, {"quarter": jnp.arange(self.quarters)} | forcings(draws))

    def draw(self, arrays: Arrays, key: jax.Array, number: jax.Array, quarter: jax.Array) -> Fields:
        """Lots of one quarter, by the quarter's absolute index: the same whenever a run starts."""
        if self.expected:
            return {}
        own = jax.random.fold_in(_own_key(arrays, key, number), arrays.first + quarter)
        _, states, partners = arrays.history.shape
        actors = arrays.diplomacy.position.shape[0]
        shapes = {
            "affinity_normal": (number_of_pairs(actors),),
            "lag_draw": (STAGES, states, partners),
            "timing_draw": (states,),
            "size_draw": (states,),
            "choice_draw": (states, partners),
        }
        lots = uniforms(own, shapes, arrays.history.dtype)
        normals = {name: normal(lots[name]) for name in ("affinity_normal", "size_draw")}
        return lots | normals | {"choice_draw": gumbel(lots["choice_draw"])}

    def _state(self, draws: Draws, p: Fields, history: jax.Array, arrays: Arrays) -> Fields:
        """The backlog is not in the data; see `Draws.backlog`. Attention starts evenly split."""
        age = jnp.arange(history.shape[0] - 1, -1, -1, dtype=history.dtype)
        weight = arrays.observed * 0.5 ** (age / p["memory_half_life"])
        powers = arrays.belongs.shape[1]
        return {
            "backlog": draws.backlog(p, history, arrays.observed, expected=self.expected),
            "memory": jnp.tensordot(weight, history, axes=1),
            "ring": jnp.repeat(history[-WINDOW_QUARTERS // 4 :] / 4.0, 4, axis=0),
            "ability": jnp.ones(history.shape[2], history.dtype),
            "attention": jnp.full((history.shape[1], powers), 1.0 / powers, history.dtype),
        }


def _own_key(arrays: Arrays, key: jax.Array, number: jax.Array) -> jax.Array:
    """The key of a member's random numbers; a design may give two members the same."""
    if arrays.noise.shape[0]:
        number = arrays.noise[number]
    return jax.random.fold_in(key, number)


def _leverage_at(state: Fields, facts: Fields) -> jax.Array:
    """Leverage [i, g] at the origin."""
    weights = order_weights(
        state["memory"],
        facts["pull"],
        state["ability"],
        attention_ratio(state["attention"], facts["belongs"]),
        jnp.zeros_like(facts["pull"]),
        openness=facts["own_openness"][:, None],
        steadiness=facts["steadiness"],
        ability_weight=facts["ability_weight"],
        rebalancing=facts["rebalancing"],
        affinity_pull=facts["affinity_pull"],
    )
    return arms_leverage(state["ring"].sum(0), weights, facts["belongs"], facts["arms_importance"])

"""How a member's signed ties and engagement begin: one draw of what is not known, and nothing that moves.

Positions are drawn once a member within their errors, the priors of each kind of event once a member. The
baseline effort is the one behind the stock, visibility starts at its baseline, and the memory of events
starts empty: what they did up to the origin is part of where the ties start from.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from multivector.axes import QUARTERS_PER_YEAR
from multivector.mechanisms.closeness import closeness_of, starting_affinity
from multivector.mechanisms.engagement import effectiveness, effort_behind, stock_of
from multivector.mechanisms.events import past_level
from multivector.world.diplomacy import Diplomacy
from multivector.world.efforts import PRIOR_EFFORT
from multivector.world.engine import Fields
from multivector.world.parameters import triangular

STATE = ("affinity", "engagement", "visibility", "event_memory")
FACTS = ("affinity0", "engagement0", "effort0", "event_half_life", "event_effect")
"""Fields that `begin_ties` gives; `leverage0` comes from the world that has leverage."""
INPUTS = ("impulse", "effort", "institutions", "shared_change", "affinity_normal")
PARAMETERS = (
    "affinity_half_life",
    "affinity_noise",
    "alignment_temperature",
    "alliance_shift",
    "attention_effect",
    "balance_pull",
    "common_pull",
    "effectiveness_alone",
    "engagement_effect",
    "leverage_pull",
    "rivalry_shift",
    "ties_half_life",
    "visit_half_life",
)
"""What these mechanisms and `begin_ties` read of the region's parameters."""


EVENT_ROWS = 512
"""Rows by which the list of events grows: origins whose lists differ in length share one compilation."""


class DiplomacyArrays(NamedTuple):
    """`Diplomacy` as arguments of a compiled member; event_age [e] is counted to the origin's end."""

    position: Any
    position_error: Any
    obligation: Any
    rivalry: Any
    event_pairs: Any
    event_kind: Any
    event_age: Any
    effect: Any
    half_life: Any
    effort: Any
    effort_known: Any
    institutions: Any


def arrays_of(diplomacy: Diplomacy, dtype: Any = np.float32) -> DiplomacyArrays:
    """The arrays that a member reads, in the precision of the run."""
    last = diplomacy.origin * QUARTERS_PER_YEAR + QUARTERS_PER_YEAR - 1
    d, events = diplomacy, diplomacy.events
    unused = -len(events.ids) % EVENT_ROWS  # rows that move no pair
    return DiplomacyArrays(
        position=d.position.astype(dtype),
        position_error=d.position_error.astype(dtype),
        obligation=d.obligation.astype(dtype),
        rivalry=d.rivalry.astype(dtype),
        event_pairs=np.pad(events.pairs.astype(dtype), ((0, unused), (0, 0), (0, 0))),
        event_kind=np.pad(events.kind.astype(np.int32), (0, unused)),
        event_age=np.pad(events.age(last).astype(dtype), (0, unused)),
        effect=events.effect.astype(dtype),
        half_life=events.half_life.astype(dtype),
        effort=d.effort.astype(dtype),
        effort_known=d.effort_known.astype(dtype),
        institutions=d.institutions.astype(dtype),
    )


def begin_ties(
    arrays: DiplomacyArrays, p: Fields, key: jax.Array, kinds: tuple[int, ...] | None = None
) -> tuple[Fields, Fields]:
    """State and facts of the mechanisms of diplomacy for one member.

    Parameters
    ----------
    p : the member's parameters, `PARAMETERS` among them. key : the member's own.
    kinds : places of the kinds that can happen after the origin, one at least; all when left out. Fewer
        make `event_memory` smaller and change no draw.
    """
    where, effects, lives = jax.random.split(key, 3)
    dtype = arrays.position.dtype
    normal = jax.random.normal(where, arrays.position.shape, dtype)
    number = arrays.effect.shape[:1]
    effect = triangular(jax.random.uniform(effects, number, dtype), *jnp.asarray(arrays.effect).T)
    half_life = triangular(jax.random.uniform(lives, number, dtype), *jnp.asarray(arrays.half_life).T)
    affinity = starting_affinity(
        closeness_of(arrays.position + arrays.position_error * normal, arrays.position_error),
        arrays.obligation,
        arrays.rivalry,
        past_level(arrays.event_pairs, arrays.event_kind, arrays.event_age, half_life, effect),
        alliance_shift=p["alliance_shift"],
        rivalry_shift=p["rivalry_shift"],
    )
    phi = effectiveness(arrays.institutions, p["effectiveness_alone"])
    prior = jnp.full(phi.shape, PRIOR_EFFORT, dtype)
    stock = stock_of(arrays.effort, arrays.effort_known, phi, prior, p["ties_half_life"])
    actors = arrays.position.shape[0]
    chosen = np.arange(number[0]) if kinds is None else np.array(kinds)
    state = {
        "affinity": affinity,
        "engagement": stock,
        "visibility": jnp.ones_like(stock),
        "event_memory": jnp.zeros((len(chosen), actors, actors), dtype),
    }
    facts = {
        "affinity0": affinity,
        "engagement0": stock,
        "effort0": effort_behind(stock, phi, p["ties_half_life"]),
        "event_half_life": half_life[chosen],
        "event_effect": effect[chosen],
    }
    return state, facts

"""The world step: which mechanisms, in which order, and what they hand on.

    events -> engagement -> deliveries -> memory -> reputation -> preference -> leverage
           -> affinity -> alignment -> rebalancing -> orders

Each reads the quarter before where the loop would close, so a step is one pass. `EXPECTED` is the same
loop with what draws lots replaced by its mean: one smooth path a member, for gradients.
"""

from __future__ import annotations

from multivector.mechanisms.affinity import AFFINITY, EXPECTED_AFFINITY
from multivector.mechanisms.alignment import ALIGNMENT
from multivector.mechanisms.deliveries import DELIVERIES, EXPECTED_DELIVERIES
from multivector.mechanisms.engagement import ENGAGEMENT
from multivector.mechanisms.events import EVENTS
from multivector.mechanisms.leverage import LEVERAGE
from multivector.mechanisms.mechanism import Mechanism
from multivector.mechanisms.memory import MEMORY
from multivector.mechanisms.orders import EXPECTED_ORDERS, ORDERS, PREFERENCE
from multivector.mechanisms.rebalancing import REBALANCING
from multivector.mechanisms.reputation import REPUTATION
from multivector.world.engine import World
from multivector.world.parameters import NEEDED

STATE = (
    *("event_memory", "engagement", "visibility", "affinity"),
    *("backlog", "memory", "ring", "ability", "attention"),
)
FORCINGS = ("quarter", "capacity", "demand_factor", "effort", "institutions", "impulse", "shared_change")
"""Inputs known for all quarters once a member has drawn its levers."""
_OWN = (
    *("pull", "belongs", "benefit", "own_openness", "yearly_demand"),
    *("affinity0", "leverage0", "engagement0", "effort0"),
    *("event_half_life", "event_effect"),
)
RECORDS = ("deliveries", "on_order", "leverage", "attention", "ties", "alignment", "engagement")


def _world(*mechanisms: Mechanism, lots: tuple[str, ...]) -> World:
    """The world of these mechanisms, with those parameters as facts that one of them reads."""
    read = {field for mechanism in mechanisms for field in mechanism.reads}
    facts = (*_OWN, *(name for name in NEEDED if name in read))
    return World(mechanisms, STATE, facts, (*FORCINGS, *lots), RECORDS)


WORLD = _world(
    EVENTS,
    ENGAGEMENT,
    DELIVERIES,
    MEMORY,
    REPUTATION,
    PREFERENCE,
    LEVERAGE,
    AFFINITY,
    ALIGNMENT,
    REBALANCING,
    ORDERS,
    lots=("lag_draw", "affinity_normal", "timing_draw", "size_draw", "choice_draw"),
)

EXPECTED = _world(
    EVENTS,
    ENGAGEMENT,
    EXPECTED_DELIVERIES,
    MEMORY,
    REPUTATION,
    PREFERENCE,
    LEVERAGE,
    EXPECTED_AFFINITY,
    ALIGNMENT,
    REBALANCING,
    EXPECTED_ORDERS,
    lots=(),
)

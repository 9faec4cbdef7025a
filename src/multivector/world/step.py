"""The world step: which mechanisms, in which order, and what they hand on.

    deliveries -> memory -> reputation -> preference -> leverage -> rebalancing -> orders

Each reads the quarter before where the loop would close, so a step is one pass. `EXPECTED` is the same
loop with the two mechanisms that draw lots replaced by their means: one smooth path a member, for gradients.
"""

from __future__ import annotations

from multivector.mechanisms.deliveries import DELIVERIES, EXPECTED_DELIVERIES
from multivector.mechanisms.leverage import LEVERAGE
from multivector.mechanisms.memory import MEMORY
from multivector.mechanisms.orders import EXPECTED_ORDERS, ORDERS, PREFERENCE
from multivector.mechanisms.rebalancing import REBALANCING
from multivector.mechanisms.reputation import REPUTATION
from multivector.world.engine import World

_STATE = ("backlog", "memory", "ring", "ability", "attention")
_PARAMETERS = (
    "lag",
    "memory_half_life",
    "ability_half_life",
    "steadiness",
    "ability_weight",
    "rebalancing",
    "arms_importance",
    "risk_weight",
    "attention_temperature",
    "attention_half_life",
)
_OWN = ("pull", "belongs", "benefit", "own_openness", "yearly_demand")
_FORCINGS = ("quarter", "capacity", "demand_factor")
_RECORDS = ("deliveries", "on_order", "leverage", "attention")

WORLD = World(
    mechanisms=(DELIVERIES, MEMORY, REPUTATION, PREFERENCE, LEVERAGE, REBALANCING, ORDERS),
    state=_STATE,
    facts=(*_OWN, *_PARAMETERS, "order_frequency", "size_spread"),
    inputs=(*_FORCINGS, "lag_draw", "timing_draw", "size_draw", "choice_draw"),
    records=_RECORDS,
)

EXPECTED = World(
    mechanisms=(
        EXPECTED_DELIVERIES,
        MEMORY,
        REPUTATION,
        PREFERENCE,
        LEVERAGE,
        REBALANCING,
        EXPECTED_ORDERS,
    ),
    state=_STATE,
    facts=(*_OWN, *_PARAMETERS),
    inputs=_FORCINGS,
    records=_RECORDS,
)

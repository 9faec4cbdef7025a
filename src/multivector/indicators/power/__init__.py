"""Power of a state: its capabilities, what is left over of its output, its influence on another."""

from multivector.indicators.power.cinc import (
    COMPONENTS,
    Cinc,
    amount_to_pass,
    cinc,
    rank_unsure,
    shares_of_world,
)
from multivector.indicators.power.influence import Influence, influence
from multivector.indicators.power.measure import measure_power
from multivector.indicators.power.net_power import net_power, share_of_group

__all__ = [
    "COMPONENTS",
    "Cinc",
    "Influence",
    "amount_to_pass",
    "cinc",
    "influence",
    "measure_power",
    "net_power",
    "rank_unsure",
    "share_of_group",
    "shares_of_world",
]

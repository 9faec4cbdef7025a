"""The readings of the expected-utility model: where its published text leaves a choice, each choice by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal


@dataclass(frozen=True)
class Reading:
    """One way to read Bueno de Mesquita's expected-utility model.

    Parameters
    ----------
    name : as it is called.
    chance_over : what the chance that i prevails over j is a share of: the votes cast between that `pair` of
        positions, or those between `all` ordered pairs.
    bent_votes : in the pass that makes offers, voter k's distances carry k's own risk exponent.
    compromises_by : how an actor ranks offers of compromise: by the least `movement` asked, or by the signed
        `value` of the point that weighs both positions by the stakes, the lowest first.
    capitulates : whether an actor that expects to lose more than the challenger wins gives in at all.
    range_of : L, the range of positions by which distances are divided: that at the `start`, or of each `round`.
    status_quo : Q, the chance that nothing changes if i leaves j alone.
    """

    name: str
    chance_over: Literal["pair", "all"] = "pair"
    bent_votes: bool = False
    compromises_by: Literal["movement", "value"] = "movement"
    capitulates: bool = True
    range_of: Literal["start", "round"] = "round"
    status_quo: float = 1.0


PAPER: Final = Reading("paper")
"""The formulas as Scholz, Calbert & Smith (2011) print them. On their own case it sends everyone to the median
by the third round, which their table does not show."""

SCHOLZ: Final = Reading(
    "scholz",
    chance_over="all",
    bent_votes=True,
    compromises_by="value",
    capitulates=False,
    range_of="start",
)
"""What J. McKibben (2014) reports of the authors' own program. It gives their Table 2: seven of eight medians
to the decimal printed, and all eight means within 0.07."""

READINGS: Final[Mapping[str, Reading]] = MappingProxyType({r.name: r for r in (PAPER, SCHOLZ)})

"""Levers as arrays: when each acts, and on whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from multivector.world.inputs import Inputs
from multivector.world.quarters import quarter_index
from multivector.world.scenario import Lever

Array = NDArray[np.float64]


def in_time(levers: Sequence[Lever], first: int, quarters: int) -> dict[str, Array]:
    """`active` [n, t] one from a lever's first quarter on, `after` its last, in years, `starting` in its first."""
    quarter = np.arange(first, first + quarters)
    starts = np.array([quarter_index(lever.first) for lever in levers]).reshape(-1, 1)
    ends = np.array([quarter_index(lever.last) for lever in levers]).reshape(-1, 1)
    return {
        "active": (quarter >= starts).astype(float),
        "after": np.maximum(quarter - ends, 0) / 4.0,
        "starting": (quarter == starts).astype(float),
    }


def act_on(levers: Sequence[Lever], inputs: Inputs, kinds: tuple[int, ...]) -> dict[str, Array]:
    """What each lever changes: one where it acts, zero elsewhere; see `member.Arrays` for the axes."""
    n, actors = len(levers), inputs.diplomacy.actors
    on = {
        "on_capacity": np.zeros((n, len(inputs.partners))),
        "on_demand": np.zeros((n, len(inputs.states))),
        "on_effort": np.zeros((n, len(inputs.powers), len(inputs.states))),
        "on_institution": np.zeros((n, len(inputs.powers), len(inputs.states))),
        "on_pair": np.zeros((n, len(kinds), len(actors), len(actors))),
        "on_pact": np.zeros((n, len(actors), len(actors))),
    }
    for number, lever in enumerate(levers):
        match lever.kind:
            case "capacity":
                on["on_capacity"][number] = _suppliers_of(lever.actor, inputs)
            case "demand":
                on["on_demand"][number, inputs.states.index(lever.actor)] = 1.0
            case "effort" | "institution":
                whom = [inputs.states.index(state) for state in lever.targets or inputs.states]
                on[f"on_{lever.kind}"][number, inputs.powers.index(lever.actor), whom] = 1.0
            case "event":
                kind = kinds.index(inputs.diplomacy.events.kinds.index(lever.event or ""))
                _join(on["on_pair"][number, kind], lever, actors)
            case "pact":
                _join(on["on_pact"][number], lever, actors)
    return on


def _suppliers_of(actor: str, inputs: Inputs) -> Array:
    """Whose capacity changes: the actor's, or that of all members if it is a group."""
    if actor in inputs.powers:
        return inputs.belongs[:, inputs.powers.index(actor)]
    return np.array([float(code == actor) for code in inputs.partners])


def _join(pairs: Array, lever: Lever, actors: tuple[str, ...]) -> None:
    a = actors.index(lever.actor)
    for target in lever.targets:
        b = actors.index(target)
        pairs[a, b] = pairs[b, a] = 1.0

"""The turns of `batch` as one compiled program: quicker by far, once it is compiled for some options and sizes."""

from __future__ import annotations

from functools import partial

import jax

from multivector.bargaining.models.smp.batch import Actors, State, step
from multivector.bargaining.models.smp.formulas import Array
from multivector.bargaining.models.smp.options import SMPOptions


@partial(jax.jit, static_argnames=("options", "turns", "process"))
def advance(
    actors: Actors, state: State, numbers: Array, options: SMPOptions, turns: int, process: bool
) -> tuple[State, dict[str, Array]]:
    """`turns` further turns of draws `numbers` [m]: the state, and records as those of `step` with the turn in front."""

    def one(state: State, _: None) -> tuple[State, dict[str, Array]]:
        return step(actors, state, numbers, options, process)

    return jax.lax.scan(one, state, None, length=turns)

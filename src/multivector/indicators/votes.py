"""Balance on the votes that divide two powers."""

from __future__ import annotations

from typing import NamedTuple

from multivector.indicators._arrays import Array, floating, namespace, ratio


class OpposedVotes(NamedTuple):
    """What a state did on the votes in which two powers opposed one another."""

    with_a: Array
    with_b: Array
    abstain: Array
    balance: Array
    n: Array


def opposed_votes(state: Array, a: Array, b: Array, axis: int = -1) -> OpposedVotes:
    """Shares of siding with a, with b and abstaining where a and b voted against each other.

    balance = 1 - |with_a - with_b|, in [0, 1]; missing where no such vote was cast (n = 0).
    n must be printed beside the balance: a handful of votes says little.

    Parameters
    ----------
    state, a, b : votes along `axis`: 1 yes, 0 no, 0.5 abstention; any other value, NaN included, is
        an absence. A vote counts where a and b are one yes and one no and the state was present.

    Source: the design of R. Yuneman, Russia in Global Affairs 21 (2023) 141-162,
    doi:10.31278/1810-6374-2023-21-2-141-162.
    """
    xp = namespace(state, a, b)
    x, a, b = floating(xp, state), floating(xp, a), floating(xp, b)
    opposed = ((a == 1) & (b == 0)) | ((a == 0) & (b == 1))
    present = (x == 0) | (x == 0.5) | (x == 1)
    counts = opposed & present
    n = xp.sum(counts, axis=axis)

    def part(chosen: Array) -> Array:
        return ratio(xp, xp.sum(counts & chosen, axis=axis) * 1.0, n * 1.0)

    with_a, with_b = part(x == a), part(x == b)
    return OpposedVotes(with_a, with_b, part(x == 0.5), 1.0 - xp.abs(with_a - with_b), n)

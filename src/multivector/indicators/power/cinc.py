"""CINC: a state's mean share of the world's material capabilities, and what its missing components hide."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.errors import InputError

COMPONENTS = {
    "milex": "military expenditure",
    "milper": "military personnel",
    "irst": "iron and steel production",
    "pec": "primary energy consumption",
    "tpop": "total population",
    "upop": "urban population",
}
"""The components of the index, in the order of the axis `k`."""

Floats = NDArray[np.float64]


class Cinc(NamedTuple):
    """The index of each state, and what it would be if its missing components were counted.

    value : mean share over the components that are known, as it is published.
    n : how many components are known.
    low : over all components, every missing one at zero.
    high : over all components, every missing one at the most that it can be.
    """

    value: Floats
    n: NDArray[np.int64]
    low: Floats
    high: Floats


def shares_of_world(amounts: ArrayLike, world: ArrayLike) -> Floats:
    """Each component's share of the world: s[u,k] = x[u,k] / W[k]; NaN where either is missing.

    Parameters
    ----------
    amounts : [..., u, k], in the unit of the component; missing is NaN, never a code such as -9.
    world : [..., k], the sum over all states that have a number.

    Raises
    ------
    InputError : an amount is negative or above its world total, a total is not positive.
    """
    x, total = np.asarray(amounts, dtype=float), np.asarray(world, dtype=float)
    if (total <= 0).any():
        raise InputError(
            "a world total is not positive",
            where=f"component {int(np.argwhere(total <= 0)[0][-1])}",
            repair="give the sum over all states, or NaN where it is not known",
        )
    wrong = (x < 0) | (x > total[..., None, :])
    if wrong.any():
        *_, state, component = np.argwhere(wrong)[0]
        raise InputError(
            f"an amount is {'negative' if x[wrong][0] < 0 else 'more than the world has'}: {x[wrong][0]:g}",
            where=f"state {state}, component {component}",
            repair="write NaN for a missing amount, and the total over all states",
        )
    return np.asarray(x / total[..., None, :])


def cinc(shares: ArrayLike, most: ArrayLike = 1.0) -> Cinc:
    """Composite Index of National Capability over the components that are known, with its bounds.

        CINC[u] = mean over known k of s[u,k]
        low[u]  = (sum over known k of s[u,k]) / K
        high[u] = (sum over known k of s[u,k] + sum over missing k of most[u,k]) / K

    A component that is missing is left out of the published mean, which then counts it as average. The
    bounds count it as what it may be; where nothing is missing they are the value.

    Parameters
    ----------
    shares : [..., u, k], shares of the world in [0, 1]; missing is NaN.
    most : [..., u, k] or one number, the largest share that a missing component may have.

    Returns
    -------
    Cinc : arrays [..., u]; a state without any component has NaN for a value.

    Source: J. D. Singer, S. Bremer, J. Stuckey, "Capability Distribution, Uncertainty, and Major Power
    War", in B. Russett (ed.), Peace, War, and Numbers (1972) 19-48. The rule for missing components is
    that of the published data (NMC 7.0), found by recomputing them.
    """
    s = np.asarray(shares, dtype=float)
    known = np.isfinite(s)
    n, total, room = known.sum(axis=-1), np.where(known, s, 0.0).sum(axis=-1), np.asarray(most, dtype=float)
    k = s.shape[-1]
    value = np.where(n > 0, total / np.maximum(n, 1), np.nan)
    at_most = np.where(known, 0.0, np.broadcast_to(room, s.shape)).sum(axis=-1)
    return Cinc(value, n, total / k, (total + at_most) / k)


def rank_unsure(found: Cinc) -> NDArray[np.bool_]:
    """[..., u, v]: u stands above v as published, but a missing component may put it below.

    True where value[u] > value[v] and low[u] < high[v]; never true where neither lacks a component.
    """
    value, low, high = (np.asarray(a) for a in (found.value, found.low, found.high))
    with np.errstate(invalid="ignore"):
        above = value[..., :, None] > value[..., None, :]
        return np.asarray(above & (low[..., :, None] < high[..., None, :]))


def amount_to_pass(amounts: ArrayLike, world: ArrayLike, u: int, v: int) -> float:
    """How much of the one component that u lacks it must have for its full index to equal v's.

        x = (W (R_v - R_u) + x_v) / (1 + R_u - R_v),  R the sum of the other components' shares

    The unknown amount x counts in the world total too: u's share is x / (W + x), v's x_v / (W + x).

    Parameters
    ----------
    amounts : [u, k]; world : [k]; u lacks exactly one component, v none.

    Returns
    -------
    float : in the component's unit; zero or less where u stands above v whatever it has; infinite
    where no amount suffices.

    Raises
    ------
    InputError : u lacks none or several components, or v lacks one.
    """
    x, total = np.asarray(amounts, dtype=float), np.asarray(world, dtype=float)
    gaps = np.flatnonzero(~np.isfinite(x[u]))
    if gaps.size != 1 or not np.isfinite(x[v]).all():
        raise InputError(
            f"{gaps.size} components of the first state and {int((~np.isfinite(x[v])).sum())} of the second are missing",
            where="amounts",
            repair="compare a state that lacks one component with a state that lacks none",
        )
    k = int(gaps[0])
    rest = np.delete(shares_of_world(x, total), k, axis=-1).sum(axis=-1)
    behind = float(rest[v] - rest[u])
    if behind >= 1:
        return float("inf")
    return float((total[k] * behind + x[v, k]) / (1 - behind))

"""Benefit of the doubt: each unit is weighed as suits it best, within what all must bear."""

from __future__ import annotations

import numpy as np

from multivector.errors import ComputationError, InputError
from multivector.indicators.composite.aggregating.children import NAMELESS, Floats, Names
from multivector.indicators.composite.aggregating.generalised import require_not_negative


def benefit_of_the_doubt_weights(
    x: Floats, names: Names = NAMELESS, *, low: float = 0.0, high: float = 1.0
) -> Floats:
    """The weights [u, n] under which each unit does best against all units.

    max_v sum_n v_n x_un   subject to   sum_n v_n x_kn <= 1 for every unit k,   v >= 0,
    low <= v_n x_un / sum_m v_m x_um <= high     (shares of the unit's score; 0 and 1 leave them free)

    Axes: x [u, n], zero or more. A unit is weighed on its known children; another unit binds it with
    what is known of that other. A missing child weighs nothing; a unit without any value above zero has
    no choice to make, and equal weights.

    Raises
    ------
    InputError : a negative value, or limits that no shares can keep for the children known of a unit.
    ComputationError : the linear programme was not solved.

    Source: L. Cherchye, W. Moesen, N. Rogge and T. Van Puyenbroeck, Social Indicators Research 82 (2007)
    111-145; solved with HiGHS (SciPy).
    """
    require_not_negative(x, names)
    known = ~np.isnan(x)
    filled = np.where(known, x, 0.0)
    weights = np.zeros(x.shape)
    for u in np.flatnonzero(known.any(axis=-1)):
        own = known[u]
        _require_limits(int(own.sum()), low, high, names)
        weights[u, own] = _best(filled[u, own], filled[:, own], low, high)
    weights[~weights.any(axis=-1)] = 1.0 / x.shape[-1]
    return weights


def _best(own: Floats, peers: Floats, low: float, high: float) -> Floats:
    """The linear programme of one unit, scaled to values of at most one."""
    from scipy.optimize import linprog

    scale = np.where(peers.max(axis=0) > 0, peers.max(axis=0), 1.0)
    own, peers = own / scale, peers / scale
    limits = [peers]
    if low > 0:
        limits.append(low * own - np.diag(own))
    if high < 1:
        limits.append(np.diag(own) - high * own)
    bounds = np.concatenate([np.ones(len(peers)), np.zeros(len(own) * (len(limits) - 1))])
    found = linprog(-own, A_ub=np.vstack(limits), b_ub=bounds, method="highs")
    if found.status != 0:
        raise ComputationError(
            f"the weights of a unit were not found: {found.message}",
            where="benefit of the doubt",
            repair="look for values many orders of magnitude apart, or widen the limits",
        )
    weights: Floats = np.maximum(found.x, 0.0) / scale  # the solver keeps its bounds to rounding only
    return weights


def _require_limits(children: int, low: float, high: float, names: Names) -> None:
    if not (0 <= low <= high <= 1 and low * children <= 1 <= high * children):
        raise InputError(
            f"shares between {low:g} and {high:g} cannot sum to one over {children} children",
            where=names.node or "benefit of the doubt",
            repair="choose low of at most 1/n and high of at least 1/n, both between 0 and 1",
        )

"""Dependence: how much of what a state takes, sells or sends on rests on one partner."""

from __future__ import annotations

from multivector.indicators._arrays import Array, floating, namespace, ratio


def share(tie: Array, axis: int = -1) -> Array:
    """Each partner's share of a state's ties.

    share[l,i,j] = tie[l,i,j] / sum_j tie[l,i,j]

    Parameters
    ----------
    tie : ties in any one unit, not negative; partners along `axis`. The first index is the one that
        depends (supply: what i takes from j; market: what i sells to j; transit: i's flow across j).

    Returns
    -------
    Shares in [0, 1] that add to 1 along `axis`; missing (NaN) where the ties add to nothing, where
    one of them is missing (the total is then unknown) or negative (which is no share).
    """
    xp = namespace(tie)
    tie = floating(xp, tie)
    tie = xp.where(tie < 0, xp.nan, tie)
    return ratio(xp, tie, xp.sum(tie, axis=axis, keepdims=True))


def dependence(share: Array, importance: Array, substitutability: Array) -> Array:
    """What a state would lose if one partner withdrew, as a part of its economy or its arms.

    dependence[l,i,j] = share[l,i,j] * importance[l,i] * (1 - substitutability[l,i,j])

    Parameters
    ----------
    share : axes [..., i, j], in [0, 1].
    importance : axes [..., i], in [0, 1]: how much the layer matters to the state (imports/GDP, ...).
    substitutability : broadcast to `share`, in [0, 1]: the part that could move elsewhere within a year.

    Source: the dependence behind influence in A. O. Hirschman, National Power and the Structure of
    Foreign Trade (1945); the product form is this project's.
    """
    xp = namespace(share, importance, substitutability)
    importance = floating(xp, importance)[..., None]
    return floating(xp, share) * importance * (1.0 - floating(xp, substitutability))


def dependence_asymmetry(flow: Array, total: Array, reverse_flow: Array, reverse_total: Array) -> Array:
    """How much more i leans on j than j on i; positive where i is the one that leans.

    asymmetry[i,j] = flow[i,j] / total[i] - reverse_flow[j,i] / reverse_total[j],  in [-1, 1]

    All arguments broadcast; `flow` and `reverse_flow` are the same number where the flow is counted
    once for both (total trade). Missing where a total is not positive.

    Source: A. O. Hirschman, National Power and the Structure of Foreign Trade (1945).
    """
    xp = namespace(flow, total, reverse_flow, reverse_total)
    ours = ratio(xp, floating(xp, flow), floating(xp, total))
    theirs = ratio(xp, floating(xp, reverse_flow), floating(xp, reverse_total))
    return ours - theirs

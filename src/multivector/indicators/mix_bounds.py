"""What balance can be when each power's share is known only within a range."""

from __future__ import annotations

import itertools
import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from multivector.errors import InputError
from multivector.indicators.concentration import hhi, top_share
from multivector.indicators.evenness import evenness
from multivector.indicators.top_shares import SLACK, Bounds, Floats

LARGEST = 14
"""Ranges that may be open at once: every corner is visited, and their number doubles with each."""


class MixBounds(NamedTuple):
    """Sharp bounds of the mix over the powers; missing where the ranges contradict one another.

    Where there are no ties with the powers at all the exposure is 0 and there is no mix to measure.
    """

    evenness: Bounds
    hhi: Bounds
    top_share: Bounds
    exposure: Bounds


def mix_bounds(low: npt.ArrayLike, high: npt.ArrayLike, room: float = 1.0) -> MixBounds:
    """Sharp bounds of evenness, HHI, top share and exposure over one mix of k powers.

    The shares s_g (of all partners) may be anything with  low_g <= s_g <= high_g  and  sum_g s_g <= room;
    the mix is q = s / sum s. Evenness is quasi-concave in s and HHI quasi-convex, so the least evenness and
    the greatest HHI lie at a corner of that set, and every corner is visited; the greatest evenness and
    the least HHI lie at s = clip(tau, low, high) for one level tau, found by bisection.

    Parameters
    ----------
    low, high : one number a power, in [0, 1].
    room : what is left for the powers when other partners' known shares are taken off.

    Raises
    ------
    InputError : more than 14 open ranges, or a range that is upside down or outside [0, 1].
    """
    lo, hi = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    nothing = Bounds(np.asarray(np.nan), np.asarray(np.nan))
    if lo.shape != hi.shape or lo.ndim != 1:
        raise InputError(
            f"low and high have the shapes {lo.shape} and {hi.shape}",
            where="mix_bounds",
            repair="give two lists of one length, one number a power",
        )
    if np.isnan(lo).any() or np.isnan(hi).any() or math.isnan(room):
        return MixBounds(nothing, nothing, nothing, nothing)
    if (lo > hi).any() or (lo < 0).any() or (hi > 1).any():
        raise InputError(
            f"low {lo.tolist()} and high {hi.tolist()} are not ranges of shares",
            where="mix_bounds",
            repair="each must satisfy 0 <= low <= high <= 1; percents are divided by 100 first",
        )
    if lo.sum() > room + SLACK:
        return MixBounds(nothing, nothing, nothing, nothing)
    if min(hi.sum(), room) <= 0:
        return MixBounds(nothing, nothing, nothing, Bounds(np.asarray(0.0), np.asarray(0.0)))
    room = max(room, float(lo.sum()))
    corners = _corners(lo, hi, room)
    most_even, least_hhi = (clip_level(lo, hi, room, order) for order in (1, 2))
    return MixBounds(
        Bounds(np.min(evenness(corners)), evenness(most_even)),
        Bounds(hhi(least_hhi), np.max(hhi(corners))),
        Bounds(_least_top(lo, hi, room), np.max(top_share(corners))),
        Bounds(lo.sum(), np.minimum(hi.sum(), room)),
    )


def _corners(lo: Floats, hi: Floats, room: float) -> Floats:
    """Every corner of the set but the empty mix: all at an end, or all but one, which takes what is left."""
    wide = np.flatnonzero(hi > lo)
    if len(wide) > LARGEST:
        raise InputError(
            f"{len(wide)} open ranges, and their corners double with each",
            where="mix_bounds",
            repair=f"give at most {LARGEST} open ranges; join the smallest powers",
        )
    ends = np.array(list(itertools.product((False, True), repeat=len(wide))), dtype=bool)
    at = np.tile(lo, (len(ends), 1))
    at[:, wide] = np.where(ends, hi[wide], lo[wide])
    found = [at[at.sum(axis=1) <= room + SLACK]]
    for j in wide:
        filled = at.copy()
        filled[:, j] = room - (at.sum(axis=1) - at[:, j])
        found.append(filled[(filled[:, j] >= lo[j]) & (filled[:, j] <= hi[j])])
    corners = np.vstack(found)
    return np.asarray(corners[corners.sum(axis=1) > 0])


def clip_level(lo: Floats, hi: Floats, room: float, order: int) -> Floats:
    """The mix clip(tau, lo, hi) with the greatest Hill number of this order (1 or 2).

    Within the ranges a share below tau is at its upper end, one above at its lower; tau is where
    raising it stops to help: ln(tau / S) = -H for order 1, tau = sum s^2 / S for order 2.
    """
    below, above = 0.0, float(hi.max())
    for _ in range(100):
        tau = (below + above) / 2.0
        mix = np.clip(tau, lo, hi)
        total = float(mix.sum())
        if order == 1:
            q = mix[mix > 0] / total
            helps = math.log(tau / total) < float((q * np.log(q)).sum())
        else:
            helps = tau < float((mix**2).sum()) / total
        if helps and total <= room:
            below = tau
        else:
            above = tau
    return np.asarray(np.clip(above if below == 0.0 else below, lo, hi))


def _least_top(lo: Floats, hi: Floats, room: float) -> Floats:
    """The largest share can be no smaller than this: the greatest lower end over the fullest mix under it."""
    level = float(lo.max())
    if level == 0.0:
        return np.asarray(1.0 / np.count_nonzero(hi > 0))
    return np.asarray(level / min(room, float(np.minimum(hi, np.maximum(lo, level)).sum())))

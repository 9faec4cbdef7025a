"""What concentration and evenness can be when only the largest shares were published."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from multivector.errors import InputError

Floats = npt.NDArray[np.float64]

SLACK = 1e-9
"""Shares that pass 1 by no more than this are rounding of the arithmetic, not a contradiction."""


class Bounds(NamedTuple):
    """The least and the greatest value that the known shares allow; each may be an array."""

    low: Floats
    high: Floats


def hhi_bounds(top: npt.ArrayLike, partners: float = math.inf) -> Bounds:
    """Sharp bounds of the HHI over all partners when only the top k shares s_1 >= ... >= s_k are known.

    low  = sum s^2 + r^2 / (partners - k)               the rest r = 1 - sum s spread evenly
    high = sum s^2 + m s_k^2 + (r - m s_k)^2            the rest packed as high as s_k allows,
                                                        m = floor(r / s_k)

    Parameters
    ----------
    top : the known shares along the last axis, in [0, 1]; NaN pads shorter lists.
    partners : how many partners there are in all; infinite where that is not known.

    Returns
    -------
    Missing where no share is known, where they add to more than 1, or where the rest does not fit into
    the partners that are left.

    Source: the sum of squares is Schur-convex, so the even spread is least and the fullest packing greatest
    (A. W. Marshall, I. Olkin, Inequalities: Theory of Majorization, 1979, chapter 3).
    """
    known, even, packed = _completions(np.asarray(top, dtype=float), partners)
    with np.errstate(invalid="ignore"):
        squares = np.nansum(known**2, axis=-1)
        rest = _rest(known)
        spread = np.where(np.isinf(partners), 0.0, even * rest)
        full, last, cap = packed
        return Bounds(
            _where_known(squares + spread, even), _where_known(squares + full * cap**2 + last**2, even)
        )


def evenness_bounds(top: npt.ArrayLike, partners: int) -> Bounds:
    """Sharp bounds of Pielou's evenness over `partners` partners when only the top shares are known.

    The rest packed as high as the smallest known share allows gives the least, spread evenly the
    greatest: entropy is Schur-concave. Arguments and missing values as in `hhi_bounds`.
    """
    known, even, (full, last, cap) = _completions(np.asarray(top, dtype=float), partners)
    listed = np.nansum(_entropy(known), axis=-1)
    left = partners - np.sum(~np.isnan(known), axis=-1)
    scale = math.log(partners) if partners > 1 else math.nan
    low = listed + full * _entropy(cap) + _entropy(last)
    high = listed + left * _entropy(even)
    return Bounds(_where_known(low / scale, even), _where_known(high / scale, even))


def _rest(known: Floats) -> Floats:
    rest = 1.0 - np.nansum(known, axis=-1)
    return np.asarray(np.where(np.abs(rest) < SLACK, 0.0, rest))


def _completions(known: Floats, partners: float) -> tuple[Floats, Floats, tuple[Floats, Floats, Floats]]:
    """The known shares, the even share of each other partner, and the packed rest (full, last, cap)."""
    if np.any(known < 0) or np.any(known > 1):
        raise InputError(
            f"a top share lies outside [0, 1]: {np.nanmin(known):g} to {np.nanmax(known):g}",
            where="top",
            repair="give parts of 1; percents are divided by 100 first",
        )
    count = np.sum(~np.isnan(known), axis=-1)
    rest = _rest(known)
    cap = np.min(np.where(np.isnan(known), np.inf, known), axis=-1, initial=1.0)
    left = partners - count
    even = np.where(rest == 0, 0.0, rest / np.where(left > 0, left, 1))
    positive = np.where(cap > 0, cap, 1.0)
    full = np.floor(rest / positive + SLACK)
    last = np.clip(rest - full * cap, 0.0, None)
    fits = (count > 0) & (rest >= 0) & (left >= 0) & ((rest == 0) | ((left > 0) & (even <= cap + SLACK)))
    return known, np.where(fits, even, np.nan), (full, last, cap)


def _entropy(p: Floats) -> Floats:
    return np.asarray(np.where(p > 0, -p * np.log(np.where(p > 0, p, 1.0)), np.where(np.isnan(p), p, 0.0)))


def _where_known(value: Floats, even: Floats) -> Floats:
    return np.asarray(np.where(np.isnan(even), np.nan, value))

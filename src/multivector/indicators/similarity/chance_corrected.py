"""Agreement beyond chance: Scott's pi and Cohen's kappa, on the table of who chose what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from multivector.errors import InputError

WEIGHTS = ("nominal", "linear", "squared")

Floats = NDArray[np.float64]


def scotts_pi(a: ArrayLike, b: ArrayLike, categories: Sequence[float], axis: int = -1) -> Floats:
    """Scott's pi: (p_o - p_e) / (1 - p_e), p_e = sum_c ((p_a[c] + p_b[c]) / 2)^2.

    Agreement p_o counts like entries; the categories are names, not steps, even where they are numbers.
    See `cohens_kappa` for the parameters, what is missing and what is raised.

    Source: W. A. Scott, "Reliability of Content Analysis", Public Opinion Quarterly 19:3 (1955) 321-325;
    for alliances F. M. Haege, "Choice or Circumstance?", Political Analysis 19:3 (2011) 287-305,
    doi:10.1093/pan/mpr023.
    """
    table = choices(a, b, categories, axis)
    pooled = (table.sum(axis=-1) + table.sum(axis=-2)) / 2
    return _beyond(np.trace(table, axis1=-2, axis2=-1), (pooled**2).sum(axis=-1), (pooled > 0).sum(axis=-1))


def cohens_kappa(
    a: ArrayLike,
    b: ArrayLike,
    categories: Sequence[float],
    axis: int = -1,
    *,
    weights: str = "nominal",
    present_only: bool = False,
) -> Floats:
    """Cohen's kappa: (p_o - p_e) / (1 - p_e), with p_e from each side's own choices.

        p_o = sum_cd w[c,d] p[c,d],   p_e = sum_cd w[c,d] p_a[c] p_b[d]
        w = 1 for like categories, else   nominal 0,   linear 1 - |c-d|/range,   squared 1 - (c-d)^2/range^2

    Parameters
    ----------
    a, b : entries along `axis`, broadcast against one another; each one of `categories`, or NaN.
    categories : the whole scale, ascending; its values are the steps that the weights measure.
    weights : "nominal", "linear" or "squared".
    present_only : rank the categories that one of the two sides uses, and let their ranks be the steps,
        as R's `psych::cohen.kappa` does; the value then depends on who else is compared.

    Returns
    -------
    array, at most 1 : entries that one side lacks are left out; NaN where none is left, or where both
    chose one and the same category throughout, which chance explains wholly.

    Raises
    ------
    InputError : unknown weights, fewer than two categories, or an entry that is none of them.

    Source: J. Cohen, Educational and Psychological Measurement 20:1 (1960) 37-46, and Psychological
    Bulletin 70:4 (1968) 213-220, doi:10.1037/h0026256.
    """
    if weights not in WEIGHTS:
        raise InputError(f"no weights {weights!r}", where="weights", repair=f"choose {', '.join(WEIGHTS)}")
    table = choices(a, b, categories, axis)
    row, column = table.sum(axis=-1), table.sum(axis=-2)
    used = (row + column) > 0
    steps = np.broadcast_to(np.asarray(categories, dtype=float), used.shape)
    if present_only:
        steps = np.cumsum(used, axis=-1, dtype=float)
    likeness = _likeness(steps, used if present_only else np.ones_like(used), weights)
    observed = (likeness * table).sum(axis=(-2, -1))
    expected = (likeness * row[..., :, None] * column[..., None, :]).sum(axis=(-2, -1))
    return _beyond(observed, expected, used.sum(axis=-1))


def choices(a: ArrayLike, b: ArrayLike, categories: Sequence[float], axis: int = -1) -> Floats:
    """Shares [..., c, d] of the entries that both sides have in which a chose c and b chose d.

    NaN where there is no such entry. Raises InputError as `cohens_kappa` does.
    """
    scale = np.asarray(categories, dtype=float)
    if scale.size < 2 or (np.diff(scale) <= 0).any():
        raise InputError(
            f"{scale.size} categories, or not ascending",
            where="categories",
            repair="give the whole scale, at least two values, the least first",
        )
    x, y = (np.moveaxis(e, axis, -1) for e in np.broadcast_arrays(*(np.asarray(e, float) for e in (a, b))))
    for side in (x, y):
        strange = np.isfinite(side) & ~np.isin(side, scale)
        if strange.any():
            raise InputError(
                f"{side[strange][0]:g} is not on the scale",
                where="categories",
                repair=f"use {', '.join(f'{c:g}' for c in scale)}, and NaN where nothing is known",
            )
    both = np.isfinite(x) & np.isfinite(y)
    chose = [((side[..., None] == scale) & both[..., None]).astype(float) for side in (x, y)]
    n = both.sum(axis=-1)[..., None, None]
    counts = np.einsum("...jc,...jd->...cd", *chose)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(n > 0, counts / np.maximum(n, 1), np.nan))


def _likeness(steps: Floats, used: NDArray[np.bool_], weights: str) -> Floats:
    """How alike two categories count: 1 on the diagonal, 0 at the ends of the scale."""
    apart = np.abs(steps[..., :, None] - steps[..., None, :])
    if weights == "nominal":
        return np.asarray((apart == 0).astype(float))
    top, bottom = (f(np.where(used, steps, end), axis=-1) for f, end in ((np.max, -np.inf), (np.min, np.inf)))
    with np.errstate(invalid="ignore"):
        length = np.maximum(top - bottom, np.finfo(float).tiny)[..., None, None]
    # Steps of categories that nobody used may lie outside; they carry no weight.
    return np.asarray(1 - np.minimum(apart / length, 1.0) ** (1 if weights == "linear" else 2))


def _beyond(observed: Floats, expected: Floats, used: NDArray[np.int64]) -> Floats:
    """(observed - expected) / (1 - expected); NaN where one category holds everything."""
    room = np.where(used > 1, 1 - expected, np.nan)
    return np.asarray((observed - expected) / room)

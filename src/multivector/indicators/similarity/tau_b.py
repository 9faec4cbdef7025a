"""Kendall's tau-b of two portfolios: whether they order their partners alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def tau_b(a: ArrayLike, b: ArrayLike, axis: int = -1) -> NDArray[np.float64]:
    """Kendall's tau-b: (C - D) / sqrt((C + D + T_a)(C + D + T_b)), over pairs of entries.

    C and D count pairs that a and b order alike and oppositely, T_a and T_b those tied in a alone and in
    b alone. It measures association, not likeness: a constant added to one side changes nothing, which
    is why S and kappa are preferred for portfolios.

    Returns
    -------
    array in [-1, 1] : entries that one side lacks are left out; NaN where a side is all ties.

    Source: B. Bueno de Mesquita, "Measuring Systemic Polarity", J. of Conflict Resolution 19:2 (1975)
    187-216; the objection is Signorino's and Ritter's (1999).
    """
    sides = np.broadcast_arrays(*(np.asarray(e, dtype=float) for e in (a, b)))
    x, y = (np.moveaxis(side, axis, -1) for side in sides)
    # Differences of every pair of entries, [..., j, k]: portfolios hold some 200 entries, so this is small.
    over_x, over_y = (np.sign(side[..., :, None] - side[..., None, :]) for side in (x, y))
    known = np.isfinite(over_x) & np.isfinite(over_y)
    over_x, over_y = (np.where(known, over, 0.0) for over in (over_x, over_y))
    together = (over_x * over_y).sum(axis=(-2, -1))
    room = np.sqrt((over_x**2).sum(axis=(-2, -1)) * (over_y**2).sum(axis=(-2, -1)))
    return np.asarray(np.where(room > 0, together / np.where(room > 0, room, 1.0), np.nan))

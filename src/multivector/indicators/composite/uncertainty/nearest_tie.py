"""The smallest change of weights that makes two units change places.

Where every mean above the weighed elements is of one quasi-linear kind, g(score) = sum_n w_n g(x_n) / W, the
two scores are equal when sum_n w_n d_n = 0, with d_n = g(x_an) - g(x_bn). Among weights w >= 0 of the same
sum W the nearest to the given w0 solves a small programme:

    L2   least squares: without a binding w >= 0,  w - w0 = -(d - mean d) (w0'd) / |d - mean d|^2
    L1   linear programme: the least total weight that must be moved, twice counted

Sources: E. Triantaphyllou and A. Sanchez, Decision Sciences 28 (1997) 151-194 (least change of weights that
reverses a rank); least distances under inequalities: C. L. Lawson and R. J. Hanson, Solving Least Squares
Problems (1974), chapter 23.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from multivector.errors import ComputationError

Floats = NDArray[np.float64]
Norm = Literal["L1", "L2"]
SAME = 1e-12  # of the largest difference: what counts as none


def nearest_tie(weights: Floats, difference: Floats, norm: Norm = "L2") -> Floats | None:
    """Weights `[n]` nearest to the given ones at which sum_n w_n d_n = 0; None where no weights do that.

    Weights stay at zero or above and keep their sum. To pass the tie, not only to reach it, both signs must
    stand in `difference`: where no element speaks for the lower unit, no weights put it above.
    """
    d = np.where(np.abs(difference) > SAME * np.abs(difference).max(initial=0.0), difference, 0.0)
    if not ((d > 0).any() and (d < 0).any()):
        return None
    return _least_squares(weights, d) if norm == "L2" else _least_moved(weights, d)


def _least_squares(w: Floats, d: Floats) -> Floats:
    across = d - d.mean()
    tie: Floats = w - across * (w @ d) / (across @ across)
    if (tie >= 0).all():
        return tie
    # What may still move lies across both the sum and d: w = tie + free z, nearest where |z| is least.
    from scipy.linalg import null_space
    from scipy.optimize import nnls

    free = null_space(np.stack([np.ones_like(d), d / np.abs(d).max()]))
    system = np.vstack([free.T, -tie / w.sum()])  # free z >= -tie, by Lawson and Hanson's LDP
    aim = np.eye(len(system))[-1]
    rest = system @ nnls(system, aim)[0] - aim
    if -rest[-1] < SAME:
        raise ComputationError("no weights at zero or above give a tie", where="swap")
    w_new = tie - free @ (rest[:-1] / rest[-1]) * w.sum()
    return np.asarray(np.maximum(w_new, 0.0), float)


def _least_moved(w: Floats, d: Floats) -> Floats:
    """Up and down are separate variables, all at zero or above: minimise their sum."""
    from scipy.optimize import linprog

    n = len(w)
    equal = np.stack([np.r_[np.ones(n), -np.ones(n)], np.r_[d, -d] / np.abs(d).max()])
    found = linprog(
        np.ones(2 * n),
        A_eq=equal,
        b_eq=[0.0, -(w @ d) / np.abs(d).max()],
        bounds=[(0.0, None)] * n + [(0.0, float(most)) for most in w],
        method="highs",
    )
    if not found.success:
        raise ComputationError(f"the least change of weights was not found: {found.message}", where="swap")
    return np.asarray(w + found.x[:n] - found.x[n:], float)

"""Structural balance: the friend of a friend draws near, the enemy of a friend is pushed away.

    dX/dt = X @ X          (the term; x[a,b] moves by sum_c x[a,c] x[c,b])
    X(t)  = X0 (I - X0 t)^-1,   up to t* = 1 / largest eigenvalue of X0

The closed form holds for the bare term, without bound, on a symmetric X0 whose diagonal takes part. On the
way to t* the relations come to split the actors in two factions, by the signs of the leading eigenvector:
all within one faction positive, all across negative.

Axes: a, b actors. Unit: signed tie; time in units of 1 / tie.
Source: Marvel, Kleinberg, Kleinberg & Strogatz 2011, PNAS 108(5):1771-1776.
"""

from __future__ import annotations

from typing import TypeVar

import jax
import numpy as np
from numpy.typing import NDArray

Matrix = TypeVar("Matrix", jax.Array, NDArray[np.float64])


def structural_balance(affinity: Matrix) -> Matrix:
    """The term itself [a, b]: what all third parties together do to a tie."""
    return affinity @ affinity


def marvel(x0: NDArray[np.float64], t: float) -> NDArray[np.float64]:
    """The ties [a, b] at time t, in closed form; t lies below `blow_up_time(x0)`."""
    # X0 commutes with (I - X0 t)^-1, so solving from the left gives the same product.
    return np.asarray(np.linalg.solve(np.eye(len(x0)) - x0 * t, x0), np.float64)


def blow_up_time(x0: NDArray[np.float64]) -> float:
    """When the bare term diverges; infinite where no eigenvalue is positive."""
    largest = float(np.linalg.eigvalsh(x0)[-1])
    return 1.0 / largest if largest > 0 else np.inf


def factions(x0: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The side [a] that each actor ends on; which of the two sides is called True has no meaning.

    All on one side is harmony. An actor of weight zero in the leading eigenvector counts as False.
    """
    leading = np.linalg.eigh(x0)[1][:, -1]
    return leading > 0


def sign_flips(x0: NDArray[np.float64]) -> int:
    """How many pairs end with a sign other than the one that they began with; a tie of zero flips to none."""
    side = np.where(factions(x0), 1.0, -1.0)
    upper = np.triu_indices(len(x0), 1)
    return int((np.sign(x0)[upper] * np.outer(side, side)[upper] < 0).sum())

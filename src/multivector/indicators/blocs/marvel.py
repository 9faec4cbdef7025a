"""Structural balance as dynamics: how relations harden until a network splits in two factions or unites."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.linalg import eigsh

from multivector.errors import InputError

UNDECIDED = 1e-9
"""Entries of the leading eigenvector, and gaps of the leading eigenvalue, that are rounding."""

Relations = NDArray[np.float64]


class Factions(NamedTuple):
    """How a network ends.

    side [i] : +1 or -1; 0 where the dynamics leave a state on neither side. blow_up : the time at which
    relations diverge. decided : False where two leading eigenvalues are equal, so that the split is not
    determined. flips : dyads with a relation whose sign changes on the way.
    """

    side: NDArray[np.int64]
    blow_up: float
    decided: bool
    flips: int


def blow_up_time(relations: ArrayLike) -> float:
    """When relations diverge: t* = 1 / lambda_max; infinite where no eigenvalue is positive.

    Raises
    ------
    InputError : see `relations_at`.
    """
    leading = float(np.linalg.eigvalsh(_checked(relations))[-1])
    return 1 / leading if leading > 0 else math.inf


def relations_at(relations: ArrayLike, times: float | Sequence[float]) -> Relations:
    """Relations at given times, in closed form.

        dX/dt = X^2,  X(0) = X0:   X(t) = X0 (I - X0 t)^-1

    Each state adjusts to what its relations with third states say: dx_ij/dt = sum_k x_ik x_kj.

    Parameters
    ----------
    relations : X0 [i, i], symmetric; positive is friendly. times : scalar or [t], before the blow-up.

    Returns
    -------
    X(t) [i, i] or [t, i, i].

    Raises
    ------
    InputError : a matrix that is not square, symmetric and finite; a time at or past the blow-up.

    Source: S. A. Marvel, J. Kleinberg, R. D. Kleinberg, S. H. Strogatz, PNAS 108 (2011) 1771-1776;
    K. Kułakowski, P. Gawroński, P. Gronek, Int. J. Modern Physics C 16 (2005) 707-716 (the equation).
    """
    start, times_ = _checked(relations), np.asarray(times, dtype=float)
    end = blow_up_time(start)
    if not np.isfinite(times_).all() or (times_ >= end).any():
        raise InputError(
            f"a time of {float(np.max(times_)):g}",
            where="times",
            repair=f"stay before {end:.6g}, when relations diverge",
        )
    left = np.eye(len(start)) - times_[..., None, None] * start
    # X0 and the inverse commute, so the inverse may stand left and be solved for.
    return np.asarray(np.linalg.solve(left, np.broadcast_to(start, left.shape)), dtype=np.float64)


def factions(relations: ArrayLike) -> Factions:
    """The two factions, or the one, in which the dynamics end: the signs of the leading eigenvector.

        X(t) / |X(t)| -> v v'  as t -> t*,  with  X0 v = lambda_max v

    Side +1 is that of the first state that is on a side. Where lambda_max is not positive, relations fade
    and there are no factions: every side is 0.

    Raises
    ------
    InputError : see `relations_at`.

    Source: Marvel and others (2011), as in `relations_at`.
    """
    start = _checked(relations)
    values, vectors = np.linalg.eigh(start)
    scale = max(1.0, float(np.abs(values).max()))
    if values[-1] <= UNDECIDED * scale:
        return Factions(np.zeros(len(start), dtype=np.int64), math.inf, False, 0)
    leading = vectors[:, -1]
    side = np.where(np.abs(leading) > UNDECIDED, np.sign(leading), 0).astype(np.int64)
    side *= side[np.flatnonzero(side)[0]]
    decided = len(values) < 2 or bool(values[-1] - values[-2] > UNDECIDED * scale)
    changed = np.triu(start * (side[:, None] * side) < 0, 1)
    return Factions(side, 1 / float(values[-1]), decided, int(changed.sum()))


def share_of_harmony(n: int, mean: float, *, sd: float = 1.0, networks: int = 200, seed: int = 0) -> float:
    """How often random relations end in one faction of all, over Gaussian X0 with independent entries.

    The leading eigenvector leans to all-positive where the mean passes sd / sqrt(n): below, factions of
    about equal size are the rule; well above, harmony is.

    Raises
    ------
    InputError : no states, no networks, or a standard deviation that is not positive.

    Source: Marvel and others (2011), as in `relations_at`.
    """
    if n < 2 or networks < 1 or not sd > 0:
        raise InputError(
            f"{networks} networks of {n} states with standard deviation {sd:g}",
            where="share of harmony",
            repair="give positive numbers",
        )
    random = np.random.default_rng(seed)
    one = 0
    for _ in range(networks):
        drawn = np.triu(random.normal(mean, sd, size=(n, n)), 1)
        leading = eigsh(drawn + drawn.T, k=1, which="LA", v0=np.ones(n))[1][:, 0]
        one += bool((leading > 0).all() or (leading < 0).all())
    return one / networks


def _checked(relations: ArrayLike) -> Relations:
    matrix = np.asarray(relations, dtype=float)
    where, repair = "relations", "give one finite number for each pair, the same in both directions"
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:
        raise InputError(f"relations of shape {matrix.shape}", where=where, repair=repair)
    if not np.isfinite(matrix).all():
        raise InputError("a relation that is no finite number", where=where, repair=repair)
    if not np.allclose(matrix, matrix.T, rtol=0, atol=1e-12 * max(1.0, float(np.abs(matrix).max()))):
        raise InputError("relations that are not symmetric", where=where, repair=repair)
    return matrix

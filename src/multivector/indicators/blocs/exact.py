"""The least frustration of one block, proved by a mixed-integer programme where the packing leaves a gap."""

from __future__ import annotations

import math
import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from multivector.indicators.blocs.descent import better, random_descent, round_cover
from multivector.indicators.blocs.graph import cost, orient
from multivector.indicators.blocs.network import Matrix, Sides
from multivector.indicators.blocs.packing import Packing, pack_cycles

CLOSE = 1e-9
"""Rounding of float64 in a sum of packed shares, far above what it can be."""
TIME_LIMIT, INFEASIBLE = 1, 2


class Exact(NamedTuple):
    """The best partition of a block, what it frustrates, and what is proved.

    surplus [i, i] is the weight that the packing of negative cycles leaves free on each tie, and slack what
    the packing lacks of the cost: a partition that frustrates other ties costs at least cost - slack + surplus.
    """

    sides: Sides
    cost: int
    bound: int
    surplus: NDArray[np.float64]
    slack: float


def solve_block(matrix: Matrix, deadline: float) -> Exact:
    """The partition of a block that frustrates least weight; a proof where `bound == cost`.

    First a packing of negative cycles (bound) and its rounding (partition): in networks of states these
    mostly meet. Where they do not, a mixed-integer programme looks for anything better.
    """
    ends = np.argwhere(np.triu(matrix))
    sides = orient(matrix)
    if cost(matrix, sides) == 0:
        return Exact(sides, 0, 0, np.abs(matrix).astype(float), 0.0)
    packing = pack_cycles(matrix, ends, deadline)
    bound = math.ceil(packing.bound - CLOSE)
    sides = round_cover(matrix, ends, packing.cover)
    if cost(matrix, sides) > bound:
        sides = better(matrix, sides, random_descent(matrix))
    if cost(matrix, sides) > bound:
        sides, bound = _improve(matrix, ends, packing, sides, bound, deadline)
    surplus = np.zeros(matrix.shape)
    a, b = ends.T
    surplus[a, b] = surplus[b, a] = packing.surplus
    least = cost(matrix, sides)
    return Exact(sides, least, bound, surplus, least - packing.bound)


def _improve(
    matrix: Matrix, ends: NDArray[np.int64], packing: Packing, sides: Sides, bound: int, deadline: float
) -> tuple[Sides, int]:
    """Anything better than `sides`, and the bound then proved."""
    left = deadline - time.monotonic()
    if left <= 0:
        return sides, bound
    known = cost(matrix, sides)
    found = side_programme(matrix, ends, packing, known - 1, left)
    if found.status == INFEASIBLE:
        return sides, known
    if found.x is not None:
        sides = better(matrix, sides, np.where(found.x[: len(matrix)] > 0.5, 1, -1))
    dual = found.mip_dual_bound
    if dual is not None and math.isfinite(dual):
        bound = max(bound, min(math.ceil(dual - 1e-6), cost(matrix, sides)))
    return sides, bound


def side_programme(
    matrix: Matrix, ends: NDArray[np.int64], packing: Packing, at_most: int, seconds: float
) -> OptimizeResult:
    """Minimise frustrated weight over sides x in {0,1}, with a variable f for each tie.

        min sum w_e f_e;  friends: f_e >= x_a - x_b, f_e >= x_b - x_a;  rivals: f_e >= 1 - x_a - x_b, f_e >= x_a + x_b - 1
        f(C) >= 1 for the packed cycles;  the total at most `at_most`;  the node of highest degree stays put

    Source: S. Aref, A. J. Mason, M. C. Wilson, Networks 75 (2020) 95-110, doi:10.1002/net.21907.
    """
    n, m = len(matrix), len(ends)
    a, b = ends.T
    weight, hostile = np.abs(matrix[a, b]), (matrix[a, b] < 0).astype(float)
    rows = np.arange(m)
    # friends: x_a - x_b + f >= 0; rivals: x_a + x_b + f >= 1; and the same from the other side
    where = (np.r_[rows, rows], np.r_[a, b])
    turn = csr_array(coo_array((np.r_[np.ones(m), 2 * hostile - 1], where), shape=(m, n)))
    own = csr_array((np.ones(m), (rows, rows)), shape=(m, m))
    ties = vstack([hstack([turn, own]), hstack([-turn, own])])
    cycles = hstack([csr_array((packing.cycles.shape[0], n)), packing.cycles])
    total = hstack([csr_array((1, n)), csr_array(weight[None].astype(float))])
    constraints = [
        LinearConstraint(ties, np.r_[hostile, -hostile], np.inf),
        LinearConstraint(cycles, 1, np.inf),
        LinearConstraint(total, -np.inf, at_most),
    ]
    highest = np.ones(n + m)
    highest[np.argmax(np.abs(matrix).sum(axis=1))] = 0
    highest[n:][packing.surplus > at_most - packing.bound + CLOSE] = 0
    return milp(
        np.r_[np.zeros(n), weight],
        constraints=constraints,
        bounds=Bounds(0, highest),
        integrality=np.r_[np.ones(n), np.zeros(m)],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )

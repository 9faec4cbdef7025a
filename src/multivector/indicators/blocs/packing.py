"""A lower bound of frustration: a fractional packing of negative cycles, by cutting planes."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from multivector.indicators.blocs.network import Matrix

SHORT = 1e-7
"""A length of every tie beside its own, so that the shortest of equally violated cycles is found."""
VIOLATED = 1e-4
FIRST = 4000
"""Negative triangles to begin with; what they miss, the search for violated cycles finds."""


@dataclass(frozen=True)
class Packing:
    """What a packing of negative cycles proves.

    Attributes
    ----------
    bound : no partition frustrates less. Valid by itself: the packing is checked, the solver is not trusted.
    cover : how far each tie is frustrated in the relaxation [e].
    surplus : what the bound gains if a tie is frustrated [e]: the weight that the packing leaves free.
    cycles : the cycles as sets of ties, a 0/1 matrix [c, e].
    """

    bound: float
    cover: NDArray[np.float64]
    surplus: NDArray[np.float64]
    cycles: csr_array


def pack_cycles(matrix: Matrix, ends: NDArray[np.int64], deadline: float) -> Packing:
    """Pack negative cycles so that no tie bears more than its weight; their total bounds frustration below.

        max sum_C y_C   with  sum_{C through e} y_C <= w_e,  y >= 0
        its dual: min sum_e w_e f_e   with  f(C) >= 1 for each negative cycle C,  f >= 0

    The cycles enter as the relaxation f violates them: the shortest cycle of negative sign through a node
    is a shortest path between its two copies in the double cover of the graph.

    Parameters
    ----------
    matrix : signed weights [i, i]. ends : its ties as positions [e, 2].
    deadline : `time.monotonic()` at which to stop; the bound holds also then.

    Source: F. Barahona, A. R. Mahjoub, Mathematical Programming 36 (1986) 157-173 (odd-cycle inequalities).
    """
    a, b = ends.T
    number = np.full(matrix.shape, -1, dtype=np.int64)
    number[a, b] = number[b, a] = np.arange(len(ends))
    weight = np.abs(matrix[a, b]).astype(float)
    cycles = _negative_triangles(matrix, ends, number)
    cover = np.zeros(len(ends))
    shares = np.zeros(0)
    while True:
        if cycles:
            rows = cycle_rows(cycles, len(ends))
            left = max(deadline - time.monotonic(), 0.1)
            found = linprog(
                weight,
                A_ub=-rows,
                b_ub=-np.ones(len(cycles)),
                method="highs-ds",
                options={"time_limit": left},
            )
            if found.status != 0:  # the time is over: what was packed before still holds
                break
            packed, cover, shares = rows, np.maximum(found.x, 0.0), np.maximum(-found.ineqlin.marginals, 0.0)
        if time.monotonic() > deadline:
            break
        fresh = _violated(matrix, ends, number, cover) - set(cycles)
        if not fresh:
            break
        cycles = [*cycles, *sorted(fresh)]
    if not shares.size:
        return Packing(0.0, cover, weight, csr_array((0, len(ends))))
    load = packed.T @ shares
    shares, load = ((x / max(1.0, float(np.max(load / weight)))) for x in (shares, load))
    return Packing(float(shares.sum()), cover, np.maximum(weight - load, 0.0), packed)


def cycle_rows(cycles: list[tuple[int, ...]], ties: int) -> csr_array:
    """Which tie is in which cycle, as a 0/1 matrix [c, e]."""
    where = np.concatenate([np.array(cycle) for cycle in cycles])
    starts = np.cumsum([0, *map(len, cycles)])
    return csr_array((np.ones(len(where)), where, starts), shape=(len(cycles), ties))


def _negative_triangles(
    matrix: Matrix, ends: NDArray[np.int64], number: NDArray[np.int64]
) -> list[tuple[int, ...]]:
    found = list[tuple[int, ...]]()
    for tie, (a, b) in enumerate(ends.tolist()):
        third = np.flatnonzero(matrix[a, b] * np.sign(matrix[a]) * np.sign(matrix[b]) < 0)
        for c in third[third > max(a, b)].tolist():
            found.append(tuple(sorted((tie, int(number[a, c]), int(number[b, c])))))
    step = -(-len(found) // FIRST)
    return found[::step] if step else found


def _violated(
    matrix: Matrix, ends: NDArray[np.int64], number: NDArray[np.int64], cover: NDArray[np.float64]
) -> set[tuple[int, ...]]:
    """Negative cycles that the relaxation covers by less than one, at most one through each node."""
    n, (a, b) = len(matrix), ends.T
    across = np.where(matrix[a, b] > 0, 0, n)
    double = csr_array(
        (np.tile(cover + SHORT, 2), (np.r_[a, a + n], np.r_[b + across, b + n - across])),
        shape=(2 * n, 2 * n),
    )
    length, before = dijkstra(
        double, directed=False, indices=np.arange(n), return_predecessors=True, limit=1.0
    )
    found = set[tuple[int, ...]]()
    for node in np.flatnonzero(length[np.arange(n), np.arange(n) + n] < 1 - VIOLATED).tolist():
        odd, back, at = set[int](), before[node], node + n
        while at != node:
            at, last = int(back[at]), at
            odd ^= {int(number[at % n, last % n])}  # a tie walked twice drops out; the sign stays negative
        found.add(tuple(sorted(odd)))
    return found

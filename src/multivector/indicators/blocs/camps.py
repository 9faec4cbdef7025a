"""Camps without a limit on their number: the least ties to put right so that only rivals stand apart."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from multivector.indicators.blocs.communities import by_size, line_errors, settle
from multivector.indicators.blocs.deadline import deadline_after
from multivector.indicators.blocs.exact import CLOSE
from multivector.indicators.blocs.frustration import TIME_LIMIT
from multivector.indicators.blocs.network import Matrix, SignedNetwork
from multivector.indicators.blocs.packing import SHORT, VIOLATED, cycle_rows

STARTS = 10
Cycles = dict[tuple[int, ...], None]


@dataclass(frozen=True)
class Camps:
    """A division in as many camps as fit best.

    Attributes
    ----------
    line_errors, lower_bound : friendly ties between camps and hostile ties within them, and what is
        proved to be least. camp : node -> number of its camp; 0 is the largest.
    """

    line_errors: int
    lower_bound: int
    camp: Mapping[str, int]

    @property
    def optimal(self) -> bool:
        """Whether the number of errors is proved to be the least."""
        return self.line_errors == self.lower_bound


def camps(network: SignedNetwork, *, time_limit: float = TIME_LIMIT, seed: int = 0) -> Camps:
    """The division in any number of camps with the fewest line errors; never more than the frustration index.

        min sum_e f_e  with  f(C) >= 1 for each cycle C that has exactly one hostile tie,  f in {0,1}

    Friends of friends must be in one camp, but rivals of rivals need not: with three camps, all hostile to
    each other, nothing is wrong. So only cycles with a single hostile tie hold an error. They enter where
    a relaxation, and then a mixed-integer programme (HiGHS), violates them.

    Raises
    ------
    InputError : the time limit is not positive.

    Source: J. A. Davis, Human Relations 20 (1967) 181-187; P. Doreian, A. Mrvar, Social Networks 18 (1996)
    149-168; E. D. Demaine and others, Theoretical Computer Science 361 (2006) 172-187 (the programme).
    """
    matrix, ends, deadline = network.matrix, network.ends, deadline_after(time_limit)
    labels = _good_division(matrix, np.random.default_rng(seed))
    cycles, bound = _relaxed(matrix, ends, deadline)
    while line_errors(matrix, labels) > bound and (left := deadline - time.monotonic()) > 0:
        found = milp(
            np.ones(len(ends)), integrality=1, bounds=Bounds(0, 1),
            constraints=LinearConstraint(cycle_rows(list(cycles), len(ends)), 1, np.inf),
            options={"time_limit": left, "mip_rel_gap": 0.0},
        )  # fmt: skip
        if found.mip_dual_bound is not None and math.isfinite(found.mip_dual_bound):
            bound = max(bound, math.ceil(found.mip_dual_bound - 1e-6))
        if found.x is None:
            break
        cover = np.round(found.x)
        labels = min(labels, _kept(matrix, ends, cover), key=lambda one: line_errors(matrix, one))
        fresh = dict.fromkeys(_violated(matrix, ends, cover))
        if not fresh.keys() - cycles.keys():
            break
        cycles |= fresh
    labels = by_size(labels)
    errors = line_errors(matrix, labels)
    return Camps(errors, min(bound, errors), dict(zip(network.nodes, labels.tolist(), strict=True)))


def _good_division(matrix: Matrix, random: np.random.Generator) -> NDArray[np.int64]:
    """The best of several starts of local moves; a pair in one camp is worth its sign."""
    worth, n = matrix.astype(float), len(matrix)
    starts = [np.arange(n), *(random.integers(0, n, size=n) for _ in range(STARTS - 1))]
    return min((settle(worth, start, random) for start in starts), key=lambda one: line_errors(matrix, one))


def _relaxed(matrix: Matrix, ends: NDArray[np.int64], deadline: float) -> tuple[Cycles, int]:
    """The cycles that bind in the relaxation, and the bound that packing them proves (see `pack_cycles`)."""
    cycles, cover, bound = Cycles(), np.zeros(len(ends)), 0
    while time.monotonic() < deadline:
        fresh = dict.fromkeys(_violated(matrix, ends, cover))
        if not fresh.keys() - cycles.keys():
            break
        cycles |= fresh
        rows = cycle_rows(list(cycles), len(ends))
        left = max(deadline - time.monotonic(), 0.1)
        found = linprog(
            np.ones(len(ends)),
            A_ub=-rows,
            b_ub=-np.ones(len(cycles)),
            method="highs-ds",
            options={"time_limit": left},
        )
        if found.status != 0:  # the time is over
            break
        cover, shares = np.maximum(found.x, 0.0), np.maximum(-found.ineqlin.marginals, 0.0)
        packed = float(shares.sum()) / max(1.0, float(np.max(rows.T @ shares)))
        bound = max(bound, math.ceil(packed - CLOSE))
    return cycles, bound


def _violated(
    matrix: Matrix, ends: NDArray[np.int64], cover: NDArray[np.float64]
) -> Iterable[tuple[int, ...]]:
    """For each hostile tie, the shortest way between its ends by friendly ties, where both are covered too little."""
    n, (a, b) = len(matrix), ends.T
    friendly = matrix[a, b] > 0
    number = np.full((n, n), -1, dtype=np.int64)
    number[a, b] = number[b, a] = np.arange(len(ends))
    graph = csr_array((cover[friendly] + SHORT, (a[friendly], b[friendly])), shape=(n, n))
    starts = np.unique(a[~friendly])
    if not starts.size:
        return
    length, before = dijkstra(graph, directed=False, indices=starts, return_predecessors=True, limit=1.0)
    row = {int(start): k for k, start in enumerate(starts)}
    for tie in np.flatnonzero(~friendly).tolist():
        k, at = row[int(a[tie])], int(b[tie])
        if length[k, at] + cover[tie] < 1 - VIOLATED:
            cycle = [tie]
            while at != a[tie]:
                at, last = int(before[k, at]), at
                cycle.append(int(number[at, last]))
            yield tuple(sorted(cycle))


def _kept(matrix: Matrix, ends: NDArray[np.int64], cover: NDArray[np.float64]) -> NDArray[np.int64]:
    """Camps as the friendly ties that stay hold them together."""
    a, b = ends[(matrix[tuple(ends.T)] > 0) & (cover < 0.5)].T
    graph = csr_array((np.ones(len(a)), (a, b)), shape=matrix.shape)
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)

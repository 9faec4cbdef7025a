"""Good partitions fast: from many starts, move the node that gains most until none gains."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree

from multivector.indicators.blocs.graph import cost, orient
from multivector.indicators.blocs.network import Matrix, Sides

STARTS, SHAKES = 32, 20


def descend(matrix: Matrix, starts: Sides) -> Sides:
    """Steepest descent over single moves, from every start [p, i] at once; the best that is reached [i]."""
    sides = starts.copy()
    field = sides.astype(float) @ matrix  # float64 for its fast product; whole numbers stay exact
    rows = np.arange(len(sides))
    while True:
        gain = sides * field
        node = gain.argmin(axis=1)
        moving = np.flatnonzero(gain[rows, node] < 0)
        if not moving.size:
            break
        chosen = node[moving]
        sides[moving, chosen] *= -1
        field[moving] += 2 * sides[moving, chosen][:, None] * matrix[chosen]
    # sides . field is total satisfied less frustrated weight, twice
    best: Sides = sides[(sides * field).sum(axis=1).argmax()]
    return best


def round_cover(matrix: Matrix, ends: NDArray[np.int64], cover: NDArray[np.float64]) -> Sides:
    """Sides that satisfy the ties which a relaxation covers least: a spanning tree of them, then descent."""
    a, b = ends.T
    tree = minimum_spanning_tree(csr_array((cover + 1e-6, (a, b)), shape=matrix.shape))
    used = (tree + tree.T).toarray() > 0
    return descend(matrix, orient(np.where(used, matrix, 0))[None])


def random_descent(matrix: Matrix, seed: int = 0) -> Sides:
    """The best of `STARTS` descents from random sides, then from the best with some nodes moved, `SHAKES` times."""
    random = np.random.default_rng(seed)
    best = descend(matrix, random.choice(np.array([-1, 1]), size=(STARTS, len(matrix))))
    for _ in range(SHAKES):
        moved = random.random((STARTS, len(matrix))) < random.uniform(0.01, 0.3, size=(STARTS, 1))
        best = better(matrix, best, descend(matrix, np.where(moved, -best, best)))
    return best


def better(matrix: Matrix, *candidates: Sides) -> Sides:
    """The candidate that frustrates least."""
    return min(candidates, key=lambda sides: cost(matrix, sides))

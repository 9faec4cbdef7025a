"""All partitions of a weighted block that frustrate least, and which of its nodes never part."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from multivector.indicators.blocs.frustration import least_frustration
from multivector.indicators.blocs.graph import agreement, contract
from multivector.indicators.blocs.network import Matrix, Sides

BY_COUNTING = 18
"""Nodes up to which every partition is simply counted: 2^17 of them."""
MOST = 1024
"""Partitions of one block beyond which no more are listed."""


class Options(NamedTuple):
    """Optimal partitions of a block.

    sides [p, i] : those listed, the first node on +1. complete : whether they are all.
    classes [i] : nodes of one number stand in the same relation in every optimal partition.
    proved : whether that holds for certain; else a class may still fall apart.
    """

    sides: Sides
    complete: bool
    classes: NDArray[np.int64]
    proved: bool


def optimal_sides(matrix: Matrix, deadline: float) -> Options:
    """Every optimal partition of a block for which +1 everywhere is optimal.

    Small blocks by counting, larger ones by branching: hold two nodes together, then apart, and ask each
    time whether the same agreement is still reached. Where there are more than `MOST`, the classes
    are exact all the same: a node is tested against the first of its class.
    """
    goal = int(matrix.sum())
    if len(matrix) <= BY_COUNTING:
        sides = _count(matrix)
        return Options(sides, True, _alike(sides), True)
    found = _branch(matrix, goal, deadline, MOST)
    sides = np.array([np.ones(len(matrix), dtype=np.int64), *found])
    sides = np.unique(sides * sides[:, :1], axis=0)
    if len(sides) <= MOST and time.monotonic() < deadline:
        return Options(sides, True, _alike(sides), True)
    return Options(sides[:MOST], False, *_tested(matrix, goal, sides[:MOST], deadline))


def _count(matrix: Matrix) -> Sides:
    """All minimisers of the cut among the 2^(n-1) partitions.

    A partition is a number whose bit j is the side of node j + 1. The cut of the first j + 1 nodes is that
    of the first j plus the weight from node j to the other side.
    """
    n = len(matrix)
    cut = np.zeros(1, dtype=np.int64)
    for j in range(1, n):
        off = np.zeros(1, dtype=np.int64)  # weight from node j to the nodes that left side +1
        for i in range(1, j):
            off = np.concatenate([off, off + matrix[j, i]])
        cut = np.concatenate([cut + off, cut + matrix[j, :j].sum() - off])
    best = np.flatnonzero(cut == cut.min())
    left = (best[:, None] >> np.arange(n - 1)) & 1
    return np.concatenate([np.ones((len(best), 1), dtype=np.int64), 1 - 2 * left], axis=1)


def _branch(matrix: Matrix, goal: int, deadline: float, most: int) -> list[Sides]:
    """Partitions whose agreement is `goal`, by holding the two nodes of the heaviest tie together and apart."""
    if len(matrix) <= BY_COUNTING:
        # What was held so far may not reach the goal: the best of the rest are counted, then compared.
        sides = _count(matrix)
        return list(sides) if agreement(matrix, sides[0]) == goal else []
    a, b = (int(i) for i in np.unravel_index(np.argmax(np.abs(matrix)), matrix.shape))
    if a == b:  # no tie is left: any two will do
        a, b = 0, 1
    found = list[Sides]()
    for relation in (1, -1):
        if len(found) > most or time.monotonic() > deadline:
            break
        labels, held = _hold(len(matrix), a, b, relation)
        smaller, inner = contract(matrix, labels, held)
        if agreement(smaller, least_frustration(smaller, deadline).sides) + inner == goal:
            rest = _branch(smaller, goal - inner, deadline, most - len(found))
            found += [held * sides[labels] for sides in rest]
    return found


def _tested(matrix: Matrix, goal: int, sides: Sides, deadline: float) -> tuple[NDArray[np.int64], bool]:
    """Classes by test: may a node leave the first of its class without loss? If so, a new witness is found."""
    certain, proved = set[tuple[int, int]](), True
    while True:
        classes = _alike(sides)
        first = [int(np.argmax(classes == label)) for label in classes]
        open_ = [(a, b) for b, a in enumerate(first) if a != b and (a, b) not in certain]
        if not open_ or time.monotonic() > deadline:
            return classes, proved and not open_
        a, b = open_[0]
        labels, held = _hold(len(matrix), a, b, -int(sides[0, a] * sides[0, b]))
        smaller, inner = contract(matrix, labels, held)
        found = least_frustration(smaller, deadline)
        if agreement(smaller, found.sides) + inner == goal:
            sides = np.concatenate([sides, (held * found.sides[labels])[None]])
        else:
            # Agreement cannot pass what the bound leaves: |A'| - 4 bound.
            proved &= int(np.abs(smaller).sum()) - 4 * found.bound + inner < goal
            certain.add((a, b))


def _hold(n: int, a: int, b: int, relation: int) -> tuple[NDArray[np.int64], Sides]:
    """Labels and sides that merge node b into node a, on the same side (+1) or the other (-1)."""
    labels, held = np.arange(n), np.ones(n, dtype=np.int64)
    labels[b], held[b] = a, relation
    return np.unique(labels, return_inverse=True)[1], held


def _alike(sides: Sides) -> NDArray[np.int64]:
    """Number the nodes so that those with the same relation in every partition share a number."""
    relative = sides * sides[:, :1]
    pattern = (relative * relative[:1]).T  # up to sides in the first partition: together or apart, but always
    return np.unique(pattern, axis=0, return_inverse=True)[1].reshape(-1)

"""How firmly two states stand in their relation: a lower bound of what reversing it costs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from multivector.indicators.blocs.frustration import Frustration
from multivector.indicators.blocs.network import Matrix

LARGEST = 2**30
"""Capacities are whole numbers of 32 bits; rounding down keeps the bound valid."""


def firmness(matrix: Matrix, found: Frustration) -> NDArray[np.float64]:
    """At least how many more ties a partition frustrates that reverses the relation of two states [i, i].

    To part two states (or unite them) against the optimal partition, the states that change sides must be
    cut off from the others; each satisfied tie so cut costs its surplus. The cheapest cut is a maximal
    flow, and n - 1 flows give it for all pairs.

    Source: D. Gusfield, SIAM J. Computing 19 (1990) 143-155 (equivalent flow tree).
    """
    satisfied = matrix * found.sides[:, None] * found.sides > 0
    room = np.where(satisfied, found.surplus, 0.0)
    scale = LARGEST / max(1.0, float(room.sum()))
    capacity = csr_array(np.floor(room * scale).astype(np.int32))
    n = len(matrix)
    parent, least = np.zeros(n, dtype=np.int64), np.full((n, n), np.inf)
    for node in range(1, n):
        to = int(parent[node])
        flow = maximum_flow(capacity, node, to)
        left = csr_array((capacity - flow.flow) > 0)
        near = breadth_first_order(left, node, return_predecessors=False)
        moved = near[(near > node) & (parent[near] == to)]
        parent[moved] = node
        least[node, to] = flow.flow_value / scale
    for node in range(1, n):  # a parent comes before its children: the path's least edge is known there
        to = int(parent[node])
        least[node, :node] = np.minimum(least[to, :node], least[node, to])
        least[:node, node] = least[node, :node]
    return np.maximum(least - found.slack, 0.0)

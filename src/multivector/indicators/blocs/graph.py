"""The parts of a signed graph that its frustration falls into: components and biconnected blocks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from multivector.indicators.blocs.network import Matrix, Sides, SignedNetwork


def components(matrix: Matrix) -> NDArray[np.int64]:
    """Which connected component each node is in [i]."""
    _, labels = connected_components(csr_array(matrix != 0), directed=False)
    return np.asarray(labels, dtype=np.int64)


def named_components(network: SignedNetwork) -> tuple[tuple[str, ...], ...]:
    """The states that chains of ties join, the most first; the sides of one component are free of another's."""
    labels = components(network.matrix).tolist()
    named: dict[int, list[str]] = {}
    for node, label in zip(network.nodes, labels, strict=True):
        named.setdefault(label, []).append(node)
    return tuple(sorted(map(tuple, named.values()), key=lambda members: (-len(members), members)))


def blocks(matrix: Matrix) -> list[NDArray[np.int64]]:
    """The biconnected components as node positions, those of a single tie included.

    Every cycle lies in one block, so the least number of frustrated ties is the sum over blocks.

    Source: J. Hopcroft, R. Tarjan, Communications of the ACM 16 (1973) 372-378.
    """
    near = [np.flatnonzero(row).tolist() for row in matrix]
    depth, low = [-1] * len(near), [0] * len(near)
    found: list[NDArray[np.int64]] = []
    for root in range(len(near)):
        if depth[root] >= 0:
            continue
        depth[root] = 0
        path, waiting = [(root, -1, iter(near[root]))], [root]
        while path:
            node, parent, rest = path[-1]
            for other in rest:
                if depth[other] < 0:
                    depth[other] = low[other] = len(path)
                    path.append((other, node, iter(near[other])))
                    waiting.append(other)
                    break
                if other != parent:
                    low[node] = min(low[node], depth[other])
            else:
                path.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[node])
                    if low[node] >= depth[parent]:  # parent cuts off what was met since: a block
                        start = waiting.index(node)
                        found.append(np.array(sorted([parent, *waiting[start:]]), dtype=np.int64))
                        del waiting[start:]
    return found


def orient(matrix: Matrix) -> Sides:
    """Sides [i] that satisfy a spanning forest of `matrix`; the first node of each component is on +1.

    Where the whole graph is balanced they satisfy every tie.
    """
    sides = np.zeros(len(matrix), dtype=np.int64)
    for root in range(len(matrix)):
        if sides[root]:
            continue
        sides[root], waiting = 1, [root]
        while waiting:
            node = waiting.pop()
            fresh = np.flatnonzero((matrix[node] != 0) & (sides == 0))
            sides[fresh] = sides[node] * np.sign(matrix[node, fresh])
            waiting += fresh.tolist()
    return sides


def cost(matrix: Matrix, sides: Sides) -> int:
    """The weight of frustrated ties: friends on different sides and rivals on the same."""
    return int(-np.minimum(matrix * sides[:, None] * sides, 0).sum()) // 2


def agreement(matrix: Matrix, sides: Sides) -> int:
    """x'Ax: satisfied less frustrated weight, each tie counted from both ends; largest where least is frustrated."""
    return int(sides @ matrix @ sides)


def contract(matrix: Matrix, labels: NDArray[np.int64], sides: Sides) -> tuple[Matrix, int]:
    """Merge the nodes of each label, held in the relation that `sides` gives them.

        x_i = sides_i t_label(i)   so that   x'Ax = t'A't + inner   for every t in {-1,+1}^c

    Ties of opposite sign between two groups cancel: whatever the groups do, the lesser of both weights is
    frustrated.

    Returns
    -------
    A' [c, c] and inner, what the ties within the groups add to the agreement.
    """
    member = np.zeros((len(matrix), labels.max() + 1), dtype=np.int64)
    member[np.arange(len(matrix)), labels] = sides
    merged: Matrix = member.T @ matrix @ member
    inner = int(np.trace(merged))
    np.fill_diagonal(merged, 0)
    return merged, inner

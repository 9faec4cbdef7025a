"""Communities of a signed network by signed modularity: more than two camps where the ties show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from multivector.errors import InputError
from multivector.indicators.blocs.network import Matrix, SignedNetwork

RESTARTS = 20
NOISE = 1e-12
"""Gains below this are rounding, not gains."""


@dataclass(frozen=True)
class Communities:
    """A division of a network in camps.

    Attributes
    ----------
    Q_signed : its signed modularity, the highest that was found (not proved the highest).
    community : node -> number of its camp; 0 is the largest.
    line_errors : friendly ties between camps and hostile ties within them.
    """

    Q_signed: float
    community: Mapping[str, int]
    line_errors: int


def signed_modularity(matrix: Matrix, labels: NDArray[np.int64]) -> float:
    """How much more friendship and less hostility a division holds within its camps than chance would.

        Q = sum_ij [ A_ij - (p_i p_j / 2P - n_i n_j / 2N) ] d(c_i, c_j) / (2P + 2N)

    with p_i, n_i the friendly and hostile weight of node i, and P, N their totals in the network.

    Parameters
    ----------
    matrix : signed weights [i, i]. labels : camp of each node [i].

    Source: S. Gómez, P. Jensen, A. Arenas, Physical Review E 80 (2009) 016114.
    """
    return float(_excess(matrix)[labels[:, None] == labels].sum())


def signed_communities(network: SignedNetwork, *, restarts: int = RESTARTS, seed: int = 0) -> Communities:
    """Camps of high signed modularity, by local moves and merging of camps, from several starts.

    Each start moves single nodes in random order to the camp that gains most, then whole camps, until
    nothing gains. The first start is every node alone; later ones shake the best division so far.

    Parameters
    ----------
    restarts : starts; more find a higher Q or the same. seed : one whole number; the same gives the same.

    Raises
    ------
    InputError : fewer than one start.

    Source: V. D. Blondel and others, J. Statistical Mechanics (2008) P10008, on the measure of
    `signed_modularity`; V. A. Traag, J. Bruggeman, Physical Review E 80 (2009) 036115, on camps in
    networks of states.
    """
    if restarts < 1:
        raise InputError(f"{restarts} starts", where="restarts", repair="give at least one")
    excess, random = _excess(network.matrix), np.random.default_rng(seed)
    n, best, highest = len(network.nodes), np.arange(len(network.nodes)), -np.inf
    for start in range(restarts):
        labels = best.copy()
        if start:
            shaken = random.random(n) < random.uniform(0.1, 0.6)
            labels[shaken] = random.integers(0, n, size=int(shaken.sum()))
        labels = settle(excess, labels, random)
        reached = float(excess[labels[:, None] == labels].sum())
        if reached > highest + NOISE:
            highest, best = reached, labels
    best = by_size(best)
    return Communities(
        Q_signed=highest,
        community=dict(zip(network.nodes, best.tolist(), strict=True)),
        line_errors=line_errors(network.matrix, best),
    )


def line_errors(matrix: Matrix, labels: NDArray[np.int64]) -> int:
    """Friendly ties between camps and hostile ties within them.

    Source: P. Doreian, A. Mrvar, Social Networks 18 (1996) 149-168.
    """
    same = labels[:, None] == labels
    return int(np.abs(matrix[same & (matrix < 0)]).sum() + matrix[~same & (matrix > 0)].sum()) // 2


def _excess(matrix: Matrix) -> NDArray[np.float64]:
    """What each pair adds to Q when it is in one camp [i, i]."""
    friendly, hostile = np.maximum(matrix, 0.0), np.maximum(-matrix, 0.0)
    total = friendly.sum() + hostile.sum()
    excess: NDArray[np.float64] = (_beyond_chance(friendly) - _beyond_chance(hostile)) / total
    return excess


def _beyond_chance(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    degree = weights.sum(axis=1)
    return weights - np.outer(degree, degree) / degree.sum() if degree.any() else weights


def settle(
    excess: NDArray[np.float64], labels: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.int64]:
    """Move nodes, then whole camps, until neither gains."""
    while True:
        labels = np.unique(_move(excess, labels, random), return_inverse=True)[1]
        member = np.eye(labels.max() + 1)[labels]
        merged = _move(member.T @ excess @ member, np.arange(member.shape[1]), random)
        if len(np.unique(merged)) == member.shape[1]:
            return labels
        labels = merged[labels]


def _move(
    excess: NDArray[np.float64], labels: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.int64]:
    """Move single nodes to the camp that gains most, in random order, until a whole round gains nothing."""
    n = len(excess)
    labels, own = labels.copy(), np.diag(excess)
    # One empty camp is always among the n: a node may stand alone.
    gain = excess @ np.eye(n)[labels]
    moved = True
    while moved:
        moved = False
        for node in random.permutation(n):
            here = labels[node]
            worth = gain[node].copy()
            worth[here] -= own[node]
            there = int(worth.argmax())
            if worth[there] > worth[here] + NOISE:
                gain[:, here] -= excess[:, node]
                gain[:, there] += excess[:, node]
                labels[node], moved = there, True
    return labels


def by_size(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number the camps by size; of equal ones, by their first node."""
    _, first, where, size = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(size), dtype=np.int64)
    rank[np.lexsort((first, -size))] = np.arange(len(size))
    return rank[where]

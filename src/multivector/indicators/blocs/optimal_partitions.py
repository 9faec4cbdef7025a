"""All optimal partitions of a signed network, or exactly which states differ between them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from multivector.errors import ComputationError
from multivector.indicators.blocs.deadline import deadline_after
from multivector.indicators.blocs.enumerate_block import Options, optimal_sides
from multivector.indicators.blocs.exact import CLOSE
from multivector.indicators.blocs.frustration import TIME_LIMIT, Frustration
from multivector.indicators.blocs.graph import blocks, components, contract, orient
from multivector.indicators.blocs.network import Matrix, Sides, SignedNetwork

FEW = 64
"""Partitions up to which all are listed unless more are asked for."""


@dataclass(frozen=True, eq=False)
class OptimalPartitions:
    """What all partitions with the least frustration have in common, and where they part.

    A connected component may be turned over as a whole without changing anything: partitions are
    counted once for each choice within the components.

    Attributes
    ----------
    partitions : those listed, node -> 0 or 1 (the first node of each component on 0).
    complete : whether they are all.
    count : how many there are; None where it is not known (it is more than are listed).
    classes : states that stand in the same relation in every optimal partition, largest first.
    core : the largest class of each component. differ : the states outside it, whose side is a choice.
    proved : whether classes and so `differ` are exact; else the time was over, and more may differ.
    """

    partitions: tuple[Mapping[str, int], ...]
    complete: bool
    count: int | None
    classes: tuple[tuple[str, ...], ...]
    core: tuple[str, ...]
    differ: tuple[str, ...]
    proved: bool


def optimal_partitions(
    network: SignedNetwork, found: Frustration, *, most: int = FEW, time_limit: float = TIME_LIMIT
) -> OptimalPartitions:
    """All optimal partitions where few, and exactly which states differ between them.

    Ties that the bound shows never to be frustrated hold their ends together; what is merged so leaves a
    small weighted network of groups. Groups whose ties cancel are free of one another, and each
    biconnected block of the rest is settled by itself, so that the number of optimal partitions is a product.

    Parameters
    ----------
    network : as given to `frustration`. found : its result.
    most : partitions to list. time_limit : seconds.

    Raises
    ------
    InputError : the time limit is not positive.
    ComputationError : `found` is not proved optimal, so what else is as good is not known.
    """
    if not found.optimal:
        raise ComputationError(
            f"L lies between {found.lower_bound} and {found.L}: optimal partitions are not known",
            where="frustration",
            repair="give it a longer time limit",
        )
    deadline = deadline_after(time_limit)
    matrix, sides = network.matrix, found.sides
    # A tie with more surplus than slack is frustrated in no optimal partition.
    held = csr_array(found.surplus > found.slack + CLOSE)
    labels = np.asarray(connected_components(held, directed=False)[1], dtype=np.int64)
    groups, _ = contract(matrix, labels, sides)
    settled = [(nodes, optimal_sides(groups[np.ix_(nodes, nodes)], deadline)) for nodes in blocks(groups)]
    parts, whole = components(groups), components(matrix)
    loose = _loose_parts(parts, whole, labels)
    counted = all(options.complete for _, options in settled)
    count = math.prod(len(o.sides) for _, o in settled) * 2 ** len(loose) if counted else None
    listed = [
        tuple((_turned(whole, sides * choice[labels]) < 0).astype(int).tolist())
        for choice in islice(_choices(len(groups), settled, parts, loose), most)
    ]
    classes = _classes(settled, len(groups))[labels]
    core = _core(classes, whole)
    return OptimalPartitions(
        partitions=tuple(dict(zip(network.nodes, sides_, strict=True)) for sides_ in listed),
        complete=counted and count is not None and count <= most,
        count=count,
        classes=_named(network.nodes, classes),
        core=tuple(node for node, inside in zip(network.nodes, core, strict=True) if inside),
        differ=tuple(node for node, inside in zip(network.nodes, core, strict=True) if not inside),
        proved=all(options.proved for _, options in settled),
    )


Settled = list[tuple[NDArray[np.int64], Options]]


def _loose_parts(parts: NDArray[np.int64], whole: NDArray[np.int64], labels: NDArray[np.int64]) -> list[int]:
    """Components of the groups that may turn over against the first one of their network component."""
    of = dict(zip(parts[labels].tolist(), whole.tolist(), strict=True))
    first = {component: part for part, component in sorted(of.items(), reverse=True)}
    return [part for part in sorted(of) if first[of[part]] != part]


def _choices(n: int, settled: Settled, parts: NDArray[np.int64], loose: list[int]) -> Iterator[Sides]:
    """Every combination of the blocks' options and of turning the loose parts over, as sides of the groups [c]."""
    for chosen in product(*(options.sides for _, options in settled)):
        tree: Matrix = np.zeros((n, n), dtype=np.int64)
        for (nodes, _), sides in zip(settled, chosen, strict=True):
            tree[nodes[0], nodes[1:]] = tree[nodes[1:], nodes[0]] = sides[0] * sides[1:]
        base = orient(tree)
        for turns in product((1, -1), repeat=len(loose)):
            sides = base.copy()
            for part, turn in zip(loose, turns, strict=True):
                sides[parts == part] *= turn
            yield sides


def _turned(whole: NDArray[np.int64], sides: Sides) -> Sides:
    """The same partition with the first node of each component on +1."""
    _, first = np.unique(whole, return_index=True)
    turned: Sides = sides * sides[first][whole]
    return turned


def _classes(settled: Settled, n: int) -> NDArray[np.int64]:
    """Groups that never part [c]: within a block as found there, across blocks through their common group."""
    tied = np.zeros((n, n), dtype=bool)
    for nodes, options in settled:
        tied[np.ix_(nodes, nodes)] |= options.classes[:, None] == options.classes
    return np.asarray(connected_components(csr_array(tied), directed=False)[1], dtype=np.int64)


def _core(classes: NDArray[np.int64], whole: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether a node is in the largest class of its component [i]."""
    core = np.zeros(len(classes), dtype=bool)
    for component in range(whole.max() + 1):
        within = whole == component
        core |= within & (classes == np.bincount(classes[within]).argmax())
    return core


def _named(nodes: tuple[str, ...], classes: NDArray[np.int64]) -> tuple[tuple[str, ...], ...]:
    named = [tuple(np.array(nodes, dtype=object)[classes == label]) for label in np.unique(classes)]
    return tuple(sorted(named, key=lambda members: (-len(members), members)))

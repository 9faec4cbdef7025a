"""Exact frustration of the Correlates-of-War networks: ours beside a plain mixed-integer programme, in CPU s."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from lines import line
from multivector.indicators.blocs import SignedNetwork, edges_of, frustration, optimal_partitions

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference" / "signed"


def plain_milp(network: SignedNetwork) -> int:
    """The textbook programme without cuts: a side for each node, a variable for each tie, one node fixed."""
    n, m = len(network.nodes), len(network.ties)
    rows, columns, values, least = list[int](), list[int](), list[int](), list[int]()
    for e, ((a, b), sign) in enumerate(zip(network.ends.tolist(), network.signs.tolist(), strict=True)):
        for turn in (1, -1):  # friends: f >= +-(a - b); rivals: f >= +-(1 - a - b)
            rows += [len(least)] * 3
            columns += [n + e, a, b]
            values += [1, turn, -turn * sign]
            least.append(turn if sign < 0 else 0)
    matrix = csr_array((values, (rows, columns)), shape=(len(least), n + m))
    most = np.ones(n + m)
    most[np.argmax(np.abs(network.matrix).sum(axis=1))] = 0
    found = milp(
        np.r_[np.zeros(n), np.ones(m)],
        constraints=LinearConstraint(matrix, least, np.inf),
        bounds=Bounds(0, most),
        integrality=np.r_[np.ones(n), np.zeros(m)],
    )
    return round(found.fun)


def cpu(call: Callable[[], int]) -> tuple[int, float]:
    """What a call returns, and the CPU seconds that it took."""
    start = time.process_time()
    found = call()
    return found, time.process_time() - start


def main() -> None:
    """One line for the index, one for all optimal partitions on top of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--networks", type=int, default=51, help="how many of the networks")
    most = parser.parse_args().networks
    reference = pl.read_csv(REFERENCE / "cow_frustration_reference.csv").head(most)
    edges = pl.read_csv(REFERENCE / "cow_signed_edges.csv").rename(
        {"source": "key", "a": "source", "b": "target"}
    )
    ours, rival, partitions, same = 0.0, 0.0, 0.0, 0
    for period, wanted in reference.select("period", "L").iter_rows():
        network = edges_of(edges.filter(pl.col("period") == period))
        start = time.process_time()
        found = frustration(network)
        ours += time.process_time() - start
        plain, seconds = cpu(lambda network=network: plain_milp(network))
        rival += seconds
        same += found.optimal and found.L == plain == wanted
        _, seconds = cpu(lambda network=network, found=found: len(optimal_partitions(network, found).differ))
        partitions += seconds
    print(
        line("frustration index, Correlates-of-War networks", ours, "CPU s", rival, "plain MILP (HiGHS)",
             networks=reference.height, proved_and_equal=same)
    )  # fmt: skip
    print(line("all their optimal partitions", partitions, "CPU s"))


if __name__ == "__main__":
    main()

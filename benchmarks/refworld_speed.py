"""RefWorld on our engine beside plain NumPy and plain Mesa: one JSON line a benchmark.

Members per CPU second: processor time over all threads and child processes, noise drawn within it by all,
compilation and the facts outside it for all. The rounds alternate, so that a busy machine slows
everybody; the best round of each counts. Nothing is asserted: tests must not depend on a machine's speed.
"""

from __future__ import annotations

import os

# Small matrices gain nothing from BLAS threads, which burn processor time waiting: best for the rivals.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import importlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lines import line
from refworld import mesa_version, numpy_version
from refworld.facts import Facts, facts

ROUNDS = 5
SEED = 11
FLOOR_MS = 0.19  # CPU ms a member by flops and bytes, had everything been fused perfectly
MEMORY_MEMBERS, MEMORY_LIMIT_GB = 10_000, 0.5
Simulate = Callable[[Facts, int, int], object]


@dataclass(frozen=True)
class Contestant:
    """An engine, how many members it runs a round (about a second's work), and its best times so far."""

    name: str
    simulate: Simulate
    members: int
    cpu_seconds: list[float]
    wall_seconds: list[float]

    def run_round(self, world: Facts) -> None:
        """Run and time `members` members."""
        cpu, wall = cpu_time(), time.perf_counter()
        self.simulate(world, self.members, SEED)
        self.cpu_seconds.append(cpu_time() - cpu)
        self.wall_seconds.append(time.perf_counter() - wall)

    @property
    def members_per_cpu_second(self) -> float:
        return self.members / min(self.cpu_seconds)

    @property
    def members_per_second(self) -> float:
        return self.members / min(self.wall_seconds)


def contestant(name: str, simulate: Simulate, members: int) -> Contestant:
    return Contestant(name, simulate, members, [], [])


def cpu_time() -> float:
    """User and system seconds of this process, all threads, and its finished children."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def rivals() -> list[Contestant]:
    """Plain versions of the same world; the name of a rival says in what precision it runs."""
    import mesa

    return [
        contestant(f"Mesa {mesa.__version__}, plain agents", mesa_version.simulate, 2),
        contestant("NumPy, one member at a time, float32", numpy_version.simulate, 80),
        contestant(
            "NumPy, one member at a time, float64",
            lambda world, members, seed: numpy_version.simulate(world, members, seed, np.float64),
            60,
        ),
    ]


def race(runners: Iterable[Contestant], rounds: int = ROUNDS) -> None:
    """Warm every runner up once, then run them in turn."""
    runners, world = list(runners), facts()
    for runner in runners:
        runner.simulate(world, min(runner.members, 64), SEED)
    for _ in range(rounds):
        for runner in runners:
            runner.run_round(world)


PEAK = """
import resource, sys
from pathlib import Path
from refworld.facts import facts
from refworld.ours import simulate
simulate(facts(), int(sys.argv[1]), 1)
status = Path("/proc/self/status")
if status.is_file():  # Linux hands ru_maxrss on from the process that started this one
    print(next(int(line.split()[1]) * 1024 for line in status.open() if line.startswith("VmHWM")))
else:  # macOS counts bytes
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak_gigabytes(members: int) -> float:
    """Peak resident memory of a fresh process that runs this many members of ours, imports included."""
    command = [sys.executable, "-c", PEAK, str(members)]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1e9


def main() -> None:
    """Race, then print."""
    import jax

    ours_module = importlib.import_module("refworld.ours")
    ours = contestant(ours_module.NAME, ours_module.simulate, 1024)
    quiet = contestant("ours without noise", ours_module.simulate_quiet, 1024)
    others = rivals()
    race([ours, quiet, *others])
    speed = ours.members_per_cpu_second
    for other in others:
        rival = other.members_per_cpu_second
        print(line("RefWorld: speed", speed, "members per CPU second", rival, other.name))
    cost = 1e3 / speed
    print(
        line(
            "RefWorld: cost above the floor",
            cost,
            "CPU ms a member",
            FLOOR_MS,
            "floor by flops and bytes",
            of_which_noise=round(cost - 1e3 / quiet.members_per_cpu_second, 3),
        )
    )
    print(
        line(
            "RefWorld: throughput",
            ours.members_per_second,
            "members per second",
            backend=jax.default_backend(),
        )
    )
    if jax.default_backend() != "cpu":
        large = contestant(ours.name, ours.simulate, 65_536)
        race([large])
        print(line("RefWorld: throughput on a GPU", large.members_per_second, "members per second"))
    peak = peak_gigabytes(MEMORY_MEMBERS)
    print(line(f"RefWorld: peak memory of {MEMORY_MEMBERS:,} members", peak, "GB", MEMORY_LIMIT_GB, "limit"))


if __name__ == "__main__":
    main()

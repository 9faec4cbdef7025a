"""The Spatial Model of Politics: draws a second compiled and in arrays, beside the plain form in the same run."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

import numpy as np

from lines import line
from multivector.bargaining.analysis.families import FAMILIES
from multivector.bargaining.models.smp import SMPOptions, Turns, run_smp
from multivector.bargaining.stakes import Stakes
from multivector.errors import ComputationError

TURNS = 19
"""As many as KTAB's own scenario of 26 actors takes; every draw plays them all here."""
Result = TypeVar("Result")


def timed(call: Callable[[], Result]) -> tuple[Result, float, float]:
    """What a call returns, with its wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = call()
    return found, time.perf_counter() - wall, time.process_time() - cpu


def stakes(n: int, draws: int = 0) -> Stakes:
    """Stakes of made-up actors, and draws about them."""
    rng = np.random.default_rng(7)
    capability, position, salience = (
        rng.uniform(2, 100, n),
        rng.uniform(0, 100, (n, 1)),
        rng.uniform(20, 90, (n, 1)),
    )
    if not draws:
        return Stakes(capability, position, salience)
    return Stakes(
        capability * rng.lognormal(0, 0.1, (draws, n)),
        np.clip(position + rng.normal(0, 5, (draws, n, 1)), 0, 100),
        np.clip(salience + rng.normal(0, 5, (draws, n, 1)), 1, 100),
    )


def best(call: Callable[[], Turns], times: int = 3) -> tuple[Turns, float, float]:
    """The quickest of several calls: others may use the machine too."""
    return min((timed(call) for _ in range(times)), key=lambda found: found[1])


def combined(draws: Stakes, combinations: int = 48, each: int = 42) -> None:
    """Some draws of each of many combinations of options; where no election settles there is nothing to settle."""
    for i, chosen in enumerate(FAMILIES[0].balanced(combinations, np.random.default_rng(7))):
        first = each * i % (len(draws.position) - each)
        with suppress(ComputationError):
            FAMILIES[0].model(chosen).outcome(draws.at(slice(first, first + each)))


def main() -> None:
    """A line for each size."""
    draws, few = 1024, 8
    many, options = stakes(26, draws), SMPOptions(turns=TURNS, quiet=0.0)
    plain, slow, _ = timed(lambda: run_smp(many.at(slice(few)), options, form="plain"))
    _, first, _ = timed(lambda: run_smp(many.at(slice(64)), options, form="compiled"))
    found, wall, cpu = best(lambda: run_smp(many, options, form="compiled"))
    assert found.position.shape[1] == TURNS + 1
    worst = float(np.abs(found.position[:few] - plain.position).max())
    assert worst < 1e-9, f"the two forms differ by {worst}"
    name = "the plain NumPy form"
    more = {"draws_per_cpu_s": round(draws / cpu, 1), "compiling_s": round(first, 2)}
    print(line("26 actors, 19 turns", draws / wall, "draws/s", few / slow, name, 3, **more))
    _, rest, _ = best(lambda: run_smp(many, form="compiled", keep="final"), 2)
    print(line("26 actors, until at rest", draws / rest, "draws/s", digits=3))
    print(line("compiled less plain, largest difference of positions", worst, "points", digits=1))

    some, sixteen = 512, stakes(16, 512)
    _, quick, spent = best(lambda: run_smp(sixteen, form="arrays", keep="final"))
    more = {"draws_per_cpu_s": round(some / spent, 1)}
    print(
        line("16 actors, until at rest, arrays without compiling", some / quick, "draws/s", digits=3, **more)
    )
    _, wall, cpu = timed(lambda: combined(sixteen))
    print(
        line(
            "16 actors, 2,016 draws over 48 combinations of options", wall, "s", digits=3, cpu_s=round(cpu, 2)
        )
    )

    large = stakes(200)
    alone, cold, _ = timed(lambda: run_smp(large, SMPOptions(turns=30), form="compiled"))
    _, warm, _ = timed(lambda: run_smp(large, SMPOptions(turns=30), form="compiled"))
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2)
    turns = int(alone.turns)
    print(
        line(
            "200 actors, one run",
            warm,
            "s",
            digits=3,
            turns=turns,
            with_compiling_s=round(cold, 2),
            peak_memory_gb=peak,
        )
    )


if __name__ == "__main__":
    main()

"""Uncertainty of the ASEM index: our batch beside a plain loop of builds, in CPU seconds of one process."""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from lines import line
from multivector.indicators.composite import build
from multivector.indicators.composite.uncertainty import Plan, assess, evaluate, points, read_plan
from multivector.indicators.composite.uncertainty.case import AGGREGATION, UPSTREAM
from multivector.indicators.composite.uncertainty.nodes import Weighing

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "asem"
RECIPE, DATA, META = (EXAMPLE / name for name in ("recipe.toml", "data.csv", "meta.csv"))
COINR = 99.6  # CPU s of 1,000 samples on two cores of such a machine, recorded in shared/specs/composite.md
Result = TypeVar("Result")


def cpu(call: Callable[[], Result]) -> tuple[Result, float]:
    """What a call returns, and the CPU seconds that it took."""
    start = time.process_time()
    found = call()
    return found, time.process_time() - start


def fresh() -> Plan:
    """A plan that has evaluated nothing yet."""
    return read_plan(RECIPE, DATA, META)


def rebuilt(plan: Plan, draws: np.ndarray) -> np.ndarray:
    """Scores `[s, u]` of samples, each by a build of its own: what the batch is measured against."""
    chosen = plan.chosen(draws)
    scores = []
    for key, u in zip(plan.only(chosen, UPSTREAM | AGGREGATION), draws, strict=True):
        noise = Weighing.of(plan, u[None], chosen[:1]).times
        weights = {code: plan.framework.weight[code] * float(own[0]) for code, own in noise.items()}
        recipe = {**plan.case(tuple(key)).recipe.plain(), "weights": {"values": weights}}
        scores.append(build(recipe, plan.data, plan.framework).scores.sel(element=plan.framework.top).values)
    return np.array(scores)


def main() -> None:
    """A line for each number of samples, beside the loop of builds on a few of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loop", type=int, default=40, help="samples that the plain loop builds")
    loop = parser.parse_args().loop
    few, many = (points(n, len(fresh().factors), seed=1) for n in (1_000, 100_000))
    rebuilt(fresh(), few[:1])  # what is imported on first use is nobody's time

    plan = fresh()
    found, cold = cpu(lambda: evaluate(plan, few))
    _, warm = cpu(lambda: evaluate(plan, few))
    again, large = cpu(lambda: evaluate(fresh(), many))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    assert np.array_equal(again.scores[:1000], found.scores), "the number of samples changed a score"
    _, whole = cpu(lambda: assess(RECIPE, DATA, META, 1_000).frame("ranks"))
    plain, built = cpu(lambda: rebuilt(plan, few[:loop]))
    worst = float(np.abs(plain - found.scores[:loop, :, -1]).max())
    assert worst < 1e-9, f"the batch and the builds differ by {worst}"
    each = built / loop

    name = f"a build for each sample, extrapolated from {loop}"
    recorded = {"coinr_recorded_elsewhere_s": COINR}
    print(line("ASEM, 1,000 samples, every stage", cold, "CPU s", 1e3 * each, name, 3, **recorded))
    print(line("ASEM, 1,000 samples, stages before aggregation in place", warm, "CPU s", 1e3 * each, name, 3))
    print(line("ASEM, 1,000 samples, from files to the table of ranks", whole, "CPU s", digits=3))
    print(line("ASEM, 100,000 samples", large, "CPU s", 1e5 * each, name, 3, peak_memory_gb=round(peak, 2)))
    print(line("batch less builds, largest difference of scores", worst, "points", digits=1))


if __name__ == "__main__":
    main()

"""Where the time of the default brief goes: one JSON line a stage, in the order of the work, then the total.

Start-up is importing the package and its libraries, loading the region and compiling the model; everything
else is work. Nothing is asserted here: tests must not depend on a machine's speed.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lines import line

ARTICLES = Path(__file__).resolve().parents[1] / "examples" / "articles"
MEMBERS = 2000
SECONDS: dict[str, float] = {}


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Time a stage."""
    start = time.perf_counter()
    yield
    SECONDS[name] = SECONDS.get(name, 0.0) + time.perf_counter() - start


def main() -> None:
    """Run the main job stage by stage, as `multivector brief` does."""
    with stage("start-up: imports"):
        from multivector.desk import pipeline, results
        from multivector.desk.cache import keep_compiled_code
        from multivector.evidence import check_claims, read_documents
        from multivector.inference.judge import rerun_negated
        from multivector.inference.track import held_out
        from multivector.world.run import run
        from multivector.world.scenario_file import region_of

        keep_compiled_code()
    with stage("start-up: region and scenario"):
        region, scenario = region_of("russia-arms-shortfall")
    with stage("start-up: compile the model"):
        run(region, scenario, members=1, progress=False)
    with stage("start-up: load the reader"):
        read_documents([ARTICLES / "central-asia-balance.md"], region)
    with stage("read and check the articles"):
        check_claims(read_documents([ARTICLES], region)[1], region)
    with stage(f"simulate 2 x {MEMBERS:,} members"):
        done = run(region, scenario, members=MEMBERS, progress=False)
    with stage("negate every assumption"):
        for assumption in scenario.assumptions:
            rerun_negated(region, done, assumption, results.NEGATION_MEMBERS)
    with stage("score held-out years"):
        held_out(region, members=results.HINDCAST_MEMBERS, progress=False)
    computed = results.compute(region, scenario, [ARTICLES], members=64, seed=7, progress=False)
    with stage("draw and write the page"), tempfile.TemporaryDirectory() as folder:
        pipeline.Brief(pipeline.context_of(computed), computed).write(Path(folder) / "brief.html")
    total = sum(SECONDS.values())
    for name, seconds in SECONDS.items():
        print(line(f"brief: {name}", seconds, "s", share=round(seconds / total, 3)))
    start_up = sum(seconds for name, seconds in SECONDS.items() if name.startswith("start-up"))
    print(line("brief: total", total, "s", start_up=round(start_up / total, 3)))


if __name__ == "__main__":
    main()

"""`multivector run`: a scenario beside its baseline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from multivector.desk.commands.options import (
    InsteadOfNamed,
    Json,
    Members,
    Quiet,
    ScenarioName,
    Seed,
    print_report,
)


def run(
    scenario: ScenarioName,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for run.nc and manifest.json.")],
    members: Members = 2000,
    seed: Seed = 7,
    processes: Annotated[
        int, typer.Option("--processes", min=1, max=64, help="Worker processes, for very long runs.")
    ] = 1,
    region: InsteadOfNamed = "",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run a scenario beside its baseline, paired by common random numbers; a killed run resumes."""
    from multivector.desk.cache import keep_compiled_code
    from multivector.inference.judge import judge
    from multivector.world.run import run as run_scenario
    from multivector.world.scenario_file import region_of

    keep_compiled_code()
    atlas, what = region_of(scenario, region)
    done = run_scenario(
        atlas,
        what,
        members=members,
        seed=seed,
        store=out / "blocks",
        processes=processes,
        progress=not (quiet or as_json),
    )
    path = done.save(out)
    verdicts = [judge(done.data, judgement) for judgement in what.judgements]
    report = {
        "out": str(path),
        "manifest": done.manifest,
        "judgements": [
            {
                "id": verdict.judgement.id,
                "text": verdict.judgement.text,
                "baseline": {"yes": verdict.baseline.yes, "n": verdict.baseline.n},
                "scenario": {"yes": verdict.scenario.yes, "n": verdict.scenario.n},
            }
            for verdict in verdicts
        ],
    }
    lines = [f"{members} paired members, seed {seed} -> {path}"]
    lines += [
        f"  {v.judgement.text}: baseline {v.baseline.yes} of {v.baseline.n}, scenario {v.scenario.yes} of {v.scenario.n}"
        for v in verdicts
    ]
    print_report(report, "\n".join(lines), as_json, quiet)

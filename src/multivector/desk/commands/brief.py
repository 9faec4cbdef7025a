"""`multivector brief`: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from multivector.desk.commands.ledger import default_ledger
from multivector.desk.commands.options import (
    InsteadOfNamed,
    Json,
    Members,
    Quiet,
    ScenarioName,
    Seed,
    print_report,
    refuse_overwriting,
)


def brief(
    scenario: ScenarioName,
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write the brief (one HTML file).")],
    read: Annotated[
        list[Path] | None, typer.Option("--read", help="Documents or folders to read and check; repeatable.")
    ] = None,
    members: Members = 2000,
    seed: Seed = 7,
    region: InsteadOfNamed = "",
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger",
            help="The forecast ledger whose record is printed; $MULTIVECTOR_LEDGER or forecasts.jsonl if there.",
        ),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read, check, measure, run, and write one self-contained HTML brief.

    Each claim in it links to its place in the document: review pages in OUT's folder, named after OUT.
    """
    from multivector.desk.cache import keep_compiled_code
    from multivector.desk.pipeline import make_brief
    from multivector.world.scenario_file import region_of

    keep_compiled_code()
    if ledger is None and default_ledger().exists():
        ledger = default_ledger()
    refuse_overwriting(out, [Path(scenario), *(read or []), *([ledger] if ledger else [])])
    atlas, what = region_of(scenario, region)
    made = make_brief(
        atlas,
        what,
        read or [],
        members=members,
        seed=seed,
        ledger=ledger,
        progress=not (quiet or as_json),
    )
    made.write(out)
    report = {"out": str(out), "bottom_line": made.bottom_line, "manifest": made.manifest}
    print_report(report, f"{out}\n{made.bottom_line}", as_json, quiet)

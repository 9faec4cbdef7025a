"""`multivector region`: look after region folders."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from multivector.desk.commands.options import FINDINGS, Json, Quiet, print_report

app = typer.Typer(no_args_is_help=True, help="Look after region folders.")


@app.command("check", epilog="Example: multivector region check my-region/")
def region_check(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A region folder, or the name of a region.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check a region folder: every fault at once, with file, row, column, value and repair."""
    from multivector.atlas.load import folder_of
    from multivector.desk.region_faults import region_faults

    path = folder_of(folder)
    faults = region_faults(path)
    report = {"folder": str(path), "faults": [asdict(fault) for fault in faults]}
    text = "\n".join(str(fault) for fault in faults) or "no faults"
    print_report(report, text, as_json, quiet)
    if faults:
        raise typer.Exit(FINDINGS)

"""`multivector measure`: where the states stand at a date."""

from __future__ import annotations

from typing import Annotated

import typer

from multivector.desk.commands.options import Json, Quiet, RegionName, print_report

app = typer.Typer(no_args_is_help=True, help="Measure where the region's states stand at a date.")


@app.command(epilog="Example: multivector measure balance --at 2024")
def balance(
    at: Annotated[str, typer.Option("--at", help="A year, a quarter (2021Q4) or a day.")],
    region: RegionName = "central-eurasia",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """How evenly each state's ties are spread over the powers, layer by layer, with bounds."""
    from multivector.atlas import load_region
    from multivector.indicators import measure_balance

    atlas = load_region(region)
    table = measure_balance(atlas, at)
    print_report({**table.as_dict(), "region": f"{atlas.id}@{atlas.version}"}, table.text(), as_json, quiet)

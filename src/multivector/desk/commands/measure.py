"""`multivector measure`: where the states stand at a date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from multivector.desk.commands.options import Json, Quiet, RegionName, print_report

if TYPE_CHECKING:
    from multivector.atlas import Region

At = Annotated[str, typer.Option("--at", help="A year, a quarter (2021Q4) or a day.")]
app = typer.Typer(no_args_is_help=True, help="Measure where the region's states stand at a date.")


@app.command(epilog="Example: multivector measure balance --at 2024")
def balance(
    at: At,
    region: RegionName = "central-eurasia",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """How evenly each state's ties are spread over the powers, layer by layer, with bounds."""
    from multivector.atlas import load_region
    from multivector.indicators import measure_balance

    atlas = load_region(region)
    table = measure_balance(atlas, at)
    _print(atlas, table, as_json, quiet)


@app.command("middle-power", epilog="Example: multivector measure middle-power --at 2024")
def middle_power(
    at: At,
    region: RegionName = "central-eurasia",
    years: Annotated[int, typer.Option(help="Years shown, with common goalposts.")] = 10,
    samples: Annotated[int, typer.Option(help="Draws behind the intervals.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed of the draws.")] = 0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Where each state stands on the factors of a middle power, with intervals of scores and ranks."""
    from multivector.atlas import load_region
    from multivector.indicators.middle_power import measure_middle_power

    atlas = load_region(region)
    table = measure_middle_power(atlas, at, years=years, samples=samples, seed=seed)
    _print(atlas, table, as_json, quiet)


@app.command(epilog="Example: multivector measure power --at 2022")
def power(
    at: At,
    region: RegionName = "central-eurasia",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Capabilities (CINC, with what a missing part would change), net power, influence of powers on states."""
    from multivector.atlas import load_region
    from multivector.indicators.power import measure_power

    atlas = load_region(region)
    table = measure_power(atlas, at)
    _print(atlas, table, as_json, quiet)


@app.command(epilog="Example: multivector measure similarity --at 2018")
def similarity(
    at: At,
    region: RegionName = "central-eurasia",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """How alike states and powers are in their alliances and their votes: S, Scott's pi, kappa, tau-b."""
    from multivector.atlas import load_region
    from multivector.indicators.similarity import measure_similarity

    atlas = load_region(region)
    table = measure_similarity(atlas, at)
    _print(atlas, table, as_json, quiet)


@app.command(epilog="Example: multivector measure blocs --at 2024 --out ties.csv")
def blocs(
    at: At,
    region: RegionName = "central-eurasia",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write the ties as a CSV that `multivector blocs` reads."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """The signed network of the region, each tie with its reason and source, and the camps that it makes."""
    from multivector.atlas import load_region
    from multivector.files import write_text_whole
    from multivector.indicators.blocs import measure_blocs
    from multivector.indicators.blocs.region_network import signed_network
    from multivector.indicators.blocs.words import blocs_text

    atlas = load_region(region)
    ties = signed_network(atlas, at)
    found = measure_blocs(ties.network)
    if out is not None:
        write_text_whole(out, ties.frame("edges").write_csv())
    report = {**ties.as_dict(), "blocs": found.as_dict(), "region": f"{atlas.id}@{atlas.version}"}
    print_report(report, f"{ties.text()}\n\n{blocs_text(found)}", as_json, quiet)


class _Table(Protocol):
    """What every measure of a region gives."""

    def as_dict(self) -> dict[str, Any]: ...

    def text(self) -> str: ...


def _print(atlas: Region, table: _Table, as_json: bool, quiet: bool) -> None:
    print_report({**table.as_dict(), "region": f"{atlas.id}@{atlas.version}"}, table.text(), as_json, quiet)

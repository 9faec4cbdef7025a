"""The command line; a command is a file in `commands/`.

Every command takes `--json` (one JSON document on standard output) and `--quiet`. Exit codes: 0 fine,
1 findings, 2 wrong use, 3 the computation failed. Heavy libraries load inside the commands, so that
`--help` is quick.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from multivector.desk.commands import (
    bargain,
    blocs,
    brief,
    check,
    claims,
    hindcast,
    index,
    ledger,
    levers,
    measure,
    propose,
    read,
    region,
    review,
    run,
    sensitivity,
)
from multivector.desk.commands.options import FINE
from multivector.errors import InputError, MultivectorError, RegionError

app = typer.Typer(
    name="multivector",
    help="A region's geopolitics, executable: read, check, measure, run, brief.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog="Example: multivector read examples/articles --out claims.csv")(read.read)
app.command(epilog="Example: multivector check claims.csv --json")(check.check)
app.command(epilog="Example: multivector review examples/articles -o reviews")(review.review)
app.command(epilog="Example: multivector propose claims.csv --out drafts")(propose.propose)
app.command(
    epilog="Example: multivector run russia-arms-shortfall --members 500 --seed 7 --out runs/shortfall"
)(run.run)
app.command(epilog="Example: multivector sensitivity russia-arms-shortfall --judgement armenia-russia-2025")(
    sensitivity.sensitivity
)
app.command(epilog="Example: multivector levers russia-arms-shortfall --actor KAZ --year 2030")(levers.levers)
app.command(
    epilog="Example: multivector brief russia-arms-shortfall --read examples/articles -o briefs/shortfall.html"
)(brief.brief)
app.command(epilog="Example: multivector hindcast arms_share_5y --json")(hindcast.hindcast)
app.command(
    epilog="Example: multivector index examples/asem/recipe.toml --data examples/asem/data.csv "
    "--meta examples/asem/meta.csv --out asem"
)(index.index)
app.command(epilog="Example: multivector bargain georgia-accession --model smp --turns")(bargain.bargain)
app.command(epilog="Example: multivector blocs ties.csv --around KAZ --json")(blocs.blocs)
app.add_typer(measure.app, name="measure")
app.add_typer(region.app, name="region")
app.add_typer(ledger.app, name="ledger")
app.add_typer(claims.app, name="claims")


def _version(show: bool) -> None:
    if show:
        from multivector import __version__

        print(f"multivector {__version__}")
        raise typer.Exit(FINE)


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A region's geopolitics, executable: read, check, measure, run, brief."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code; no traceback for anything a person gave."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter must not stop us
    try:
        app(given)
    except MultivectorError as error:
        _show(error, "--json" in given)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output left (`| head`): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FINE)
    except MemoryError as error:
        print(f"failed: {error}\n  repair: ask for fewer members, samples or processes", file=sys.stderr)
        sys.exit(MultivectorError.exit_code)
    except OSError as error:
        print(
            f"failed: {error}\n  repair: choose paths that exist, are short enough and can be used",
            file=sys.stderr,
        )
        sys.exit(MultivectorError.exit_code)


def _show(error: MultivectorError, as_json: bool) -> None:
    if as_json:
        report: dict[str, Any] = dict(error.as_dict())
        if isinstance(error, RegionError):
            report["faults"] = [asdict(fault) for fault in error.faults]
        print(json.dumps(report, ensure_ascii=False, indent=2))
    kind = "wrong input" if isinstance(error, InputError) else "failed"
    print(f"{kind}: {error}", file=sys.stderr)

"""What the commands share: options, the report on standard output, exit codes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from multivector.errors import InputError

FINE, FINDINGS = 0, 1  # 2 and 3 come with the errors, see errors.py

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but results and errors.")]
RegionName = Annotated[
    str, typer.Option("--region", help="A region that comes with multivector, or a region folder.")
]
InsteadOfNamed = Annotated[
    str, typer.Option("--region", help="Instead of the region that the scenario names.")
]
ScenarioName = Annotated[
    str, typer.Argument(help="A scenario file (YAML), or the name of one of the region's.")
]
Members = Annotated[int, typer.Option("--members", min=1, help="Paired members of the ensemble.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="One whole number; the same gives the same.")]


def print_report(report: Mapping[str, Any], text: str, as_json: bool, quiet: bool) -> None:
    """The report as one JSON document, or its text, or nothing."""
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2, allow_nan=False))
    elif not quiet:
        print(text)


def refuse_overwriting(out: Path, inputs: Sequence[Path]) -> None:
    """An output must not be one of the inputs."""
    if any(out.exists() and given.is_file() and out.samefile(given) for given in inputs):
        raise InputError("the output is one of the inputs", where=str(out), repair="name another file")

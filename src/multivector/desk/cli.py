"""The command line: read, check, measure, run, brief, region check.

Every command takes `--json` (one JSON document on standard output) and `--quiet`. Exit codes: 0 fine,
1 findings, 2 wrong use, 3 the computation failed. Heavy libraries load inside the commands, so that
`--help` is quick.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from multivector.errors import InputError, MultivectorError, RegionError

FINE, FINDINGS = 0, 1  # 2 and 3 come with the errors, see errors.py

app = typer.Typer(
    name="multivector",
    help="A region's geopolitics, executable: read, check, measure, run, brief.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
measure_app = typer.Typer(no_args_is_help=True, help="Measure where the region's states stand at a date.")
region_app = typer.Typer(no_args_is_help=True, help="Look after region folders.")
app.add_typer(measure_app, name="measure")
app.add_typer(region_app, name="region")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but results and errors.")]
RegionName = Annotated[
    str, typer.Option("--region", help="A region that comes with multivector, or a region folder.")
]
Members = Annotated[int, typer.Option("--members", min=1, help="Paired members of the ensemble.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="One whole number; the same gives the same.")]


@app.command(epilog="Example: multivector read examples/articles --out claims.csv")
def read(
    documents: Annotated[list[Path], typer.Argument(help="Text, Markdown or HTML files, or folders.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write the claims (CSV).")],
    region: RegionName = "central-eurasia",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read documents into claims, each with its exact quote and offsets."""
    from multivector.atlas import load_region
    from multivector.evidence import read_documents, write_claims

    _refuse_overwriting(out, documents)
    read_in, claims = read_documents(documents, load_region(region))
    write_claims(claims, out)
    report = {
        "out": str(out),
        "documents": [
            {
                "doc": document.doc,
                "sha256": document.sha256,
                "claims": sum(claim.doc == document.doc for claim in claims),
            }
            for document in read_in
        ],
        "claims": len(claims),
    }
    _print(report, f"{len(claims)} claims from {len(read_in)} documents -> {out}", as_json, quiet)


@app.command(epilog="Example: multivector check claims.csv --json")
def check(
    claims: Annotated[Path, typer.Argument(help="Claims, as written by `multivector read`.")],
    region: RegionName = "central-eurasia",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check claims against the region's data. Exit code 1 when data refute a claim."""
    from multivector.atlas import load_region
    from multivector.evidence import check_claims, read_claims

    atlas = load_region(region)
    given = read_claims(claims)
    quotes = {claim.id: {"doc": claim.doc, "quote": claim.quote} for claim in given}
    verdicts = check_claims(given, atlas)
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict.verdict] = counts.get(verdict.verdict, 0) + 1
    report = {
        "claims": len(verdicts),
        "region": f"{atlas.id}@{atlas.version}",
        "region_hash": atlas.hash,
        "counts": counts,
        "verdicts": [verdict.as_dict() | quotes[verdict.claim_id] for verdict in verdicts],
    }
    checked = [verdict for verdict in verdicts if verdict.verdict != "not checkable"]
    lines = [
        f"{v.verdict:10} “{quotes[v.claim_id]['quote']}”\n{'':10} {v.query}: {v.computed_text}"
        for v in checked
    ]
    lines.append(", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or "no claims")
    _print(report, "\n".join(lines), as_json, quiet)
    if counts.get("refuted"):
        raise typer.Exit(FINDINGS)


@measure_app.command(epilog="Example: multivector measure balance --at 2024")
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
    _print({**table.as_dict(), "region": f"{atlas.id}@{atlas.version}"}, table.text(), as_json, quiet)


@app.command(
    epilog="Example: multivector run russia-arms-shortfall --members 500 --seed 7 --out runs/shortfall"
)
def run(
    scenario: Annotated[
        str, typer.Argument(help="A scenario file (YAML), or the name of one of the region's.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for run.nc and manifest.json.")],
    members: Members = 2000,
    seed: Seed = 7,
    region: Annotated[
        str, typer.Option("--region", help="Instead of the region that the scenario names.")
    ] = "",
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
        atlas, what, members=members, seed=seed, store=out / "blocks", progress=not (quiet or as_json)
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
    _print(report, "\n".join(lines), as_json, quiet)


@app.command(
    epilog="Example: multivector brief russia-arms-shortfall --read examples/articles -o briefs/shortfall.html"
)
def brief(
    scenario: Annotated[
        str, typer.Argument(help="A scenario file (YAML), or the name of one of the region's.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write the brief (one HTML file).")],
    read: Annotated[
        list[Path] | None, typer.Option("--read", help="Documents or folders to read and check; repeatable.")
    ] = None,
    members: Members = 2000,
    seed: Seed = 7,
    region: Annotated[
        str, typer.Option("--region", help="Instead of the region that the scenario names.")
    ] = "",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read, check, measure, run, and write one self-contained HTML brief."""
    from multivector.desk.cache import keep_compiled_code
    from multivector.desk.pipeline import make_brief
    from multivector.world.scenario_file import region_of

    keep_compiled_code()
    _refuse_overwriting(out, [Path(scenario), *(read or [])])
    atlas, what = region_of(scenario, region)
    made = make_brief(atlas, what, read or [], members=members, seed=seed, progress=not (quiet or as_json))
    made.write(out)
    report = {"out": str(out), "bottom_line": made.bottom_line, "manifest": made.manifest}
    _print(report, f"{out}\n{made.bottom_line}", as_json, quiet)


@region_app.command("check", epilog="Example: multivector region check my-region/")
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
    report = {"folder": str(path), "faults": [_as_dict(fault) for fault in faults]}
    text = "\n".join(str(fault) for fault in faults) or "no faults"
    _print(report, text, as_json, quiet)
    if faults:
        raise typer.Exit(FINDINGS)


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


def _refuse_overwriting(out: Path, inputs: Sequence[Path]) -> None:
    if any(out.exists() and given.is_file() and out.samefile(given) for given in inputs):
        raise InputError("the output is one of the inputs", where=str(out), repair="name another file")


def _as_dict(fault: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(fault)


def _print(report: Mapping[str, Any], text: str, as_json: bool, quiet: bool) -> None:
    if as_json:
        print(json.dumps(report, ensure_ascii=False, indent=2, allow_nan=False))
    elif not quiet:
        print(text)


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
            report["faults"] = [_as_dict(fault) for fault in error.faults]
        print(json.dumps(report, ensure_ascii=False, indent=2))
    kind = "wrong input" if isinstance(error, InputError) else "failed"
    print(f"{kind}: {error}", file=sys.stderr)

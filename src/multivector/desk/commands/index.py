"""`multivector index`: a composite index from its recipe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from multivector.desk.commands.options import Json, Quiet, print_report

if TYPE_CHECKING:
    from multivector.indicators.composite import Composite

SHOWN = 10


def index(
    recipe: Annotated[Path, typer.Argument(help="The recipe, a TOML or YAML file.")],
    data: Annotated[Path, typer.Option("--data", help="CSV: uCode and a column per indicator.")],
    meta: Annotated[Path, typer.Option("--meta", help="CSV: the hierarchy, iCode Parent Type Direction ...")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the stages, ranks and log.")],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build a composite index: every stage, the ranks, and a log of what was done to which cell."""
    from multivector.indicators.composite import build
    from multivector.indicators.composite.files import require_place, write
    from multivector.indicators.composite.statistics import frames

    given = {"recipe": recipe, "data": data, "meta": meta}
    require_place(out, given)
    made = build(recipe, data, meta)
    folder = write(made, out, inputs=given, tables=frames(made))
    report = _report(made, folder)
    print_report(report, _text(report), as_json, quiet)


def _report(made: Composite, folder: Path) -> dict[str, Any]:
    log = made.frame("log")
    done = log.group_by("stage", "action", maintain_order=True).len()
    top = made.frame("ranks").filter(iCode=made.framework.top).sort("rank", "uCode", nulls_last=True)
    columns = [name for name in ("rank", "uCode", "Time", "score") if name in top.columns]
    return {
        "name": made.recipe.name,
        "out": str(folder),
        "units": len(made.units),
        "indicators": len(made.framework.indicators),
        "top": made.framework.top,
        "ranks": top.select(columns).to_dicts(),
        "done": [{"stage": s, "action": a, "entries": n} for s, a, n in done.iter_rows()],
    }


def _text(report: dict[str, Any]) -> str:
    lines = [
        f"{report['name']}: {report['units']} units, {report['indicators']} indicators -> {report['out']}",
        f"  {report['top']}, the first {min(SHOWN, len(report['ranks']))}:",
    ]
    for row in report["ranks"][:SHOWN]:
        place = "  -" if row["rank"] is None else f"{row['rank']:>3}"
        score = "not scored" if row["score"] is None else f"{row['score']:.2f}"
        lines.append(f"  {place}  {row['uCode']:<8}{row.get('Time', ''):<6}{score:>10}")
    lines.append("  done (log.csv says to which cell):")
    lines += [f"    {row['stage']:<12}{row['action']:<24}{row['entries']:>7,}" for row in report["done"]]
    return "\n".join(lines)

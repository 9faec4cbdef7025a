"""`multivector index`: a composite index from its recipe, and how sure it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from multivector.desk.commands.options import Json, Quiet, Seed, print_report

if TYPE_CHECKING:
    import polars as pl

    from multivector.indicators.composite import Composite
    from multivector.indicators.composite.uncertainty import Uncertainty

SHOWN = 10
SPREAD = "scores ranks rank_probabilities pairs sensitivity unit_sensitivity design".split()
"""Tables of the uncertainty, written as `uncertainty_NAME.csv`; in a panel `changes` too."""


def index(
    recipe: Annotated[Path, typer.Argument(help="The recipe, a TOML or YAML file.")],
    data: Annotated[Path, typer.Option("--data", help="CSV: uCode and a column per indicator.")],
    meta: Annotated[Path, typer.Option("--meta", help="CSV: the hierarchy, iCode Parent Type Direction ...")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the stages, ranks and log.")],
    samples: Annotated[
        int, typer.Option("--samples", min=0, help="Evaluate what the recipe varies at so many points.")
    ] = 0,
    seed: Seed = 1,
    intervals: Annotated[
        Path | None, typer.Option("--intervals", help="CSV: uCode, iCode, low, high of values.")
    ] = None,
    vintage: Annotated[
        list[Path] | None,
        typer.Option("--vintage", help="The data as published at another time; repeatable."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build a composite index: every stage, the ranks, and a log of what was done to which cell."""
    from multivector.errors import InputError
    from multivector.indicators.composite import build
    from multivector.indicators.composite.files import require_place, write
    from multivector.indicators.composite.statistics import frames

    vintages = vintage or []
    if (intervals or vintages) and not samples:
        raise InputError(
            "intervals and vintages are for the uncertainty", where="--samples", repair="add `--samples 1000`"
        )
    given = {"recipe": recipe, "data": data, "meta": meta}
    given |= {f"vintage {n}": path for n, path in enumerate(vintages, start=1)}
    given |= {"intervals": intervals} if intervals else {}
    require_place(out, given)
    made = build(recipe, data, meta)
    tables, spread = frames(made), None
    if samples:
        from multivector.indicators.composite.neighbours import neighbour_swaps
        from multivector.indicators.composite.uncertainty import assess

        nodes = made.framework.nodes[:-1]
        spread = assess(
            recipe, data, meta, samples, seed, intervals=intervals, vintages=vintages, elements=nodes
        )
        parts = [*SPREAD, "changes"] if made.data.panel else SPREAD
        tables |= {f"uncertainty_{name}": spread.frame(name) for name in parts}
        tables["uncertainty_swaps"] = neighbour_swaps(made, spread)
    settings = {"samples": samples, "seed": seed} if samples else {}
    folder = write(made, out, inputs=given, tables=tables, settings=settings)
    report = _report(made, spread, folder) | settings
    print_report(report, _text(report), as_json, quiet)


def _report(made: Composite, spread: Uncertainty | None, folder: Path) -> dict[str, Any]:
    import polars as pl

    log = made.frame("log")
    done = log.group_by("stage", "action", maintain_order=True).len()
    top = made.frame("ranks").filter(pl.col("iCode") == made.framework.top)
    units = ["uCode", "Time"] if made.data.panel else ["uCode"]
    columns = ["rank", *units, "score"]
    if spread:
        top = top.join(_interval(spread, made.framework.top, units), on=units, how="left")
        columns += ["rank_q5", "rank_q95"]
    top = top.sort("rank", "uCode", nulls_last=True)
    if made.data.panel:
        top = top.sort("Time", descending=True, maintain_order=True)
    return {
        "name": made.recipe.name,
        "out": str(folder),
        "units": len(made.units),
        "indicators": len(made.framework.indicators),
        "top": made.framework.top,
        "ranks": top.select(columns).to_dicts(),
        "hangs_on": spread.frame("sensitivity").to_dicts() if spread else [],
        "done": [{"stage": s, "action": a, "entries": n} for s, a, n in done.iter_rows()],
    }


def _interval(spread: Uncertainty, top: str, units: list[str]) -> pl.DataFrame:
    import polars as pl

    ranks = spread.frame("ranks").filter(pl.col("iCode") == top)
    return ranks.select(*units, rank_q5="q5", rank_q95="q95")


def _text(report: dict[str, Any]) -> str:
    shown = report["ranks"][:SHOWN]
    lines = [
        f"{report['name']}: {report['units']} units, {report['indicators']} indicators -> {report['out']}",
        f"  {report['top']}, the first {len(shown)}:",
        *(_line(row) for row in shown),
        "  done (log.csv says to which cell):",
    ]
    lines += [f"    {row['stage']:<12}{row['action']:<24}{row['entries']:>7,}" for row in report["done"]]
    return "\n".join([*lines, *_hangs_on(report["hangs_on"])])


def _hangs_on(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    if all(row["total"] is None for row in rows):
        return ["  no rank changes, whatever varies"]
    lines = ["  what the ranks hang on (Sobol' first and total, Shapley; from samples of their own):"]
    for row in rows:
        numbers = (row[name] for name in ("first", "total", "shapley"))
        shares = "".join(f"{'-' if number is None else f'{number:.3f}':>8}" for number in numbers)
        lines.append(f"    {row['factor']:<36}{shares}")
    return lines


def _line(row: dict[str, Any]) -> str:
    place = "  -" if row["rank"] is None else f"{row['rank']:>3}"
    score = "not scored" if row["score"] is None else f"{row['score']:.2f}"
    line = f"  {place}  {row['uCode']:<8}{row.get('Time', ''):<6}{score:>10}"
    if row.get("rank_q5") is None:
        return line
    return f"{line}   rank {row['rank_q5']:.0f} to {row['rank_q95']:.0f} (90 %)"

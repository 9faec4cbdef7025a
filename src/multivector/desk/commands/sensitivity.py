"""`multivector sensitivity`: what a scenario's judgements hang on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any

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

if TYPE_CHECKING:
    import polars as pl

    from multivector.inference.sensitivity import Flip
    from multivector.world.run import Run
    from multivector.world.scenario import Judgement

A_POINT = 0.01  # the standard error that "enough" is for: one run in a hundred
SHOWN = 0.01  # factors with less of the variance, by both measures, are printed as one line
NEGATION_MEMBERS = 1000


def sensitivity(
    scenario: ScenarioName,
    judgement: Annotated[str, typer.Option("--judgement", help="The id of one judgement; all without.")] = "",
    samples: Annotated[
        int, typer.Option("--samples", min=2, help="Rows of the design: a power of two.")
    ] = 512,
    members: Members = 2000,
    seed: Seed = 7,
    region: InsteadOfNamed = "",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """What each judgement hangs on: shares of its variance by factor, what flips it, how many runs are enough."""
    from multivector.desk.cache import keep_compiled_code
    from multivector.fanout import watched
    from multivector.inference.judge import rerun_negated
    from multivector.inference.sensitivity.answer import judged_in, sensitivity_of
    from multivector.world.run import run
    from multivector.world.scenario_file import region_of

    keep_compiled_code()
    atlas, what = region_of(scenario, region)
    judged = judged_in(what, judgement or None)
    shown = not (quiet or as_json)
    table = sensitivity_of(
        atlas, what, judgement=judgement or None, samples=samples, seed=seed, progress=shown
    )
    done = run(atlas, what, members=members, seed=seed, progress=shown)
    fewer = min(members, NEGATION_MEMBERS)
    reruns = (rerun_negated(atlas, done, assumption, fewer) for assumption in what.assumptions)
    negated = list(watched(reruns, len(what.assumptions), "negating assumptions", show=shown))
    reports = [_report(each, done, table, negated, fewer) for each in judged]
    report = {
        "scenario": what.id,
        "samples": samples,
        "members": members,
        "seed": seed,
        "judgements": reports,
    }
    print_report(report, "\n\n".join(_text(each) for each in reports), as_json, quiet)


def _report(
    judgement: Judgement, done: Run, table: pl.DataFrame, negated: list[Any], members: int
) -> dict[str, Any]:
    """Everything that is said of one judgement."""
    import polars as pl

    from multivector.inference.judge import count, select
    from multivector.inference.sensitivity import Precision, find_flip, quantile_error, share_error

    held = count(done.data, judgement, "scenario")
    values = select(done.data, judgement, "scenario")
    precision = Precision(held.share, share_error(held.yes, held.n), held.n, A_POINT)
    before = count(done.data.isel(member=slice(0, members)), judgement, "scenario")
    rows = table.filter(pl.col("judgement") == judgement.id).drop("judgement")
    return {
        "id": judgement.id,
        "text": judgement.text,
        "yes": held.yes,
        "n": held.n,
        "share_error": _number(precision.error),
        "runs_for_a_point": precision.enough if held.n else None,
        "quantity": judgement.quantity,
        "median": _number(_median(values)),
        "median_error": _number(quantile_error(values)),
        "flip": _flip(find_flip(judgement.id, before, negated)),
        "factors": rows.to_dicts(),
    }


def _flip(flip: Flip | None) -> dict[str, Any] | None:
    if flip is None:
        return None
    return {
        "assumption": flip.assumption.id,
        "negated": flip.assumption.negated,
        "flips": flip.flips,
        "before": {"yes": flip.before.yes, "n": flip.before.n},
        "after": {"yes": flip.after.yes, "n": flip.after.n},
        "sure": flip.sure,
    }


def _text(report: dict[str, Any]) -> str:
    """A judgement's report as lines."""
    lines = [report["text"]]
    if report["n"]:
        lines.append(
            f"  in {report['yes']} of {report['n']} runs; standard error {100 * report['share_error']:.1f} points, "
            f"one point takes {report['runs_for_a_point']} runs; "
            f"median {report['quantity']} {report['median']:.3f} (standard error {_decimals(report['median_error'])})"
        )
    lines += [_flip_text(report["flip"])]
    for answer, title in (("holds", "whether it holds"), ("quantity", f"{report['quantity']} itself")):
        rows = [row for row in report["factors"] if row["answer"] == answer]
        lines += [f"  variance of {title}, by factor:", *_factor_lines(rows)]
    return "\n".join(lines)


def _factor_lines(rows: list[dict[str, Any]]) -> list[str]:
    if rows[0]["shapley"] is None:
        return ["    it is the same in all runs: there is no variance to share out"]
    shown = [row for row in rows if max(row["shapley"], row["total"] or 0.0) >= SHOWN]
    lines = [f"    {'factor':<24}{'Shapley':>9}{'error':>8}{'total':>9}{'error':>8}"]
    lines += [
        f"    {row['factor']:<24}{row['shapley']:>9.3f}{_decimals(row['shapley_error']):>8}"
        f"{_decimals(row['total']):>9}{_decimals(row['total_error']):>8}"
        for row in shown
    ]
    if len(shown) < len(rows):
        rest = sum(row["shapley"] for row in rows if row not in shown)
        lines.append(f"    {f'{len(rows) - len(shown)} others':<24}{rest:>9.3f}")
    return lines


def _flip_text(flip: dict[str, Any] | None) -> str:
    if flip is None:
        return "  no assumption could be negated and rerun"
    before, after = (flip[arm]["yes"] / flip[arm]["n"] for arm in ("before", "after"))
    moved = f"{100 * before:.0f} % of runs to {100 * after:.0f} %"
    if flip["flips"]:
        return (
            f"  flips on {flip['assumption']}, negated: {moved} (surely by runs: {100 * flip['sure']:.0f} %)"
        )
    return f"  no negated assumption flips it; {flip['assumption']} moves it most: {moved}"


def _median(values: Any) -> float:
    import numpy as np

    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else float("nan")


def _decimals(value: float | None) -> str:
    """A number of a table; two runs at least are needed for an error."""
    return "unknown" if value is None else f"{value:.3f}"


def _number(value: float) -> float | None:
    """JSON has no NaN: what is not known is null."""
    return value if math.isfinite(value) else None

"""`multivector bargain`: where the stakeholders of one issue settle it, and when."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from multivector.desk.commands.options import Json, Quiet, Seed, print_report, refuse_overwriting
from multivector.errors import InputError

if TYPE_CHECKING:
    from multivector.bargaining.issue import Issue
    from multivector.bargaining.ktab import KtabScenario
    from multivector.bargaining.models.smp import Turns
    from multivector.bargaining.stakes import Stakes

SMP = "smp"
COLUMNS = ("scenario", "turn", "actor_index", "actor", "dimension_index", "position")


def bargain(
    issue: Annotated[str, typer.Argument(help="An issue file (YAML), one of KTAB's (CSV, XML), or a name.")],
    model: Annotated[str, typer.Option("--model", help="One model's settlement; smp is KTAB's.")] = "",
    turns: Annotated[bool, typer.Option("--turns", help="Print positions turn by turn (smp).")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the positions of every turn as CSV (smp).")
    ] = None,
    draws: Annotated[int, typer.Option("--draws", min=1, help="Draws of the cells.")] = 2000,
    seed: Seed = 0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """What each model expects, the calibrated forecast with its interval, and of a question of when, the date."""
    from multivector.bargaining import draw_stakes
    from multivector.bargaining.models.registry import named_model

    read, scenario = _read(issue)
    if model not in ("", SMP):
        named_model(model)
    if out is not None:
        refuse_overwriting(out, [Path(issue)])
    stakes = read.stakes() if scenario is None else scenario.stakes
    name = read.id if scenario is None else scenario.name
    report: dict[str, Any] = {"issue": name, "question": read.question, "actors": stakes.n, "draws": draws}
    lines = [f"{name}: {stakes.n} actors, {', '.join(stakes.dimensions)}"]
    if turns or out is not None:
        played = _played(stakes, scenario)
        rows = played.rows(name)
        report["turns"] = rows
        if turns:
            lines += _turn_lines(played)
        if out is not None:
            _write(out, rows)
    drawn = draw_stakes(read, draws, seed)
    report["models"] = _models(stakes, drawn, model)
    report["forecast"] = _forecast(drawn, model)
    lines += [*_model_lines(report["models"], stakes.dimensions), *_forecast_lines(report["forecast"])]
    if read.is_when:
        report["when"] = _when(read, draws, seed)
        lines += _when_lines(report["when"])
    print_report(report, "\n".join(lines), as_json, quiet)


def _read(name: str) -> tuple[Issue, KtabScenario | None]:
    """The issue, and the KTAB scenario where the file is KTAB's."""
    from multivector.bargaining.issue_file import read_issue
    from multivector.bargaining.ktab_csv import read_ktab_csv
    from multivector.bargaining.ktab_xml import read_ktab_xml

    read = {".csv": read_ktab_csv, ".xml": read_ktab_xml}.get(Path(name).suffix.lower())
    if read is None:
        return read_issue(name), None
    scenario = read(name)
    return scenario.issue(), scenario


def _played(stakes: Stakes, scenario: KtabScenario | None) -> Turns:
    from multivector.bargaining.models.smp import SMPOptions, run_smp

    if scenario is None:
        return run_smp(stakes)
    options = SMPOptions.of(scenario.parameters) if scenario.parameters else None
    return run_smp(stakes, options, follow=scenario.adjustment if scenario.adjustments else None)


def _models(stakes: Stakes, drawn: Stakes, only: str) -> list[dict[str, Any]]:
    """Each model's settlement at the modes, and its 5 %, 50 % and 95 % quantiles over the draws."""
    import numpy as np

    from multivector.bargaining.models.registry import MODELS

    chosen = [m for m in MODELS if not only or m == only or (only == SMP and m.startswith(f"{SMP}-"))]
    rows = list[dict[str, Any]]()
    for name in chosen:
        at_modes, over = MODELS[name].outcome(stakes), MODELS[name].outcome(drawn)
        over = over.reshape(-1, stakes.d)
        low, median, high = np.quantile(over, (0.05, 0.5, 0.95), axis=0)
        rows += [
            {
                "model": name,
                "dimension": dimension,
                "settlement": float(at_modes[k]),
                "low": float(low[k]),
                "median": float(median[k]),
                "high": float(high[k]),
            }
            for k, dimension in enumerate(stakes.dimensions)
        ]
    return rows


def _forecast(drawn: Stakes, only: str) -> dict[str, Any] | None:
    """The calibrated forecast over the draws, and why its record does not speak for the issue."""
    if only:
        return None
    import numpy as np

    from multivector.bargaining.calibration.calibrated import calibrated, interval80, outside
    from multivector.bargaining.calibration.distribution import Distribution

    each = calibrated(drawn).cdf
    pooled = Distribution(each.reshape(-1, *each.shape[-2:]).mean(axis=0))
    low, high = interval80(pooled)
    return {
        "dimensions": [
            {
                "dimension": dimension,
                "median": float(np.atleast_1d(pooled.median)[k]),
                "low80": float(np.atleast_1d(low)[k]),
                "high80": float(np.atleast_1d(high)[k]),
            }
            for k, dimension in enumerate(drawn.dimensions)
        ],
        "outside": outside(drawn),
    }


def _when(issue: Issue, draws: int, seed: int) -> list[dict[str, Any]]:
    """Each reading of how stakeholders' dates are put together: share never, and three quantiles of the date."""
    import math

    from multivector.bargaining.time_to_event import READINGS, time_to_event

    rows = list[dict[str, Any]]()
    for reading in READINGS:
        if reading == "consent" and not issue.consent:
            continue
        waiting = time_to_event(issue, reading=reading, draws=draws, seed=seed).pooled()
        row: dict[str, Any] = {"reading": reading, "never": float(waiting.never)}
        for name, q in (("early", 0.1), ("median", 0.5), ("late", 0.9)):
            years = float(waiting.quantile(q))
            row[name] = waiting.date(years).isoformat() if math.isfinite(years) else None
        rows.append(row)
    return rows


def _turn_lines(played: Turns) -> list[str]:
    names, position = played.stakes.names, played.position
    wide = max(len(name) for name in names)
    lines = [f"{'turn':<{wide}}  " + " ".join(f"{t:>7}" for t in range(position.shape[-3]))]
    for k, dimension in enumerate(played.stakes.dimensions):
        lines.append(dimension)
        lines += [
            f"{name:<{wide}}  " + " ".join(f"{x:7.2f}" for x in position[:, i, k])
            for i, name in enumerate(names)
        ]
    return [*lines, ""]


def _model_lines(rows: list[dict[str, Any]], dimensions: tuple[str, ...]) -> list[str]:
    wide = max(len(row["model"]) for row in rows)
    lines = [f"{'model':<{wide}}  settlement  5 % to 95 % of the draws"]
    for row in rows:
        of = f"  {row['dimension']}" if len(dimensions) > 1 else ""
        lines.append(
            f"{row['model']:<{wide}}  {row['settlement']:>10.2f}  {row['low']:.1f} to {row['high']:.1f}{of}"
        )
    return lines


def _forecast_lines(forecast: dict[str, Any] | None) -> list[str]:
    if forecast is None:
        return []
    lines = ["", "calibrated forecast"]
    for row in forecast["dimensions"]:
        lines.append(
            f"  {row['dimension']}: {row['median']:.0f}, 80 % interval {row['low80']:.0f} to {row['high80']:.0f}"
        )
    if forecast["outside"]:
        lines.append(f"  {forecast['outside']}")
    return lines


def _when_lines(rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        "",
        "when (no track record: priors of the issue file)",
        "reading    never  10 %        median      90 %",
    ]
    lines += [
        f"{row['reading']:<9} {row['never']:>6.0%}  "
        + "  ".join(f"{row[name] or '–':<10}" for name in ("early", "median", "late"))
        for row in rows
    ]
    return lines


def _write(out: Path, rows: list[dict[str, Any]]) -> None:
    from multivector.files import write_text_whole

    if not rows:
        raise InputError("no turn was played", where=str(out), repair="give stakes that disagree")
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    write_text_whole(out, text.getvalue())

"""`multivector ledger`: forecasts stored before the answer is known, and scored when data arrive."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from multivector.desk.commands.options import Json, Quiet, RegionName, print_report
from multivector.errors import InputError

if TYPE_CHECKING:
    from multivector.inference.ledger import Book, Forecast

app = typer.Typer(no_args_is_help=True, help="Store forecasts, resolve them by data, and score them.")

PLACE = "MULTIVECTOR_LEDGER"
HERE = Path("forecasts.jsonl")
LedgerFile = Annotated[
    Path, typer.Option("--ledger", envvar=PLACE, help="The ledger, one JSON line an entry.")
]


def default_ledger() -> Path:
    """The ledger where none is named: what the environment says, else the one in the current folder."""
    return Path(os.environ.get(PLACE) or HERE)


def _day(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is not a day", where=name, repair="write 2027-03-31") from error


@app.command(
    epilog="Example: multivector ledger add --text 'Growth slows' --probability 0.3 "
    "--rule 'gdp_growth KAZ 2026 below 4' --due 2027-12-31"
)
def add(
    text: Annotated[str, typer.Option("--text", help="What is forecast, as a clause.")] = "",
    probability: Annotated[
        float | None, typer.Option("--probability", "-p", help="Between 0 and 1, both excluded.")
    ] = None,
    rule: Annotated[
        str, typer.Option("--rule", help="By what it is resolved: 'arms_share_5y ARM RUS 2026 below 0.5'.")
    ] = "",
    due: Annotated[
        str, typer.Option("--due", help="Day from which it is overdue; the end of the year after the rule's.")
    ] = "",
    base_rate: Annotated[
        float | None, typer.Option("--base-rate", help="Counted in the earlier years when left out.")
    ] = None,
    made: Annotated[str, typer.Option("--made", help="Day of the forecast; today when left out.")] = "",
    key: Annotated[str, typer.Option("--id", help="Its name; made of day and rule when left out.")] = "",
    run: Annotated[
        Path | None, typer.Option("--run", help="Instead: every judgement of a saved run.")
    ] = None,
    scenario: Annotated[
        str, typer.Option("--scenario", help="The run's scenario file, where no region ships it.")
    ] = "",
    arm: Annotated[
        Literal["baseline", "scenario"], typer.Option("--arm", help="Whose runs are counted.")
    ] = "scenario",
    region: Annotated[
        str, typer.Option("--region", help="The region of the rule; the run's own, else central-eurasia.")
    ] = "",
    ledger: LedgerFile = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Store a forecast, or every judgement of a run. What is stored stays."""
    from multivector.inference.ledger import add_forecasts

    if run is not None:
        from multivector.inference.ledger.from_run import forecasts_of_run

        _refuse_mixed(text, probability, rule, base_rate, made)
        forecasts, left = forecasts_of_run(
            run, scenario=scenario, region=region, arm=arm, due=_day(due, "--due"), key=key
        )
    else:
        day = _day(made, "--made")
        forecasts = [_by_hand(text, probability, rule, base_rate, day, _day(due, "--due"), key, region)]
        left = []
    book = add_forecasts(ledger, forecasts)
    lines = [_said(forecast) for forecast in forecasts]
    lines += [f"left out: {each.judgement}: {each.why}" for each in left]
    report = {
        "ledger": str(ledger),
        "added": [forecast.model_dump(mode="json") for forecast in forecasts],
        "left_out": [asdict(each) for each in left],
        "lines": book.lines,
        "head": book.head,
    }
    print_report(report, "\n".join([*lines, _head(book)]), as_json, quiet)


def _refuse_mixed(*given: object) -> None:
    if any(value not in ("", None) for value in given):
        raise InputError(
            "a run brings its own texts, probabilities, rules and base rates",
            where="--run",
            repair="give --run alone (with --scenario, --arm, --due, --id), or a forecast by hand",
        )


def _by_hand(
    text: str,
    probability: float | None,
    rule: str,
    rate: float | None,
    made: date | None,
    due: date | None,
    key: str,
    region: str,
) -> Forecast:
    from multivector.atlas import load_region
    from multivector.inference.ledger import make_forecast, parse_rule

    if not text or probability is None or not rule:
        raise InputError(
            "a forecast needs a text, a probability and a rule",
            where="ledger add",
            repair="give --text, --probability and --rule; or --run FOLDER",
        )
    return make_forecast(
        load_region(region or "central-eurasia"),
        parse_rule(rule),
        text=text,
        probability=probability,
        made=made,
        due=due,
        rate=rate,
        key=key,
    )


def _said(forecast: Forecast) -> str:
    said = f"{forecast.id}\n  {forecast.probability:.3f}  {forecast.text}"
    if forecast.runs is not None:
        supposed = f", given {forecast.runs.condition}" if forecast.runs.condition else ""
        said += f"\n  {forecast.runs.yes:,} of {forecast.runs.n:,} runs under priors{supposed}; (yes + 1) / (n + 2)"
    rate = "none" if forecast.base_rate is None else f"{forecast.base_rate:.3f}"
    said += f"\n  base rate {rate} ({forecast.base_rate_from}); rule '{forecast.rule}'; due {forecast.due}"
    if forecast.hindsight:
        said += "\n  the answer could be known already: kept as hindsight, scored apart"
    return said


def _head(book: Book) -> str:
    return f"{book.lines} line{'s' if book.lines != 1 else ''} in {book.path}, the last {book.head[:12]}"


@app.command("list", epilog="Example: multivector ledger list --json")
def list_(ledger: LedgerFile = HERE, as_json: Json = False, quiet: Quiet = False) -> None:
    """List every forecast with what became of it; every line is checked."""
    from multivector.inference.ledger import open_ledger

    book, today = open_ledger(ledger), date.today()
    rows: list[dict[str, Any]] = []
    lines = []
    for forecast in book.forecasts:
        status = book.status(forecast.id, today)
        said = book.resolutions.get(forecast.id, ())
        rows.append(
            forecast.model_dump(mode="json")
            | {
                "rule": str(forecast.rule),
                "status": status,
                "recorded": book.recorded[forecast.id],
                "resolutions": [each.model_dump(mode="json") for each in said],
            }
        )
        mark = " (hindsight)" if forecast.hindsight else ""
        lines.append(f"{status:8}{forecast.probability:.3f}  due {forecast.due}  {forecast.id}{mark}")
        lines.append(f"{'':8}{forecast.text}")
        lines += [f"{'':8}{'yes' if r.outcome else 'no'} on {r.resolved} by {r.by}: {r.why}" for r in said]
    report = {"ledger": str(ledger), "lines": book.lines, "head": book.head, "forecasts": rows}
    print_report(report, "\n".join([*lines, _head(book)]), as_json, quiet)


@app.command(epilog="Example: multivector ledger resolve --region central-eurasia")
def resolve(
    region: RegionName = "central-eurasia",
    key: Annotated[str, typer.Option("--id", help="By hand: the forecast.")] = "",
    outcome: Annotated[
        Literal["yes", "no"] | None, typer.Option("--outcome", help="By hand: what happened.")
    ] = None,
    source: Annotated[str, typer.Option("--source", help="By hand: where that is written.")] = "",
    by: Annotated[str, typer.Option("--by", help="By hand: who says so.")] = "",
    ledger: LedgerFile = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Resolve what the region's data answer, or one forecast by hand."""
    if key or outcome or source or by:
        _resolve_by_hand(ledger, key, outcome, source, by, as_json=as_json, quiet=quiet)
        return
    from multivector.atlas import load_region
    from multivector.inference.ledger import resolve_by_data

    done = resolve_by_data(ledger, load_region(region))
    report = {
        "ledger": str(ledger),
        "resolved": [each.model_dump(mode="json") for each in done.resolved],
        "revised": [each.model_dump(mode="json") for each in done.revised],
        "open": [asdict(each) for each in done.open],
    }
    lines = []
    for name, group in (("resolved", done.resolved), ("revised", done.revised)):
        lines += [f"{name} {'yes' if each.outcome else 'no'}: {each.id}: {each.why}" for each in group]
    lines += [f"{'overdue' if each.overdue else 'open'}: {each.id}: {each.why}" for each in done.open]
    print_report(report, "\n".join(lines) or "nothing to resolve", as_json, quiet)


def _resolve_by_hand(
    ledger: Path, key: str, outcome: str | None, source: str, by: str, *, as_json: bool, quiet: bool
) -> None:
    from multivector.inference.ledger import resolve_by_hand

    if not (key and outcome and source and by):
        raise InputError(
            "to resolve by hand takes a forecast, an outcome, a source and a name",
            where="ledger resolve",
            repair="give --id, --outcome yes|no, --source and --by; or none of them",
        )
    book = resolve_by_hand(ledger, key, outcome=outcome == "yes", source=source, by=by)
    said = book.resolutions[key]
    report = {
        "ledger": str(ledger),
        "id": key,
        "resolutions": [each.model_dump(mode="json") for each in said],
    }
    revised = " (a revision: the first stays, the last is scored)" if len(said) > 1 else ""
    print_report(report, f"resolved {outcome}: {key}{revised}", as_json, quiet)


@app.command("score", epilog="Example: multivector ledger score --json")
def score_(ledger: LedgerFile = HERE, as_json: Json = False, quiet: Quiet = False) -> None:
    """Score what is resolved: Brier, log score, calibration, beside the base rates."""
    from multivector.desk.ledger_text import counts_of, score_text
    from multivector.inference.ledger import open_ledger, resolved, score

    book = open_ledger(ledger)
    counts = counts_of(book, date.today())
    groups = {
        name: score(resolved(book, hindsight=name == "hindsight")) for name in ("forecasts", "hindsight")
    }
    report = {
        "ledger": str(ledger),
        "lines": book.lines,
        "head": book.head,
        "counts": asdict(counts),
        **{name: None if found is None else asdict(found) for name, found in groups.items()},
    }
    text = score_text(counts, groups["forecasts"], groups["hindsight"])
    print_report(report, text, as_json, quiet)

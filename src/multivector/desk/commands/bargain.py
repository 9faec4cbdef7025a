"""`multivector bargain`: where the stakeholders of one issue settle it, when, and what would change that."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from multivector.desk.commands.options import Json, Quiet, Seed, print_report, refuse_overwriting
from multivector.errors import InputError

if TYPE_CHECKING:
    from multivector.bargaining.bargain import Bargain

NUMBERS = ("turns", "quiet", "seed")  # options of the Spatial Model that are no words
COLUMNS = ("scenario", "turn", "actor_index", "actor", "dimension_index", "position")


def bargain(
    issue: Annotated[str, typer.Argument(help="An issue file (YAML), one of KTAB's (CSV, XML), or a name.")],
    model: Annotated[str, typer.Option("--model", help="One model's settlement; smp is KTAB's.")] = "",
    turns: Annotated[bool, typer.Option("--turns", help="Print positions turn by turn (smp).")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the positions of every turn as CSV (smp).")
    ] = None,
    draws: Annotated[int, typer.Option("--draws", min=1, help="Draws of the cells.")] = 2000,
    spread: Annotated[
        float | None,
        typer.Option(
            "--spread", metavar="PERCENT", help="Half a width for cells that are points, as KTAB's."
        ),
    ] = None,
    option: Annotated[
        list[str] | None,
        typer.Option("--option", help="An option of the Spatial Model, as vote=Cubic; again for more."),
    ] = None,
    process: Annotated[
        bool, typer.Option("--process", help="Who moves whom, and who ends together (smp).")
    ] = False,
    variants: Annotated[
        bool, typer.Option("--variants", help="Draw models and their options along with the cells.")
    ] = False,
    lever: Annotated[
        str, typer.Option("--lever", metavar="ACTOR", help="The actor's most effective move; all for each.")
    ] = "",
    target: Annotated[
        float | None, typer.Option("--target", help="What would have to be true for this outcome.")
    ] = None,
    worth: Annotated[bool, typer.Option("--worth", help="What knowing each cell would be worth.")] = False,
    dimension: Annotated[str, typer.Option("--dimension", help="The dimension that these ask of.")] = "",
    by: Annotated[
        str, typer.Option("--by", metavar="DAY", help="The day that these ask of, in a question of when.")
    ] = "",
    reading: Annotated[
        str, typer.Option("--reading", help="How dates go together there: lottery, effort or consent.")
    ] = "",
    page: Annotated[Path | None, typer.Option("--page", help="Write a page of all this (HTML).")] = None,
    region: Annotated[
        str, typer.Option("--region", help="Where a named issue is: a region, or a region folder.")
    ] = "",
    seed: Seed = 0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """What each model expects, the calibrated forecast with its interval, and of a question of when, the date."""
    from multivector.bargaining.bargain import SMP, bargain_over
    from multivector.desk.bargain.rows import PARTS, Asked, head
    from multivector.desk.bargain.terminal import TEXT, first_line

    _require_apart(issue, region, out, page)
    _require_asked(bool(lever) or target is not None or worth, dimension, by, reading)
    found = bargain_over(
        issue, region=region, draws=draws, seed=seed, options=_options(option or []), spread=spread
    )
    if model not in ("", SMP):
        found.model(model)
    found.dimension(dimension)
    if (by or reading) and not (found.issue.is_when and not model):
        raise InputError(
            "--by and --reading ask of a question of when, and this asks of a settlement",
            where=found.name,
            repair="leave them out, or leave out --model",
        )
    asked = Asked(model, dimension, _day(by), reading, lever or "all", target or 0.0)
    wanted = {
        "turns": turns or out is not None,
        "when": found.issue.is_when and not model,
        "models": True,
        "forecast": not model,
        "variants": variants,
        "process": process,
        "levers": bool(lever),
        "reach": target is not None,
        "worth": worth,
    }
    report = head(found) | {key: PARTS[key](found, asked) for key, yes in wanted.items() if yes}
    lines = [first_line(report)]
    for key in wanted:
        if key in report and (key != "turns" or turns):
            lines += TEXT[key](report)
    if page is not None:  # first, since more can be wrong with it
        _write_page(found, page, region)
        lines.append(f"page -> {page}")
    if out is not None:
        _write(out, report["turns"])
    print_report(report, "\n".join(lines), as_json, quiet)


def _require_apart(issue: str, region: str, out: Path | None, page: Path | None) -> None:
    """Refuse outputs that are one file, or one of those that the issue is read from."""
    from multivector.bargaining.issue_file import issue_files

    if out is not None and page is not None and out.resolve() == page.resolve():
        raise InputError("--out and --page are one file", where=str(out), repair="name two files")
    for written in (out, page):
        if written is not None:
            refuse_overwriting(written, issue_files(issue, region))


def _require_asked(something: bool, dimension: str, by: str, reading: str) -> None:
    """Refuse what narrows a question that nothing asks."""
    given = [
        name for name, value in (("--dimension", dimension), ("--by", by), ("--reading", reading)) if value
    ]
    if given and not something:
        raise InputError(
            f"{' and '.join(given)}: nothing is asked that this narrows",
            repair="add --lever, --target or --worth",
        )


def _options(given: list[str]) -> dict[str, Any]:
    """Options of the Spatial Model from `name=value`; several defects are joined by commas."""
    values = dict[str, Any]()
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not value:
            raise InputError(f"--option {each!r} is no name=value", repair="write it as vote=Cubic")
        if name == "defects":
            values[name] = tuple(value.split(","))
        else:
            values[name] = _number(value) if name in NUMBERS else value
    return values


def _number(value: str) -> float | str:
    """A whole or a decimal number; what is none stays as it is, for the error to show."""
    try:
        return int(value)
    except ValueError:
        try:
            return float(value)
        except ValueError:
            return value


def _day(by: str) -> dt.date | None:
    if not by:
        return None
    try:
        return dt.date.fromisoformat(by)
    except ValueError as error:
        raise InputError(f"--by {by!r} is no day", repair="write it as 2030-12-31") from error


def _write_page(found: Bargain, page: Path, region: str) -> None:
    """A page on the issue; the sources of the region that it belongs to are looked up."""
    from multivector.atlas import load_region
    from multivector.desk.bargain.page import write_bargain

    belongs = region or found.issue.region
    write_bargain(found, page, load_region(belongs) if belongs else None)


def _write(out: Path, rows: list[dict[str, Any]]) -> None:
    from multivector.files import write_text_whole

    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    write_text_whole(out, text.getvalue())

"""`multivector hindcast`: past years forecast from the years before them, models beside baselines."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from multivector.desk.commands.options import Json, Quiet, RegionName, Seed, print_report

if TYPE_CHECKING:
    from multivector.inference.hindcast import Hindcast

Out = Annotated[Path | None, typer.Option("--out", "-o", help="Also write the rows to this CSV file.")]
Docs = Annotated[
    Path | None, typer.Option("--docs", help="Also write the page and its figures into this folder.")
]


def hindcast(
    family: Annotated[
        str | None, typer.Argument(help="One family of series; all of them when left out.")
    ] = None,
    out: Out = None,
    docs: Docs = None,
    region: RegionName = "central-eurasia",
    seed: Seed = 7,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Forecast past years from the years before them and score models beside baselines.

    Nothing dated after an origin is used. Rows have the columns of the protocol; `--json` adds log scores,
    intervals of the difference to the best baseline, and slices by origin and target year. What was
    computed is kept, so that a second call is quick.
    """
    from multivector.atlas import load_region
    from multivector.desk.cache import keep_compiled_code, remembered
    from multivector.inference.hindcast import FAMILIES, hindcast
    from multivector.inference.hindcast.families import check_name

    if family is not None:
        check_name(family)
    keep_compiled_code()
    atlas = load_region(region)
    names = [family] if family else list(FAMILIES)
    done = [hindcast(atlas, name, seed=seed, remember=remembered) for name in names]
    report = _report(done, f"{atlas.id}@{atlas.version}", atlas.hash, seed)
    if out is not None:
        _write(out, report["rows"])
    if docs is not None:
        from multivector.desk.hindcast_page import write_page

        write_page(docs, done, report)
    print_report(report, _text(done), as_json, quiet)


def _report(done: list[Hindcast], region: str, region_hash: str, seed: int) -> dict[str, Any]:
    """Rows of all families, what stands beside them, and what it all depends on."""
    from multivector.world.ensemble import code_hash

    report: dict[str, Any] = {
        "region": region,
        "region_hash": region_hash,
        "code_hash": code_hash(),
        "seed": seed,
        "vintages": {one.family.name: one.family.about for one in done},
        "rows": [row for one in done for row in one.rows],
    }
    for one in done:
        for key, part in one.as_dict().items():
            report.setdefault(key, []).extend(part)
    return report


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    from multivector.files import write_text_whole
    from multivector.inference.hindcast.rows import COLUMNS

    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    write_text_whole(path, text.getvalue())


def _text(done: list[Hindcast]) -> str:
    """A readable table of the rolling protocol, and what each model earns."""
    from multivector.desk.hindcast_table import family_text

    return "\n\n".join(family_text(one) for one in done)

"""`multivector propose`: from claims to rows that a person may put into a region."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from multivector.desk.commands.options import Json, Quiet, RegionName, print_report
from multivector.errors import InputError


def propose(
    claims: Annotated[Path, typer.Argument(help="Claims, as written by `multivector read`.")],
    region: RegionName = "central-eurasia",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FOLDER", help="Write the drafts as CSV files.")
    ] = None,
    accept: Annotated[
        str | None, typer.Option("--accept", metavar="CLAIM_ID", help="Put this claim's rows into --region.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who accepts.")] = "",
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="COLUMN=VALUE", help="A cell that the claim does not give; repeatable."
        ),
    ] = None,
    stakeholders: Annotated[
        str | None, typer.Option(metavar="ISSUE", help="Draft the stakeholder table of an issue instead.")
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Draft rows of the region's tables from claims; a person accepts them one by one."""
    from multivector.evidence import read_claims

    if accept is None and (by or given):
        raise InputError(
            "--by and --set belong to --accept", where="propose", repair="name the claim: --accept CLAIM_ID"
        )
    if accept is not None and (out is not None or stakeholders is not None):
        raise InputError("--accept goes alone", where="propose", repair="leave out --out and --stakeholders")
    found = read_claims(claims)
    if accept is not None:
        report, text = _accepted(found, claims, accept, region, by, given or [])
    elif stakeholders is not None:
        report, text = _stakeholders(found, region, stakeholders, out)
    else:
        report, text = _proposed(found, region, out)
    print_report(report, text, as_json, quiet)


def _accepted(
    found: list[Any], file: Path, claim_id: str, region: str, by: str, given: list[str]
) -> tuple[dict[str, Any], str]:
    from multivector.desk.region_faults import region_faults
    from multivector.evidence.proposing import accept

    if not by:
        raise InputError("a person accepts, not a program", where="--accept", repair="say who: --by NAME")
    cells = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not (name and sign):
            raise InputError(
                "is not COLUMN=VALUE", where=f"--set {each}", repair="such as --set from=2015-01"
            )
        cells[name.strip()] = value.strip()
    done = accept(found, claim_id, region, by=by, given=cells, check=region_faults, where=str(file))
    lines = [
        f"{Path(region) / done.file}: {len(done.rows)} row{'s' if len(done.rows) != 1 else ''} added, source {done.source}"
    ]
    lines += ["  " + ",".join(row.values()) for row in done.rows]
    return {"accepted": claim_id, "by": by, **asdict(done)}, "\n".join(lines)


def _proposed(found: list[Any], region: str, out: Path | None) -> tuple[dict[str, Any], str]:
    from multivector.atlas import load_region
    from multivector.evidence import check_claims
    from multivector.evidence.proposing import propose_rows
    from multivector.evidence.proposing.draft_files import row_of, write_proposals

    atlas = load_region(region)
    drafted = propose_rows(found, atlas, check_claims(found, atlas))
    files = [str(file) for file in write_proposals(drafted, out)] if out is not None else []
    lines = []
    for each in drafted.rows:
        lines.append(f"{each.table}: {row_of(each.cells)}")
        lines.append(f"  claim {each.claim.id}, confidence {each.confidence}: “{each.claim.quote}”")
        if each.lacks:
            lines.append(f"  lacks {', '.join(each.lacks)}")
    reasons: dict[str, list[Any]] = {}
    for left in drafted.left_out:
        reasons.setdefault(left.reason, []).append(left)
    for left in (left for reason in ("refuted", "held") for left in reasons.get(reason, [])):
        lines.append(f"left out, {left.reason}: “{left.claim.quote}”: {left.why}")
    counts = {reason: len(each) for reason, each in reasons.items()}
    listed = ", ".join(f"{count} {reason}" for reason, count in counts.items())
    rows = len(drafted.rows)
    lines.append(f"{rows} row{'' if rows == 1 else 's'} proposed; claims left out: {listed or 'none'}")
    lines += files
    report = {
        "region": f"{atlas.id}@{atlas.version}",
        "proposed": [
            {
                "table": each.table,
                "row": dict(each.cells),
                "lacks": list(each.lacks),
                "claim_id": each.claim.id,
                "quote": each.claim.quote,
                "confidence": each.confidence,
                "grounds": each.grounds,
                "note": each.note,
                "also": list(each.also),
            }
            for each in drafted.rows
        ],
        "left_out": [
            {"claim_id": each.claim.id, "reason": each.reason, "why": each.why, "quote": each.claim.quote}
            for each in drafted.left_out
        ],
        "files": files,
    }
    return report, "\n".join(lines)


def _stakeholders(found: list[Any], region: str, issue: str, out: Path | None) -> tuple[dict[str, Any], str]:
    from multivector.atlas import load_region
    from multivector.evidence import check_claims
    from multivector.evidence.proposing import draft_stakeholders
    from multivector.evidence.proposing.draft_files import write_stakeholders

    if not issue.strip():
        raise InputError("the issue is empty", where="--stakeholders", repair="write it in a few words")
    atlas = load_region(region)
    cells = draft_stakeholders(found, atlas, issue, check_claims(found, atlas))
    files = [str(write_stakeholders(cells, out))] if out is not None else []
    lines = [
        f"{cell.actor}, {cell.attribute}: "
        + (f"{cell.says} ({cell.confidence}, “{cell.quote}”)" if cell.quote else cell.note)
        for cell in cells
    ]
    empty = sum(cell.evidence_kind == "none" for cell in cells)
    lines.append(
        f"{len(cells)} cells of {len(cells) // 3} actors; {empty} are empty, and no number is made up"
    )
    return {"issue": issue, "cells": [asdict(cell) for cell in cells], "files": files}, "\n".join(
        lines + files
    )

"""`multivector check`: claims against data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from multivector.desk.commands.options import FINDINGS, Json, Quiet, RegionName, print_report


def check(
    claims: Annotated[Path, typer.Argument(help="Claims, as written by `multivector read`.")],
    region: RegionName = "central-eurasia",
    store: Annotated[
        str, typer.Option("--store", help="Keep claims and verdicts in this ledger (`multivector claims`).")
    ] = "",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check claims against the region's data, and against one another. Exit code 1 when data refute a claim."""
    from multivector.atlas import load_region
    from multivector.evidence import check_claims, find_contradictions, read_claims

    atlas = load_region(region)
    given = read_claims(claims)
    verdicts = check_claims(given, atlas)
    contradictions = find_contradictions(given, verdicts)
    if store:
        from multivector.evidence.store import ClaimStore

        ClaimStore(store, create=True).add(given, verdicts=verdicts)
    counts: dict[str, int] = {}
    for verdict in verdicts:
        counts[verdict.verdict] = counts.get(verdict.verdict, 0) + 1
    report = {
        "claims": len(verdicts),
        "region": f"{atlas.id}@{atlas.version}",
        "region_hash": atlas.hash,
        "counts": counts,
        "verdicts": [
            verdict.as_dict() | {"doc": claim.doc, "quote": claim.quote}
            for claim, verdict in zip(given, verdicts, strict=True)
        ],
        "contradictions": [pair.as_dict() for pair in contradictions],
    }
    lines = [
        f"{v.verdict:10} “{claim.quote}”\n{'':10} {v.query}: {v.computed_text}"
        for claim, v in zip(given, verdicts, strict=True)
        if v.verdict != "not checkable"
    ]
    lines += [
        f"{'apart':10} “{pair.first.quote}” ({pair.first.doc})\n{'':10} “{pair.second.quote}” ({pair.second.doc})"
        f"\n{'':10} cannot both hold: {pair.why}"
        for pair in contradictions
    ]
    total = ", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or "no claims"
    apart = f"; {len(contradictions)} contradictions" if contradictions else ""
    lines.append(total + apart)
    print_report(report, "\n".join(lines), as_json, quiet)
    if counts.get("refuted"):
        raise typer.Exit(FINDINGS)

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
    """Check claims against the region's data. Exit code 1 when data refute a claim."""
    from multivector.atlas import load_region
    from multivector.evidence import check_claims, read_claims

    atlas = load_region(region)
    given = read_claims(claims)
    quotes = {claim.id: {"doc": claim.doc, "quote": claim.quote} for claim in given}
    verdicts = check_claims(given, atlas)
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
        "verdicts": [verdict.as_dict() | quotes[verdict.claim_id] for verdict in verdicts],
    }
    checked = [verdict for verdict in verdicts if verdict.verdict != "not checkable"]
    lines = [
        f"{v.verdict:10} “{quotes[v.claim_id]['quote']}”\n{'':10} {v.query}: {v.computed_text}"
        for v in checked
    ]
    lines.append(", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or "no claims")
    print_report(report, "\n".join(lines), as_json, quiet)
    if counts.get("refuted"):
        raise typer.Exit(FINDINGS)

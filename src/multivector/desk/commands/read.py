"""`multivector read`: documents into claims."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from multivector.desk.commands.options import Json, Quiet, RegionName, print_report, refuse_overwriting


def read(
    documents: Annotated[list[Path], typer.Argument(help="Text, Markdown or HTML files, or folders.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write the claims (CSV).")],
    region: RegionName = "central-eurasia",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read documents into claims, each with its exact quote and offsets."""
    from multivector.atlas import load_region
    from multivector.evidence import read_documents, write_claims

    refuse_overwriting(out, documents)
    read_in, claims = read_documents(documents, load_region(region))
    write_claims(claims, out)
    report = {
        "out": str(out),
        "documents": [
            {
                "doc": document.doc,
                "sha256": document.sha256,
                "claims": sum(claim.doc == document.doc for claim in claims),
            }
            for document in read_in
        ],
        "claims": len(claims),
    }
    print_report(report, f"{len(claims)} claims from {len(read_in)} documents -> {out}", as_json, quiet)

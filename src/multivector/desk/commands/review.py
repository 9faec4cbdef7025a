"""`multivector review`: a page a document, its claims beside its text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from multivector.desk.commands.options import Json, Quiet, RegionName, print_report


def review(
    documents: Annotated[list[Path], typer.Argument(help="The documents, or folders with them.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Where to write the pages.")],
    claims: Annotated[
        Path | None,
        typer.Option("--claims", help="Claims of these documents, instead of reading them anew (CSV)."),
    ] = None,
    region: RegionName = "central-eurasia",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write an HTML page for each document: the text, its claims highlighted by verdict, a card for each."""
    from multivector.atlas import load_region
    from multivector.desk.review import review_documents

    atlas = load_region(region)
    made = review_documents(documents, atlas, out, claims=claims)
    report = {
        "out": str(out),
        "region": f"{atlas.id}@{atlas.version}",
        "pages": [
            {"doc": page.doc, "file": str(page.file), "claims": page.claims, "counts": page.counts}
            for page in made.pages
        ],
        "without_document": made.without_document,
    }
    lines = [
        f"{page.file}: {page.claims} claims"
        + "".join(f", {count} {verdict}" for verdict, count in page.counts.items())
        for page in made.pages
    ]
    if made.without_document:
        lines.append(f"{made.without_document} claims are from documents that were not named")
    print_report(report, "\n".join(lines), as_json, quiet)

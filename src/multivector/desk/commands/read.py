"""`multivector read`: documents into claims."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from multivector.desk.commands.options import Json, Quiet, RegionName, print_report, refuse_overwriting
from multivector.errors import InputError

if TYPE_CHECKING:
    from multivector.evidence import Claim, Document
    from multivector.evidence.reading.gazetteer import Gazetteer
    from multivector.evidence.reading.protocol import Reader, Reading


class ReaderName(StrEnum):
    """The readers there are."""

    RULES = "rules"
    LLM = "llm"


def read(
    out: Annotated[Path, typer.Option("--out", "-o", help="Where to write the claims (CSV).")],
    documents: Annotated[
        list[str] | None,
        typer.Argument(help="Text, Markdown, HTML, PDF, Word, RSS or Atom files, folders, or addresses."),
    ] = None,
    addresses: Annotated[
        Path | None, typer.Option("--addresses", help="A file with an address a line, read as well.")
    ] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="Fetch addresses; without it nothing is.")] = False,
    processes: Annotated[int, typer.Option("--processes", min=1, max=64, help="Processes to read with.")] = 1,
    reader: Annotated[
        ReaderName, typer.Option("--reader", help="By rules, offline, or by a language model.")
    ] = ReaderName.RULES,
    endpoint: Annotated[
        str, typer.Option("--endpoint", help="For --reader llm: an OpenAI chat protocol address.")
    ] = "",
    model: Annotated[str, typer.Option("--model", help="For --reader llm: the model's name there.")] = "",
    cache: Annotated[
        Path | None, typer.Option("--cache", help="For --reader llm: a folder that keeps its answers.")
    ] = None,
    region: RegionName = "central-eurasia",
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read documents into claims, each with its exact quote and offsets."""
    from multivector.atlas import load_region
    from multivector.evidence import write_claims
    from multivector.evidence.documents.address import is_address
    from multivector.evidence.documents.corpus import corpus_of
    from multivector.evidence.documents.fetch import Fetch
    from multivector.evidence.documents.language import READ, language_name
    from multivector.evidence.documents.sources import addresses_in
    from multivector.evidence.read_each import read_each
    from multivector.evidence.reading.gazetteer import Gazetteer
    from multivector.fanout import watched

    named = [*(documents or ()), *(addresses_in(addresses) if addresses else ())]
    if not named:
        raise InputError(
            "no document was named",
            where="multivector read",
            repair="name files, folders or addresses, or a list of addresses with --addresses",
        )
    refuse_overwriting(out, [Path(name) for name in named if not is_address(name)] + [addresses or Path()])
    gazetteer = Gazetteer.from_table(load_region(region).table("gazetteer"))
    chosen = _reader(reader, gazetteer, endpoint, model, cache)
    rows: list[dict[str, Any]] = []
    skipped: list[dict[str, str]] = []

    with corpus_of(named, Fetch() if fetch else None) as corpus:
        readings = read_each(corpus, chosen, min(processes, len(corpus)))

        def claims() -> Iterator[Claim]:
            for document, reading in watched(readings, len(corpus), "reading", show=not (quiet or as_json)):
                rows.append(_row(document, reading))
                if document.language not in READ:
                    why = f"it is in {language_name(document.language)}; only English is read"
                    skipped.append({"doc": document.doc, "why": why})
                yield from reading.claims

        write_claims(claims(), out)

    for document in skipped:
        print(f"skipped: {document['doc']}: {document['why']}", file=sys.stderr)
    number, rejected = sum(row["claims"] for row in rows), sum(row["rejected"] for row in rows)
    report = {
        "out": str(out),
        "documents": rows,
        "claims": number,
        "rejected": rejected,
        "skipped": skipped,
    }
    what = "passages left out" if reader is ReaderName.RULES else "proposals and passages rejected"
    refused = f"; {rejected} {what} (--json says which and why)" if rejected else ""
    print_report(report, f"{number} claims from {len(rows)} documents -> {out}{refused}", as_json, quiet)


def _row(document: Document, reading: Reading) -> dict[str, Any]:
    """What `--json` says of one document."""
    return {
        "doc": document.doc,
        "sha256": document.sha256,
        "claims": len(reading.claims),
        "rejected": len(reading.rejected),
        "rejections": [{"quote": r.quote, "why": r.why} for r in reading.rejected],
        "language": document.language,
        "addresses": list(document.addresses),
    }


def _reader(kind: ReaderName, gazetteer: Gazetteer, endpoint: str, model: str, cache: Path | None) -> Reader:
    if kind is ReaderName.RULES:
        if endpoint or model or cache:
            raise InputError(
                "--endpoint, --model and --cache belong to the reader by a language model",
                where="multivector read",
                repair="add --reader llm, or leave them out",
            )
        from multivector.evidence.reading.reader import RuleReader

        return RuleReader(gazetteer)
    if not (endpoint and model):
        raise InputError(
            "the reader by a language model needs to know where it is and which",
            where="multivector read --reader llm",
            repair="give both, such as --endpoint http://localhost:8000/v1 --model NAME",
        )
    from multivector.evidence.llm import LanguageModelReader

    return LanguageModelReader(gazetteer, endpoint, model, cache)

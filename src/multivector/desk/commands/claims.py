"""`multivector claims`: the ledger of claims, what data say of them, and what curators decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from multivector.desk.commands.options import FINDINGS, Json, Quiet, RegionName, print_report
from multivector.errors import ClaimsError

if TYPE_CHECKING:
    from multivector.evidence import Document

app = typer.Typer(no_args_is_help=True, help="Keep claims, curate them, and see how far each is believed.")

PLACE = "MULTIVECTOR_CLAIMS"
HERE = "claims.sqlite"
Store = Annotated[
    str, typer.Option("--store", envvar=PLACE, help="The ledger: a file, or the URL of a database.")
]


class Action(StrEnum):
    """What a curator may decide."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"


@app.command(epilog="Example: multivector claims add claims.csv --documents examples/articles --check")
def add(
    claims: Annotated[Path, typer.Argument(help="Claims, as written by `multivector read`.")],
    documents: Annotated[
        list[str] | None,
        typer.Option("--documents", help="The documents read, or their folder; as often as needed."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Check the claims and store the verdicts.")] = False,
    reader: Annotated[
        str, typer.Option("--reader", help="Who read them; taken from the claims' notes when left out.")
    ] = "",
    version: Annotated[str, typer.Option("--reader-version", help="The reader's version.")] = "",
    region: RegionName = "central-eurasia",
    store: Store = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Store claims with their documents. What is stored stays; the same claims again add nothing."""
    from multivector.desk.claims_text import added_text
    from multivector.evidence import check_claims, read_claims
    from multivector.evidence.store import ClaimStore

    given = read_claims(claims)
    read_in = _documents(documents or ())
    verdicts = []
    if check:
        from multivector.atlas import load_region

        verdicts = check_claims(given, load_region(region))
    kept = ClaimStore(store, create=True)
    added = kept.add(given, read_in, verdicts=verdicts, reader=reader, version=version)
    report = {"store": kept.name, "given": len(given), **asdict(added)}
    print_report(report, added_text(added, kept.name), as_json, quiet)


def _documents(named: Iterable[str]) -> list[Document]:
    from multivector.evidence.documents.corpus import corpus_of

    listed = list(named)
    if not listed:
        return []
    with corpus_of(listed) as corpus:
        return list(corpus)


@app.command(epilog="Example: multivector claims check --region central-eurasia")
def check(
    region: RegionName = "central-eurasia",
    store: Store = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check every claim that stands, those that curators wrote as well. Exit code 1 when data refute one."""
    from multivector.atlas import load_region
    from multivector.desk.claims_text import line_of
    from multivector.evidence.store import ClaimStore

    kept = ClaimStore(store)
    new = kept.check(load_region(region))
    book = kept.book()
    refuted = [
        claim for claim in book.find() if book.stands(claim.id) and "refuted" in book.verdict_words(claim.id)
    ]
    report = {
        "store": kept.name,
        "new": [asdict(each) for each in new],
        "refuted": [claim.id for claim in refuted],
    }
    count = f"{len(new)} new verdict{'s' if len(new) != 1 else ''}"
    print_report(report, "\n".join([*(line_of(book, claim) for claim in refuted), count]), as_json, quiet)
    if refuted:
        raise typer.Exit(FINDINGS)


@app.command("list", epilog="Example: multivector claims list --actor KAZ --status open")
def list_(
    predicate: Annotated[str, typer.Option("--predicate", help="Only claims with this predicate.")] = "",
    actor: Annotated[str, typer.Option("--actor", help="Only claims about this actor (a code).")] = "",
    status: Annotated[
        str, typer.Option("--status", help="open, accepted, rejected, corrected, merged or split.")
    ] = "",
    store: Store = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """List claims: id, status, belief, what data say, and what the claim says."""
    from multivector.desk.claims_text import line_of, summary
    from multivector.evidence.store import STATUSES, ClaimStore

    if status and status not in STATUSES:
        raise ClaimsError(
            f"unknown status {status[:40]!a}", where="--status", repair=f"one of {', '.join(STATUSES)}"
        )
    book = ClaimStore(store).book()
    found = book.find(predicate=predicate, actor=actor, status=status)
    report = {"store": book.name, "claims": [summary(book, claim) for claim in found]}
    lines = [line_of(book, claim) for claim in found]
    open_ = len(book.conflicts)
    lines += (
        [f"{open_} conflict{'s' if open_ != 1 else ''}: see `multivector claims conflicts`"] if open_ else []
    )
    print_report(report, "\n".join(lines) or "no claims", as_json, quiet)


@app.command(epilog="Example: multivector claims show 159955d92ba6")
def show(
    key: Annotated[str, typer.Argument(metavar="ID", help="A claim, or a mention of it in a claims file.")],
    store: Store = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show a claim: mentions in their documents, belief, verdicts, and every decision on it."""
    from multivector.desk.claims_text import report_of, text_of
    from multivector.evidence.store import ClaimStore

    kept = ClaimStore(store)
    book = kept.book()
    claim = book.claim(key)
    found = {each.document: kept.text(each.document) for each in book.mentions(claim.id)}
    texts = {document: text for document, text in found.items() if text is not None}
    print_report(report_of(book, claim), text_of(book, claim, texts), as_json, quiet)


@app.command(
    epilog="Example: multivector claims curate correct 159955d92ba6 --set value=93.9 --by 'A. Reader' --why 'as quoted'"
)
def curate(
    action: Annotated[Action, typer.Argument(help="accept, reject, correct, merge or split.")],
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Claims, or mentions of them.")],
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    why: Annotated[str, typer.Option("--why", help="The reason, in a sentence.")],
    changes: Annotated[
        list[str] | None, typer.Option("--set", help="FIELD=VALUE; for split, a field once for each part.")
    ] = None,
    into: Annotated[
        list[str] | None, typer.Option("--into", help="The claim that stays, or the parts of a split.")
    ] = None,
    store: Store = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Decide about claims. Nothing is changed or taken out: a decision is added, and the last one holds."""
    from multivector.desk.claims_text import conflict_lines, curation_line
    from multivector.evidence.store import ClaimStore

    kept = ClaimStore(store)
    made = kept.curate(
        action.value, ids, by=by, why=why, into=into or (), changes=[_change(text) for text in changes or ()]
    )
    touched = {claim for each in made for claim in (each.claim, *each.into)}
    conflicts = [each for each in kept.book().conflicts if each.claim in touched]
    report = {
        "store": kept.name,
        "curations": [asdict(each) for each in made],
        "conflicts": [asdict(each) for each in conflicts],
    }
    lines = [curation_line(each) for each in made]
    lines += [line for each in conflicts for line in conflict_lines(each)]
    print_report(report, "\n".join(lines), as_json, quiet)


def _change(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ClaimsError(
            f"{text[:60]!a} sets nothing", where="--set", repair="write FIELD=VALUE, such as value=93.9"
        )
    return name.strip(), value


@app.command(epilog="Example: multivector claims conflicts --json")
def conflicts(store: Store = HERE, as_json: Json = False, quiet: Quiet = False) -> None:
    """List decisions that cannot all hold; the last of each holds. Exit code 1 when there are any."""
    from multivector.desk.claims_text import conflict_lines
    from multivector.evidence.store import ClaimStore

    book = ClaimStore(store).book()
    report = {"store": book.name, "conflicts": [asdict(each) for each in book.conflicts]}
    lines = [line for each in book.conflicts for line in conflict_lines(each)]
    print_report(report, "\n".join(lines) or "no conflicts", as_json, quiet)
    if book.conflicts:
        raise typer.Exit(FINDINGS)


@app.command(epilog="Example: multivector claims rules --json")
def rules(store: Store = HERE, as_json: Json = False, quiet: Quiet = False) -> None:
    """How often each rule was right, from what curators made of its claims."""
    from multivector.desk.claims_text import rules_text
    from multivector.evidence.store import ClaimStore

    book = ClaimStore(store).book()
    records = list(book.precisions.values())
    report = {"store": book.name, "rules": [asdict(each) for each in records]}
    print_report(report, rules_text(records), as_json, quiet)


@app.command(epilog="Example: multivector claims export ledger.jsonl --without-text")
def export(
    out: Annotated[Path, typer.Argument(help="Where to write it (JSON lines).")],
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Leave out the documents' texts; quotes stay.")
    ] = False,
    store: Store = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the whole ledger as JSON lines."""
    from multivector.desk.commands.options import refuse_overwriting
    from multivector.evidence.store import ClaimStore

    kept = ClaimStore(store)
    refuse_overwriting(out, [Path(kept.name)])
    rows = kept.export(out, with_text=not without_text)
    print_report({"store": kept.name, "out": str(out), "rows": rows}, f"{rows} rows -> {out}", as_json, quiet)


@app.command("import", epilog="Example: multivector claims import ledger.jsonl --store team.sqlite")
def import_(
    given: Annotated[Path, typer.Argument(metavar="FILE", help="As written by `claims export`.")],
    store: Store = HERE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Take in an export: what is there already stays, and a file with one bad line is not taken in at all."""
    from multivector.evidence.store import ClaimStore

    kept = ClaimStore(store, create=True)
    done = kept.take_in(given)
    report = {"store": kept.name, **asdict(done)}
    print_report(report, f"{done.new} of {done.rows} rows were new -> {kept.name}", as_json, quiet)

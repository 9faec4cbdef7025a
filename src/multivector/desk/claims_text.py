"""The ledger of claims in words and as JSON, for the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from multivector.evidence.store import Added, Book, ClaimRow, Conflict, Curation, Precision

WIDE = 60  # characters of a document shown on each side of a quote


def sentence(claim: ClaimRow) -> str:
    """What a claim says, in codes: `COR arms_share_of_imports AVE = 94 percent, 2011 to 2020`."""
    parts = ["not:" if claim.polarity == "-" else "", "|".join(claim.subjects) or "?", claim.predicate]
    parts += ["|".join(claim.objects), claim.value_op if claim.value else "", claim.value, claim.unit]
    said = " ".join(part for part in parts if part)
    dates = list(dict.fromkeys(date for date in (claim.date_start, claim.date_end) if date))
    return f"{said}, {' to '.join(dates)}" if dates else said


def summary(book: Book, claim: ClaimRow) -> dict[str, Any]:
    """A claim with its standing, belief and verdicts."""
    standing = book.standing(claim.id)
    return {
        **asdict(claim),
        "says": sentence(claim),
        "status": standing.status,
        "into": list(standing.into),
        "survivors": list(book.state.survivors(claim.id)),
        "belief": asdict(book.belief(claim.id)),
        "verdicts": list(book.verdict_words(claim.id)),
    }


def line_of(book: Book, claim: ClaimRow) -> str:
    """A claim on one line."""
    said = ", ".join(book.verdict_words(claim.id)) or "not checked"
    status, belief = book.standing(claim.id).status, book.belief(claim.id).value
    return _plain(f"{claim.id}  {status:9}  {belief:.2f}  {said:13}  {sentence(claim)}")


def report_of(book: Book, claim: ClaimRow) -> dict[str, Any]:
    """Everything that the ledger knows of a claim."""
    return {
        **summary(book, claim),
        "opposite": book.opposite(claim.id),
        "mentions": [
            {**asdict(each), "doc": book.documents[each.document].doc} for each in book.mentions(claim.id)
        ],
        "latest_verdicts": [asdict(each) for each in book.latest_verdicts(claim.id)],
        "history": [asdict(each) for each in book.history(claim.id)],
        "conflicts": [asdict(each) for each in book.conflicts if each.claim == claim.id],
    }


def text_of(book: Book, claim: ClaimRow, texts: dict[str, str]) -> str:
    """Everything that the ledger knows of a claim, to read; `texts` are those of its documents at hand."""
    belief = book.belief(claim.id)
    lines = [f"{claim.id}: {sentence(claim)}", _standing(book, claim)]
    lines.append(
        f"belief {belief.value:.2f} from {_number(belief.mentions, 'mention')} in "
        f"{_number(belief.sources, 'independent source')}; against it {belief.against:.2f} from "
        f"{_number(belief.mentions_against, 'mention')}"
    )
    lines.append("mentions:")
    for each in book.mentions(claim.id):
        who = f"{each.reader} {each.rule}".strip()
        how = each.alignment if each.alignment != "exact" else ""
        said = ", ".join(part for part in (who, each.stance, each.attributed_to, how) if part)
        lines.append(f"  {book.documents[each.document].doc} {each.char_start} to {each.char_end} ({said})")
        lines.append(f"    {_shown(texts.get(each.document), each.quote, each.char_start, each.char_end)}")
    verdicts = book.latest_verdicts(claim.id)
    lines += ["verdicts:"] if verdicts else []
    for verdict in verdicts:
        found = f"{verdict.query}: {verdict.computed_text}" if verdict.query else verdict.why
        data = f" ({verdict.dataset}, {verdict.data_version})" if verdict.dataset else ""
        lines.append(f"  {verdict.verdict}, {verdict.checked[:10]}: {found}{data}")
    history = book.history(claim.id)
    lines += ["history:", *(f"  {curation_line(each)}" for each in history)] if history else []
    lines += [text for each in book.conflicts if each.claim == claim.id for text in conflict_lines(each)]
    return "\n".join(_plain(line) for line in lines)


def _plain(line: str) -> str:
    """A line without what a terminal obeys or what turns the direction of writing: quotes are strangers' words."""
    return "".join(letter if letter.isprintable() else " " for letter in line)


def _standing(book: Book, claim: ClaimRow) -> str:
    standing, survivors = book.standing(claim.id), book.state.survivors(claim.id)
    by = "" if standing.by is None else f", decided by {standing.by.who}"
    into = "" if survivors == (claim.id,) else f"; in its place stands {', '.join(survivors)}"
    return f"{standing.status}{by}{into}"


def _shown(text: str | None, quote: str, start: int, end: int) -> str:
    """The quote in its surroundings, on one line."""
    before = after = ""
    if text is not None:
        before, after = text[max(0, start - WIDE) : start], text[end : end + WIDE]
    return " ".join(f"{before}[{quote}]{after}".split())


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count != 1 else ''}"


def added_text(added: Added, name: str) -> str:
    """What was new in a store."""
    new = (_number(added.mentions, "mention"), _number(added.claims, "new claim"))
    parts = [f"{' of '.join(new)} in {_number(added.documents, 'new document')} -> {name}"]
    parts += [f"{_number(added.known, 'mention')} known already"] if added.known else []
    parts += [_number(added.verdicts, "new verdict")] if added.verdicts else []
    text = "; ".join(parts)
    if added.unverified:
        text += (
            f"\nnot compared with a document: {_number(added.unverified, 'quote')}; name it with --documents"
        )
    return text


def curation_line(curation: Curation) -> str:
    """A curation on one line."""
    into = f" into {', '.join(curation.into)}" if curation.into else ""
    when = curation.when[:19].replace("T", " ")
    return f"{when} {curation.who}: {curation.action} {curation.claim}{into}: {curation.why}"


def conflict_lines(conflict: Conflict) -> list[str]:
    """A conflict, its curations in order."""
    return [
        f"conflict on {conflict.claim}: {conflict.why}",
        *(f"  {curation_line(each)}" for each in conflict.curations),
    ]


def rules_text(records: Iterable[Precision]) -> str:
    """The table of rules."""
    lines = [
        f"{'rule':40}{'claims':>7}{'right':>7}{'wrong':>7}{'declared':>10}{'precision':>11}  95% interval"
    ]
    for each in records:
        declared = "" if each.declared is None else f"{each.declared:.2f}"
        lines.append(
            f"{each.rule:40}{each.claims:>7}{each.accepted:>7}{each.wrong:>7}{declared:>10}{each.mean:>11.2f}"
            f"  {each.low:.2f} to {each.high:.2f}"
        )
    return "\n".join(lines) if len(lines) > 1 else "no rules: the ledger has no claims"

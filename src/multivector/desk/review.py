"""The review page: one static HTML file a document, its text beside what was read in it and what data say.

    write_reviews(documents, claims, verdicts, region, Path("reviews"))

The page holds its fonts and styles; it loads nothing and runs nothing: its filters are style rules. The text is
the document's own, character for character. A claim's place is `#` and `review_links.anchor_of(claim.id)`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from multivector.atlas import Region
from multivector.desk.consistency import check_page
from multivector.desk.page import environment, style
from multivector.desk.review_cards import (
    UNCHECKED,
    VERDICTS,
    Card,
    Filter,
    cards_of,
    counts_of,
    filters_of,
)
from multivector.desk.review_links import page_names
from multivector.desk.review_text import marked_text
from multivector.errors import InputError
from multivector.evidence import (
    Claim,
    Contradiction,
    Document,
    Verdict,
    check_claims,
    find_contradictions,
    read_claims,
    read_documents,
)
from multivector.evidence.documents.corpus import documents_from
from multivector.files import write_text_whole

_MOST_LIVE = 600  # claims for which span and card light up together; beyond it a browser would grow slow


@dataclass(frozen=True)
class Page:
    """A page that was written: of which document, where, and how many claims have which verdict."""

    doc: str
    file: Path
    claims: int
    counts: dict[str, int]


@dataclass(frozen=True)
class Reviewed:
    """Pages, and how many claims of the claims file are from documents that were not named."""

    pages: list[Page]
    without_document: int = 0


def review_documents(
    paths: Sequence[str | Path], region: Region, folder: str | Path, *, claims: str | Path | None = None
) -> Reviewed:
    """Read documents (or take the claims of a file), check the claims, and write the pages.

    Raises
    ------
    DocumentError, InputError : a document or the claims cannot be read, or do not belong together.
    StorageError : a page cannot be written.
    """
    if claims is None:
        documents, found = read_documents(paths, region)
    else:
        found = read_claims(claims)
        documents = documents_from(paths)
    known = {document.doc for document in documents}
    verdicts = check_claims(found, region)
    apart = find_contradictions(found, verdicts)
    pages = write_reviews(documents, found, verdicts, region, Path(folder), apart)
    return Reviewed(pages, sum(claim.doc not in known for claim in found))


def write_reviews(
    documents: Sequence[Document],
    claims: Iterable[Claim],
    verdicts: Iterable[Verdict],
    region: Region,
    folder: Path,
    contradictions: Iterable[Contradiction] = (),
) -> list[Page]:
    """Write a page for each document.

    Parameters
    ----------
    documents : as `read_documents` gives them.
    claims : of these documents; a claim whose quote is not at its offsets is listed and not highlighted.
    verdicts : of these claims; a claim without one is unchecked.
    region : its names of actors and its sources stand on the page.
    folder : where the pages are written, each whole or not at all.
    contradictions : pairs of claims that cannot both hold; each is shown on the pages of its claims.

    Returns
    -------
    list of Page : in the order of the documents.

    Raises
    ------
    InputError : no claim belongs to any of the documents though there are claims.
    StorageError : a file cannot be written.
    """
    claims = list(claims)
    known = {document.doc for document in documents}
    if claims and not any(claim.doc in known for claim in claims):
        raise InputError(
            f"none of the claims is from {', '.join(sorted(known))}",
            where=f"the claims name {', '.join(sorted({claim.doc for claim in claims})[:5])}",
            repair="name the documents that the claims were read from, or read them anew without --claims",
        )
    names = page_names(known)
    checked, against = list(verdicts), list(contradictions)
    word_of: dict[str, str] = {verdict.claim_id: verdict.verdict for verdict in checked}
    written = []
    for document in documents:
        own = [claim for claim in claims if claim.doc == document.doc]
        page = render_review(document, own, checked, region, against, names)
        file = write_text_whole(folder / names[document.doc], page)
        counts = Counter(word_of.get(claim.id, UNCHECKED) for claim in own)
        written.append(Page(document.doc, file, len(own), {v: counts[v] for v in VERDICTS if counts[v]}))
    return written


def render_review(
    document: Document,
    claims: Sequence[Claim],
    verdicts: Iterable[Verdict],
    region: Region,
    contradictions: Iterable[Contradiction] = (),
    pages: Mapping[str, str] | None = None,
) -> str:
    """The page of one document as HTML text; everything from documents, claims and data is escaped."""
    cards = cards_of(
        document,
        claims,
        {verdict.claim_id: verdict for verdict in verdicts},
        region,
        list(contradictions),
        pages or {},
    )
    filters = filters_of(cards)
    page = (
        environment()
        .get_template("review.html.j2")
        .render(
            document=document,
            region=region,
            text=marked_text(document.text, cards),
            cards=cards,
            counts=counts_of(cards),
            filters=filters,
            disputes=list(dict.fromkeys(dispute for card in cards for dispute in card.disputes)),
            style=style("brief.css", "review.css") + _rules(cards, filters),
        )
    )
    check_page(page)
    return page


def _rules(cards: Sequence[Card], filters: Sequence[Filter]) -> str:
    """What makes filters filter, and a span and its card light up together; without a script."""
    rules = []
    for choice in (choice for one in filters for choice in one.choices):
        chosen, others = f":root:has(#{choice.key}:checked)", f".k:not(.{choice.key})"
        rules.append(
            f"{chosen} li{others},{chosen} mark{others}>.b{{display:none}}"
            f"{chosen} mark{others}{{background:none;border-color:transparent}}"
        )
    for card in cards if len(cards) <= _MOST_LIVE else ():
        lit = f":root:has(.p{card.number}:target,.q{card.number}:target)"
        rules.append(
            f"{lit} .p{card.number}{{--lit:var(--ink)}}{lit} .q{card.number}{{--lit:var(--ink);position:sticky}}"
        )
    return "\n".join(rules)

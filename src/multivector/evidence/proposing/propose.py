"""Which rows claims propose, and for each claim that proposes none why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from multivector.atlas import Region
from multivector.evidence.checking import Verdict
from multivector.evidence.proposing import deals, events, figures, memberships
from multivector.evidence.proposing.row import Drafted, Row
from multivector.evidence.records import Claim

ENTERING: Final = ("asserted", "reported")
"""The stances that may reach the atlas."""
Confidence = Literal["high", "medium", "low"]

_DRAFT: dict[str, Callable[[Claim, Region], Drafted]] = {
    "member_of": memberships.membership_rows,
    "observer_of": memberships.membership_rows,
    "arms_contract_value": deals.deal_rows,
    "arms_order_quantity": deals.deal_rows,
    "arms_transfer_to": deals.deal_rows,
    "rival_of": events.rivalry_rows,
    **dict.fromkeys(figures.INDICATORS, figures.observation_rows),
    **dict.fromkeys(figures.LAYERS, figures.tie_rows),
}
_HELD: dict[str, Callable[[Region, Mapping[str, str]], str]] = {
    "memberships": memberships.held,
    "deals": deals.held,
    "events": events.held,
    "rivalries": events.held_pair,
    "observations": figures.held,
}
_WINDOWS = {
    "arms_share_of_imports": "a share over years gives no volume of a year",
    "arms_dependence_on": "dependence is computed from deliveries, not entered",
    "ranks": "a rank is computed, not entered",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row for a table of the region, drafted from a claim; nothing until a person accepts it.

    Attributes
    ----------
    claim : where it comes from. also : ids of further claims that give the same row.
    table, cells : the row, by column. lacks : cells that the table needs and the claim does not give.
    confidence, grounds : how well the claim is backed, and by what.
    note : what a person should look at.
    """

    claim: Claim
    table: str
    cells: Mapping[str, str]
    lacks: tuple[str, ...]
    confidence: Confidence
    grounds: str
    note: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that proposes no row: `reason` is stance, refuted, held, or no row; `why` says it in words."""

    claim: Claim
    reason: Literal["stance", "refuted", "held", "no row"]
    why: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """Rows proposed, and claims left out; every claim is in one of them."""

    rows: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]


def propose_rows(claims: Iterable[Claim], region: Region, verdicts: Iterable[Verdict] = ()) -> Proposals:
    """Draft rows of the region's tables from claims.

    Only asserted and reported claims are drafted, refuted ones are not, and what the region has is left out.
    Of claims that give the same row the first one proposes it and the others back it.

    Parameters
    ----------
    claims : as `read_documents` or `read_claims` gives them.
    region : whose tables are drafted for.
    verdicts : of the claims, where they were checked.
    """
    checked = {verdict.claim_id: verdict for verdict in verdicts}
    known = set(region.table("actors")["code"])
    rows: dict[tuple[str, ...], tuple[Row, list[Claim]]] = {}
    left: list[LeftOut] = []
    for claim in claims:
        drafted = _drafted(claim, region, checked.get(claim.id), known)
        if isinstance(drafted, LeftOut):
            left.append(drafted)
            continue
        fresh = [row for row in drafted.rows if not row.held]
        if not fresh:
            left.append(LeftOut(claim, "held", "; ".join(row.held for row in drafted.rows)))
        for row in fresh:
            rows.setdefault(_content(row), (row, []))[1].append(claim)
    return Proposals(tuple(_proposal(row, backing, checked) for row, backing in rows.values()), tuple(left))


def held_by(region: Region, table: str, cells: Mapping[str, str]) -> str:
    """How the region has such a row already; empty where it has none."""
    if table.startswith("ties/"):
        return figures.held_tie(region, table.removeprefix("ties/"), cells)
    return _HELD[table](region, cells)


def _drafted(claim: Claim, region: Region, verdict: Verdict | None, known: set[str]) -> Drafted | LeftOut:
    if claim.stance not in ENTERING:
        return LeftOut(claim, "stance", f"the text does not state it as fact: {claim.stance}")
    if verdict is not None and verdict.verdict == "refuted":
        return LeftOut(claim, "refuted", f"data refute it: {verdict.why}")
    draft = _DRAFT.get(claim.predicate) or (events.event_rows if claim.predicate in events.kinds() else None)
    kind = claim.predicate.replace("_", " ")
    if draft is None:
        why = _WINDOWS.get(claim.predicate, f"no table of a region takes claims of this kind ({kind})")
        return LeftOut(claim, "no row", why)
    drafted = draft(claim, region)
    strange = [code for code in drafted.codes if code not in known]
    if drafted.why or strange:
        why = drafted.why or f"actors.csv has no {', '.join(strange)}"
        return LeftOut(claim, "no row", why)
    return drafted


def _content(row: Row) -> tuple[str, ...]:
    """What a row says, without which claim says it."""
    told = (cell for name, cell in sorted(row.cells.items()) if name not in ("source", "id"))
    return (row.table, *told)


def _proposal(row: Row, backing: list[Claim], checked: Mapping[str, Verdict]) -> Proposal:
    claim = backing[0]
    verdict = checked.get(claim.id)
    confidence, grounds = _confidence(backing, verdict)
    cells = {name: confidence if name == "confidence" else cell for name, cell in row.cells.items()}
    note = row.note
    if verdict is not None and verdict.verdict == "partly":
        note = "; ".join(part for part in (f"data agree in part: {verdict.why}", note) if part)
    lacks = replace(row, cells=cells).lacks
    also = tuple(other.id for other in backing[1:])
    return Proposal(claim, row.table, cells, lacks, confidence, grounds, note, also)


def _confidence(backing: list[Claim], verdict: Verdict | None) -> tuple[Confidence, str]:
    """High where data support the claim, medium where two documents by different authors say it, else low."""
    documents = {claim.doc for claim in backing}
    authors = {claim.article_author or claim.doc for claim in backing}
    said = f"{len(documents)} document{'s' if len(documents) != 1 else ''}, {backing[0].stance}"
    if verdict is not None and verdict.verdict == "supported":
        return "high", f"{said}; data support it: {verdict.dataset}"
    if len(documents) > 1 and len(authors) > 1:
        return "medium", f"{said}; {len(authors)} authors"
    return "low", f"{said}; nothing else backs it"

"""Which claims can be tested, and by what: the registry of templates, and the order in which they are tried.

A predicate has its own templates. Where they do not decide, or a claim only says that a number stands in a
sentence, the templates that read the quote are tried; of several readings the kindest counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from multivector.atlas import Region
from multivector.evidence.checking.answer import best
from multivector.evidence.checking.arms import check_arms_share
from multivector.evidence.checking.beyond import beyond
from multivector.evidence.checking.book import Book, book_of
from multivector.evidence.checking.deals import check_arms_rank, check_contract, check_transfer
from multivector.evidence.checking.deliveries import check_delivery
from multivector.evidence.checking.events import check_event
from multivector.evidence.checking.figures import check_figure
from multivector.evidence.checking.memberships import check_membership, check_membership_said
from multivector.evidence.checking.ranks import check_rank
from multivector.evidence.checking.relations import check_relation
from multivector.evidence.checking.routes import check_opening, check_route, check_transit
from multivector.evidence.checking.said import Said
from multivector.evidence.checking.shares import check_arms_said, check_part, check_share
from multivector.evidence.checking.verdict import NOT_CHECKABLE, PARTLY, REFUTED, Verdict, version_of
from multivector.evidence.checking.wars import check_war
from multivector.evidence.records import Claim, predicates

Template = Callable[[Said], Verdict | None]


def _of(check: Callable[[Claim, Region], Verdict]) -> Template:
    """A template that reads nothing but the claim's own fields."""
    return lambda said: check(said.claim, said.book.region)


_FIGURES = (
    "gdp", "gdp_growth", "gdp_per_capita", "inflation", "population", "remittances", "military_expenditure",
    "public_debt", "unemployment", "poverty_rate", "reserves", "external_debt", "current_account", "fdi_inflow",
    "trade_openness", "human_development", "energy_production", "energy_consumption", "energy_exports",
    "energy_imports", "energy_reserves", "energy_capacity", "energy_mix_share", "exports_value", "imports_value",
)  # fmt: skip
_SHARES = ("export_market_of", "import_share_of", "remittance_share_of", "votes_with")
_TYPED: dict[str, Template] = {
    "arms_share_of_imports": _of(check_arms_share),
    "arms_dependence_on": _of(check_arms_share),
    "arms_transfer_to": _of(check_transfer),
    "arms_contract_value": _of(check_contract),
    "arms_order_quantity": _of(check_contract),
    "member_of": check_membership,
    "observer_of": check_membership,
    "ranks": check_rank,
    **dict.fromkeys(_FIGURES, check_figure),
    **dict.fromkeys(_SHARES, check_share),
}
# Templates that read the quote, the most particular first: of a claim with a number, and of one without.
_SAID: tuple[Template, ...] = (
    check_delivery, check_transit, check_route, check_arms_said, check_share, check_war, check_figure,
)  # fmt: skip
_DATED: tuple[Template, ...] = (
    check_part, check_rank, check_relation, check_opening, check_delivery, check_war, check_membership_said, check_event,
)  # fmt: skip
_SAFE: tuple[Template, ...] = (check_part, check_opening, check_delivery, check_event)
# What such claims say is no dated act, whatever else their quote names: only the surest templates are tried.
_NO_ACTS = ("causal", "alignment")
_NO_FACTS = ("position", "forecast")
_GENERAL = ("states_figure", "states_date")
_FLAGGED = (REFUTED, PARTLY)
_NOT_FACT = {
    "denied": "the text denies it",
    "forecast": "it is a forecast, not a statement of fact",
    "hypothetical": "it is conditional, not a statement of fact",
    "normative": "it says what should be, not what is",
}


def check_claims(claims: Iterable[Claim], region: Region) -> list[Verdict]:
    """Check each claim against the region's data.

    A claim stated as fact, reported, alleged or hedged is tested by its content; a forecast, a condition, a
    denial or a demand is not, and the verdict says why. Nothing enters the region.

    Returns
    -------
    list of Verdict : one a claim, in the same order.
    """
    book = book_of(region)
    claims = list(claims)
    return [_owned(verdict, book) for verdict in _once(claims, [_check(claim, book) for claim in claims])]


def _owned(verdict: Verdict, book: Book) -> Verdict:
    """The verdict, saying where it rests on what nobody else published."""
    notes = dict.fromkeys(book.by_hand[key] for key in verdict.source if key in book.by_hand)
    if not notes:
        return verdict
    return verdict.reread(verdict.verdict, f"{verdict.why}; source: {', '.join(notes)}")


def _once(claims: list[Claim], verdicts: list[Verdict]) -> list[Verdict]:
    """A number or date that a sentence states is not found wrong twice, where a claim within it says the same."""
    particular: dict[tuple[str, str], list[Claim]] = {}
    for claim, verdict in zip(claims, verdicts, strict=True):
        if claim.predicate not in _GENERAL and verdict.verdict in _FLAGGED:
            particular.setdefault((claim.doc, verdict.dataset), []).append(claim)
    return [_referred(claim, verdict, particular) for claim, verdict in zip(claims, verdicts, strict=True)]


def _referred(claim: Claim, verdict: Verdict, particular: dict[tuple[str, str], list[Claim]]) -> Verdict:
    if claim.predicate not in _GENERAL or verdict.verdict not in _FLAGGED:
        return verdict
    same = particular.get((claim.doc, verdict.dataset), [])
    within = next((other for other in same if claim.char_start <= other.char_start < claim.char_end), None)
    if within is None:
        return verdict
    return verdict.reread(NOT_CHECKABLE, f"said by claim {within.id}; {verdict.why}")


def _check(claim: Claim, book: Book) -> Verdict:
    if claim.stance in _NOT_FACT:
        return _not(claim, book, f"not tested: {_NOT_FACT[claim.stance]}")
    if claim.predicate in _GENERAL:
        claim = replace(claim, polarity="+")  # it stands there; "barely" and "only" deny nothing of it
    said = Said(claim, book)
    why = beyond(said)
    if why:
        return _not(claim, book, f"not tested: {why}")
    typed = _typed(said)
    if typed is not None and typed.verdict != NOT_CHECKABLE:
        return typed
    read = _read(said)
    if read is not None and read.verdict != NOT_CHECKABLE:
        return read
    kind = claim.predicate.replace("_", " ")
    return typed or read or _not(claim, book, f"no table of the region answers claims of this kind ({kind})")


def _typed(said: Said) -> Verdict | None:
    claim = said.claim
    if claim.predicate == "ranks" and claim.unit.startswith("rank(arms"):
        found = check_arms_rank(claim, said.book.region)
        return check_rank(said) or found if found.verdict == NOT_CHECKABLE else found
    if claim.predicate == "arms_transfer_to":
        # A named system says more than that something was delivered.
        named = check_delivery(said)
        if named is not None:
            return named
    template = _TYPED.get(claim.predicate)
    return template(said) if template is not None else None


def _read(said: Said) -> Verdict | None:
    """The first template that decides; else what the first applicable one says."""
    held: list[Verdict] = []
    numbered = said.claim.number is not None and said.claim.predicate != "ranks"
    known = predicates()[said.claim.predicate]
    unsure = known.family in _NO_ACTS or known.claim_type in _NO_FACTS
    for template in _SAID if numbered else _SAFE if unsure else _DATED:
        verdict = template(said)
        if verdict is not None and verdict.verdict != NOT_CHECKABLE:
            return verdict
        if verdict is not None:
            held.append(verdict)
    return best(held)


def _not(claim: Claim, book: Book, why: str) -> Verdict:
    return Verdict(claim.id, NOT_CHECKABLE, why, data_version=version_of(book.region))

"""Which claims can be tested, and by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from multivector.atlas import Region
from multivector.evidence.checking.arms import check_arms_share
from multivector.evidence.checking.deals import check_arms_rank, check_contract, check_transfer
from multivector.evidence.checking.figures import check_figure, check_tie_share
from multivector.evidence.checking.memberships import check_membership
from multivector.evidence.checking.verdict import NOT_CHECKABLE, Verdict, version_of
from multivector.evidence.records import Claim

_CHECKERS: dict[str, Callable[[Claim, Region], Verdict]] = {
    "arms_share_of_imports": check_arms_share,
    "arms_dependence_on": check_arms_share,
    "arms_transfer_to": check_transfer,
    "arms_contract_value": check_contract,
    "arms_order_quantity": check_contract,
    "member_of": check_membership,
    "observer_of": check_membership,
    "gdp": check_figure,
    "gdp_growth": check_figure,
    "inflation": check_figure,
    "population": check_figure,
    "remittances": check_figure,
    "military_expenditure": check_figure,
    "public_debt": check_figure,
    "unemployment": check_figure,
    "poverty_rate": check_figure,
    "export_market_of": check_tie_share,
    "import_share_of": check_tie_share,
    "remittance_share_of": check_tie_share,
    "votes_with": check_tie_share,
}
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
    return [_check(claim, region) for claim in claims]


def _check(claim: Claim, region: Region) -> Verdict:
    if claim.stance in _NOT_FACT:
        return _not(claim, region, f"not tested: {_NOT_FACT[claim.stance]}")
    if claim.predicate == "ranks" and claim.unit.startswith("rank(arms"):
        return check_arms_rank(claim, region)
    checker = _CHECKERS.get(claim.predicate)
    if checker is None:
        kind = claim.predicate.replace("_", " ")
        return _not(claim, region, f"no table of the region answers claims of this kind ({kind})")
    return checker(claim, region)


def _not(claim: Claim, region: Region, why: str) -> Verdict:
    return Verdict(claim.id, NOT_CHECKABLE, why, data_version=version_of(region))

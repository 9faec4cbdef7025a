"""Claims checked against the region's data: claim -> query -> computed value -> verdict."""

from multivector.evidence.checking.check import check_claims
from multivector.evidence.checking.contradictions import Contradiction, find_contradictions
from multivector.evidence.checking.verdict import Verdict

__all__ = ["Contradiction", "Verdict", "check_claims", "find_contradictions"]

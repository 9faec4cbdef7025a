"""Claims checked against the region's data: claim -> query -> computed value -> verdict."""

from multivector.evidence.checking.check import check_claims
from multivector.evidence.checking.verdict import Verdict

__all__ = ["Verdict", "check_claims"]

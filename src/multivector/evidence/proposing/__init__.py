"""From claims to the model: rows drafted for a region's tables, which only a person's hand puts there.

drafted = propose_rows(claims, region, check_claims(claims, region))
accept(claims, "c-56579bbb3508", "my-region", by="A. Reader")
"""

from __future__ import annotations

from multivector.evidence.proposing.accept import Accepted, accept
from multivector.evidence.proposing.propose import LeftOut, Proposal, Proposals, propose_rows
from multivector.evidence.proposing.stakeholders import Cell, draft_stakeholders

__all__ = [
    "Accepted",
    "Cell",
    "LeftOut",
    "Proposal",
    "Proposals",
    "accept",
    "draft_stakeholders",
    "propose_rows",
]

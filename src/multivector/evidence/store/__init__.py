"""The ledger of claims: what documents say, where, what data say of it, and what curators decided.

    store = ClaimStore("claims.sqlite", create=True)
    store.add(claims, documents, verdicts=verdicts)
    store.curate("correct", [claim_id], by="A. Reader", why="the text says 42", changes=[("value", "42")])
    book = store.book()
    book.standing(claim_id), book.belief(claim_id), book.conflicts, book.precisions

Rows are never changed or taken out. The state is what the curations lead to, folded in order.
"""

from multivector.evidence.store.belief import Belief
from multivector.evidence.store.book import Book
from multivector.evidence.store.lines import Imported
from multivector.evidence.store.precision import Precision
from multivector.evidence.store.rows import ClaimRow, Curation, DocumentRow, EvidenceRow, VerdictRow
from multivector.evidence.store.standing import STATUSES, Conflict, Standing, State, fold
from multivector.evidence.store.store import Added, ClaimStore

__all__ = [
    "STATUSES",
    "Added",
    "Belief",
    "Book",
    "ClaimRow",
    "ClaimStore",
    "Conflict",
    "Curation",
    "DocumentRow",
    "EvidenceRow",
    "Imported",
    "Precision",
    "Standing",
    "State",
    "VerdictRow",
    "fold",
]

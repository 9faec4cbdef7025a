"""Where a claim stands on the review pages: the names of pages and of places on them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable


def anchor_of(claim_id: str) -> str:
    """The name of a claim's place on its page: `c-` and the id, or its hash where the id has odd characters."""
    plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", claim_id)
    return f"c-{claim_id if plain else hashlib.sha256(claim_id.encode()).hexdigest()[:16]}"


def page_names(docs: Iterable[str]) -> dict[str, str]:
    """A file name for each document: letters, digits, points and hyphens, and no two alike."""
    names: dict[str, str] = {}
    for doc in sorted(docs):
        stem = re.sub(r"[^\w.-]+", "-", doc, flags=re.ASCII).strip(".-")[:80] or "document"
        taken = {name.casefold() for name in names.values()}
        if f"{stem}.html".casefold() in taken:
            stem += f"-{hashlib.sha256(doc.encode()).hexdigest()[:8]}"
        names[doc] = f"{stem}.html"
    return names

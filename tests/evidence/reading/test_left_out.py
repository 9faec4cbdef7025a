"""Passages that are no prose are told with why, and do not keep the rest from being read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from multivector.evidence.reading.reader import RuleReader
from multivector.evidence.records import Document

TRUE = "Averia joined the Harbour Pact in 2001."


@pytest.mark.parametrize("wall", ['"' * 50_000, "(" * 50_000, "9" * 20_000, "ab" * 5_000])
def test_a_wall_of_signs_is_left_out_and_told(gazetteer, wall):
    text = f"{wall} and so on.\n\n{TRUE}\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    reading = RuleReader(gazetteer).read(Document("wall.txt", Path("wall.txt"), digest, text))
    assert [claim.quote for claim in reading.claims] == [TRUE.rstrip(".")]
    [rejected] = reading.rejected
    assert rejected.quote == wall[:200]
    assert rejected.why == "left out: it has 2,000 characters without a space: no prose"

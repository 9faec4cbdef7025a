"""A number that a text says fell is read with the same sign by the checker and by the proposer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from multivector.atlas import Region
from multivector.evidence import Claim, check_claims
from multivector.evidence.proposing import propose_rows

# Verbs, and the growth that "GDP <verb> 6.8 percent" states.
SIGNS = dict.fromkeys(("grew by", "rose by", "expanded by"), 6.8) | dict.fromkeys(
    (
        "shrank by", "contracted by", "fell by", "declined by", "dropped by", "decreased by", "plunged by",
        "slumped by", "lost", "was down",
    ),
    -6.8,
)  # fmt: skip


def said(verb: str, year: str) -> Claim:
    quote = f"Georgia's GDP {verb} 6.8 percent in {year}"
    return Claim(
        "c-1", "note.txt", "A. Author", quote, 0, len(quote), claim_type="quantity", subject="Georgia",
        subject_code="GEO", predicate="gdp_growth", value="6.8", value_op="=", unit="percent", date_start=year,
        date_end=year, note="rule x",
    )  # fmt: skip


@pytest.mark.parametrize(("verb", "growth"), SIGNS.items())
def test_checker_and_proposer_agree(verb: str, growth: float, central: Region) -> None:
    (row,) = propose_rows([said(verb, "2031")], central).rows  # a year that the region lacks
    assert float(row.cells["value"]) == growth
    [verdict] = check_claims([said(verb, "2020")], central)  # Georgia's output fell by 6.8 percent then
    assert verdict.verdict == ("supported" if growth < 0 else "refuted")


@pytest.mark.parametrize("verb", ["plunged by", "slumped by", "fell by"])
def test_the_fall_of_a_level_is_no_level(verb: str, central: Region) -> None:
    fell = replace(said(verb, "2031"), predicate="population", value="20000", unit="people")
    [left] = propose_rows([fell], central).left_out
    assert "states a change" in left.why

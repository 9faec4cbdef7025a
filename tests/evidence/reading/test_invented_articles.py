"""How well the invented articles are read: floors a little under what is measured."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from claim_scores import score, score_figures
from multivector.evidence import read_claims, read_documents

INVENTED = Path(__file__).parents[1] / "invented"
PAGE = Path(__file__).parents[3] / "docs" / "evidence.md"

# Recall of spans, loose, strict, recall of numbers. One to five were read while rules were written: each floor
# lies a little under what is measured, and only says that nothing got worse. Six and seven were kept apart, so
# they hold what is asked of any article: spans 0.60, loose 0.25, strict 0.15. Of numbers 0.80 is asked; seven
# does not reach it (docs/evidence.md), and both floors lie under it.
FLOORS = {
    "one": (0.75, 0.34, 0.29, 0.72),
    "two": (0.54, 0.09, 0.05, 0.64),
    "three": (0.75, 0.26, 0.20, 0.62),
    "four": (0.73, 0.07, 0.07, 0.72),
    "five": (0.68, 0.16, 0.12, 0.57),
    "six": (0.60, 0.25, 0.15, 0.70),
    "seven": (0.60, 0.25, 0.15, 0.70),
}


@pytest.mark.parametrize("name", FLOORS)
def test_floors(name, central):
    [document], read = read_documents([INVENTED / name / "text.txt"], central)
    annotated = read_claims(INVENTED / name / "claims.csv")
    assert all(
        claim.quote == document.text[claim.char_start : claim.char_end] for claim in (*annotated, *read)
    )
    rates = score(annotated, read).rates
    figures, precision = score_figures(annotated, read)
    measured = (rates["recall"], rates["loose"], rates["strict"], figures)
    assert all(found >= floor for found, floor in zip(measured, FLOORS[name], strict=True)), measured
    said = promised(name)
    assert all(found >= word - 0.02 for found, word in zip((*measured, precision), said, strict=True)), (
        f"docs/evidence.md promises {said}; tools/score_reader.py prints what holds"
    )


def promised(name: str) -> list[float]:
    """What the page says of an article: spans, loose, strict, numbers found, their precision."""
    [row] = re.findall(rf"^\| {name} \|(.*)$", PAGE.read_text("utf-8"), re.MULTILINE)
    return [float(cell) for cell in re.findall(r"\d\.\d+", row)]

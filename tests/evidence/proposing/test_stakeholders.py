"""Stakeholder tables: a cell has its ground or says that it is empty; no number is made up."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from multivector.atlas import Region
from multivector.evidence import Claim, Verdict, read_documents
from multivector.evidence.proposing import Cell, draft_stakeholders
from multivector.evidence.proposing.draft_files import write_stakeholders
from multivector.evidence.proposing.stakeholders import ATTRIBUTES

TEXT = (
    "Georgia's government rejected the accession talks with the European Union until 2028. "
    "The European Union supports the resumption of the accession talks with Georgia. "
    "Russia supplied 30 percent of Georgia's imports in 2023. "
    "Turkmenistan borders Kazakhstan."
)
ISSUE = "When do accession talks resume?"


@pytest.fixture(scope="module")
def found(central: Region, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Claim]]:
    file = tmp_path_factory.mktemp("text") / "text.txt"
    file.write_text(TEXT, "utf-8")
    documents, claims = read_documents([file], central)
    return documents[0].text, claims


@pytest.fixture(scope="module")
def cells(central: Region, found) -> list[Cell]:
    return draft_stakeholders(found[1], central, ISSUE)


def cell(cells: list[Cell], code: str, attribute: str) -> Cell:
    (one,) = [each for each in cells if (each.code, each.attribute) == (code, attribute)]
    return one


def test_every_actor_has_three_cells(cells: list[Cell], found) -> None:
    codes = {c for claim in found[1] for c in f"{claim.subject_code}|{claim.object_code}".split("|") if c}
    assert {each.code for each in cells} == codes
    for code in codes:
        assert [each.attribute for each in cells if each.code == code] == list(ATTRIBUTES)


def test_a_cell_is_grounded_word_for_word_or_says_that_it_is_empty(cells: list[Cell], found) -> None:
    for each in cells:
        assert (each.low, each.mode, each.high) == ("", "", "")
        if each.evidence_kind == "none":
            assert each.note.startswith("empty: no claim")
            assert (each.quote, each.confidence, each.claim_id, each.value) == ("", "", "", "")
        else:
            assert found[0][int(each.char_start) : int(each.char_end)] == each.quote
            assert each.doc == "text.txt"
            assert each.confidence
            assert each.source == f"claim:{each.claim_id}"
        if each.value:
            assert any(claim.value == each.value for claim in found[1])


def test_positions_come_from_what_an_actor_wants_on_the_issue(cells: list[Cell]) -> None:
    union = cell(cells, "EU", "position")
    assert union.evidence_kind == "stated"
    assert "supports the resumption" in union.quote
    assert cell(cells, "EU", "salience").evidence_kind == "inferred"
    assert cell(cells, "KAZ", "position").evidence_kind == "none"


def test_capability_keeps_the_number_that_the_text_states(cells: list[Cell]) -> None:
    russia = cell(cells, "RUS", "capability")
    assert (russia.value, russia.unit) == ("30", "percent")
    assert cell(cells, "RUS", "position").note == "empty: no claim says where this actor stands on the issue"


def test_what_is_only_alleged_gives_no_ground(found, central: Region) -> None:
    hedged = [replace(claim, stance="hypothetical") for claim in found[1]]
    assert draft_stakeholders(hedged, central, ISSUE) == []


def test_what_data_refute_gives_no_ground_and_what_they_support_is_held_high(
    cells, found, central: Region
) -> None:
    about = cell(cells, "RUS", "capability").claim_id
    for verdict, confidence in (("refuted", ""), ("supported", "high"), ("not checkable", "low")):
        again = draft_stakeholders(found[1], central, ISSUE, [Verdict(about, verdict, "as data say")])
        assert [c.confidence for c in again if (c.code, c.attribute) == ("RUS", "capability")] in (
            [[confidence]] if confidence else [[""], []]
        )


def test_the_file_has_the_columns_that_an_issue_is_made_of(cells: list[Cell], tmp_path: Path) -> None:
    with write_stakeholders(cells, tmp_path).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0])[:10] == [
        "actor", "actor_type", "attribute", "low", "mode", "high", "evidence_kind", "confidence", "quote", "source",
    ]  # fmt: skip
    assert len(rows) == len(cells)


@pytest.mark.reference
def test_the_columns_are_those_of_the_evidence_table(shared: Path, cells: list[Cell], tmp_path: Path) -> None:
    reference = shared / "reference" / "bargaining" / "georgia_stakeholders_evidence.csv"
    wanted = reference.read_text("utf-8").splitlines()[0].split(",")
    written = write_stakeholders(cells, tmp_path).read_text("utf-8").splitlines()[0].split(",")
    assert [name.removeprefix("seed_") for name in wanted if name != "seed_line"] == written[:10]

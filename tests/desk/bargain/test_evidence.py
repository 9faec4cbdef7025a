"""The ground of every cell: an issue's own sources, those of a region's rows, claims, and none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from multivector.atlas import Region, load_region
from multivector.bargaining.issue import Issue
from multivector.bargaining.issue_file import issue_of
from multivector.desk.bargain.evidence import evidence_of
from multivector.desk.context import CellRow

Content = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def archipelago() -> Region:
    return load_region(Path(__file__).resolve().parents[2] / "regions" / "archipelago")


def issue(lock: Content, *sources: str, **more: Any) -> Issue:
    """The position of each stakeholder has one of the sources."""
    content = lock(
        sources=[{"key": "minutes", "title": "Minutes", "publisher": "The council", "date": "2023"}], **more
    )
    for each, source in zip(content["stakeholders"], sources, strict=False):
        each["position"] |= {"evidence": "inferred", "source": source, "where": "page 3", "confidence": 0.5}
    return issue_of(content)


def positions(found: Any) -> list[CellRow]:
    return [next(row for row in group.rows if row.attribute == "position") for group in found.groups]


def test_own_sources_have_keys_of_the_issue(lock: Content) -> None:
    cells, listed = evidence_of(issue(lock, "minutes"), None)
    stated, bare, _ = positions(cells)
    assert stated.sources == ("lock-minutes",)
    assert stated.where == "page 3"
    assert (bare.sources, bare.where) == ((), "")
    assert (listed["lock-minutes"].title, listed["lock-minutes"].publisher) == ("Minutes", "The council")
    assert [group.name for group in cells.groups] == ["upper town", "lower town", "boatmen"]
    assert cells.caption == "9 cells: 1 inferred, 8 assumed."


def test_sources_of_a_region_are_left_to_it(lock: Content, archipelago: Region) -> None:
    sources = ("events:inv_2003_1", "invented", "minutes")
    cells, listed = evidence_of(issue(lock, *sources, region="archipelago"), archipelago)
    assert [row.sources for row in positions(cells)] == [("invented",), ("invented",), ("lock-minutes",)]
    assert [row.where for row in positions(cells)] == ["events:inv_2003_1, page 3", "page 3", "page 3"]
    assert set(listed) == {"lock-minutes"}


def test_a_row_of_several_cells_and_a_row_that_is_not_there(lock: Content, archipelago: Region) -> None:
    sources = ("engagement:XNO/XAL/2005", "events:nothing", "harvests:1")
    cells, listed = evidence_of(issue(lock, *sources, region="archipelago"), archipelago)
    found = [row.sources for row in positions(cells)]
    assert found == [("invented",), ("source-events-nothing",), ("source-harvests-1",)]
    assert listed["source-events-nothing"].title == "events:nothing"
    assert listed["source-harvests-1"].licence == "not stated"


def test_a_claim_is_listed_under_its_own_name(lock: Content, archipelago: Region) -> None:
    for region in (None, archipelago):
        cells, listed = evidence_of(issue(lock, "claim:C12"), region)
        assert positions(cells)[0].sources == ("source-claim-c12",)
        assert listed["source-claim-c12"].title == "claim:C12"


def test_every_key_of_a_cell_leads_somewhere(lock: Content, archipelago: Region) -> None:
    """Read without its region, an issue still lists what its cells name."""
    for region in (None, archipelago):
        given = issue(lock, "events:inv_2003_1", "invented", "claim:C1", region="archipelago")
        cells, listed = evidence_of(given, region)
        keys = {key for group in cells.groups for row in group.rows for key in row.sources}
        held = set() if region is None else set(region.table("sources")["key"])
        assert keys <= set(listed) | held
        assert set(listed) & held == set()

"""The list of sources that a page ends with."""

from __future__ import annotations

from pathlib import Path

import pytest

from multivector.atlas import Region, load_region
from multivector.desk.context import BriefContext, Reproduce, Section, SourceRow, Table
from multivector.desk.page_sources import with_sources

OWN = SourceRow("minutes", "Minutes", "", "", "", "short quotes", "")


@pytest.fixture(scope="module")
def region(archipelago: Path) -> Region:
    return load_region(archipelago)


def page(*named: tuple[str, ...]) -> BriefContext:
    tables = tuple(Table(("a",), (("1",),), sources=keys) for keys in named)
    return BriefContext(
        title="t",
        question="q",
        bottom_line="b",
        region_title="",
        region_id="",
        region_version="",
        meta=(),
        judgements=(),
        sections=(Section("one", "One", tables=tables),),
        assumptions=(),
        sources=(SourceRow("old", "Old", "", "", "", "", ""),),
        manifest=(),
        reproduce=Reproduce("", ""),
    )


def test_each_source_is_listed_once_in_order_of_first_use(region: Region) -> None:
    given = page(("minutes", "invented"), ("assumed", "minutes"), ("invented",))
    found = with_sources(given, region, {"minutes": OWN})
    assert [row.key for row in found.sources] == ["minutes", "invented", "assumed"]
    assert found.sources[0] is OWN
    assert (found.sources[1].title, found.sources[1].licence) == ("Invented for tests", "Apache-2.0")
    assert found.sources[1].url == ""  # an empty cell is no "None"
    assert found.sections == given.sections


def test_own_rows_that_nobody_names_are_left_out(region: Region) -> None:
    assert with_sources(page(), region, {"minutes": OWN}).sources == ()


def test_an_own_row_stands_over_the_region_s(region: Region) -> None:
    own = SourceRow("invented", "Ours", "", "", "", "", "")
    (row,) = with_sources(page(("invented",)), region, {"invented": own}).sources
    assert row.title == "Ours"


def test_a_source_that_nobody_holds_is_refused() -> None:
    with pytest.raises(KeyError, match="minutes"):
        with_sources(page(("minutes",)), None)

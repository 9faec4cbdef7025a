"""The issues that come with the region: every cell leads to its ground, or says that it is assumed and is wide."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from multivector.atlas import Region, load_region
from multivector.bargaining import Issue, read_issue, time_to_event
from multivector.bargaining.issue_file import as_yaml, issue_of
from multivector.bargaining.issue_folder import issues_of, shipped_issues
from multivector.bargaining.issue_sources import require_sources
from multivector.errors import InputError, IssueError


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region("central-eurasia")


@pytest.fixture(scope="module")
def issues() -> dict[str, Issue]:
    return {name: read_issue(name) for name in shipped_issues()}


def test_three_issues_ship(issues):
    assert set(issues) == {"armenia-azerbaijan-treaty", "georgia-accession", "syunik-transit"}
    assert all(issue.id == name for name, issue in issues.items())


def test_an_issue_is_found_by_its_region(issues, region, tmp_path):
    assert read_issue("syunik-transit", region=region.id) == issues["syunik-transit"]
    assert read_issue("syunik-transit", region=region.path) == issues["syunik-transit"]
    (tmp_path / "issues").mkdir()
    own = as_yaml(issues["syunik-transit"].model_copy(update={"id": "own", "title": "ours"}))
    (tmp_path / "issues" / "rails.2.yml").write_text(own, "utf-8")
    assert list(issues_of(tmp_path)) == ["rails.2"]
    assert read_issue("rails.2", region=tmp_path).title == "ours"


def test_what_a_region_has_not_is_said_with_what_there_is(tmp_path):
    with pytest.raises(InputError, match=r"(?s)no region 'nowhere'.*central-eurasia"):
        read_issue("syunik-transit", region="nowhere")
    with pytest.raises(
        IssueError, match=r"(?s)region central-eurasia: there is no issue 'x'.*syunik-transit"
    ):
        read_issue("x", region="central-eurasia")
    with pytest.raises(IssueError, match=r"(?s)there is no issue '../issues/a'.*one of: none"):
        read_issue("../issues/a", region=tmp_path)


def test_every_cell_leads_to_its_ground(issues, region):
    for issue in issues.values():
        require_sources(issue, region)
        for placed in issue.cells():
            assert bool(placed.cell.source) == (placed.cell.evidence != "assumed"), placed
        assert issue.thin() == ()
        assert all(dimension.marks for dimension in issue.dimensions)


def test_no_event_is_later_than_the_as_of_date(issues, region):
    dates = dict(region.table("events").select("id", "date").iter_rows())
    for issue in issues.values():
        cited = [
            p.cell.source.removeprefix("events:")
            for p in issue.cells()
            if p.cell.source.startswith("events:")
        ]
        assert all(str(dates[event]) <= str(issue.as_of) for event in cited)


@pytest.mark.reference
def test_the_table_on_georgia_is_the_reference_in_short_quotes(issues, shared):
    with (shared / "reference/bargaining/georgia_stakeholders_evidence.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = {(row["actor"], row["attribute"]): row for row in csv.DictReader(file)}
    cells = {(p.stakeholder, p.attribute): p.cell for p in issues["georgia-accession"].cells()}
    assert cells.keys() == rows.keys()
    for key, row in rows.items():
        cell = cells[key]
        assert [cell.low, cell.mode, cell.high, cell.confidence] == [
            float(row[k]) for k in ("low", "mode", "high", "confidence")
        ]
        assert cell.evidence == {"prior": "assumed"}.get(row["evidence_kind"], row["evidence_kind"])
        assert cell.quote in row["seed_quote"]
        assert bool(cell.quote) == bool(row["seed_quote"])
        if cell.quote:
            assert (cell.source, cell.where) == (row["source"], f"line {row['seed_line']}")


@pytest.mark.reference
def test_quotes_of_an_article_stand_in_it(issues, shared):
    article = re.sub(r"\s+", " ", Path(shared / "articles/fazl-e-haider-arms-race.txt").read_text("utf-8"))
    quotes = [p.cell.quote for issue in issues.values() for p in issue.cells() if p.cell.source == "haider"]
    assert len(quotes) >= 5
    assert all(quote in article for quote in quotes)


def test_the_questions_of_when_have_a_share_of_never_and_wide_dates(issues):
    for name in ("georgia-accession", "armenia-azerbaijan-treaty"):
        waiting = time_to_event(issues[name], draws=500, seed=1).pooled()
        assert 0.05 < waiting.never < 0.7
        assert waiting.quantile(0.25) > 3 * waiting.quantile(0.02)
    assert not issues["syunik-transit"].is_when
    assert issues["syunik-transit"].stakes().d == 2


FAULTS = {
    "source": ({"source": "nowhere"}, "no source 'nowhere'", "add it"),
    "table": ({"source": "happenings:x"}, "no table 'happenings'", "events"),
    "row": ({"source": "events:no_such"}, "events has no row 'no_such'", "first cells"),
    "quote": (
        {"source": "events:con_20250808_1", "quote": "War is over"},
        "the quote stands in no cell",
        "own words",
    ),
    "narrow": ({"evidence": "assumed", "low": 50, "high": 51}, "assumed, and yet narrow", "widen it"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_source_that_is_not_there_is_said(case, region):
    change, what, repair = FAULTS[case]
    cell = {"low": 20, "mode": 50, "high": 80, "evidence": "assumed"}
    named = {**cell, "evidence": "inferred", "confidence": 0.5, "source": "claim:1"} | change
    content = {
        "id": "x", "title": "t", "question": "q", "as_of": "2026-01-01", "region": region.id,
        "dimensions": [{"name": "place"}],
        "stakeholders": [
            {"name": "A", "capability": cell, "position": named, "salience": cell},
            {"name": "B", "capability": cell, "position": {**cell, "mode": 40}, "salience": cell},
        ],
    }  # fmt: skip
    with pytest.raises(IssueError, match=rf"(?s)position of A.*{what}.*repair: .*{repair}"):
        require_sources(issue_of(content), region)


def test_an_issue_of_another_region_is_refused(issues, region):
    other = issues["syunik-transit"].model_copy(update={"region": "elsewhere"})
    with pytest.raises(IssueError, match=r"about 'elsewhere', the region given is 'central-eurasia'"):
        require_sources(other, region)

"""`multivector bargain` as a user types it."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

from multivector.bargaining.models.registry import MODELS
from multivector.desk.cli import main


def typed(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["bargain", *words])
    return int(left.value.code or 0)


def ktab_file(folder: Path, rows: list[dict[str, str]]) -> Path:
    """A scenario of the reference in KTAB's CSV."""
    actors: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        actors[row["actor"]].append(row)
    dims = max(len(cells) for cells in actors.values())
    lines = [f"{rows[0]['scenario']},from the reference,{len(actors)},{dims},"]
    lines.append("Actor,Description,Power," + ",".join(["Position,Salience"] * dims))
    lines += [
        f"{name},,{cells[0]['capability']}," + ",".join(f"{c['position']},{c['salience']}" for c in cells)
        for name, cells in actors.items()
    ]
    path = folder / "scenario.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.reference
@pytest.mark.parametrize("scenario", ["SOE-Policy", "dummyData_3Dim"])
def test_every_turn_of_ktab(shared: Path, tmp_path: Path, scenario: str) -> None:
    folder = shared / "reference" / "bargaining"
    with (folder / "ktab_inputs.csv").open(encoding="utf-8") as file:
        inputs = [row for row in csv.DictReader(file) if row["scenario"] == scenario]
    out = tmp_path / "positions.csv"
    asked = (str(ktab_file(tmp_path, inputs)), "--model", "smp", "--turns", "--out", str(out), "--draws", "2")
    assert typed(*asked, "--quiet") == 0
    with (folder / "ktab_reference_positions.csv").open(encoding="utf-8") as file:
        wanted = [row for row in csv.DictReader(file) if row["scenario"] == scenario]
    with out.open(encoding="utf-8") as file:
        table = csv.DictReader(file)
        found = list(table)
    assert table.fieldnames == ["scenario", "turn", "actor_index", "actor", "dimension_index", "position"]
    assert [[r[k] for k in ("turn", "actor_index", "actor", "dimension_index")] for r in found] == [
        [r[k] for k in ("turn", "actor_index", "actor", "dimension_index")] for r in wanted
    ]
    gap = max(abs(float(a["position"]) - float(b["position"])) for a, b in zip(found, wanted, strict=True))
    assert gap < 1e-9


def test_a_question_of_when_gives_dates_and_the_share_of_never(capfd: pytest.CaptureFixture[str]) -> None:
    assert typed("georgia-accession", "--draws", "50", "--json") == 0
    report = json.loads(capfd.readouterr().out)
    assert report["issue"] == "georgia-accession"
    assert [row["reading"] for row in report["when"]] == ["lottery", "effort", "consent"]
    assert all(0 < row["never"] < 1 for row in report["when"])
    assert "European Union" in report["forecast"]["outside"]
    (forecast,) = report["forecast"]["dimensions"]
    assert forecast["low80"] <= forecast["median"] <= forecast["high80"]
    for row in report["models"]:
        assert row["low"] <= row["median"] <= row["high"]


def test_one_model_only(capfd: pytest.CaptureFixture[str]) -> None:
    assert typed("syunik-transit", "--model", "compromise", "--draws", "20") == 0
    said = capfd.readouterr().out
    assert said.count("compromise") == 2  # one a dimension
    assert "smp" not in said
    assert "calibrated" not in said


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("nowhere",), "there is no issue 'nowhere'"),
        (("georgia-accession", "--model", "oracle"), "no model of bargaining is called 'oracle'"),
        (("georgia-accession", "--by", "soon", "--worth"), "--by 'soon' is no day"),
        (("georgia-accession", "--model", "nash"), "needs to know where the issue stands if nobody agrees"),
    ],
)
def test_what_cannot_be_asked(words: tuple[str, ...], error: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert typed(*words) == 2
    said = capfd.readouterr().err
    assert error in said
    assert "repair:" in said


SMALL = """
id: lock-keeping
title: Who pays for the lock
question: Which share of the lock's upkeep falls to the upper town?
as_of: 2026-01-31
dimensions:
  - name: share
    unit: per cent
    low: 0
    high: 50
    reference_point: 10
    marks: [{at: 0, means: nothing}, {at: 50, means: half}]
sources: [{key: minutes, title: "Minutes <of> an invented council"}]
stakeholders:
  - name: upper town
    capability: {low: 30, mode: 40, high: 50, evidence: assumed}
    position: {low: 0, mode: 5, high: 15, evidence: stated, source: minutes, quote: "not a <b>penny</b> more", confidence: 0.8}
    salience: {low: 60, mode: 80, high: 95, evidence: assumed}
  - name: lower town
    capability: {low: 40, mode: 60, high: 70, evidence: assumed}
    position: {low: 35, mode: 45, high: 50, evidence: inferred, source: minutes, confidence: 0.5}
    salience: {low: 30, mode: 50, high: 60, evidence: assumed}
  - name: boatmen
    capability: {low: 5, mode: 10, high: 20, evidence: assumed}
    position: {low: 10, mode: 25, high: 30, evidence: assumed}
    salience: {low: 40, mode: 70, high: 90, evidence: assumed}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """An invented issue on a scale of its own."""
    path = tmp_path / "lock.yaml"
    path.write_text(SMALL, "utf-8")
    return path


def test_everything_at_once_in_the_units_of_the_scale(small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    asked = ("--process", "--variants", "--lever", "boatmen", "--target", "30", "--worth")
    assert typed(str(small), *asked, "--draws", "150", "--json") == 0
    report = json.loads(capfd.readouterr().out)
    by_hand = (40 * 80 * 5 + 60 * 50 * 45 + 10 * 70 * 25) / (40 * 80 + 60 * 50 + 10 * 70)
    assert {row["model"] for row in report["models"]} == {*MODELS, "nash"} - {"exchange"}
    compromise = next(row for row in report["models"] if row["model"] == "compromise")
    assert compromise["settlement"] == pytest.approx(by_hand)
    (forecast,) = report["forecast"]["dimensions"]
    assert 0 <= forecast["low80"] <= forecast["median"] <= forecast["high80"] <= 50
    assert sum(forecast["chance"]) == pytest.approx(1)
    assert forecast["at"][-1] == 50
    assert report["reach"]["now"] == pytest.approx(by_hand)
    alone = next(
        row
        for row in report["reach"]["cells"]
        if (row["stakeholder"], row["attribute"]) == ("lower town", "position")
    )
    assert alone["value"] is None  # 50 at most, and 56 would be needed
    assert {row["lever"] for row in report["levers"]["moves"]} >= {"position", "salience"}
    assert {row["draws"] for row in report["levers"]["moves"]} == {64}
    assert len(report["worth"]["cells"]) == 9
    assert {row["family"] for row in report["variants"]["families"]} == {
        "all",
        "spatial",
        "expected-utility",
        "means",
    }
    members = [name for group in report["process"]["coalitions"] for name in group["members"]]
    assert sorted(members) == ["boatmen", "lower town", "upper town"]


def test_the_page_holds_all_cells_with_their_words_escaped(
    small: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page = small.with_name("lock.html")
    assert typed(str(small), "--model", "compromise", "--draws", "100", "--page", str(page)) == 0
    assert f"page -> {page}" in capfd.readouterr().out
    html = page.read_text("utf-8")
    assert "<q>not a &lt;b&gt;penny&lt;/b&gt; more</q>" in html
    assert "Minutes &lt;of&gt; an invented council" in html
    assert html.count("nothing but judgement") == 7
    assert "The record behind it does not speak for this issue." in html
    assert "<script" not in html


def test_a_ktab_file_has_a_page_that_says_that_nothing_stands_behind_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "three.csv"
    path.write_text(
        "three,,3,1,\nActor,Description,Power,Position,Salience\na,,10,0,50\nb,,20,60,40\nc,,5,100,90\n",
        "utf-8",
    )
    page = tmp_path / "three.html"
    assert typed(str(path), "--draws", "100", "--page", str(page)) == 0
    capfd.readouterr()
    assert "The analyst&#39;s own judgement" in page.read_text("utf-8")


def test_points_spread_where_somebody_assumes_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "three.csv"
    path.write_text(
        "three,,3,1,\nActor,Description,Power,Position,Salience\na,,10,0,50\nb,,20,60,40\nc,,5,100,90\n",
        "utf-8",
    )
    asked = (str(path), "--model", "compromise", "--draws", "200")
    assert typed(*asked) == 0
    assert "every cell is a point" in capfd.readouterr().out
    assert typed(*asked, "--spread", "10", "--json") == 0
    (row,) = json.loads(capfd.readouterr().out)["models"]
    assert row["low"] < row["settlement"] < row["high"]


def test_options_of_the_spatial_model_change_what_it_plays(capfd: pytest.CaptureFixture[str]) -> None:
    asked = ("syunik-transit", "--model", "smp-mean", "--draws", "2", "--json")
    settled = []
    for options in ((), ("--option", "vote=Binary", "--option", "turns=1")):
        assert typed(*asked, *options) == 0
        settled.append([row["settlement"] for row in json.loads(capfd.readouterr().out)["models"]])
    assert settled[0] != settled[1]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--option", "vote"), "is no name=value"),
        (("--option", "vote=Loud"), "vote is 'Loud', which the spatial model does not know"),
        (("--option", "volume=1"), "there is no option 'volume' of the spatial model"),
        (("--lever", "ferrymen"), "no actor is called 'ferrymen'"),
        (("--target", "70"), "the target 70 is off what compromise can be"),
        (("--dimension", "depth", "--lever", "all"), "has no dimension 'depth'"),
        (("--by", "2027-01-01", "--worth"), "--by and --reading ask of a question of when"),
        (("--dimension", "depth"), "--dimension: nothing is asked that this narrows"),
        (("--option", "seed=abc"), "seed is 'abc'"),
        (("--option", "seed=-1"), "seed is -1"),
        (("--option", "quiet=much"), "quiet is 'much'"),
        (("--worth", "--draws", "20"), "20 draws are too few"),
    ],
)
def test_what_an_issue_cannot_be_asked(
    words: tuple[str, ...], error: str, small: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    page = small.with_name("page.html")
    asked = ("--model", "compromise", *(() if "--draws" in words else ("--draws", "100")), *words)
    assert typed(str(small), *asked, "--page", str(page)) == 2
    said = capfd.readouterr().err
    assert error in said
    assert "repair:" in said
    assert not page.exists()

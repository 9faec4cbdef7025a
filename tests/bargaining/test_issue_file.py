"""Issue files: strict, safe, bounded; each fault with its line and its repair."""

from __future__ import annotations

import csv
import datetime as dt
import os
from pathlib import Path

import pytest

from multivector.bargaining import read_issue, write_issue
from multivector.bargaining.issue_file import as_yaml, issue_files, issue_of
from multivector.errors import IssueError
from multivector.evidence.proposing.stakeholders import COLUMNS

GOOD = """\
id: weir
title: How high the weir stands
question: How high does the weir stand in spring?
as_of: 2025-03-01
dimensions:
  - name: height
    unit: metres
    low: 2
    high: 6
    marks:
      - {at: 2, means: the mill runs dry}
      - {at: 6, means: the meadow floods}
sources:
  - {key: minutes, title: Minutes of the council}
stakeholders:
  - name: Miller
    capability: {low: 5, mode: 8, high: 9, evidence: assumed}
    position: {low: 4, mode: 5.5, high: 6, evidence: stated, source: minutes, quote: higher, confidence: 0.8}
    salience: {low: 50, mode: 80, high: 100, evidence: inferred, source: minutes, confidence: 0.5}
  - name: Farmer
    capability: {low: 1, mode: 3, high: 6, evidence: assumed}
    position: {low: 2, mode: 3, high: 4, evidence: assumed}
    salience: {low: 20, mode: 40, high: 70, evidence: assumed}
"""
MILLERS = "position: {low: 4, mode: 5.5, high: 6, evidence: stated, source: minutes, quote: higher, confidence: 0.8}"


def stored(folder: Path, text: str, name: str = "weir.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def two_dimensions() -> str:
    height = "  - name: width\n    low: 0\n    high: 9\nsources:"
    text = GOOD.replace("sources:", height)
    for cell in ("position", "salience"):
        text = text.replace(
            f"    {cell}: {{",
            f"    {cell}:\n      width: {{low: 0, mode: 2, high: 2, evidence: assumed}}\n      height: {{",
        )
    return text  # fmt: skip


def test_an_issue_is_read(tmp_path):
    issue = read_issue(stored(tmp_path, GOOD))
    assert issue.names == ("Miller", "Farmer")
    assert issue.as_of == dt.date(2025, 3, 1)
    assert issue.stakes().position[:, 0].tolist() == [87.5, 25.0]
    assert issue.stakeholders[0].position["height"].quote == "higher"
    assert not issue.is_when


def test_several_dimensions_name_their_cells(tmp_path):
    issue = read_issue(stored(tmp_path, two_dimensions()))
    assert issue.stakes().dimensions == ("height", "width")
    assert issue.stakes().salience.tolist() == [[80, 2], [40, 2]]


@pytest.mark.parametrize("text", [GOOD, two_dimensions()], ids=["one dimension", "two"])
def test_what_is_written_reads_back_the_same(text, tmp_path):
    issue = read_issue(stored(tmp_path, text))
    assert read_issue(write_issue(issue, tmp_path / "again.yaml")) == issue


def test_kind_and_reference_point_are_read_and_written_back(tmp_path):
    text = GOOD.replace("as_of:", "kind: eu-legislation\nas_of:").replace(
        "high: 6\n", "high: 6\n    reference_point: 3\n", 1
    )
    issue = read_issue(stored(tmp_path, text))
    assert issue.kind == "eu-legislation"
    assert issue.dimensions[0].reference_point == 3
    assert issue.reference_point.tolist() == [25.0]
    assert read_issue(write_issue(issue, tmp_path / "again.yaml")) == issue
    plain = read_issue(stored(tmp_path, GOOD))
    assert (plain.kind, plain.reference_point) == ("", None)


def test_separators_that_yaml_would_lose_come_back(tmp_path):
    issue = read_issue(stored(tmp_path, GOOD))
    odd = issue.model_copy(update={"title": "a\u2028b\u0085c é"})
    assert read_issue(stored(tmp_path, as_yaml(odd), "odd.yaml")).title == odd.title


def test_an_assumed_cell_that_is_narrow_is_listed(tmp_path):
    text = GOOD.replace("{low: 1, mode: 3, high: 6, e", "{low: 3, mode: 3, high: 3.1, e")
    (thin,) = read_issue(stored(tmp_path, text)).thin()
    assert (thin.stakeholder, thin.attribute) == ("Farmer", "capability")


FAULTS = {
    "one actor": (
        GOOD.partition("  - name: Farmer")[0],
        "line 15, stakeholders: 1 stakeholder: nobody to bargain with",
        "two stakeholders",
    ),
    "none": (GOOD.partition("  - name: Miller")[0] + "  []\n", "line 15.*0 stakeholders", "two stakeholders"),
    "off the scale": (
        GOOD.replace("mode: 5.5, high: 6", "mode: 5.5, high: 60"),
        "line 18, stakeholders.Miller.position.height: .* runs from 4 to 60, off the scale of 2 to 6",
        "move it onto the scale",
    ),
    "negative capability": (
        GOOD.replace("low: 1, mode: 3", "low: -1, mode: 3"),
        "line 21, stakeholders.Farmer.capability.low: .* starts at -1",
        "above 0",
    ),
    "salience off": (
        GOOD.replace("mode: 80, high: 100", "mode: 80, high: 101"),
        "line 19.*runs from 50 to 101",
        "from 0 to 100",
    ),
    "salience sum": (
        two_dimensions()
        .replace("width: {low: 0, mode: 2, high: 2", "width: {low: 0, mode: 21, high: 30", 2)
        .replace("width: {low: 0, mode: 21, high: 30", "width: {low: 0, mode: 2, high: 2", 1),
        "saliences of Miller sum to 101 over 2 dimensions",
        "sum to 100 at most",
    ),
    "all equal": (
        GOOD.replace("low: 4, mode: 5.5", "low: 2, mode: 3"),
        "line 15, stakeholders: all actors stand at the same position",
        "that position is the forecast",
    ),
    "no position": (
        GOOD.replace(f"    {MILLERS}\n", ""),
        "line 16, stakeholders.Miller.position: is missing",
        "write position",
    ),
    "no high": (
        GOOD.replace("high: 9, ", ""),
        "line 17, stakeholders.Miller.capability.high: is missing",
        "write high",
    ),
    "a dimension left out": (
        two_dimensions().replace("      width: {low: 0, mode: 2, high: 2, evidence: assumed}\n", "", 1),
        "Miller has no position on width",
        "add low, mode and high for width",
    ),
    "a strange dimension": (
        two_dimensions().replace("      width: {", "      depth: {", 1),
        "no dimension is named 'depth'",
        "use: height, width",
    ),
    "twice": (
        GOOD.replace("Farmer", "Miller"),
        "line 20, stakeholders.Miller: 'Miller' stands twice: numbers 1 and 2",
        "name of its own",
    ),
    "not ordered": (
        GOOD.replace("low: 5, mode: 8", "low: 8.5, mode: 8"),
        "low, mode, high are 8.5, 8, 9",
        "low <= mode <= high",
    ),
    "no source": (
        GOOD.replace("source: minutes, quote", "quote"),
        "line 18.*stated, but no source",
        "evidence: assumed",
    ),
    "no quote": (GOOD.replace("quote: higher, ", ""), "stated, but no quote", "evidence: inferred"),
    "no confidence": (GOOD.replace(", confidence: 0.5", ""), "inferred, but no confidence", "from 0 to 1"),
    "unknown source": (
        GOOD.replace("source: minutes, quote", "source: diary, quote"),
        "the source 'diary' .* is not listed",
        "under sources",
    ),
    "unknown key": (
        GOOD.replace("unit: metres", "units: metres"),
        "line 7, dimensions.height.units: unknown key",
        "correct its name",
    ),
    "a word": (
        GOOD.replace("mode: 5.5", "mode: high"),
        "line 18.*'high' is no number",
        "without quotes",
    ),
    "a number in quotes": (
        GOOD.replace("mode: 5.5", "mode: '5.5'"),
        "line 18.*'5.5' is no number",
        "without quotes",
    ),
    "not finite": (
        GOOD.replace("mode: 5.5", "mode: .nan"),
        "line 18.*nan is no finite number",
        "such as 45.5",
    ),
    "formula": (
        GOOD.replace("name: Farmer", "name: '=HYPERLINK(\"x\")'"),
        "line 20.*reads as a spreadsheet formula",
        "plain words",
    ),
    "formula with a sign": (
        GOOD.replace("name: Farmer", "name: '+cmd|x'"),
        "line 20.*reads as a spreadsheet formula",
        "plain words",
    ),
    "control characters": (
        GOOD.replace("quote: higher", r'quote: "\e[2Jhigher"'),
        "line 18.*holds control characters",
        "plain words",
    ),
    "formula number": (
        GOOD.replace("mode: 5.5", "mode: =1+1"),
        r"line 18.*'=1\+1' is no number",
        "without quotes",
    ),
    "mark off the scale": (
        GOOD.replace("{at: 6", "{at: 7"),
        "line 6.*stands at 7, off the scale of 2 to 6",
        "widen the scale",
    ),
    "two marks": (GOOD.replace("{at: 6", "{at: 2"), "two marks stand at the same place", "one meaning"),
    "scale": (GOOD.replace("low: 2\n", "low: 8\n"), "the scale runs from 8 to 6", "below the high end"),
    "no date": (GOOD.replace("as_of: 2025-03-01\n", ""), "as_of: is missing", "write as_of"),
    "consent of nobody": (
        GOOD + "consent: [Bishop]\n",
        "line 24.*consent names nobody: 'Bishop'",
        "name stakeholders",
    ),
    "several": (
        GOOD.replace("low: 5, mode: 8", "low: 8.5, mode: 8").replace("unit: m", "units: m"),
        "2 faults\n.*line 7.*line 17",
        "each line",
    ),
    "alias": (
        GOOD.replace("title: How", "x: &a [1]\ny: *a\ntitle: How"),
        r"line 3: .*alias \(\*name\) is not allowed",
        "no anchors",
    ),
    "a key twice": (GOOD + "id: other\n", "line 24: .*the key 'id' is written twice", "plain keys"),
    "a tag": (
        GOOD.replace("title: How", "title: !!python/name:os.system How"),
        "line 2: not a plain YAML",
        "no anchors",
    ),
    "no keys": ("- 1\n", "the file holds no keys", "begin with `id"),
    "empty": ("", "the file holds no keys", "begin with `id"),
    "deep": ("id: " + "[" * 40 + "]" * 40, "nested deeper than 20", "plain keys"),
    "too large": ("# " + "x" * 256_000, "the limit is 256,000", "beside it: `stakeholders: table.csv`"),
    "a word that YAML reads as no": (
        GOOD.replace("name: Farmer", "name: NO"),
        "line 20, stakeholders.2.name: False is no text",
        "in quotes",
    ),
    "zeros in front": (
        GOOD.replace("mode: 40", "mode: 040"),
        "line 23: .*'040' is no plain number",
        "plain keys",
    ),
    "sixties": (GOOD.replace("mode: 40", "mode: 1:10"), "line 23: .*'1:10' is no plain number", "plain keys"),
    "a line in a number": (
        GOOD.replace("mode: 40", "mode: 4_0.5"),
        "'4_0.5' is no plain number",
        "plain keys",
    ),
    "an empty cell": (
        GOOD.replace("mode: 5.5", "mode:"),
        "line 18, stakeholders.Miller.position.height.mode: is empty",
        "a plain number",
    ),
    "no list": (
        GOOD.partition("stakeholders:")[0] + "stakeholders: {Miller: 1}\n",
        "line 15, stakeholders: is no list",
        "after a dash",
    ),
    "a key that is no text": (GOOD + "5: x\n", "line 1: the key 5 is no text", "in quotes"),
    "too large to compute with": (
        GOOD.replace("high: 9, e", "high: 1.0e+200, e"),
        r"line 17.*1e\+200 lies above 1e\+100",
        r"1e\+100 or less",
    ),
    "too small to compute with": (
        GOOD.replace("low: 1, mode: 3", "low: 1.0e-200, mode: 3"),
        "the capability of Farmer starts at 1e-200",
        "above 0",
    ),
    "a scale without width": (
        GOOD.replace("low: 2\n", "low: 0\n").replace("high: 6\n", "high: 1.0e-200\n"),
        "the scale runs from 0 to 1e-200",
        "below the high end",
    ),
    "nobody cares": (
        GOOD.replace("low: 50, mode: 80", "low: 0, mode: 0").replace("low: 20, mode: 40", "low: 0, mode: 0"),
        "line 6, dimensions.height: nobody cares about height",
        "a salience above 0",
    ),
    "a number for a day": (
        GOOD.replace("2025-03-01", "20250301"),
        "line 4, as_of: 20250301 is no day",
        "2025",
    ),
    "a time of day": (GOOD.replace("2025-03-01", "2025-03-01 10:00:00"), "as_of: is no day", "a day as 2025"),
    "a day far ahead": (
        GOOD.replace("2025-03-01", "9999-03-01"),
        "as_of: the day 9999-03-01",
        "to 2500-01-01",
    ),
    "a shape without bounds": (
        GOOD + "shape: {low: 1, mode: 2, high: 99}\n",
        "a shape from 1 to 99",
        "20 at most",
    ),
    "consent twice": (GOOD + "consent: [Miller, Miller]\n", "consent.2: .*'Miller' twice", "each once"),
    "reversed writing": (
        GOOD.replace("name: Farmer", 'name: "\\u202eFarmer"'),
        "line 20.*holds control characters",
        "plain words",
    ),
    "a control character in a key": (
        GOOD.replace("unit: metres", '"\\e[2J": metres'),
        r"line 7, dimensions.height.\\x1b\[2J: unknown key",
        "correct its name",
    ),
    "a name of two lines": (
        GOOD.replace("name: Farmer", 'name: "Far\\nmer"'),
        "line 20.*runs over several lines",
        "on one line",
    ),
    "no dimensions": (
        GOOD.replace("dimensions:", "dimension:"),
        "2 faults\n  line 1, dimensions: is missing; [^\n]*\n  line 5, dimension: unknown key",
        "each line",
    ),
    "kind": (
        GOOD.replace("as_of:", "kind: law\nas_of:"),
        "line 4, kind: 'law' is none of '' or 'eu-legislation'",
        "one of '' or 'eu-legislation'",
    ),
    "reference point": (
        GOOD.replace("    high: 6\n", "    high: 6\n    reference_point: 0\n"),
        "line 10, dimensions.height.reference_point: the reference point 0 lies off the scale of 2 to 6",
        "widen the scale",
    ),
    "a path": (
        GOOD.partition("stakeholders:")[0] + "stakeholders: ../other/table.csv\n",
        r"stakeholders is '\.\./other",
        "beside this file",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_does_not_hold_is_said_with_line_and_repair(case, tmp_path):
    text, what, repair = FAULTS[case]
    with pytest.raises(IssueError, match=rf"(?s){what}.*repair: .*{repair}"):
        read_issue(stored(tmp_path, text))


def test_a_bomb_of_aliases_is_refused_at_once(tmp_path):
    lines = ["a0: &a0 [x, x, x, x]"] + [
        f"a{k}: &a{k} [*a{k - 1}, *a{k - 1}, *a{k - 1}]" for k in range(1, 30)
    ]
    with pytest.raises(IssueError, match="alias"):
        read_issue(stored(tmp_path, "\n".join(lines)))


def test_a_name_that_is_no_file_lists_those_of_the_regions():
    with pytest.raises(IssueError, match=r"(?s)there is no issue 'nowhere'.*georgia-accession"):
        read_issue("nowhere")
    with pytest.raises(IssueError, match=r"an issue is YAML, or KTAB's CSV or XML; this is \.txt"):
        read_issue("issue.txt")


@pytest.mark.parametrize("ending", ["yaml", "csv", "xml"])
def test_what_may_never_end_is_not_read(ending, tmp_path):
    os.mkfifo(tmp_path / f"pipe.{ending}")
    (tmp_path / f"folder.{ending}").mkdir()
    (tmp_path / f"zeros.{ending}").symlink_to("/dev/zero")
    for path in tmp_path.iterdir():
        with pytest.raises(IssueError, match=r"(?s)is no plain file.*name a file"):
            read_issue(path)


def test_plain_keys_make_an_issue_without_a_file():
    with pytest.raises(IssueError, match=r"faults"):
        issue_of({"id": "Not A Slug", "dimensions": [{"name": "x"}]})


# A table as `multivector propose --stakeholders` drafts it, filled in.

HEADER = GOOD.partition("stakeholders:")[0] + "stakeholders: table.csv\n"
DRAFT = [
    ("Miller", "capability", "5", "8", "9", "none", "", "", ""),
    ("Miller", "position", "4", "5.5", "6", "stated", "medium", "higher", "claim:c1"),
    ("Miller", "salience", "50", "80", "100", "inferred", "low", "every day", "claim:c2"),
    ("Farmer", "capability", "1", "3", "6", "inferred", "high", "ten cows", "claim:c3"),
    ("Farmer", "position", "2", "3", "4", "none", "", "", ""),
    ("Farmer", "salience", "20", "40", "70", "none", "", "", ""),
]


def drafted(folder: Path, rows=DRAFT) -> Path:
    names = ("actor", "attribute", "low", "mode", "high", "evidence_kind", "confidence", "quote", "source")
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for row in rows:
            writer.writerow(
                dict(zip(names, row, strict=True))
                | {"doc": "minutes.txt", "char_start": "10", "char_end": "16"}
            )
    return stored(folder, HEADER)  # fmt: skip


def test_the_files_of_an_issue_are_its_own_and_its_table(tmp_path):
    path = drafted(tmp_path)
    assert issue_files(path) == (path, tmp_path / "table.csv")
    plain = stored(tmp_path, GOOD, "plain.yaml")
    assert issue_files(plain) == (plain,)
    assert issue_files(tmp_path / "x.csv") == (tmp_path / "x.csv",)
    (shipped,) = issue_files("syunik-transit", region="central-eurasia")
    assert shipped.name == "syunik-transit.yaml"


def changed(row: int, column: int, value: str) -> list[tuple[str, ...]]:
    rows = [list(each) for each in DRAFT]
    rows[row][column] = value
    return [tuple(each) for each in rows]


def test_a_draft_that_is_filled_in_is_an_issue(tmp_path):
    issue = read_issue(drafted(tmp_path))
    miller = issue.stakeholders[0]
    assert (miller.position["height"].evidence, miller.position["height"].confidence) == ("stated", 0.5)
    assert miller.position["height"].where == "minutes.txt:10-16"
    assert miller.capability.evidence == "assumed"
    assert issue.stakes().position[:, 0].tolist() == [87.5, 25.0]


TABLE_FAULTS = {
    "as drafted": (
        [(*row[:2], "", "", "", *row[5:]) for row in DRAFT],
        r"6 cells without low, mode or high: row 2 \(Miller, capability\); row 3",
        "set all three",
    ),
    "one empty": (
        changed(3, 3, ""),
        r"1 cell without low, mode or high: row 5 \(Farmer, capability\)",
        "set all three",
    ),
    "off the scale": (
        changed(1, 4, "60"),
        r"table.csv, row 3, stakeholders.Miller.position.height: .* off the scale",
        "onto the scale",
    ),
    "negative": (changed(3, 2, "-1"), "table.csv, row 5.*the capability of Farmer starts at -1", "above 0"),
    "formula": (changed(3, 2, "=2+3"), "row 5: '=2.3' reads as a spreadsheet formula", "as a number"),
    "a second row": (
        [*DRAFT, DRAFT[0]],
        "row 8: a second capability of Miller; the first is in row 2",
        "one row for each",
    ),
    "attribute": (changed(0, 1, "power"), "row 2: the attribute 'power'", "capability, position, salience"),
    "evidence": (
        changed(1, 5, "STATED"),
        "row 3: the evidence kind 'STATED'",
        "stated, inferred, assumed, prior, none",
    ),
    "confidence": (
        changed(1, 6, "sure"),
        "row 3: 'sure' is no finite number",
        "from 0 to 1, or as high, medium, low",
    ),
    "no name": (changed(1, 0, ""), "row 3: the actor has no name", "name the actor"),
    "rows after a quote of several lines": (
        [(*DRAFT[0][:7], "two\nlines", ""), *changed(3, 2, "=x")[1:]],
        "row 6: '=x' reads",
        "as a number",
    ),
    "left out": (DRAFT[:-1], "table.csv, row 5, stakeholders.Farmer.salience: is missing", "write salience"),
}


@pytest.mark.parametrize("case", TABLE_FAULTS)
def test_faults_of_a_table_name_its_rows(case, tmp_path):
    rows, what, repair = TABLE_FAULTS[case]
    with pytest.raises(IssueError, match=rf"(?s){what}.*repair: .*{repair}"):
        read_issue(drafted(tmp_path, rows))


def test_a_column_that_stands_twice_is_refused(tmp_path):
    stored(tmp_path, "actor,attribute,low,low,mode,high\nMiller,position,1,1,1,1\n", "table.csv")
    with pytest.raises(IssueError, match=r"row 1: the column low stands twice"):
        read_issue(stored(tmp_path, HEADER))


def test_dimensions_that_are_no_list_are_said_beside_a_table(tmp_path):
    path = drafted(tmp_path)
    path.write_text(HEADER.partition("dimensions:")[0] + "dimensions: 5\nstakeholders: table.csv\n", "utf-8")
    with pytest.raises(IssueError, match=r"(?s)line 5, dimensions: 5 is no list.*after a dash"):
        read_issue(path)


def test_a_table_without_its_columns_is_refused(tmp_path):
    stored(tmp_path, "actor,attribute\nMiller,position\n", "table.csv")
    with pytest.raises(IssueError, match=r"row 1: no column low, mode, high"):
        read_issue(stored(tmp_path, HEADER))


def test_an_issue_without_a_dimension_is_refused():
    content = {"id": "x", "title": "t", "question": "q", "as_of": None, "dimensions": [], "stakeholders": []}
    with pytest.raises(IssueError, match=r"(?s)no dimension.*give one or more"):
        issue_of(content)

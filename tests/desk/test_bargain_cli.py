"""`multivector bargain` as a user types it."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

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
    ],
)
def test_what_cannot_be_asked(words: tuple[str, ...], error: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert typed(*words) == 2
    said = capfd.readouterr().err
    assert error in said
    assert "repair:" in said

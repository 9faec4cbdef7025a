"""`multivector index` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from multivector.desk.cli import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "asem"
RECIPE = EXAMPLE / "recipe.toml"
TABLES = ("--data", EXAMPLE / "data.csv", "--meta", EXAMPLE / "meta.csv")


@pytest.fixture
def multivector(capsys):
    """Run the command line: exit code, standard output, standard error."""

    def call(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return int(left.value.code or 0), out, err

    return call


def test_the_example_from_its_files(multivector, tmp_path):
    code, printed, err = multivector("index", RECIPE, *TABLES, "--out", tmp_path / "asem", "--json")
    report = json.loads(printed)
    assert (code, err) == (0, "")
    assert (report["units"], report["indicators"], report["top"]) == (51, 49, "Index")
    assert [row["uCode"] for row in report["ranks"][:3]] == ["CHE", "NLD", "DNK"]
    written = {path.name for path in (tmp_path / "asem").iterdir()}
    assert {
        "stages.csv",
        "ranks.csv",
        "log.csv",
        "correlations.csv",
        "cronbach.csv",
        "manifest.json",
    } <= written
    first = pl.read_csv(tmp_path / "asem" / "ranks.csv").filter(iCode="Index", rank=1)
    assert first["uCode"].to_list() == ["CHE"]

    code, printed, _ = multivector("index", RECIPE, *TABLES, "--out", tmp_path / "asem")
    assert code == 0
    assert "51 units, 49 indicators" in printed
    assert "1  CHE                68.38" in printed
    assert "imputed" in printed


def test_quiet_prints_nothing(multivector, tmp_path):
    assert multivector("index", RECIPE, *TABLES, "--out", tmp_path / "asem", "--quiet") == (0, "", "")


def test_bad_input_leaves_nothing_behind(multivector, tmp_path):
    (tmp_path / "recipe.toml").write_text(RECIPE.read_text().replace("EurAsia_group", "Continent"))
    code, _, err = multivector("index", tmp_path / "recipe.toml", *TABLES, "--out", tmp_path / "out")
    assert code == 2
    assert "there is no group column 'Continent'" in err
    assert "repair: name a row of type Group" in err
    assert [path.name for path in tmp_path.iterdir()] == ["recipe.toml"]


@pytest.mark.parametrize("given", ["--data", "--meta"])
def test_files_that_are_not_there(multivector, tmp_path, given):
    tables = [tmp_path / "none.csv" if TABLES[n - 1] == given else word for n, word in enumerate(TABLES)]
    code, _, err = multivector("index", RECIPE, *tables, "--out", tmp_path / "out")
    assert code == 2
    assert "the file is missing" in err


def test_a_folder_of_other_things_is_left_alone(multivector, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    code, _, err = multivector("index", RECIPE, *TABLES, "--out", tmp_path)
    assert code == 2
    assert "holds files that are no index" in err
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_the_inputs_are_not_overwritten(multivector, tmp_path):
    for name in ("recipe.toml", "data.csv", "meta.csv"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    given = (tmp_path / "recipe.toml", "--data", tmp_path / "data.csv", "--meta", tmp_path / "meta.csv")
    code, _, err = multivector("index", *given, "--out", tmp_path)
    assert code == 2
    assert "holds the recipe that the index is built from" in err
